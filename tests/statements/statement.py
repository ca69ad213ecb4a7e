"""What notes on Lambda say, one statement each, and what lamlint makes of it.

A statement that a rule enforces has a project that goes against it. One that was true once,
or never, has a project that ignores it. The lines of a project that are to be reported end in
`# expect: <rule>`, as those of the fixtures do; on all others every rule is silent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

Files = Mapping[str, str]
DOCS = "https://docs.aws.amazon.com/"
GUIDE = f"{DOCS}lambda/latest/dg/"


class Kind(Enum):
    """What lamlint makes of a statement."""

    ENFORCED = "a rule reports what goes against it"
    OBSOLETE = "it does not hold, or no longer, so that no rule may ask for it"
    LATER = "a rule could look for it, and none does yet"
    NO_MATTER = "nothing in a project's files could go against it"


@dataclass(frozen=True)
class Statement:
    """A statement, as it holds today."""

    number: int
    kind: Kind
    says: str
    source: str
    projects: Sequence[Files] = ()
    why: str = ""
    """Which rule is missing, by the name that it would have; why nothing can go against it."""
    others: Files = field(default_factory=dict)
    """A project that is like those of the statement and that nothing is reported in."""


def enforced(
    number: int, says: str, source: str, *projects: Files, silent: Files | None = None
) -> Statement:
    """A statement that a rule enforces: it speaks in each project, and in the last one nothing."""
    return Statement(number, Kind.ENFORCED, says, source, projects, others=silent or {})


def obsolete(
    number: int, says: str, source: str, silent: Files, *, found: Files | None = None
) -> Statement:
    """A statement that nothing enforces; `found` shows what is enforced in its stead."""
    return Statement(number, Kind.OBSOLETE, says, source, [found] if found else [], others=silent)


def later(number: int, says: str, source: str, rule: str) -> Statement:
    """A statement for a rule that there is not."""
    return Statement(number, Kind.LATER, says, source, why=rule)


def no_matter(number: int, says: str, source: str, why: str) -> Statement:
    """A statement that no file of a project can go against."""
    return Statement(number, Kind.NO_MATTER, says, source, why=why)


_USUAL = {
    "Runtime": "python3.13",
    "Handler": "app.handler",
    "CodeUri": "s3://example-bucket/orders.zip",
    "Timeout": "30",
    "MemorySize": "512",
}
"""What each function has that nothing is wrong with."""


def sam(properties: str = "", resources: str = "", told: str = "") -> Files:
    """A project of one function, with some properties and beside some resources.

    A property that is given takes the place of the usual one. `told` is a rule that speaks
    of the function as a whole.
    """
    usual = (
        f"{name}: {value}"
        for name, value in _USUAL.items()
        if not f"\n{properties}".count(f"\n{name}:")
    )
    lines = "".join(f"      {line}\n" for line in (*usual, *properties.splitlines()))
    marker = f"  # expect: {told}" if told else ""
    function = f"  Orders:{marker}\n    Type: AWS::Serverless::Function\n    Properties:\n{lines}"
    head = "Transform: AWS::Serverless-2016-10-31\nResources:\n"
    return {"template.yaml": f"{head}{function}{_indented(resources)}"}


def cloudformation(resources: str) -> Files:
    """A project of plain CloudFormation."""
    return {"template.yaml": f"Resources:\n{_indented(resources)}"}


def code(text: str, properties: str = "CodeUri: src/") -> Files:
    """A project of one function and its module."""
    return {**sam(properties), "src/app.py": text}


def _indented(resources: str) -> str:
    return "".join(f"  {line}\n" if line else "\n" for line in resources.splitlines())
