"""The scripts of a project that may pack what is deployed, and the commands of each."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator

from lamlint.packages.requirements import build_scripts
from lamlint.project.packing import in_python, powershell, script
from lamlint.project.packing.script import Words, split
from lamlint.text import Tree

_PYTHON = ("tasks.py", "noxfile.py", "make.py")
_SAYING = ("build", "packag", "deploy", "bundle", "zip", "release", "archive")
"""What the names of scripts in Python hold that pack something."""
_POWERSHELL = ".ps1"
_NODE = "package.json"
_SCRIPTS = "scripts"
_MOST_SCRIPTS = 500


def scripts(tree: Tree) -> Iterator[str]:
    """The paths of the scripts that are read."""
    told = {path for path, _ in build_scripts(tree)}
    for path in tree.sources():
        name = posixpath.basename(path)
        known = path in told or name == _NODE or name in _PYTHON or name.endswith(_POWERSHELL)
        if known or (name.endswith(".py") and any(word in name for word in _SAYING)):
            yield path


def commands(text: str, path: str) -> Iterator[Words]:
    """The simple commands of a script, in whichever language it is."""
    if path.endswith(".py"):
        yield from in_python.commands(text, path)
    elif path.endswith(_POWERSHELL):
        yield from powershell.commands(text)
    elif posixpath.basename(path) == _NODE:
        yield from _of_node(text)
    else:
        yield from script.commands(text, path)


def _of_node(text: str) -> Iterator[Words]:
    """The scripts of a package.json; each begins where the file lies."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return
    found = read.get(_SCRIPTS) if isinstance(read, dict) else None
    named = list(found.items())[:_MOST_SCRIPTS] if isinstance(found, dict) else []
    at = max(text.find(f'"{_SCRIPTS}":'), 0)
    for name, body in named:
        at = max(text.find(f'"{name}"', at), at)
        yield from split(str(body), text.count("\n", 0, at) + 1, afresh=True)
