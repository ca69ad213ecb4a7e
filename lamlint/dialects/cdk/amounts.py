"""What the CDK's own words for times, sizes, runtimes and choices mean in a template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from lamlint.dialects.cdk.nodes import Lowering
from lamlint.dialects.cdk.objects import Frame, Items, Library, Made, Plain, Thing
from lamlint.dialects.cdk.writing import Amount, Counted, Member, RuntimeName
from lamlint.dialects.tree.node import Node
from lamlint.model import Slot
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

Convert: TypeAlias = "Callable[[Thing, Lowering], Node]"
SECONDS = {"millis": 0.001, "seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
_MILLISECONDS = {unit: 1000 * seconds for unit, seconds in SECONDS.items()}
_HOURS = {unit: seconds / 3600 for unit, seconds in SECONDS.items()}
_MEGABYTES = {"kibibytes": 1 / 1024, "mebibytes": 1, "gibibytes": 1024, "tebibytes": 1024 * 1024}
_CALL = Regex(r"(?P<lead>[\w.]+)\.\w+\s*\(")
_PYTHON = Regex(r"PYTHON_(\d+)_(\d+)\Z")
_WORDS = {
    "ARM_64": "arm64",
    "X86_64": "x86_64",
    "ACTIVE": "Active",
    "PASS_THROUGH": "PassThrough",
    "DISABLED": "PassThrough",
    "ALLOW": "Allow",
    "TERMINATE": "Terminate",
    "ON_PUBLISHED_VERSIONS": "PublishedVersions",
    "JSON": "JSON",
    "TEXT": "Text",
    "NONE": "NONE",
    "AWS_IAM": "AWS_IAM",
    "RESPONSE_STREAM": "RESPONSE_STREAM",
    "BUFFERED": "BUFFERED",
    "TRACE": "TRACE",
    "DEBUG": "DEBUG",
    "INFO": "INFO",
    "WARN": "WARN",
    "ERROR": "ERROR",
    "FATAL": "FATAL",
}
"""Members of the CDK's enumerations, as a template writes them."""
_REGULAR = frozenset({"LogFormat", "LoggingFormat", "RecursiveLoop", "Tracing"})
"""Enumerations whose members are called like the words of a template, in capitals."""


def plain(thing: Thing, lowering: Lowering) -> Node:
    """A value as it is."""
    return lowering.node(thing)


def duration(thing: Thing, lowering: Lowering) -> Node:
    """A `Duration`, in seconds."""
    return _amount(thing, lowering, SECONDS, "seconds")


def milliseconds(thing: Thing, lowering: Lowering) -> Node:
    """A `Duration`, in milliseconds."""
    return _amount(thing, lowering, _MILLISECONDS, "millis")


def hours(thing: Thing, lowering: Lowering) -> Node:
    """A `Duration`, in hours."""
    return _amount(thing, lowering, _HOURS, "hours")


def size(thing: Thing, lowering: Lowering) -> Node:
    """A `Size`, in megabytes."""
    return _amount(thing, lowering, _MEGABYTES, "mebibytes")


def _amount(thing: Thing, lowering: Lowering, units: Mapping[str, float], least: str) -> Node:
    """An amount in a unit, as `Duration.seconds(3)` has it."""
    unit = thing.name.rpartition(".")[2] if isinstance(thing, Made) else ""
    inner = thing.positional[0] if isinstance(thing, Made) and thing.positional else None
    if unit not in units or inner is None:
        return lowering.node(thing)
    lead = _CALL.match(thing.at.text)

    def amount(one: Thing) -> Node:
        if not isinstance(one, Plain) or not isinstance(one.value, (int, float)):
            return lowering.node(one)
        whole = int(units[unit])
        counted = round(one.value * units[unit], 3)
        if not thing.at.holds(one.at):
            slot = Slot(one.at.span, Counted(whole)) if one.written and whole else None
            return lowering.number(one.at, counted, slot)
        slot = None
        if one.written and lead is not None:
            encode = Amount(lead["lead"], least, unit if whole else "", whole)
            slot = Slot(thing.at.span, encode)
        return lowering.number(thing.at, counted, slot)

    return lowering.each(inner, amount)


def runtime(thing: Thing, lowering: Lowering) -> Node:
    """A `Runtime`."""
    if isinstance(thing, Made) and thing.name.endswith(".Runtime") and thing.positional:
        return lowering.node(thing.positional[0])
    if not isinstance(thing, Library) or ".Runtime." not in thing.name:
        return lowering.node(thing)
    name = thing.name.rpartition(".")[2]
    if name in ("FROM_IMAGE", "PYTHON_3_LATEST", "NODEJS_LATEST"):
        return lowering.unknown(thing.at, "the version of the CDK decides")
    lead, _, _ = thing.at.text.rpartition(".")
    whole = "".join(lead.split())
    slot = Slot(thing.at.span, RuntimeName(whole)) if whole.endswith("Runtime") else None
    return lowering.text(thing.at, _runtime_name(name), slot)


def runtimes(thing: Thing, lowering: Lowering) -> Node:
    """A list of them."""
    if not isinstance(thing, Items) or not thing.whole:
        return lowering.node(thing)
    return lowering.listed(thing.at, [runtime(one, lowering) for one in thing.values])


def _runtime_name(name: str) -> str:
    python = _PYTHON.match(name)
    if python is not None:
        return f"python{python[1]}.{python[2]}"
    family, *version = name.lower().split("_")
    return f"{family}{'.' if family == 'provided' else ''}{'.'.join(version)}"


def word(thing: Thing, lowering: Lowering) -> Node:
    """A member of an enumeration, or the text that stands for it."""
    if isinstance(thing, Library):
        name = thing.name.rpartition(".")[2]
        if name in _WORDS:
            return lowering.text(thing.at, _WORDS[name], _slot(thing))
        return lowering.unknown(thing.at, f"{name} is not known")
    return lowering.node(thing)


def _slot(member: Library) -> Slot | None:
    """Where another member of the same class would be written, if words say how it is called."""
    owner = member.name.rpartition(".")[0].rpartition(".")[2]
    lead = "".join(member.at.text.rpartition(".")[0].split())
    regular = owner in _REGULAR and lead.endswith(owner)
    return Slot(member.at.span, Member(lead)) if regular else None


def alone(thing: Thing, lowering: Lowering) -> Node:
    """A list of one word."""
    return lowering.listed(thing.at, [word(thing, lowering)])


@dataclass(frozen=True)
class Spelling:
    """How a module spells what new arguments need; empty for what it does not import."""

    duration: str
    size: str
    runtime: str
    tracing: str
    here: str


def spelling(frame: Frame | None) -> Spelling:
    """How a module spells what new arguments need."""
    names = frame.names if frame is not None else {}
    core = ("aws_cdk.core", "aws_cdk")
    return Spelling(
        _spelled(names, [f"{one}.Duration" for one in core]),
        _spelled(names, [f"{one}.Size" for one in core]),
        _spelled(names, ["aws_cdk.aws_lambda.Runtime"]),
        _spelled(names, ["aws_cdk.aws_lambda.Tracing"]),
        _spelled(names, [f"{one}.Aws" for one in core]),
    )


def _spelled(names: Mapping[str, Thing], wanted: list[str]) -> str:
    libraries = [(n, one.name) for n, one in names.items() if isinstance(one, Library)]
    for full in wanted:
        for local, name in libraries:
            if full == name:
                return local
        for local, name in libraries:
            if full == f"{name}.{full.rpartition('.')[2]}":
                return local + full[len(name) :]
    return ""
