"""What one command copies: `cp`, `rsync`, `mv`, `zip`, `find` and `pip install` of a folder."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from typing import Protocol

from lamlint.text.dataclass import dataclass

_ARCHIVED = (".zip", ".jar")
_PARTS = ("/*", "/.", "/*.py", "/**")
"""How a path ends that means what is in a folder, and not the folder."""
_TAKING = frozenset({"--exclude", "--include", "-x", "-i", "--filter", "-b", "-n", "--chmod"})
"""Options behind which a word stands that is no path to copy."""
_LEFT_OUT = ("!", "-not")
"""What stands before a test of `find` that leaves out what meets it."""
_OTHERWISE = frozenset({"d", "-path", "-iname", "-regex", "-newer", "-size"})
"""Words of `find` that choose files by something else than their names."""


@dataclass(frozen=True, slots=True)
class Place:
    """A path of the project, or from the root of the machine; whether a slash says `folder`."""

    path: str
    folder: bool


@dataclass(frozen=True, slots=True)
class Copy:
    """A folder or file and the path that it is copied to, by a line of a script."""

    to: str
    source: str
    number: int


class Shell(Protocol):
    """What is known where a command runs."""

    def place(self, word: str) -> Place | None:
        """The place that a word names; None where it is not known."""

    def is_folder(self, path: str) -> bool:
        """Whether something is a folder by now."""


def copied(words: Sequence[str], number: int, shell: Shell) -> Iterator[Copy]:
    """What a command with its words copies."""
    name = posixpath.basename(words[0])
    if name in ("cp", "rsync", "mv"):
        yield from _to_last(name, words[1:], number, shell)
    elif name in ("zip", "bestzip"):
        yield from _zipped(words[1:], number, shell)
    elif name == "find":
        yield from _found(words[1:], number, shell)
    elif "pip" in name or "pip" in words[:3]:
        yield from _installed(words, number, shell)


def _arguments(words: Sequence[str]) -> list[str]:
    """The words of a command that are no options."""
    found: list[str] = []
    skip = False
    for word in words:
        if not skip and not word.startswith("-") and word:
            found.append(word)
        skip = word in _TAKING
    return found


def _to_last(name: str, words: Sequence[str], number: int, shell: Shell) -> Iterator[Copy]:
    given = _arguments(words)
    if len(given) < 2:
        return
    *sources, last = given
    to = shell.place(last)
    if to is None:
        return
    whole = len(sources) == 1 and not to.folder and not shell.is_folder(to.path)
    for word in sources:
        within = _within(word) or (name == "rsync" and word.endswith("/"))
        source = shell.place(_stem(word) if within else word)
        if source is None:
            continue
        if within or whole:
            yield Copy(to.path, source.path, number)
        else:
            yield Copy(_inside(to.path, posixpath.basename(source.path)), source.path, number)


def _zipped(words: Sequence[str], number: int, shell: Shell) -> Iterator[Copy]:
    """What an archive holds: paths as they are written, or names alone."""
    ends = [at for at, word in enumerate(words) if word in ("-x", "--exclude")]
    given = _arguments(words[: ends[0]] if ends else words)
    archive = shell.place(given[0]) if given else None
    if archive is None:
        return
    path = archive.path if archive.path.endswith(_ARCHIVED) else f"{archive.path}.zip"
    flat = any(word.startswith("-") and "j" in word and word[1:2] != "-" for word in words)
    for word in given[1:]:
        source = shell.place(_stem(word) if _within(word) else word)
        if source is None:
            continue
        name = posixpath.normpath(_stem(word) if _within(word) else word)
        if flat:
            name = "." if _within(word) else posixpath.basename(name)
        if not name.startswith(("..", "/")):
            yield Copy(_inside(path, name), source.path, number)


def _found(words: Sequence[str], number: int, shell: Shell) -> Iterator[Copy]:
    """What `find FOLDER … -exec cp {} TO` copies: the files of a folder, or those of one name."""
    at = next((at for at, word in enumerate(words) if word in ("-exec", "-execdir")), 0)
    done = _arguments(words[at + 1 :])
    if done[:2] != ["cp", "{}"] or len(done) < 3:
        return
    folder, to = shell.place(words[0]), shell.place(done[2])
    said = {words[n + 1]: words[n - 1] for n in range(at - 1) if words[n] == "-name"}
    names = [name for name, before in said.items() if before not in _LEFT_OUT]
    chosen = _OTHERWISE.isdisjoint(words[:at]) and said.get("*.py") not in _LEFT_OUT
    if folder is None or to is None or not chosen:
        return
    for name in names or ["*"]:
        if name in ("*", "*.py"):
            yield Copy(to.path, folder.path, number)
        elif "*" not in name:
            yield Copy(_inside(to.path, name), _inside(folder.path, name), number)


def _installed(words: Sequence[str], number: int, shell: Shell) -> Iterator[Copy]:
    """A distribution of the project's own that pip installs into a folder."""
    ends = [at for at, word in enumerate(words) if word in ("-t", "--target")]
    ends = [at for at in ends if at + 1 < len(words)]
    to = shell.place(words[ends[0] + 1]) if ends and "install" in words else None
    for word in words if to is not None else ():
        local = word.startswith((".", "/", "\x01")) and word != words[ends[0] + 1]
        source = shell.place(word) if local else None
        if to is None or source is None or not shell.is_folder(source.path):
            continue
        inner = posixpath.join(source.path, "src")
        yield Copy(to.path, inner if shell.is_folder(inner) else source.path, number)


def _within(word: str) -> bool:
    """Whether a word means what is in a folder."""
    return word.endswith(_PARTS) or word in (".", "*", "*.py", "./")


def _stem(word: str) -> str:
    for end in _PARTS:
        if word.endswith(end):
            return word.removesuffix(end) or "/"
    return "." if word in ("*", "*.py", "./") else word


def _inside(folder: str, name: str) -> str:
    return folder if name in ("", ".") else posixpath.join(folder, name)
