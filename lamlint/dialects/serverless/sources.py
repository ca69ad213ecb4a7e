"""What the sources of variables answer: the service itself, its files, options and parameters."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping

from lamlint.dialects.outcome import Outcome, computed, plain
from lamlint.dialects.serverless.addresses import Start, walk
from lamlint.dialects.serverless.beside import DATA
from lamlint.dialects.serverless.syntax import Reference, Text, Variable
from lamlint.dialects.serverless.variables import Answer, Missing, Place, as_stage, in_stage, stage
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode
from lamlint.dialects.tree.yaml import Broken, compose
from lamlint.files.paths import around
from lamlint.model.condition import IN_ANY, Case, both
from lamlint.text import Unreadable

DEFAULT_STAGE = "dev"
_COMMON = "default"
"""The name under which parameters of all stages stand."""
_SERVICES = {
    "aws": "it is known only when the service is deployed",
    "cf": "it is an output of another stack",
    "git": "it is asked of git",
    "output": "it is an output of another service",
    "s3": "it is an object in S3",
    "secretsManager": "it is a secret in Secrets Manager",
    "ssm": "it is a parameter in SSM",
    "terraform": "it is an output of Terraform",
    "vault": "it is a secret in a vault",
}
"""Sources that lie outside of the project, each with why it is not read."""


def ask(reference: Reference, place: Place) -> Iterator[Answer]:
    """What a source answers to an address."""
    source = _SOURCES.get(reference.source)
    if source is not None:
        yield from source(reference, place)
        return
    reason = _SERVICES.get(reference.source, f"{reference.source} is a source that is not read")
    address = _plain(reference.address)
    named = f"{reference.source}:{address}" if address else f"{place.scope.template}:{reference}"
    yield place.unknown(reason, named)


def _plain(text: Text) -> str:
    """A text that has no variables in it; else nothing."""
    (first, *others) = text or ("",)
    return first if isinstance(first, str) and not others else ""


# --- the service itself


def _self(reference: Reference, place: Place) -> Iterator[Answer]:
    address = _plain(reference.address)
    if address == "provider.stage":
        yield from _stage(place)
        return
    start = Start(place.variables.root)
    if address == "service":
        named = place.variables.root.get("service")
        if isinstance(named, MappingNode):  # as it was written once
            address = "service.name"
    yield from walk(start, (address,) if address else reference.address, place)


# --- the stage, options and parameters


def _stage(place: Place) -> Iterator[Answer]:
    """The stage that is deployed to where nobody names one."""
    provider = place.variables.root.get("provider")
    for one in place.scope.outcomes(provider) if provider is not None else ():
        written = one.node.get("stage") if isinstance(one.node, MappingNode) else None
        if written is not None:
            yield from (as_stage(each, place) for each in place.scope.outcomes(written))
            return
    named = computed(place.node, DEFAULT_STAGE)
    yield as_stage(plain(named, place.scope), place)


def _option(reference: Reference, _place: Place) -> Iterator[Answer]:
    """An option of the command line: nobody gives one."""
    yield Missing(f"the option {_plain(reference.address) or 'that is asked for'} is not given")


def _framework(reference: Reference, place: Place) -> Iterator[Answer]:
    if _plain(reference.address) == "stage":
        yield from _stage(place)
    else:
        yield place.unknown("it is known only when the service is deployed")


def _parameter(reference: Reference, place: Place) -> Iterator[Answer]:
    """A parameter, as each stage has it that says so."""
    name = _plain(reference.address)
    given = place.variables.given.get(name) if place.variables.given is not None else None
    if given is not None:
        yield _composed(given, place)
        return
    values: dict[str, Node] = {}
    for named, parameters in _parameters(place):
        value = parameters.get(name)
        if value is not None:
            values.setdefault(named, value)
    common = values.pop(_COMMON, None)
    others: Case = IN_ANY
    for named, value in values.items():
        own = in_stage(named, place.scope)
        yield from (one.inherited().under(own) for one in place.scope.outcomes(value))
        others = both(others, in_stage(named, place.scope, holds=False))
    if common is None:
        yield Missing(f"the parameter {name} is not set here", others)
    else:
        yield from (one.inherited().under(others) for one in place.scope.outcomes(common))


def _composed(given: Node, place: Place) -> Outcome:
    """A parameter that is given from outside: it may be made of what other services put out."""
    if isinstance(given, ScalarNode) and "${" not in given.text:
        return plain(given, place.scope).inherited()
    return place.unknown("it is given to the service where several are deployed together")


def _parameters(place: Place) -> Iterator[tuple[str, MappingNode]]:
    """The parameters of each stage: those below `stages` count before those below `params`."""
    for section, below in (("stages", ("params",)), ("params", ())):
        node = place.variables.root.get(section)
        for one in place.scope.outcomes(node) if node is not None else ():
            for entry in one.node if isinstance(one.node, MappingNode) else ():
                inner = _inside(entry.value, below, place)
                if inner is not None:
                    yield entry.name, inner


def _inside(node: Node, path: tuple[str, ...], place: Place) -> MappingNode | None:
    (found, *others) = place.scope.outcomes(node)
    if others or not isinstance(found.node, MappingNode):
        return None
    if not path:
        return found.node
    inner = found.node.get(path[0])
    return None if inner is None else _inside(inner, path[1:], place)


def _environment(_reference: Reference, _place: Place) -> Iterator[Answer]:
    """A variable of the environment of whoever deploys."""
    yield Missing("variables of the environment are not read")


def _as_boolean(reference: Reference, place: Place) -> Iterator[Answer]:
    """`strToBool(…)`."""
    for one in place.variables.texts(reference.parameters, place):
        word = {"1": "true", "0": "false"}.get(one.written.lower(), one.written.lower())
        if one.text is None or word not in ("true", "false"):
            yield place.unknown("it is no truth value").under(one.when)
        else:
            node = place.node
            made = ScalarNode(node.source, node.start, node.end, word, shared=True, writable=False)
            yield plain(made, place.scope).under(one.when)


# --- files


def _file(reference: Reference, place: Place) -> Iterator[Answer]:
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
    documents = source.once(compose, lambda: compose(source))
    if isinstance(documents, Broken) or len(documents) != 1:
        yield place.unknown(f"{path} is no YAML")
        return
    place.variables.files.add(path)
    yield from walk(Start(documents[0]), address, place)


def _paths(parameters: Text, place: Place) -> Iterator[tuple[str | None, Case]]:
    """The files that are meant, relative to the root, each with the stage that means it."""
    found: set[str] = set()
    for one in place.variables.texts(parameters, place):
        path = None if one.text is None else _resolved(one.text, place)
        if path is not None:
            found.add(path)
        yield path, one.when
    yield from ((path, when) for path, when in _of_stages(parameters, place) if path not in found)


def _resolved(written: str, place: Place) -> str | None:
    """A path from the service's folder, or from one above where it is only there."""
    path = written.strip().replace("\\", "/")
    if path.startswith(("/", "~")) or not path:
        return None
    homes = around(posixpath.dirname(place.scope.template))
    found = [posixpath.normpath(posixpath.join(home, path)) for home in homes]
    return next(filter(place.scope.tree.is_file, found), found[0])


def _of_stages(parameters: Text, place: Place) -> Iterator[tuple[str, Case]]:
    """The files beside that have the name of another stage in theirs."""
    holes = [at for at, piece in enumerate(parameters) if isinstance(piece, Variable)]
    if len(holes) != 1:
        return
    (at,) = holes
    hole = parameters[at]
    named = list(place.variables.one(hole, place)) if isinstance(hole, Variable) else []
    if not named or not all(stage(place.scope) in one.targets for one in named):
        return
    before = "".join(piece for piece in parameters[:at] if isinstance(piece, str))
    after = "".join(piece for piece in parameters[at + 1 :] if isinstance(piece, str))
    start = _resolved(f"{before}\0", place)
    for path in place.variables.beside.files(posixpath.dirname(start)) if start else ():
        prefix = (start or "").removesuffix("\0")
        name = path.removeprefix(prefix).removesuffix(after)
        if path == f"{prefix}{name}{after}" and name and "/" not in name and name != _COMMON:
            yield path, in_stage(name, place.scope)


_SOURCES: Mapping[str, Callable[[Reference, Place], Iterator[Answer]]] = {
    "env": _environment,
    "file": _file,
    "opt": _option,
    "param": _parameter,
    "self": _self,
    "sls": _framework,
    "strToBool": _as_boolean,
}
