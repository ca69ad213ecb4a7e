"""Which folders of a project lie where in the image that a Dockerfile makes."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import field

from lamlint.files.paths import normal
from lamlint.project.image.dockerfile import Instruction, Stage, settings, stages, substituted
from lamlint.text import Tree
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_TASK_ROOT = "/var/task"
_OF_LAMBDA = Regex(r"(?:^|/)(?:lambda/python|aws-lambda-python|amazon/aws-lambda-python)(?:[:@]|$)")
_STAGE = Regex(r"--from=(\S+)")
_MOST = 200
"""As many copies are followed, the last ones."""
_LONGEST = 4_096
_PATTERN = Regex(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Copy:
    """A file or folder of the project, and its path in the image."""

    there: str
    here: str


@dataclass(frozen=True)
class Contents:
    """What lies in an image: later copies hide earlier ones.

    `folders` are those of the image that Python imports from; `entry` and `command` the words
    that it is started with.
    """

    copies: tuple[Copy, ...]
    folders: tuple[str, ...]
    entry: tuple[str, ...]
    command: tuple[str, ...]

    def here(self, path: str, tree: Tree) -> str | None:
        """The file of the project that lies at a path of the image."""
        for one in reversed(self.copies):
            if below(path, one.there):
                found = normal(posixpath.join(one.here, path[len(one.there) :].lstrip("/")))
                if tree.is_file(found):
                    return found
        return None

    def roots(self, tree: Tree) -> Iterator[str]:
        """The folders of the project whose content lies in one that Python imports from."""
        for folder in self.folders:
            for one in reversed(self.copies):
                if below(folder, one.there):
                    inner = folder[len(one.there) :].lstrip("/")
                    found = normal(posixpath.join(one.here, inner))
                    if found == "" or tree.is_folder(found):
                        yield found

    def names(self) -> Iterator[tuple[str, str]]:
        """What lies by its own name in a folder that Python imports from, with its folder here."""
        for folder in self.folders:
            for one in reversed(self.copies):
                above, name = posixpath.split(one.there)
                home, own = posixpath.split(one.here)
                if above == folder and name == own:
                    yield name.removesuffix(".py"), home

    def renamed(self) -> Iterator[tuple[str, str]]:
        """The folders that lie by another name in one that Python imports from: `COPY src app`."""
        for folder in self.folders:
            for one in reversed(self.copies):
                above, name = posixpath.split(one.there)
                if above == folder and name.isidentifier() and name != posixpath.basename(one.here):
                    yield name, one.here


def contents(text: str, context: str, stage: str, tree: Tree) -> Contents | None:
    """What an image holds that is made of a Dockerfile's text in a folder."""
    every = stages(text)
    last = next((one for one in every if one.name.lower() == stage.lower()), None)
    if last is None:
        if stage or not every:
            return None
        last = every[-1]
    reader = _Reader(every, context, tree)
    for one in every[: every.index(last)]:
        reader.read(one)  # in their order, so that none has to wait for many
    return reader.read(last)


@dataclass(frozen=True)
class _Reader:
    stages: Sequence[Stage]
    context: str
    tree: Tree
    _known: dict[int, Contents] = field(default_factory=dict)

    def read(self, stage: Stage) -> Contents:
        """What is in a stage, with what it starts from; each is read once."""
        if id(stage) not in self._known:
            self._known[id(stage)] = self._read(stage)
        return self._known[id(stage)]

    def _read(self, stage: Stage) -> Contents:
        before = self._stage(stage.base, stage)
        lambdas = _OF_LAMBDA.search(stage.base) is not None
        copies = list(before.copies) if before else []
        entry, command = (before.entry, before.command) if before else ((), ())
        place = before.folders[0] if before else (_TASK_ROOT if lambdas else "/")
        path = list(before.folders[1:]) if before else []
        variables = {"LAMBDA_TASK_ROOT": _TASK_ROOT, **dict(settings(stage.instructions))}
        for one in stage.instructions:
            if one.word == "WORKDIR":
                place = _joined(place, substituted(one.rest, variables).strip("\"'"))
            elif one.word in ("COPY", "ADD"):
                copies += self._copied(one, stage, place, variables)
            elif one.word == "CMD":
                command = tuple(substituted(word, variables) for word in one.words)
            elif one.word == "ENTRYPOINT":
                entry, command = one.words, ()
        listed = variables.get("PYTHONPATH", "").split(":")
        path += [_joined(place, substituted(each, variables)) for each in listed if each]
        folders = dict.fromkeys((place, variables["LAMBDA_TASK_ROOT"], *path))
        return Contents(tuple(copies[-_MOST:]), tuple(folders), entry, command)

    def _stage(self, name: str, before: Stage) -> Contents | None:
        """What is in an earlier stage."""
        for place, one in enumerate(self.stages):
            if one is before:
                return None
            if name.lower() in (one.name.lower(), str(place)):
                return self.read(one)
        return None

    def _copied(
        self, one: Instruction, stage: Stage, place: str, variables: dict[str, str]
    ) -> Iterator[Copy]:
        origin = _STAGE.search(one.rest)
        bare = Instruction(one.word, " ".join(w for w in one.rest.split(" ") if w[:2] != "--"))
        *sources, target = (substituted(word, variables) for word in bare.words or ("",))
        there = _joined(place, target)
        into = len(sources) > 1 or target.endswith(("/", ".")) or not target.endswith(".py")
        other = self._stage(origin[1], stage) if origin is not None else None
        for source in sources[-_MOST:]:
            if origin is None:
                yield from self._of_project(source, there, into=into)
            elif other is not None:
                yield from self._of_stage(other, _joined("/", source), there, into=into)

    def _of_project(self, source: str, there: str, *, into: bool) -> Iterator[Copy]:
        if _PATTERN.search(source):
            source = posixpath.dirname(source)
        yield self._copy(there, posixpath.join(self.context, source.lstrip("/")), into=into)

    def _of_stage(self, other: Contents, source: str, there: str, *, into: bool) -> Iterator[Copy]:
        """What is copied from an earlier stage, of what it has from the project."""
        for one in other.copies:
            if below(one.there, source):
                inner = one.there[len(source) :].lstrip("/")
                yield self._copy(_joined(there, inner), one.here, into=into and not inner)
            elif below(source, one.there):
                inner = source[len(one.there) :].lstrip("/")
                yield self._copy(there, posixpath.join(one.here, inner), into=into)

    def _copy(self, there: str, here: str, *, into: bool) -> Copy:
        """The copy of a file or folder; a file may be copied `into` a folder."""
        here = normal(here)
        inside = into and self.tree.is_file(here)
        return Copy(posixpath.join(there, posixpath.basename(here)) if inside else there, here)


def _joined(place: str, path: str) -> str:
    """A path from a folder of the image; one longer than any system takes leads nowhere."""
    if len(place) + len(path) > _LONGEST:
        return place
    return posixpath.normpath(posixpath.join(place, path))


def below(path: str, folder: str) -> bool:
    """Whether a path of an image is a folder or lies in it."""
    return folder == "/" or path == folder or path.startswith(f"{folder}/")
