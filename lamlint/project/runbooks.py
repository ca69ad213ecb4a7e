"""Python that Systems Manager runs: it looks like a handler of Lambda, and is none."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lamlint.text import Tree, Unreadable
from lamlint.text.regex import Regex

_STEP = (b"aws:executeScript",)
_DOCUMENTS = (".yaml", ".yml", ".json")
_FILE = Regex(r"(?<![\w.-])[\w.-]+\.py\b")


def scripts(tree: Tree) -> frozenset[str]:
    """The names of the Python files that Automation documents speak of.

    A step `aws:executeScript` calls a function with `(events, context)` in a
    process of its own, so that nothing is kept from one run to the next. Its
    code is written into the document when that is built, or attached to it.
    """
    return frozenset(name for path in _documents(tree) for name in _files(tree, path))


def _documents(tree: Tree) -> Iterator[str]:
    for path in tree.sources():
        if path.endswith(_DOCUMENTS) and tree.mentions(path, _STEP):
            yield path


def _files(tree: Tree, path: str) -> Iterator[str]:
    source = tree.read(path)
    if not isinstance(source, Unreadable):
        yield from (posixpath.basename(name) for name in _FILE.findall(source.text))
