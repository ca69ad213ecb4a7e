"""AWS CDK in JavaScript: the apps that cdk.json names, read as those of TypeScript are."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from lamlint.dialects.cdk.apps import App, apps, words
from lamlint.dialects.cdk_typescript import grammar
from lamlint.dialects.cdk_typescript.dialect import declared
from lamlint.dialects.cdk_typescript.imports import candidates
from lamlint.dialects.dialect import CDK_TYPESCRIPT, Declared
from lamlint.files.paths import normal
from lamlint.text import Source, Span, Tree, Unread
from lamlint.text.regex import Regex

ENDINGS = (".js", ".mjs", ".cjs")
_TAKEN = Regex(r"""\b(?:require\(\s{0,9}|from\s{0,9}|import\s{0,9})["'](?P<path>\.[^"'\n]*)["']""")
_COMPILED = (b"__esModule", b"sourceMappingURL")
"""What stands in code that a compiler wrote: its source is what people change."""
_MOST = 300
"""How many files of one app are followed."""
_IN_PART = "only in part: its app takes in more files than are followed"
_NOT_HERE = (
    "it is the AWS CDK in JavaScript, which is read where lamlint[cdk] is installed: "
    "pip install 'lamlint[cdk]'"
)


def read(tree: Tree, targets: Sequence[str]) -> Declared:
    """What the apps of a project declare that concerns some paths (all, without any)."""
    found = list(_apps(tree))
    if found and not grammar.is_here():
        entries = [app.entry for app, _ in found]
        tree.unread.add(Unread(Span(entries[0], 0, 0), _NOT_HERE))
        return Declared(left_out=frozenset(entries))
    return declared(found, tree, targets)


def _apps(tree: Tree) -> Iterator[tuple[App, list[str]]]:
    """The apps, each with the files that its entry leads to and that speak of Python."""
    for app in apps(tree, entry):
        own = [one for one in _reached(app.entry, tree) if tree.mentions(one, CDK_TYPESCRIPT.words)]
        if own:
            yield app, own


def _reached(start: str, tree: Tree) -> list[str]:
    """A file and those of the project that it takes in, directly or by others."""
    found = [start]
    for path in found:
        source = tree.read(path)
        for hit in _TAKEN.finditer(source.text) if isinstance(source, Source) else ():
            named = (one for one in candidates(hit["path"], path) if tree.is_file(one))
            other = next(named, None)
            if other is None or other in found:
                continue
            if len(found) == _MOST:
                tree.unread.add(Unread(Span(start, 0, 0), _IN_PART))
                return found
            found.append(other)
    return found


def entry(command: str, path: str, tree: Tree) -> str:
    """The file of JavaScript that a command line runs, and that people wrote."""
    folder = posixpath.dirname(path)
    for word in words(command):
        file = normal(posixpath.join(folder, word))
        stem, ending = posixpath.splitext(file)
        if ending in ENDINGS and tree.is_file(file):
            written = not tree.is_file(f"{stem}.ts") and not tree.mentions(file, _COMPILED)
            return file if written else ""
    return ""
