"""What the commands of a project make a path of: the folders that they copy or zip there.

Commands are those of `local-exec`, and the lines of scripts and Makefiles. Nothing is run; a
line counts only where all that matters of it is plain words.
"""

from __future__ import annotations

import posixpath
import shlex
from collections.abc import Iterator, Sequence
from functools import partial

from lamlint.dialects.properties import Properties
from lamlint.dialects.terraform.paths import places
from lamlint.dialects.terraform.scope import Scope
from lamlint.files.paths import around, normal
from lamlint.text import Source
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

SCRIPTS = (".sh", ".mk", "Makefile", "makefile")
_JOINTS = Regex(r"&&|\|\||[;\n\r]")
_CONTINUED = Regex(r"\\\r?\n[ \t]*")
_HERE = Regex(r"""\$\{?(?:PWD|CURDIR)\}?|\$\(pwd\)|\$\(CURDIR\)""")
_COPIES = frozenset({"cp", "rsync", "copy", "mv", "ln"})
_LONGEST = 500
_DEEPEST = 3
_MOST = 200
"""So many commands of one project are looked at for one path."""


@dataclass(frozen=True)
class Step:
    """A command that makes `target` of some sources, by paths from the project's root."""

    target: str
    sources: tuple[str, ...]


def made_of(path: str, scope: Scope, depth: int = 0) -> Iterator[str]:
    """The folders and files of the project that something copies or zips to a path."""
    tree = scope.use.tree
    for step in _steps(path, scope):
        if step.target != path and not step.target.startswith(f"{path}/"):
            continue
        for source in step.sources:
            if tree.is_file(source) or tree.is_folder(source or "."):
                yield source
            elif depth < _DEEPEST and source != path:
                yield from made_of(source, scope, depth + 1)


def _steps(path: str, scope: Scope) -> Iterator[Step]:
    """The commands that may have to do with a path: those of the module, and of scripts near it."""
    name = posixpath.basename(path)
    for block, text in scope.module.commands:
        if name in text:
            inside = Properties(block.body, scope, block.source.span(block.start, block.end))
            for provisioner in inside.mappings("provisioner"):
                command = provisioner.text("command")
                written = provisioner.text("working_dir", default=".")
                folder = next(places(written.only, scope), "") if written.known else ""
                if command.known:
                    yield from steps(command.only, folder)
    for script in _scripts(scope, name, path):
        source = scope.use.tree.read(script)
        if isinstance(source, Source):
            home = posixpath.dirname(script)
            yield from source.once((Step, home), partial(_listed, source.text, home))


@dataclass(frozen=True)
class Build:
    """An image that a command builds: from which folder, by which file, up to which stage."""

    context: str
    dockerfile: str
    stage: str


def only_build(scope: Scope) -> Build | None:
    """The image that the commands of a module build; None where they build none, or several."""
    found: dict[Build, None] = {}
    for block, text in scope.module.commands:
        if "docker" not in text:
            continue
        inside = Properties(block.body, scope, block.source.span(block.start, block.end))
        for provisioner in inside.mappings("provisioner"):
            written = provisioner.text("working_dir", default=".")
            folder = next(places(written.only, scope), "") if written.known else ""
            for one in provisioner.outcomes("command"):
                found.update(dict.fromkeys(builds(one.written, folder)))
    return next(iter(found)) if len(found) == 1 else None


def builds(text: str, folder: str) -> Iterator[Build]:
    """The images that the commands of a text build, started in a folder."""
    here = folder
    for line in _JOINTS.split(_CONTINUED.sub(" ", text)):
        words = _words(line) if len(line) <= _LONGEST else []
        match words:
            case ["cd" | "pushd", where, *_]:
                here = _at(here, where)
            case ["docker", "build", *rest] | ["docker", "buildx", "build", *rest]:
                built = _built(rest, here)
                if built is not None:
                    yield built
            case _:
                pass


def _built(words: Sequence[str], here: str) -> Build | None:
    context = words[-1] if words and not words[-1].startswith("-") else ""
    if not context or "$" in context:
        return None
    said = {name: _option(words, *names) for name, names in _OPTIONS.items()}
    file = _at(here, said["file"]) if said["file"] else ""
    root = _at(here, context)
    dockerfile = posixpath.relpath(file, root or ".") if file else "Dockerfile"
    return Build(root, dockerfile, said["stage"])


_OPTIONS = {"file": ("-f", "--file"), "stage": ("--target",)}


def _option(words: Sequence[str], *names: str) -> str:
    """The value of an option, behind it or in it."""
    for number, word in enumerate(words):
        name, _, value = word.partition("=")
        if name in names:
            return value or next(iter(words[number + 1 :]), "")
    return ""


def _listed(text: str, home: str) -> tuple[Step, ...]:
    return tuple(steps(text, home)) + (tuple(steps(text, posixpath.dirname(home))) if home else ())


def _scripts(scope: Scope, name: str, path: str) -> Iterator[str]:
    """The scripts that name a file, those beside it and above it."""
    homes = frozenset(around(path))
    for script in scope.use.scripts:
        home = posixpath.dirname(script)
        near = home in homes or posixpath.dirname(home) in homes
        if near and scope.use.tree.mentions(script, (name.encode("utf-8", "surrogatepass"),)):
            yield script


def steps(text: str, folder: str) -> Iterator[Step]:
    """The commands of a text that copy or zip, started in a folder."""
    here = folder
    for number, line in enumerate(_JOINTS.split(_CONTINUED.sub(" ", text))):
        words = _words(line) if number < _MOST and len(line) <= _LONGEST else []
        match words:
            case ["cd" | "pushd", where, *_]:
                here = _at(here, where)
            case ["popd", *_]:
                here = folder
            case [command, *rest] if command in _COPIES:
                yield from _copied(rest, here)
            case ["zip", *rest]:
                yield from _zipped(rest, here)
            case _:
                pass


def _words(line: str) -> list[str]:
    """The words of a command, without what only says how loudly it is run."""
    try:
        words = shlex.split(_HERE.sub(".", line.strip().lstrip("@-(")), comments=True)
    except ValueError:
        return []
    return [word for word in words if word not in ("sudo", "then", "do")]


def _copied(words: Sequence[str], here: str) -> Iterator[Step]:
    plain = [word for word in words if not word.startswith("-")]
    if len(plain) > 1:
        *sources, target = (_at(here, word) for word in plain)
        yield Step(target, tuple(_without_pattern(one) for one in sources))


def _zipped(words: Sequence[str], here: str) -> Iterator[Step]:
    """`zip -r ../code.zip . -x tests`: what lies in a folder is zipped from there."""
    excluded = next((n for n, word in enumerate(words) if word in ("-x", "--exclude")), len(words))
    plain = [word for word in words[:excluded] if not word.startswith("-")]
    if not plain:
        return
    target, *sources = plain
    archive = target if target.endswith(".zip") else f"{target}.zip"
    inside = any(posixpath.isabs(one) for one in sources)
    if not inside:
        yield Step(_at(here, archive), (here,))


def _at(folder: str, written: str) -> str:
    return normal(posixpath.join(folder, written))


def _without_pattern(path: str) -> str:
    """The folder of what a pattern fits (`src/*.py`)."""
    while any(mark in path for mark in "*?["):
        path = posixpath.dirname(path)
    return path
