"""References in functions and in what is wired to them, under whose name a template has nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from lamlint.dialects.cloudformation.resource import Resource
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.cloudformation.syntax import INCLUDE, LOOP, intrinsic
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode, SequenceNode
from lamlint.dialects.tree.yaml import descendants
from lamlint.model import Dangling, Replaced
from lamlint.text import Span
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_WIRING = frozenset(
    {
        "AWS::Events::Rule", "AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::Role",
        "AWS::IAM::RolePolicy", "AWS::Lambda::Alias", "AWS::Lambda::EventInvokeConfig",
        "AWS::Lambda::EventSourceMapping", "AWS::Lambda::Function", "AWS::Lambda::Permission",
        "AWS::Lambda::Url", "AWS::Lambda::Version", "AWS::Logs::SubscriptionFilter",
        "AWS::S3::Bucket", "AWS::S3::BucketPolicy", "AWS::SNS::Subscription",
        "AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy", "AWS::Scheduler::Schedule",
        "AWS::Serverless::Function",
    }
)  # fmt: skip
_SAM = "AWS::Serverless"
_EXPAND_NOTHING = ("AWS::Serverless-", "AWS::LanguageExtensions", "AWS::CodeDeployBlueGreen")
"""Transforms that add no resources but those that are known here by their names."""
_VARIABLE = Regex(r"\$\{([^{}!][^{}]*)\}")
_TEMPLATING = Regex(r"\{%|\{\{(?!resolve:)|<%|\{#|%\w+%|@@\w+@@")

_MODULE = "::MODULE"
_IN_A_SECTION = 2
"""How long the path of a parameter or a resource is."""
_MANY = 500
"""Among more names, none is looked for that was meant."""
_MADE = (
    "ServerlessRestApi", "ServerlessHttpApi", "ServerlessWebSocketApi",
    "ServerlessDeployment", "CodeDeployServiceRole",
    "ApiGateway", "HttpApi", "IamRole", "Websockets",
)  # fmt: skip
"""How names begin of what SAM makes for a whole template, and the Serverless Framework, whose
services refer to it in the templates that they take in."""
_MADE_OF_FUNCTIONS = ("LambdaFunction", "LambdaVersion", "LambdaPermission", "LogGroup")
"""What the framework appends to the names of functions."""
_OF_FUNCTION = Regex(
    r"(?:Role|Version|Alias|Url|EventInvokeConfig|DeploymentGroup|Destination)\w*|\w*Permissions?"
)
"""What SAM appends to a function's name for what it makes beside it; events have their own."""


def dangling(
    resources: Sequence[Resource], replaced: Collection[Replaced] = ()
) -> Iterator[Dangling]:
    """The references to nothing in the wiring of each template whose names are all known.

    Left out are those to what is declared, but `replaced`: that is told of.
    """
    lost = {(one.template, one.name) for one in replaced if len(one.path) == _IN_A_SECTION}
    of_scope: dict[Scope, list[Resource]] = {}
    for resource in resources:
        of_scope.setdefault(resource.scope, []).append(resource)
    for scope, inside in of_scope.items():
        names = _names(scope, inside)
        if names is not None:
            each = (found for one in inside for found in _missing(one, names))
            yield from (one for one in each if (scope.template, _first(one)) not in lost)


def _first(one: Dangling) -> str:
    return one.name.partition(".")[0]


def _missing(resource: Resource, names: _Names) -> Iterator[Dangling]:
    """What a resource that is wiring refers to and is not there, each name once."""
    told: set[str] = set()
    for name, place in _references(resource.mapping) if resource.kind in _WIRING else ():
        if name not in told and not names.has(name):
            told.add(name)
            yield Dangling(name, resource.name, names.near(name), place)


@dataclass(frozen=True)
class _Names:
    """The names that references of a template can have.

    `makers` are the beginnings of the names of what is made beside what is declared, each
    with whether that is a function: of what is made beside one the names are known.
    """

    declared: frozenset[str]
    makers: Mapping[str, bool]

    def has(self, name: str) -> bool:
        """Whether something is declared, or made, under a name."""
        first = name.partition(".")[0]
        if first in self.declared or first.startswith("AWS::"):
            return True
        if first.startswith(_MADE) or any(one in first for one in _MADE_OF_FUNCTIONS):
            return True
        return any(self._makes(first[:end], first[end:]) for end in range(1, len(first) + 1))

    def _makes(self, maker: str, rest: str) -> bool:
        is_function = self.makers.get(maker)
        return is_function is False or (is_function is True and bool(_OF_FUNCTION.fullmatch(rest)))

    def near(self, name: str) -> str:
        """A name that is declared and much like one."""
        from difflib import get_close_matches

        names = sorted(self.declared) if len(self.declared) <= _MANY else ()
        return next(iter(get_close_matches(name.partition(".")[0], names, 1, 0.8)), "")


def _names(scope: Scope, resources: Sequence[Resource]) -> _Names | None:
    """The names of a template; None where something may add names that are not here."""
    section = scope.section("Resources")
    if section is None or not _is_whole(scope, section):
        return None
    declared = {entry.name for entry in (*section, *(scope.section("Parameters") or ()))}
    makers: dict[str, bool] = {}
    for one in resources:
        if one.kind.startswith(_SAM) or one.kind.endswith(_MODULE):
            makers[one.name] = one.kind == "AWS::Serverless::Function"
            events = one.properties.child("Events") if makers[one.name] else None
            makers.update(
                (f"{one.name}{e.name}", False) for e in (events.mapping if events else ())
            )
    return _Names(frozenset(declared), makers)


def _is_whole(scope: Scope, section: MappingNode) -> bool:
    """Whether a template has all of its names: no macro, loop or include adds to them."""
    root = scope.root
    if root.get("AWSTemplateFormatVersion") is None and root.get("Transform") is None:
        return False  # it may be a part that something puts together with others
    every = (*section, *root)
    if not section.merges or any(e.name.startswith((LOOP, INCLUDE)) for e in every):
        return False
    transforms = _texts(root.get("Transform"))
    if any(not one.startswith(_EXPAND_NOTHING) for one in transforms):
        return False
    return _TEMPLATING.search(root.source.text) is None


def _texts(node: Node | None) -> list[str]:
    """The names of transforms; one with parameters has none that is known."""
    items = node.items if isinstance(node, SequenceNode) else [] if node is None else [node]
    return [item.text if isinstance(item, ScalarNode) else "" for item in items]


def _references(mapping: MappingNode) -> Iterator[tuple[str, Span]]:
    """The names that a resource refers to, each with its place."""
    for node in descendants(mapping):
        call = intrinsic(node)
        if call is not None:
            yield from ((name, node.span) for name in _named(*call))
    needed = mapping.get("DependsOn")
    for item in needed.items if isinstance(needed, SequenceNode) else [needed]:
        if isinstance(item, ScalarNode):
            yield item.text.strip(), item.span


def _named(function: str, argument: Node) -> Iterator[str]:
    """The names in a call of `Ref`, `Fn::GetAtt` or `Fn::Sub`."""
    first = argument.items[0] if isinstance(argument, SequenceNode) and argument.items else argument
    if not isinstance(first, ScalarNode):
        return
    if function in ("Ref", "Fn::GetAtt"):
        yield first.text.strip()
    elif function == "Fn::Sub":
        (_, *given) = argument.items if isinstance(argument, SequenceNode) else (argument,)
        own = given[0].table if given and isinstance(given[0], MappingNode) else {}
        names = (hit.strip() for hit in _VARIABLE.findall(first.text))
        yield from (name for name in names if name not in own)
