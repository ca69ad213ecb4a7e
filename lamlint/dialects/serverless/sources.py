"""What the sources of variables answer: the service itself, its stage, options and others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from lamlint.dialects.outcome import computed, plain
from lamlint.dialects.serverless.addresses import Start, walk
from lamlint.dialects.serverless.included import from_file
from lamlint.dialects.serverless.parameters import parameter
from lamlint.dialects.serverless.stacks import output
from lamlint.dialects.serverless.syntax import Reference, plain_text
from lamlint.dialects.serverless.variables import Answer, Missing, Place, as_stage
from lamlint.dialects.tree.node import MappingNode, ScalarNode

DEFAULT_STAGE = "dev"
_SERVICES = {
    "aws": "it is known only when the service is deployed",
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
    source = _SOURCES.get(reference.source.partition(".")[0])
    if source is not None:
        yield from source(reference, place)
        return
    reason = _SERVICES.get(reference.source, f"{reference.source} is a source that is not read")
    yield place.unknown(reason, *_meant(reference, place))


def _meant(reference: Reference, place: Place) -> Iterator[str]:
    """What a source outside is asked for; where variables are in it, by this service alone."""
    plain = plain_text(reference.address)
    if plain:
        yield f"{reference.source}:{plain}"
    elif reference.address:
        yield place.own(f"{reference.source}:{place.as_written(reference.address)}")


def _self(reference: Reference, place: Place) -> Iterator[Answer]:
    address = plain_text(reference.address)
    if address == "provider.stage":
        yield from _stage(place)
        return
    start = Start(place.variables.root)
    if address == "service":
        named = place.variables.root.get("service")
        if isinstance(named, MappingNode):  # as it was written once
            address = "service.name"
    yield from walk(start, (address,) if address else reference.address, place)


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
    yield Missing(f"the option {plain_text(reference.address) or 'that is asked for'} is not given")


def _framework(reference: Reference, place: Place) -> Iterator[Answer]:
    if plain_text(reference.address) == "stage":
        yield from _stage(place)
    else:
        yield place.unknown("it is known only when the service is deployed")


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


_SOURCES: Mapping[str, Callable[[Reference, Place], Iterator[Answer]]] = {
    "cf": output,
    "env": _environment,
    "file": from_file,
    "opt": _option,
    "param": parameter,
    "self": _self,
    "sls": _framework,
    "strToBool": _as_boolean,
}
