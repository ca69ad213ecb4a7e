"""Files of handlers that nothing deploys, beside one that is deployed: older ones, mostly.

They lie in its folder, or in a folder of their own beside those of several that are deployed:
`functions/report/handler.py` beside `functions/orders/handler.py` and `functions/users/handler.py`;
where these have names of their own (`orders/take.py`, `users/add.py`), it may have one, too. Or in
a folder beside all of those that is called as theirs is, and more (`functions-old/report/`). Or
beside the folder of their own name (`orders.py` beside `orders/handler.py`). Or they lie in an
image of which whoever takes it starts another part.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from itertools import islice

from lamlint.files import kinds
from lamlint.files.paths import below
from lamlint.project.folder_rows import Candidate, FolderRows
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

_OF_WORD = Regex(r"[\w-]")
_PLACED = Regex(r"[\w-]+|[/.\"'`*$%{<\[]")
"""Words, and what may stand before or behind one in a path, in quotes, or in code."""
_IN_PATHS = frozenset("/\"'`")
_IN_CODE = _IN_PATHS | {"."}
_WHATEVER = frozenset("*$%{<[")
"""What stands behind a folder of which all is taken: `functions/*`, `functions/$name`."""
_CLOSED = ""
"""In the place of a word, for files of which nobody knows which they have."""
_SIGNS = _IN_CODE | _WHATEVER
_MOST = 50
"""How many folders are looked for by their names: where more lie apart, something deploys them."""
_MOST_FILES = 200
"""And how many files there."""
_FEW = 20
"""Of so few files each is looked for by its name; the names of more in all texts at once."""
_MOST_NAMES = 2_000
"""Of more, each counts as named."""
_WORDS = Regex(r"[\w-]+")
_FILES = Regex(r"[\w-]{1,200}\.py\b")


@dataclass(frozen=True, eq=False)
class PassedOver:
    """What lies beside the files that functions run, `entries`, and is named nowhere.

    `replaced` are files that images would start, were they not told to start others, and those
    that images start as a server does.
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
            alone = path in self.replaced or path in self.in_folders or self._is_flat(path)
            self._known[path] = named_nowhere or alone or self._is_alone_by_its_name(path)
        return self._known[path]

    def _is_flat(self, path: str) -> bool:
        """Whether functions run the folder of a file's name, and nothing names the file."""
        stem, ending = posixpath.splitext(path)
        if ending != ".py" or stem not in self._folders or path in self.entries:
            return False
        return posixpath.basename(path) not in self._named_with_ending

    @cached_property
    def _named_with_ending(self) -> frozenset[str]:
        """The names of files beside folders of their names that another file has: `orders.py`."""
        flat = [one for one in self._others if one.removesuffix(".py") in self._folders]
        names = frozenset(map(posixpath.basename, flat))
        words = tuple(_bytes(word) for one in names for word in (one, one.replace("_", "-")))
        found: set[str] = set()
        for one in (each for each in self._telling if words and self.tree.mentions(each, words)):
            source = self.tree.read(one)
            if isinstance(source, Unreadable):
                return names
            written = {word.replace("-", "_") for word in _FILES.findall(source.text)}
            found |= written - {posixpath.basename(one).replace("-", "_")}  # of itself it may speak
        return frozenset(one for one in names if one.replace("-", "_") in found)

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(map(posixpath.dirname, self.entries))

    @cached_property
    def _telling(self) -> tuple[str, ...]:
        return tuple(one for one in self.tree.sources() if one.lower().endswith(_TELLING))

    def _is_named(self, path: str) -> bool:
        """Whether another file has its name as a word: `app.py`, `app.handler`, `import app`."""
        stem = _stem(path)
        if len(self._beside) <= _FEW:
            return any(one != path and self._has_word(one, stem) for one in self._telling)
        if len(self._beside) > _MOST_NAMES or _WORDS.fullmatch(stem) is None:
            return True
        named = self._naming.get(stem, ())[:2]  # it may be in the file itself
        return any(one != path for one in named) or any(
            one != path and self.tree.mentions(one, (_bytes(stem),))
            for one in self._naming.get(_CLOSED, ())
        )

    @cached_property
    def _beside(self) -> frozenset[str]:
        """The names of the files beside those that functions run."""
        return frozenset(
            _stem(one) for one in self._others if posixpath.dirname(one) in self._folders
        )

    @cached_property
    def _naming(self) -> Mapping[str, Sequence[str]]:
        """The files that have one of these names as a word, by the name, and those not read."""
        found: dict[str, list[str]] = {}
        words = tuple(map(_bytes, self._beside))
        for one in (each for each in self._telling if self.tree.mentions(each, words)):
            source = self.tree.read(one)
            if isinstance(source, Unreadable):
                found.setdefault(_CLOSED, []).append(one)
                continue
            for word in self._beside.intersection(_WORDS.findall(source.text)):
                found.setdefault(word, []).append(one)
        return found

    def _has_word(self, path: str, word: str) -> bool:
        """Whether a file has a word, as far as it can be read."""
        if not self.tree.mentions(path, (_bytes(word),)):
            return False
        source = self.tree.read(path)
        return isinstance(source, Unreadable) or _stands_in(word, source.text)

    def _is_alone_by_its_name(self, path: str) -> bool:
        """Whether nothing names a file, nor its folder, where each file has a name of its own."""
        folder, file = posixpath.split(path)
        if folder not in self._in_varied_rows:
            return False
        stem = file.removesuffix(".py")
        return not any(
            self._speaks_of(stem, one)
            or (not below(one, folder) and self.tree.mentions(one, _spelled(folder, one)))
            for one in self._telling
            if one != path and not kinds.is_test(one)
        )

    @cached_property
    def _in_varied_rows(self) -> frozenset[str]:
        """The folders beside those whose files have names of their own, if they are few."""
        if not self._rows.varied:
            return frozenset()
        beside = filter(self._rows.lies_beside_varied, self._others)
        found = list(islice(beside, _MOST_FILES + 1))
        folders = frozenset(map(posixpath.dirname, found))
        few = len(found) <= _MOST_FILES and len(folders) <= _MOST
        return folders if few else frozenset()

    def _speaks_of(self, stem: str, path: str) -> bool:
        """Whether a file has the name of a module; a text for people, whether as a path has it."""
        if not path.lower().endswith(_SAYING):
            named_so = _bytes(stem.replace("_", "-"))  # as functions are
            return self._has_word(path, stem) or self.tree.mentions(path, (named_so,))
        mentioned = self.tree.mentions(path, (_bytes(stem),))
        return mentioned and (words := self._words(path, {stem})) is not None and stem in words

    @cached_property
    def in_folders(self) -> frozenset[str]:
        """The files in folders of their own of which nothing names the folder."""
        return self._unnamed(self._rows.alike(self._others) if self._rows.known else {})

    @property
    def _others(self) -> Iterator[str]:
        paths = self.tree.sources()
        return (one for one in paths if one.endswith(".py") and one not in self.entries)

    def _unnamed(self, found: Mapping[Candidate, set[str]]) -> frozenset[str]:
        """The files of some folders, of those that nothing names."""
        if not found:
            return frozenset()
        names = {posixpath.basename(path) for one in found for path in (one.folder, one.apart)}
        around = {posixpath.basename(posixpath.dirname(one.folder)) for one in found}
        words = tuple(_bytes(one) for one in (*names, *(f"{one}/" for one in around)) if one)
        telling = [
            one
            for one in self._telling
            if not kinds.is_test(one) and self.tree.mentions(one, words)
        ]
        wanted = (names | around) - {""}
        named = _Named({one: self._words(one, wanted) for one in telling})
        return frozenset(
            path
            for one, paths in found.items()
            if not (named.holds(one.folder) or (one.apart and named.is_built(one.apart)))
            for path in paths
        )

    @cached_property
    def _rows(self) -> FolderRows:
        return FolderRows.of(self.entries)

    def _words(self, path: str, wanted: Collection[str]) -> frozenset[str] | None:
        """What a file with some words may name folders by; None where it cannot be read."""
        source = self.tree.read(path)
        if isinstance(source, Unreadable):
            return None
        if not any(_stands_in(word, source.text) for word in wanted):  # nearly always
            return frozenset()
        ending = path.lower()
        if ending.endswith(_RUNNING):
            return frozenset(_names(source.text, _IN_CODE))
        return frozenset(_names(source.text, _IN_PATHS if ending.endswith(_SAYING) else None))


def _spelled(folder: str, path: str) -> tuple[bytes, ...]:
    """How a file names a folder: by its path, with all beside it; in quotes, if it runs."""
    around, name = posixpath.split(folder)
    around = posixpath.basename(around)
    signs = (f"{around}/{sign}" for sign in sorted(_WHATEVER))
    said = [f"{around}/{name}", *signs]
    if not path.lower().endswith(_SAYING):
        said += [f"{around}.{name}", *(f"{quote}{name}{quote}" for quote in "\"'`")]
    return tuple(map(_bytes, said))


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
        if not _OF_WORD.match(text[max(start - 1, 0) : start]) and not _OF_WORD.match(text, end):
            return True
    return False


def _stem(path: str) -> str:
    return posixpath.basename(path).removesuffix(".py")


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

    def is_built(self, folder: str) -> bool:
        """Whether what builds or runs outside of a folder has its name, in whatever it says."""
        name = posixpath.basename(folder)
        return any(
            words is None or name in words or f"{name}/" in words
            for path, words in self.words.items()
            if not (path.lower().endswith(_SAYING) or below(path, folder))
        )


def _bytes(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")
