"""What the commands of a script copy, pack and move, from where to where."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import field

from lamlint.files.paths import around
from lamlint.project.packing.copying import Copy, Place, copied
from lamlint.project.packing.reading import commands
from lamlint.project.packing.script import (
    ARTIFACTS,
    PROJECT,
    UNKNOWN,
    Words,
    expanded,
    is_makefile,
    stands_for_more,
    value_of,
)
from lamlint.text import Source, Tree
from lamlint.text.dataclass import dataclass

_MOST_STEPS = 5_000
_MOST_TURNS = 200


@dataclass
class Run:
    """A script as it is gone through, from a folder on.

    It is a shell in small: its variables, the folder that it is in, those that it comes back to.
    """

    tree: Tree
    path: str
    start: str
    variables: dict[str, str] = field(default_factory=dict)
    folder: str = ""
    before: list[str] = field(default_factory=list)
    made: set[str] = field(default_factory=set)
    copies: list[Copy] = field(default_factory=list)
    steps: int = 0

    def through(self, listed: Sequence[Words]) -> None:
        """Go through some commands; the body of a loop is gone through for each of its words."""
        at = 0
        while at < len(listed) and self.steps < _MOST_STEPS:
            self.steps += 1
            one = listed[at]
            at += 1
            if one.afresh:
                place = self.from_start(one.within)
                self.folder, self.before = UNKNOWN if place is None else place.path, []
            if one.words[0] == "for" and len(one.words) > 3 and one.words[2] == "in":
                end = _end(listed, at)
                for value in self._turns(one.words[3:]):
                    self.variables[one.words[1]] = value
                    self.through(listed[at:end])
                at = end
            else:
                self._step(one)

    def _turns(self, words: Sequence[str]) -> Sequence[str]:
        """The values that a loop goes over: as they are written, or the folders of a pattern."""
        found: list[str] = []
        for word in words:
            known = self._expanded(word)
            for each in known.split():
                found += self._matching(each) if each.rstrip("/").endswith("/*") else [each]
        return found[:_MOST_TURNS]

    def _matching(self, pattern: str) -> Sequence[str]:
        base = pattern.rstrip("/")[:-2]
        place = self.place(base)
        if place is None:
            return []
        folder = place.path
        start = len(folder) + 1 if folder else 0
        inner = {path[start:].partition("/") for path in self.tree.sources(folder)}
        ends = sorted({name for name, slash, _ in inner if slash})
        return [posixpath.join(base, name) for name in ends]

    def _expanded(self, word: str, target: str = "") -> str:
        """A word with the variables, and with those that every script has."""
        if not stands_for_more(word):
            return expanded(word, {})
        home = posixpath.dirname(self.path)
        own = {
            "__own": f"{PROJECT}{home}",
            "__here": f"{PROJECT}{self.folder}",
            "__top": PROJECT,
            "@": target or UNKNOWN,
            "ARTIFACTS_DIR": f"{ARTIFACTS}/{home}/{target.removeprefix('build-')}",
        }
        return expanded(word, {**own, **self.variables})

    def _step(self, one: Words) -> None:
        match one.words:
            case ("=", name, value):
                written = value_of(value)
                # Make puts in the values of variables where one is used, a shell where it is set.
                late = is_makefile(self.path)
                self.variables[name] = written if late else self._expanded(written, one.target)
            case ("(",):
                self.before.append(self.folder)
            case (")",) if self.before:
                self.folder = self.before.pop()
            case ("cd" | "pushd" as how, word):
                self._go(how, word, one)
            case ("popd", *_) if self.before:
                self.folder = self.before.pop()
            case _:
                words = [self._expanded(word, one.target) for word in one.words]
                if words[0] == "mkdir":
                    for word in words[1:]:
                        place = self.place(word)
                        self.made.update(around(place.path) if place is not None else ())
                self.copies += copied(words, one.number, self)

    def _go(self, how: str, word: str, one: Words) -> None:
        if how == "pushd":
            self.before.append(self.folder)
        place = self.place(self._expanded(word, one.target))
        # Of a folder that is not known no path leads on.
        self.folder = UNKNOWN if place is None else place.path

    def from_start(self, word: str) -> Place | None:
        """The place that a word names where the script begins."""
        self.folder = self.start
        return self.place(word)

    def place(self, word: str) -> Place | None:
        """The place that a word names; None where it is not known."""
        if UNKNOWN in word or "*" in word:
            return None
        if word.startswith(PROJECT):
            path = word.removeprefix(PROJECT).lstrip("/")
        elif word.startswith(("/", "~")):
            path = word
        elif UNKNOWN in self.folder:
            return None
        else:
            path = posixpath.join(self.folder, word)
        found = posixpath.normpath(path or ".")
        return Place("" if found == "." else found, word.endswith("/"))

    def is_folder(self, path: str) -> bool:
        """Whether something is a folder by now: in the project, or made by a command."""
        return path == "" or path in self.made or self.tree.is_folder(path)


def _end(listed: Sequence[Words], at: int) -> int:
    depth = 1
    for place in range(at, len(listed)):
        first = listed[place].words[0]
        depth += (first in ("for", "while", "until")) - (first == "done")
        if depth == 0:
            return place
    return len(listed)


def copies(source: Source, path: str, tree: Tree) -> Sequence[Copy]:
    """What a script copies, run from the folder where most of what it names is there."""
    listed = tuple(commands(source.text, path))
    best: Sequence[Copy] = ()
    for start in dict.fromkeys(_starts(path)):
        run = Run(tree, path, start, folder=start)
        run.through(listed)
        found = _real(run.copies, tree)
        if len(found) > len(best):
            best = found
    return best


def _real(found: Sequence[Copy], tree: Tree) -> Sequence[Copy]:
    """The copies of what is in the project, or was made by those before them."""
    made: set[str] = set()
    holding: set[str] = set()
    kept: list[Copy] = []
    for one in found:
        there = one.source == "" or tree.is_folder(one.source) or tree.is_file(one.source)
        if there or one.source in holding or not made.isdisjoint(around(one.source)):
            made.add(one.to)
            holding.update(around(one.to))
            kept.append(one)
    return kept


def _starts(path: str) -> Iterator[str]:
    """The folders that a script may be run in: its own, those above one for scripts, the root."""
    folder = posixpath.dirname(path)
    if not path.startswith(".github/"):
        yield folder
        if folder:
            yield posixpath.dirname(folder)
    if folder:
        yield ""
