"""The questions that a run puts to the disk, and the notes that are taken of its answers.

Whatever reads a project asks here, or opens files by `opening`. A run whose notes still hold
would see the same again.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import field
from hashlib import blake2b
from typing import TypeAlias

from lamlint.text.dataclass import dataclass

Status: TypeAlias = "list[int]"
"""Size, both times to the nanosecond, and inode: what changes with what a file holds."""
Answer: TypeAlias = "str | int | bool"
SIZES = "sizes"
"""The question that the files of a package answer."""
LEADS_TO = "leads to"
IMPORTABLE = "importable"
"""The question that the names in a folder of the path answer."""
_DIGEST = 16


@dataclass(frozen=True)
class Notes:
    """What was asked, by path, and what the disk answered; of contents a digest with a key.

    `files` and `folders` have their status too, from before they were read; a file has a digest
    of each part that was asked for. `torn` are paths of which two answers differed, and what
    took no notes of what it asked.
    """

    key: bytes = field(default=b"", repr=False)
    files: dict[str, tuple[Status | int, dict[str, str]]] = field(default_factory=dict)
    folders: dict[str, tuple[Status | int, str]] = field(default_factory=dict)
    plain: dict[str, dict[str, Answer]] = field(default_factory=dict)
    """By question: those of QUESTIONS, and those that the modules which ask them know."""
    absent: dict[str, tuple[Status | int, list[str]]] = field(default_factory=dict)
    """By folder: its status, and what stands for names that it does not list (`missing.Names`)."""
    torn: set[str] = field(default_factory=set)

    def file(self, path: str, status: Status | int) -> None:
        """Note the status of a file, or the number of the error that it gives."""
        if self.files.setdefault(path, (status, {}))[0] != status:
            self.torn.add(path)

    def part(self, path: str, part: str, digest: str) -> None:
        """Note what a part of a file holds whose status is noted."""
        if self.files[path][1].setdefault(part, digest) != digest:
            self.torn.add(path)

    def folder(self, path: str, status: Status | int, listed: str) -> None:
        """Note the status of a folder and what it lists."""
        known = self.folders.setdefault(path, (status, listed))
        if known != (status, listed):
            self.torn.add(path)

    def answer(self, question: str, path: str, answer: Answer) -> None:
        """Note the answer to any other question."""
        if self.plain.setdefault(question, {}).setdefault(path, answer) != answer:
            self.torn.add(path)

    def standing(self, answer: Answer) -> Answer:
        """An answer as it is noted: a text, such as where a link leads, by what stands for it."""
        if not isinstance(answer, str):
            return answer
        return self.digest(answer.encode("utf-8", "surrogatepass"))

    def digest(self, data: bytes) -> str:
        """What stands for some bytes, and tells nobody without the key what they are."""
        return blake2b(data, digest_size=_DIGEST, key=self.key).hexdigest()

    def add(self, others: Notes) -> None:
        """Take over what was noted elsewhere, as in another process."""
        for path, (status, parts) in others.files.items():
            self.file(path, status)
            for part, digest in parts.items():
                self.part(path, part, digest)
        for path, (status, listed) in others.folders.items():
            self.folder(path, status, listed)
        for question, answers in others.plain.items():
            for path, answer in answers.items():
                self.answer(question, path, answer)
        self.torn.update(others.torn)


_NOTES: ContextVar[Notes | None] = ContextVar("notes", default=None)


@contextmanager
def noting(notes: Notes | None) -> Iterator[None]:
    """Take notes of all that is asked meanwhile; none where there is nothing to take them in."""
    token = _NOTES.set(notes)
    try:
        yield
    finally:
        _NOTES.reset(token)


def taken() -> Notes | None:
    """The notes that are taken now, if any are: what works elsewhere adds its own to them."""
    return _NOTES.get()


def tear(what: str) -> None:
    """Tell of what asked the disk and took no notes: those that are taken are not whole."""
    if (notes := _NOTES.get()) is not None:
        notes.torn.add(what)


def status_of(found: os.stat_result) -> Status:
    """What tells a file from what it was before."""
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]


def status(path: str) -> Status | int:
    """The status of what a path leads to, or the number of the error that it gives instead."""
    try:
        return status_of(os.stat(path))
    except OSError as error:
        return error.errno or -1
    except ValueError:
        return -1


def _type(path: str) -> int:
    """The type of what a path leads to; the number of an error below zero."""
    try:
        return stat.S_IFMT(os.stat(path).st_mode)
    except OSError as error:
        return -(error.errno or 1)


def _passable(folder: str) -> bool:
    return os.access(folder, os.X_OK)


QUESTIONS: Mapping[str, Callable[[str], Answer]] = {
    "exists": os.path.exists,
    "is a file": os.path.isfile,
    "is a folder": os.path.isdir,
    "is a link": os.path.islink,
    "is there": os.path.lexists,
    LEADS_TO: os.path.realpath,
    "passable": _passable,
    "type": _type,
}
"""Those that a path alone answers: they can be put again."""


def _noted(question: str, path: str, answer: Answer) -> None:
    if (notes := _NOTES.get()) is not None:
        notes.answer(question, path, answer)


def _asked(question: str, path: str) -> Answer:
    answer = QUESTIONS[question](path)
    if (notes := _NOTES.get()) is not None:
        notes.answer(question, path, notes.standing(answer))
    return answer


def exists(path: str) -> bool:
    """Whether a path leads to something."""
    return bool(_asked("exists", path))


def lexists(path: str) -> bool:
    """Whether something is there, and be it a link to nothing."""
    return bool(_asked("is there", path))


def is_file(path: str) -> bool:
    """Whether a path leads to a regular file."""
    return bool(_asked("is a file", path))


def is_folder(path: str) -> bool:
    """Whether a path leads to a folder."""
    return bool(_asked("is a folder", path))


def is_link(path: str) -> bool:
    """Whether a symbolic link is there."""
    return bool(_asked("is a link", path))


def real(path: str) -> str:
    """Where a path leads, all symbolic links followed. Raises OSError and ValueError."""
    return str(_asked(LEADS_TO, path))


def passable(folder: str) -> bool:
    """Whether one may ask for what lies in a folder."""
    return bool(_asked("passable", folder))


def mode(path: str) -> int:
    """The type of what a path leads to. Raises OSError and ValueError."""
    try:
        answer = stat.S_IFMT(os.stat(path).st_mode)
    except OSError as error:
        _noted("type", path, -(error.errno or 1))
        raise
    _noted("type", path, answer)
    return answer


def opened(path: str, found: os.stat_result) -> None:
    """Tell of a file that is opened to be read."""
    if (notes := _NOTES.get()) is not None:
        notes.file(path, status_of(found))


def refused(path: str) -> None:
    """Tell of a file that cannot be opened, or is none."""
    if (notes := _NOTES.get()) is not None:
        notes.file(path, status(path))


def given(path: str, part: str, data: bytes) -> None:
    """Tell what some part of an opened file holds."""
    if (notes := _NOTES.get()) is not None:
        notes.part(path, part, notes.digest(data))


def told(question: str, path: str, data: bytes) -> None:
    """Tell what another program answered."""
    if (notes := _NOTES.get()) is not None:
        notes.answer(question, path, notes.digest(data))


def entries(folder: str) -> list[os.DirEntry[str]]:
    """What a folder lists, by name. Raises OSError and ValueError."""
    notes = _NOTES.get()
    before = status(folder) if notes is not None else 0
    try:
        found = _listed(folder)
    except OSError:
        if notes is not None:
            notes.folder(folder, before, "")
        raise
    if notes is not None:
        notes.folder(folder, before, _names(notes, found))
    return found


def sized(folder: str) -> list[os.DirEntry[str]]:
    """What a folder lists, where the sizes of its files matter too. Raises OSError, ValueError."""
    found = entries(folder)
    if (notes := _NOTES.get()) is not None:
        notes.answer(SIZES, folder, _sizes(notes, found))
    return found


def importable(folder: str) -> None:
    """Ask which modules and packages a folder of the path offers, whatever else it holds."""
    notes = _NOTES.get()
    if notes is None:
        return
    try:
        found = [one for one in _listed(folder) if _is_importable(one.name)]
    except (OSError, ValueError):
        notes.answer(IMPORTABLE, folder, "")
    else:
        notes.answer(IMPORTABLE, folder, _names(notes, found))


def _is_importable(name: str) -> bool:
    return not name.startswith(".") and name != "__pycache__"


def _listed(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        return sorted(found, key=lambda entry: entry.name)


def _names(notes: Notes, found: list[os.DirEntry[str]]) -> str:
    """What stands for the names in a folder and what the listing says that they are."""
    return notes.digest("\0".join(f"{_kind(one)}{one.name}" for one in found).encode(*_CODE))


_CODE = ("utf-8", "surrogateescape")


def _kind(entry: os.DirEntry[str]) -> str:
    try:
        if entry.is_file(follow_symlinks=False):
            return "f"
        return "d" if entry.is_dir(follow_symlinks=False) else "o"
    except OSError:
        return "o"


def _sizes(notes: Notes, found: list[os.DirEntry[str]]) -> str:
    """What stands for the sizes of the files in a folder."""
    return notes.digest("\0".join(map(_size, found)).encode(*_CODE))


def _size(entry: os.DirEntry[str]) -> str:
    try:
        size = entry.stat().st_size if entry.is_file() else "d" if entry.is_dir() else "o"
    except OSError:
        size = "?"
    return f"{size} {entry.name}"
