"""What the names of a module stand for: variables, locals, paths, other modules, resources."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from lamlint.dialects.outcome import Outcome
from lamlint.dialects.terraform import instances
from lamlint.dialects.terraform.scope import APPLIED, Scope, text_at, unread
from lamlint.dialects.terraform.steps import follow
from lamlint.dialects.tree import tags
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode, SequenceNode
from lamlint.dialects.values import targets_of
from lamlint.model.condition import Fact
from lamlint.model.parts import Symbol
from lamlint.text.dataclass import dataclass, replace

PHYSICAL_NAMES = {
    "aws_cloudwatch_event_bus": "name",
    "aws_cloudwatch_log_group": "name",
    "aws_dynamodb_table": "name",
    "aws_kinesis_stream": "name",
    "aws_lambda_function": "function_name",
    "aws_s3_bucket": "bucket",
    "aws_secretsmanager_secret": "name",
    "aws_sfn_state_machine": "name",
    "aws_sns_topic": "name",
    "aws_sqs_queue": "name",
    "aws_ssm_parameter": "name",
}
"""The attribute of each type that holds the name by which AWS knows the resource."""
_OF_ONE = "/lambda/aws"
"""Modules of the registry whose source holds this declare one thing, which any output means."""
_CALLED = frozenset({"arn", "id", "name", "url"})
"""What AWS calls a resource, once it is made."""
_PATHS = frozenset({"module", "root", "cwd"})
_MADE_OF_NAME = frozenset({"aws_s3_bucket", "aws_dynamodb_table", "aws_cloudwatch_log_group"})
"""Types whose `id` is their name."""


def get(node: Node, steps: Sequence[Node], scope: Scope) -> Iterator[Outcome]:
    """What a name or an expression is, and what the steps lead to in it."""
    first, *rest = steps
    if not isinstance(first, ScalarNode) or first.tag != tags.NAME:
        yield from follow(scope.outcomes(first), rest, node, scope)
        return
    second = rest[0].text if rest and isinstance(rest[0], ScalarNode) else ""
    for name, left in ((f"{first.text}.{second}", rest[1:]), (first.text, rest)):
        if name in scope.names:
            yield from follow(scope.names[name], left, node, scope)
            return
    match first.text:
        case "var":
            yield from follow(_variable(second, node, scope.top), rest[1:], node, scope)
        case "local":
            yield from follow(_local(second, node, scope.top), rest[1:], node, scope)
        case "path" if second in _PATHS:
            path = _path(second, scope)
            yield text_at(node, path, scope)
        case "module":
            yield from _module(second, rest[1:], node, scope)
        case "path" | "each" | "count" | "self" | "terraform":
            yield unread(node, scope, APPLIED)
        case _:
            data = first.text == "data"
            yield from _declared(
                "data" if data else "resource", rest if data else steps, node, scope
            )


# --- variables and locals


def _variable(name: str, node: Node, scope: Scope) -> tuple[Outcome, ...]:
    identity = frozenset({scope.identity(f"var.{name}")})
    block = scope.module.by_name.get(("variable", name))
    if scope.arguments is not None:
        given = scope.arguments.get(name)
        if given is not None:
            found = given[1].outcomes(given[0])
            default = block.body.get("default") if block is not None else None
            nullable = block is None or not _says(block.body, "nullable", "false")
            if default is None or nullable or not any(one.absent for one in found):
                return tuple(_named(one, identity) for one in found)
            found = (*(one for one in found if not one.absent), *scope.outcomes(default))
            return tuple(_named(one, identity) for one in found)
    values = scope.use.given.get(name, ()) if scope.arguments is None else ()
    if values:
        return tuple(
            _named(inner, identity).inherited().under(case)
            for value, case in values
            for inner in scope.outcomes(value)
        )
    default = block.body.get("default") if block is not None else None
    if default is None or scope.open:
        return (unread(node, scope, f"the variable {name} has no value here", identity),)
    found = tuple(_named(one, identity).inherited() for one in scope.outcomes(default))
    if scope.arguments is not None:
        return found
    hidden = block is not None and _says(block.body, "sensitive", "true")
    return tuple(each for one in found for each in _by_default(one, name, node, scope, hidden))


def _by_default(
    one: Outcome, name: str, node: Node, scope: Scope, hidden: bool
) -> Iterator[Outcome]:
    """What a variable of the root module is where nobody gives it another value.

    One that is nothing, or empty, waits for a value, and a `hidden` text that is empty does:
    what it is then is not known.
    """
    identity = scope.identity(f"var.{name}")
    text = "null" if one.absent else one.text
    fact = None if text is None else Fact(identity, text)
    yield one if fact is None else one.under(frozenset({fact}))
    if one.absent or _is_empty(one.node) or (hidden and one.text == ""):
        reason = f"the variable {name} may be given a value"
        other = unread(node, scope, reason, frozenset({identity}))
        yield (other if fact is None else other.under(frozenset({replace(fact, holds=False)})))


def _is_empty(node: Node | None) -> bool:
    match node:
        case MappingNode(entries=inside) | SequenceNode(items=inside):
            return not inside
        case _:
            return False


def _says(mapping: MappingNode, name: str, text: str) -> bool:
    node = mapping.get(name)
    return isinstance(node, ScalarNode) and node.text == text


def _named(one: Outcome, identity: frozenset[str]) -> Outcome:
    return replace(one, targets=one.targets | identity)


def _local(name: str, node: Node, scope: Scope) -> tuple[Outcome, ...]:
    entry = scope.module.locals.get(name)
    if entry is None:
        return (unread(node, scope, "it is declared nowhere"),)
    return tuple(one.inherited() for one in scope.outcomes(entry.value))


def _path(name: str, scope: Scope) -> str:
    """A path as Terraform gives it: from the folder in which it runs."""
    if name != "module" or scope.module.folder == scope.use.root:
        return "."
    return posixpath.relpath(scope.module.folder or ".", scope.use.root or ".")


# --- other modules, resources, data


def _module(name: str, steps: Sequence[Node], node: Node, scope: Scope) -> Iterator[Outcome]:
    """An output of a module that is called."""
    uses = scope.calls.get(name)
    if not uses:
        yield from _foreign(name, steps, node, scope)
        return
    place = 0
    chosen = list(uses.values())
    if steps and not _is_output(steps[0], chosen[0]):
        place = 1
        key = scope.outcomes(steps[0])[0].text if steps[0].tag != tags.SPLAT else None
        chosen = [uses[key]] if key in uses else chosen[:1]
    named = steps[place] if len(steps) > place else None
    output = named.text if isinstance(named, ScalarNode) else ""
    inner = chosen[0]
    block = inner.module.by_name.get(("output", output))
    value = block.body.get("value") if block is not None else None
    if value is None:
        yield unread(node, scope, APPLIED)
        return
    found = inner.outcomes(value)
    if place:  # there may be no instance of it: `one(module.queue[*].url)`
        found = tuple(map(_unsure, found))
    yield from follow(found, steps[place + 1 :], node, scope)


def _unsure(one: Outcome) -> Outcome:
    """The same, of what may not be there."""
    parts = (
        replace(part, filled=False) if isinstance(part, Symbol) else part for part in one.parts
    )
    return one.but(parts=tuple(parts)) if one.symbol is not None else one


def _foreign(name: str, steps: Sequence[Node], node: Node, scope: Scope) -> Iterator[Outcome]:
    """An output of a module that is not of the project, by the words of the registry's."""
    instance, rest = _instance(steps, scope)
    output = rest[0].text if rest and isinstance(rest[0], ScalarNode) else ""
    own = scope.identity(f"module.{name}{instance}")
    block = scope.module.by_name.get(("module", name))
    source = block.body.get("source") if block is not None else None
    alone = isinstance(source, ScalarNode) and _OF_ONE in source.text
    targets = frozenset({own if alone else f"{own}.{_stem(output)}"})
    value = block.body.get("function_name") if block is not None else None
    if output == "lambda_function_name" and value is not None and not instance:
        for one in scope.outcomes(value):
            if one.text is not None:
                found = text_at(node, one.text, scope, (one,))
                yield replace(found, targets=targets, when=one.when)
                return
    yield unread(node, scope, APPLIED, targets)


def _stem(output: str) -> str:
    """What an output is of: its ARN, its name and its address mean the same."""
    for end in ("_arn", "_id", "_name", "_url", "_endpoint"):
        output = output.removesuffix(end)
    return output


def _is_output(step: Node, inner: Scope) -> bool:
    return isinstance(step, ScalarNode) and ("output", step.text) in inner.module.by_name


def _declared(kind: str, steps: Sequence[Node], node: Node, scope: Scope) -> Iterator[Outcome]:
    """An attribute of a resource or of data: as it is written where that is a plain name."""
    words = [step.text for step in steps[:2] if isinstance(step, ScalarNode)]
    if len(words) < 2:
        yield unread(node, scope, APPLIED)
        return
    type_, name = words
    instance, rest = _instance(steps[2:], scope)
    block = scope.module.by_name.get((kind, type_, name))
    over = block.body.get("for_each") if block is not None and len(steps) == 2 else None
    if kind == "resource" and over is not None:
        made = instances.by_key(over, steps, node, scope.top)
        if made is not None:
            yield from made
            return
    attribute = rest[0].text if rest and isinstance(rest[0], ScalarNode) else ""
    yield from _attribute(Address(kind, type_, name, instance), attribute, node, scope.top)


def _instance(steps: Sequence[Node], scope: Scope) -> tuple[str, list[Node]]:
    """Which instance of several is meant, and the steps behind that."""
    rest = list(steps)
    instance = ""
    while rest and not (isinstance(rest[0], ScalarNode) and not rest[0].tag and _is_word(rest[0])):
        key = scope.outcomes(rest[0])[0].text if rest[0].tag != tags.SPLAT else None
        instance = f'["{key}"]' if key is not None else ""
        rest.pop(0)
    return instance, rest


def _is_word(node: ScalarNode) -> bool:
    return node.style == tags.ATTRIBUTE


@dataclass(frozen=True)
class Address:
    """A resource, or data, by its type and name, and which of its instances is meant."""

    kind: str
    type: str
    name: str
    instance: str = ""

    @property
    def text(self) -> str:
        """The address without an instance, as it is written."""
        return f"{'data.' if self.kind == 'data' else ''}{self.type}.{self.name}"


def _attribute(address: Address, attribute: str, node: Node, scope: Scope) -> Iterator[Outcome]:
    targets = resource_targets(address, scope)
    block = scope.module.by_name.get((address.kind, address.type, address.name))
    name = PHYSICAL_NAMES.get(address.type, "")
    written = name if attribute == "id" and address.type in _MADE_OF_NAME else attribute
    value = block.body.get(written) if block is not None else None
    filled = _is_given_by_aws(address, attribute, block.body if block is not None else None)
    if value is not None and not address.instance and not _is_mapping(value):
        for one in scope.outcomes(value):
            if one.text is not None:
                found = text_at(node, one.text, scope, (one,))
                yield replace(found, targets=one.targets | targets, when=one.when)
            else:
                reason = one.symbol.reason if one.symbol is not None else APPLIED
                yield unread(node, scope, reason, one.targets | targets, filled=filled)
        return
    yield unread(node, scope, APPLIED, targets, filled=filled)


def _is_given_by_aws(address: Address, attribute: str, body: MappingNode | None) -> bool:
    """Whether an attribute is what AWS calls a resource, of which there surely is one."""
    if body is None or address.kind != "resource" or not address.type.startswith("aws_"):
        return False
    if any(body.get(key) is not None for key in ("count", "for_each")):
        return False
    return attribute in _CALLED or attribute == PHYSICAL_NAMES.get(address.type)


def _is_mapping(node: Node) -> bool:
    return isinstance(node, MappingNode)


def resource_targets(address: Address, scope: Scope) -> frozenset[str]:
    """The identities of a resource: its address, and the name by which AWS knows it."""
    own = {scope.identity(address.text + address.instance)}
    block = scope.module.by_name.get((address.kind, address.type, address.name))
    named = PHYSICAL_NAMES.get(address.type, "")
    physical = block.body.get(named) if block is not None and named else None
    if physical is None or address.instance:
        return frozenset(own)
    return frozenset(own) | targets_of(scope.outcomes(physical))
