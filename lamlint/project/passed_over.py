"""Files of handlers that nothing deploys, beside one that is deployed: older ones, mostly.

They lie in its folder, or in a folder of their own beside those of several that are deployed:
`functions/report/handler.py` beside `functions/orders/handler.py` and `functions/users/handler.py`.
Or they lie in an image of which whoever takes it starts another part.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from functools import cached_property
from typing import TypeAlias

from lamlint.files import kinds
from lamlint.files.paths import below
from lamlint.text import Tree, Unreadable
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_SAYING = (".md", ".rst", ".txt")
_RUNNING = (".py", ".ts", ".js")
_BUILDING = (
    ".sh", ".ps1", ".mk", ".bat", ".cmd", ".yml", ".yaml", ".json", ".toml", ".tf", "makefile",
    "justfile", "dockerfile", "jenkinsfile",
)  # fmt: skip
_TELLING = (*_BUILDING, *_RUNNING, *_SAYING)
"""How files are called that say what is built, imported or deployed."""

_WORD = Regex(r"[\w-]+")
_PLACED = Regex(r"[\w-]+|[/.\"'`*$%{<\[]")
"""Words, and what may stand before or behind one in a path, in quotes, or in code."""
_IN_PATHS = frozenset("/\"'`")
_IN_CODE = _IN_PATHS | {"."}
_WHATEVER = frozenset("*$%{<[")
"""What stands behind a folder of which all is taken: `functions/*`, `functions/$name`."""
_SIGNS = _IN_CODE | _WHATEVER
_TWO = 2

Row: TypeAlias = "tuple[str, str]"
"""What stands before and behind the folders that lie side by side."""


@dataclass(frozen=True, eq=False)
class PassedOver:
    """What lies beside the files that functions run, `entries`, and is named nowhere.

    `replaced` are files that images would start, were they not told to start others.
    """

    tree: Tree
    entries: frozenset[str]
    replaced: frozenset[str] = frozenset()
    _known: dict[str, bool] = field(default_factory=dict)

    def holds(self, path: str) -> bool:
        """Whether a file is one of those."""
        if path not in self._known:
            beside = posixpath.dirname(path) in self._folders and path not in self.entries
            named_nowhere = beside and not self._is_named(path)
            alone = path in self.replaced or path in self.in_folders
            self._known[path] = named_nowhere or alone
        return self._known[path]

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(map(posixpath.dirname, self.entries))

    @cached_property
    def _telling(self) -> tuple[str, ...]:
        return tuple(one for one in self.tree.sources() if one.lower().endswith(_TELLING))

    def _is_named(self, path: str) -> bool:
        """Whether another file has its name as a word: `app.py`, `app.handler`, `import app`."""
        stem = posixpath.basename(path).removesuffix(".py")
        return any(one != path and self._has_word(one, stem) for one in self._telling)

    def _has_word(self, path: str, word: str) -> bool:
        """Whether a file has a word, as far as it can be read."""
        if not self.tree.mentions(path, (_bytes(word),)):
            return False
        source = self.tree.read(path)
        return isinstance(source, Unreadable) or word in _WORD.findall(source.text)

    @cached_property
    def in_folders(self) -> frozenset[str]:
        """The files in folders of their own of which nothing names the folder."""
        found: dict[str, set[str]] = {}
        for path in self.tree.sources() if self._rows else ():
            if path.endswith(".py") and path not in self.entries:
                for row, name in _rows(path):
                    if row in self._rows and name not in self._rows[row]:
                        found.setdefault(posixpath.join(row[0], name), set()).add(path)
        if not found:
            return frozenset()
        names = tuple({_bytes(posixpath.basename(folder)) for folder in found})
        parents = tuple({_bytes(f"{posixpath.basename(row)}/") for row, _ in self._rows})
        telling = [
            one
            for one in self._telling
            if not kinds.is_test(one) and self.tree.mentions(one, (*names, *parents))
        ]
        wanted = frozenset(posixpath.basename(folder) for folder in found)
        above = frozenset(posixpath.basename(posixpath.dirname(folder)) for folder in found)
        named = _Named({one: self._words(one, (wanted | above) - {""}) for one in telling})
        return frozenset(
            path for folder, paths in found.items() if not named.holds(folder) for path in paths
        )

    @cached_property
    def _rows(self) -> Mapping[Row, frozenset[str]]:
        """Folders side by side, several of which hold a file of the same name that is run."""
        found: dict[Row, set[str]] = {}
        for path in self.entries:
            for row, name in _rows(path):
                found.setdefault(row, set()).add(name)
        return {row: frozenset(names) for row, names in found.items() if len(names) >= _TWO}

    def _words(self, path: str, wanted: frozenset[str]) -> frozenset[str] | None:
        """What a file may name some folders by; None where it cannot be read: it may name any."""
        source = self.tree.read(path)
        if isinstance(source, Unreadable):
            return None
        if not any(_stands_in(word, source.text) for word in wanted):  # nearly always
            return frozenset()
        ending = path.lower()
        if ending.endswith(_RUNNING):
            return frozenset(_names(source.text, _IN_CODE))
        return frozenset(_names(source.text, _IN_PATHS if ending.endswith(_SAYING) else None))


def _names(text: str, beside: Collection[str] | None) -> Iterator[str]:
    """The words of a text that stand beside some signs; and, with `/`, folders taken whole."""
    before, word, after = "", "", ""
    for piece in (*_PLACED.findall(text), "", ""):
        one, word, after = word, after, piece
        if one and one not in _SIGNS:
            if beside is None or before in beside or word in _IN_PATHS:
                yield one
            if word == "/" and after in _WHATEVER:
                yield f"{one}/"
        before = one


def _stands_in(word: str, text: str) -> bool:
    """Whether a text has a word as a whole: this is soon known of a large text."""
    end = 0
    while (start := text.find(word, end)) >= 0:
        end = start + len(word)
        if not _WORD.match(text[max(start - 1, 0) : start]) and not _WORD.match(text, end):
            return True
    return False


@dataclass(frozen=True)
class _Named:
    """What files name folders by, by their paths."""

    words: Mapping[str, frozenset[str] | None]

    def holds(self, folder: str) -> bool:
        """Whether a file outside of a folder names it, or takes all that lies beside it."""
        above, name = posixpath.split(folder)
        every = f"{posixpath.basename(above)}/"
        return any(
            words is None or name in words or every in words
            for path, words in self.words.items()
            if not below(path, folder)
        )


def _rows(path: str) -> Iterator[tuple[Row, str]]:
    """Each folder of a path, with what stands before and behind it."""
    parts = path.split("/")
    for place in range(len(parts) - 1):
        yield ("/".join(parts[:place]), "/".join(parts[place + 1 :])), parts[place]


def _bytes(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")
