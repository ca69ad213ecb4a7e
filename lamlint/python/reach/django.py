"""The modules that Django loads by their names, since no import statement does: settings, URLs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.python.codebase.outline import imported_modules, surely_imported
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.python.codebase.codebase import Codebase
    from lamlint.python.module.module import Module

_SETTINGS = Regex(r"""DJANGO_SETTINGS_MODULE["']\]?\s{0,9}[,=]\s{0,9}["']([\w.]+)["']""")
_URLS = Regex(
    r"""^ROOT_URLCONF\s{0,9}=\s{0,9}["']([\w.]+)["']|\binclude\(\s{0,99}["']([\w.]+)["']""",
    re.MULTILINE,
)
SETTINGS = "DJANGO_SETTINGS_MODULE"
"""The variable that names the settings."""


def named_modules(
    codebase: Codebase, modules: Sequence[Module], settings: str | None
) -> Iterator[Module]:
    """The modules that some modules lead to by names, each once; `settings` if it is known."""
    names = [*_settings(modules, settings)]
    seen = {module.path for module in modules}
    while names:
        found = codebase.module(names.pop())
        for module in imported_modules(codebase, found) if found is not None else ():
            if module.path not in seen:
                seen.add(module.path)
                yield module
                names += _urls(module)


def loaded(codebase: Codebase, start: Module, settings: str | None) -> tuple[Module, ...]:
    """A module and those that Django loads by their names once it is imported, whatever happens."""
    found = {start.path: start}
    names = [*_settings(surely_imported(codebase, (start,)), settings)]
    while names:
        module = codebase.module(names.pop())
        if module is not None and module.path not in found:
            found[module.path] = module
            for one in surely_imported(codebase, (module,)):
                names += _urls(one)
    return tuple(found.values())


def _settings(modules: Sequence[Module], settings: str | None) -> Iterator[str]:
    """The settings that are known, and those that some modules name."""
    if settings:
        yield settings
    for module in modules:
        if SETTINGS in module.source.text:
            yield from _SETTINGS.findall(module.source.text)


def _urls(module: Module) -> Iterator[str]:
    """The modules of routes that a module names."""
    for named in _URLS.findall(module.source.text):
        yield from filter(None, named)
