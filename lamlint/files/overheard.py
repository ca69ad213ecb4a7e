"""What is asked of a project's files for one part of the work, and what they answered.

What comes of the part is the same again where all of it would be answered alike. The tree may
know an answer already; it is noted all the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import field
from hashlib import blake2b

from lamlint.files.asking import Answer
from lamlint.files.boundary import Boundary
from lamlint.text import Entry, Source, Tree, Unread, Unreadable
from lamlint.text.dataclass import dataclass

_CODE = ("utf-8", "surrogatepass")


@dataclass(frozen=True)
class Uses:
    """The answers to what was asked, by the question and what it is about.

    Of texts and lists it has digests with a key. It is `torn` by a question of which nobody
    can say whether it would be answered alike.
    """

    key: bytes = field(repr=False)
    answers: dict[str, dict[str, Answer]] = field(default_factory=dict)
    torn: set[str] = field(default_factory=set)

    def note(self, question: str, about: str, answer: Answer) -> None:
        """Note an answer."""
        if self.answers.setdefault(question, {}).setdefault(about, answer) != answer:
            self.torn.add(question)

    def read(self, path: str, found: Source | Unreadable) -> None:
        """Note the text of a file."""
        self.note(_TEXT, path, text_of(found, self.key))

    @property
    def texts(self) -> Mapping[str, Answer]:
        """The files that were read, each with what stands for its text."""
        return self.answers.get(_TEXT, {})


_USES: ContextVar[Uses | None] = ContextVar("uses", default=None)


@contextmanager
def overhearing(uses: Uses) -> Iterator[None]:
    """Note all that is asked meanwhile."""
    token = _USES.set(uses)
    try:
        yield
    finally:
        _USES.reset(token)


@contextmanager
def unheard() -> Iterator[None]:
    """Note nothing of what is asked meanwhile: what it is asked for is noted as a whole."""
    token = _USES.set(None)
    try:
        yield
    finally:
        _USES.reset(token)


def text_of(found: Source | Unreadable, key: bytes) -> str:
    """What stands for a text, and tells nobody without the key what it is."""
    if isinstance(found, Unreadable):
        return ""
    return found.once(
        (text_of, key), lambda: standing_for(f"{found.encoding}\0{found.bom}\0{found.text}", key)
    )


def standing_for(text: str, key: bytes) -> str:
    """What stands for any text."""
    return blake2b(text.encode(*_CODE), digest_size=16, key=key).hexdigest()


_TEXT, _FILE, _FOLDER, _LIST = "text", "file", "folder", "list"
_CONTENTS, _ARCHIVE, _WORDS = "contents", "archive", "words"


def _list_of(paths: Collection[str], key: bytes) -> str:
    return standing_for("\0".join(paths), key)


def _contents(tree: Tree, about: str, key: bytes) -> str:
    folder, *skip = json.loads(about)
    return standing_for(repr(tuple(tree.contents(folder, frozenset(skip)))), key)


def _mentions(tree: Tree, about: str) -> bool:
    path, *words = json.loads(about)
    return tree.mentions(path, tuple(word.encode("latin-1") for word in words))


ASKED: Mapping[str, Callable[[Tree, str, bytes], Answer]] = {
    _TEXT: lambda tree, path, key: text_of(tree.read(path), key),
    _FILE: lambda tree, path, _: tree.is_file(path),
    _FOLDER: lambda tree, path, _: tree.is_folder(path),
    _LIST: lambda tree, folder, key: _list_of(tuple(tree.sources(folder)), key),
    _CONTENTS: _contents,
    _ARCHIVE: lambda tree, path, key: standing_for(repr(tree.archive(path)), key),
    _WORDS: lambda tree, about, _: _mentions(tree, about),
}
"""How each question is put once more."""


def path_of(question: str, about: str) -> str:
    """The path that one of these questions is about."""
    path: str = json.loads(about)[0] if question in {_CONTENTS, _WORDS} else about
    return path


@dataclass(frozen=True, eq=False)
class Overheard:
    """A tree whose answers are noted while somebody listens; `boundary` is as for DiskTree."""

    tree: Tree
    root: str
    boundary: Boundary

    @property
    def unread(self) -> set[Unread]:
        """What would have been read and was not."""
        return self.tree.unread

    def read(self, path: str, worth: Callable[[Source], bool] | None = None) -> Source | Unreadable:
        """The text of a file."""
        found = self.tree.read(path, worth)
        if (noted := _USES.get()) is not None:
            noted.read(path, found)
        return found

    def is_file(self, path: str) -> bool:
        """Whether a regular file is there."""
        found = self.tree.is_file(path)
        if (noted := _USES.get()) is not None:
            noted.note(_FILE, path, found)
        return found

    def is_folder(self, path: str) -> bool:
        """Whether a folder is there."""
        found = self.tree.is_folder(path)
        if (noted := _USES.get()) is not None:
            noted.note(_FOLDER, path, found)
        return found

    def sources(self, folder: str = "") -> Iterator[str]:
        """The files below a folder that git tracks or would track, in a stable order."""
        noted = _USES.get()
        if noted is None:
            return self.tree.sources(folder)
        found = tuple(self.tree.sources(folder))
        noted.note(_LIST, folder, _list_of(found, noted.key))
        return iter(found)

    def contents(self, folder: str, skip: Collection[str] = ()) -> Iterator[Entry]:
        """All files on disk below a folder, ignored ones included, in a stable order."""
        noted = _USES.get()
        if noted is None:
            return self.tree.contents(folder, skip)
        found = tuple(self.tree.contents(folder, skip))
        about = json.dumps([folder, *sorted(skip)])
        noted.note(_CONTENTS, about, standing_for(repr(found), noted.key))
        return iter(found)

    def archive(self, path: str) -> tuple[Entry, ...] | Unreadable:
        """The directory of a zip archive."""
        found = self.tree.archive(path)
        if (noted := _USES.get()) is not None:
            noted.note(_ARCHIVE, path, standing_for(repr(found), noted.key))
        return found

    def mentions(self, path: str, words: tuple[bytes, ...]) -> bool:
        """Whether the bytes of a file hold one of some words."""
        found = self.tree.mentions(path, words)
        if (noted := _USES.get()) is not None:
            about = json.dumps([path, *(word.decode("latin-1") for word in words)])
            noted.note(_WORDS, about, found)
        return found
