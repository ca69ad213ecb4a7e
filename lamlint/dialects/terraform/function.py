"""A function as its own block declares it."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects import table, values
from lamlint.dialects.encoded import encoded
from lamlint.dialects.outcome import Outcome, together
from lamlint.dialects.properties import Properties
from lamlint.dialects.table import (
    Addable,
    Declaration,
    Property,
    Table,
    first,
    never,
    number,
    overridden,
    presence,
    removable,
    text,
    wording,
)
from lamlint.dialects.terraform.awaited import awaited
from lamlint.dialects.terraform.stores import filled_in
from lamlint.dialects.terraform.uses import Resource
from lamlint.dialects.tree import removal, slots
from lamlint.dialects.tree.node import MappingNode, Node, SequenceNode
from lamlint.model import Code, Environment, Function, Layer, Network, Resolved, Room, Value
from lamlint.text import Span
from lamlint.text.dataclass import replace

KIND = "aws_lambda_function"
DIALECT = "terraform"

_TABLE = Table(
    physical_name=wording("function_name"),
    description=text("description", default=""),
    package_type=text("package_type", default="Zip"),
    runtime=removable("runtime"),
    handler=removable("handler"),
    timeout=overridden("timeout", default=3),
    memory=number("memory_size", default=128),
    ephemeral_storage=number("ephemeral_storage", "size", default=512),
    architectures=first("architectures", default="x86_64"),
    recursive_loop=Property((), values.text, "Terminate"),
    tracing=text("tracing_config", "mode", default="PassThrough"),
    log_format=text("logging_config", "log_format", default="Text"),
    application_log_level=text("logging_config", "application_log_level"),
    log_group=text("logging_config", "log_group"),
    log_retention=number(),
    reserved_concurrency=number("reserved_concurrent_executions"),
    provisioned_concurrency=number(),
    snap_start=text("snap_start", "apply_on", default="None"),
    managed_instances=presence("capacity_provider_config"),
    accelerated=never(),
    durable=presence("durable_config"),
    tenant_isolation=presence("tenancy_config"),
    edge=never(),
    vpc=presence("vpc_config"),
    dead_letter=Addable(("dead_letter_config", "target_arn"), values.text),
    published=Property(("publish",), lambda node: values.text(node) == "true", False),
    own_key=presence("kms_key_arn"),
)
"""What the provider calls each property."""


def function(resource: Resource, code: Code) -> Function:
    """A function as its own block declares it; `links` adds what others say of it."""
    given = resource.properties
    plain = table.function(_TABLE, given, declaration(resource))
    mounts = tuple(one.text("local_mount_path") for one in given.mappings("file_system_config"))
    return replace(
        awaited(replace(plain, mounts=mounts)),
        tags=tags(given),
        environment=environment(given, "environment", "variables"),
        layers=tuple(layers(given, "layers")),
        layers_complete=is_listed(given, "layers"),
        layers_removal=removal.removal(given.mapping, "layers"),
        network=network(given),
        further_architectures=given.texts("architectures")[1:],
        code=code,
    )


def declaration(resource: Resource) -> Declaration:
    """What a block that declares a function is called, and where it stands."""
    return Declaration(
        id=resource.identity,
        name=resource.name,
        dialect=DIALECT,
        template=resource.template,
        span=resource.span,
        block=resource.block,
    )


def network(given: Properties) -> Network | None:
    """The VPC that a function is connected to, where both of its lists can be read."""
    configured = given.child("vpc_config")
    names = ("subnet_ids", "security_group_ids")
    if configured is None or not all(configured.only(name) for name in names):
        return None
    subnets, groups = (configured.texts(name) for name in names)
    return Network(subnets, groups, configured.owner) if subnets and groups else None


def tags(given: Properties) -> dict[str, Value[str]]:
    """The tags of a function that are known."""
    child = given.child("tags")
    entries = child.mapping if child is not None else ()
    return {e.name: child.text(e.name) for e in entries if child is not None and not e.key.tag}


def environment(given: Properties, *path: str) -> Environment:
    """The environment variables at a path."""
    found = given.outcomes(*path)
    variables: dict[str, Value[str]] = {}
    names: dict[str, Span] = {}
    stores: dict[str, tuple[Resolved, ...]] = {}
    complete = bool(found)
    for one in found:
        inside = Properties.of(one, one.node.span) if one.node is not None else None
        if inside is not None:
            for entry in (e for e in inside.mapping if not e.key.tag):
                variables[entry.name] = _variable(inside, entry.name)
                names[entry.name] = entry.key.span
                if found_in := filled_in(one.scope.outcomes(entry.value), entry.value.span):
                    stores[entry.name] = found_in
            complete = complete and one.scope.whole(inside.mapping)
        elif not one.absent:
            complete = False
    place = given.place(*path)
    room = _room(given, path) if complete else None
    others = frozenset({"*", *names}) if _is_left_alone(given) else frozenset[str]()
    return Environment(variables, names, complete, place, room, resolved=stores, kept=others)


def _is_left_alone(given: Properties) -> bool:
    """Whether Terraform leaves the variables as somebody has set them: `ignore_changes`."""
    lifecycle = given.mapping.get("lifecycle")
    left = lifecycle.get("ignore_changes") if isinstance(lifecycle, MappingNode) else None
    said = "" if left is None else left.source.text[left.start : left.end]
    return said == "all" or "environment" in said


def _variable(inside: Properties, name: str) -> Value[str]:
    """A variable's value: a text, or what `jsonencode` makes of an object."""
    found = inside.outcomes(name)
    return values.content(map(_as_text, found), inside.place(name))


def _as_text(one: Outcome) -> Outcome:
    text = encoded(one)
    if text is None or one.node is None:
        return one
    return together(one.node, one.scope, [(text,)], one.when)


def _room(given: Properties, path: tuple[str, ...]) -> Room | None:
    """Where further variables would be written: only where they stand in the block itself."""
    node: Node | None = given.mapping
    for name in path:
        node = node.get(name) if isinstance(node, MappingNode) else None
        if isinstance(node, SequenceNode):
            return None
    return None if given.shared else slots.room(given.mapping, path, given.scope.beside)


def layers(given: Properties, name: str) -> Iterator[Layer]:
    """The layers of a function."""
    for node, found in given.items(name):
        arn = values.value(found, node.span, values.text, None)
        parts = found[0].parts if len(found) == 1 else ()
        yield Layer(arn.only if arn.known else "", arn, None, node.span, parts)


def is_written(given: Properties, *path: str) -> bool:
    """Whether something is written at a path, or may be."""
    found = given.outcomes(*path)
    return bool(found) and not all(one.absent or one.text == "" for one in found)


def is_listed(given: Properties, name: str) -> bool:
    """Whether all items of a list are known to be there."""
    found = given.outcomes(name)
    return bool(found) and all(one.absent or isinstance(one.node, SequenceNode) for one in found)
