"""The handler of a plugin that stands before an application of WSGI, and what it runs."""

from __future__ import annotations

import posixpath

from lamlint.dialects.serverless.functions import Declared
from lamlint.model import Value

_PLUGIN = ("custom", "wsgi", "app")
_HANDLERS = frozenset({"wsgi.handler", "wsgi_handler.handler"})
"""What the plugin puts into the package, under its new and its old name."""


def handler(written: Value[str], declared: Declared) -> Value[str]:
    """What a function runs: the application that the plugin's handler imports, if it has that."""
    if not written.is_in(_HANDLERS):
        return written
    named = declared.service.properties.text(*_PLUGIN)
    return named if named.choices else written


def folders(running: Value[str], declared: Declared) -> tuple[str, ...]:
    """The folder of an application that has one in its name: the plugin imports from there."""
    if not running.known or not declared.own.text("handler").is_in(_HANDLERS):
        return ()
    folder = posixpath.dirname(running.only)
    home = posixpath.dirname(declared.service.path)
    return (posixpath.normpath(posixpath.join(home, folder)),) if folder else ()
