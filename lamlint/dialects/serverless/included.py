"""What variables have from files of the repository: `${file(config.${sls:stage}.yml):table}`."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lamlint.dialects.outcome import Outcome
from lamlint.dialects.serverless.addresses import COMMON, Start, walk
from lamlint.dialects.serverless.data_files import DATA
from lamlint.dialects.serverless.syntax import Reference, Text, Variable
from lamlint.dialects.serverless.variables import Answer, Missing, Place, in_stage, stage
from lamlint.dialects.tree.yaml import Broken, composed
from lamlint.files.paths import around
from lamlint.model.condition import Case, Fact, both
from lamlint.text import Unreadable


def from_file(reference: Reference, place: Place) -> Iterator[Answer]:
    """What lies at an address of a file, or of one for each stage."""
    for path, when in _paths(reference.parameters, place):
        if path is None:
            yield place.unknown("the name of the file is not known").under(when)
            continue
        for one in _content(path, reference.address, place):
            joined = both(when, one.when)
            yield one.under(joined) if isinstance(one, Outcome) else one._replace(when=joined)


def _content(path: str, address: Text, place: Place) -> Iterator[Answer]:
    if not path.endswith(DATA):
        yield place.unknown("it is code, or no YAML", f"file:{path}")
        return
    source = place.scope.tree.read(path)
    if isinstance(source, Unreadable):
        yield Missing(f"{path} cannot be read: {source.reason}")
        return
    documents = composed(source)
    if isinstance(documents, Broken) or len(documents) != 1:
        yield place.unknown(f"{path} is no YAML")
        return
    yield from walk(Start(documents[0]), address, place)


def _paths(parameters: Text, place: Place) -> Iterator[tuple[str | None, Case]]:
    """The files that are meant, relative to the root, each with the stage that means it.

    Where nothing is known of a name, it is one of the files that are there, if there are several.
    """
    known = [
        (None if one.text is None else _resolved(one.text, place), one.when)
        for one in place.variables.texts(parameters, place)
    ]
    found = {path for path, _ in known}
    beside = [(path, when) for path, when in _beside(parameters, place) if path not in found]
    yield from beside if found == {None} and len(beside) > 1 else (*known, *beside)


def _resolved(written: str, place: Place) -> str | None:
    """A path from the service's folder, or from one above where it is only there."""
    path = written.strip().replace("\\", "/")
    if path.startswith(("/", "~")) or not path:
        return None
    homes = around(posixpath.dirname(place.scope.template))
    found = [posixpath.normpath(posixpath.join(home, path)) for home in homes]
    return next(filter(place.scope.tree.is_file, found), found[0])


def _beside(parameters: Text, place: Place) -> Iterator[tuple[str, Case]]:
    """The files that have in their names what another stage, or whoever deploys, gives there."""
    holes = [at for at, piece in enumerate(parameters) if isinstance(piece, Variable)]
    if len(holes) != 1:
        return
    (at,) = holes
    hole = parameters[at]
    named = list(place.variables.one(hole, place)) if isinstance(hole, Variable) else []
    of_stage = bool(named) and all(stage(place.scope) in one.targets for one in named)
    if not of_stage and any(one.text is not None for one in named):
        return
    before = "".join(piece for piece in parameters[:at] if isinstance(piece, str))
    after = "".join(piece for piece in parameters[at + 1 :] if isinstance(piece, str))
    start = _resolved(f"{before}\0", place)
    for name, path in place.variables.data_files.named(start[:-1], after) if start else ():
        if name not in _OF_NO_DEPLOYMENT and path != place.scope.template:
            yield path, in_stage(name, place.scope) if of_stage else _given(name, hole, place)


_OF_NO_DEPLOYMENT = frozenset({COMMON, "dist", "example", "sample", "template"})


def _given(name: str, hole: str | Variable, place: Place) -> Case:
    """The case that whoever deploys gives a name for a variable: the same wherever it stands."""
    written = place.node.text[hole.start : hole.end] if isinstance(hole, Variable) else hole
    subject = place.scope.identity("".join(written.split()).removeprefix("${").removesuffix("}"))
    return frozenset({Fact(subject, name)})
