"""Functions that the module terraform-aws-modules/lambda/aws of the registry makes."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lamlint.dialects import table, values
from lamlint.dialects.linking import Change
from lamlint.dialects.outcome import Outcome
from lamlint.dialects.properties import Properties
from lamlint.dialects.table import (
    Property,
    Table,
    first,
    never,
    number,
    overridden,
    presence,
    text,
    wording,
)
from lamlint.dialects.terraform import code, companions, function
from lamlint.dialects.terraform.awaited import awaited
from lamlint.dialects.terraform.beside import Wanted, modules_of
from lamlint.dialects.terraform.code import Archives
from lamlint.dialects.terraform.uses import Resource
from lamlint.dialects.tree.node import MappingNode, Node, SequenceNode
from lamlint.model import NOT_SET, Code, CodeKind, Function, Image, Value
from lamlint.text.dataclass import replace
from lamlint.text.regex import Regex

_SOURCE = Regex(
    r"(?:registry\.(?:terraform\.io|opentofu\.org)/)?terraform-aws-modules/lambda/aws/?"
    r"|(?:git::)?(?:https://|ssh://git@|git@)?github\.com[/:]terraform-aws-modules/"
    r"terraform-aws-lambda(?:\.git)?(?:\?.{0,200})?"
)
POLICIES = {
    "policy_statements": "statements",
    "policy_json": "document",
    "policy_jsons": "documents",
    "policy": "arns",
    "policies": "arns",
}
"""The arguments that allow something, and how each is written."""
_TABLE = Table(
    physical_name=wording("function_name"),
    description=text("description", default=""),
    package_type=text("package_type", default="Zip"),
    runtime=text("runtime"),
    handler=text("handler"),
    timeout=overridden("timeout", default=3),
    memory=number("memory_size", default=128),
    ephemeral_storage=number("ephemeral_storage_size", default=512),
    architectures=first("architectures", default="x86_64"),
    recursive_loop=text("recursive_loop", default="Terminate"),
    tracing=text("tracing_mode", default="PassThrough"),
    log_format=text("logging_log_format", default="Text"),
    application_log_level=text("logging_application_log_level"),
    log_group=text("logging_log_group"),
    log_retention=number("cloudwatch_logs_retention_in_days"),
    reserved_concurrency=number("reserved_concurrent_executions"),
    provisioned_concurrency=number("provisioned_concurrent_executions"),
    snap_start=Property(
        ("snap_start",),
        lambda node: "PublishedVersions" if values.text(node) == "true" else "None",
        "None",
    ),
    managed_instances=presence("capacity_provider_config"),
    accelerated=never(),
    durable=presence("durable_config_execution_timeout"),
    tenant_isolation=presence("tenant_isolation_mode"),
    edge=Property(("lambda_at_edge",), lambda node: values.text(node) == "true", False),
    vpc=presence("vpc_subnet_ids"),
    dead_letter=text("dead_letter_target_arn"),
    published=Property(("publish",), lambda node: values.text(node) == "true", False),
    own_key=presence("kms_key_arn"),
)
"""What the module calls each property."""


def makes_function(resource: Resource) -> bool:
    """Whether a call is one of the module, and asks for a function."""
    given = resource.properties
    if resource.kind != "module" or not is_module(resource, _SOURCE):
        return False
    unwanted = (given.text(name).is_in(("false",)) for name in ("create", "create_function"))
    return not any(unwanted) and not given.text("create_layer").is_in(("true",))


def makes_layer(resource: Resource) -> bool:
    """Whether a call is one of the module, and asks for a layer."""
    called = resource.kind == "module" and is_module(resource, _SOURCE)
    return called and resource.properties.text("create_layer").is_in(("true",))


def is_module(resource: Resource, source: Regex[str]) -> bool:
    """Whether a call names a module of the registry."""
    written = resource.properties.text("source")
    return written.known and source.fullmatch(written.only) is not None


def declared(resource: Resource, archives: Archives) -> Function:
    """The function of a call."""
    given = resource.properties
    plain = awaited(table.function(_TABLE, given, function.declaration(resource)))
    packed = not plain.package_type.is_in(("Image",))
    return replace(
        plain,
        handler=_filled(plain.handler) if packed else _left_out(plain.handler),
        runtime=_filled(plain.runtime) if packed else _left_out(plain.runtime),
        mounts=(given.text("file_system_local_mount_path"),)
        if function.is_written(given, "file_system_local_mount_path")
        else (),
        tags=function.tags(given),
        environment=function.environment(given, "environment_variables"),
        layers=tuple(function.layers(given, "layers")),
        layers_complete=function.is_listed(given, "layers"),
        code=content(resource, archives),
    )


def _filled(value: Value[str]) -> Value[str]:
    """A value without what an image leaves empty, where the package may be another."""
    left = tuple(choice for choice in value.choices if choice.value)
    return replace(value, choices=left) if left else value


def _left_out(value: Value[str]) -> Value[str]:
    """A value that the module hands on for archives only: an image has none of it."""
    return Value((), value.span, NOT_SET)


# --- code


def content(resource: Resource, archives: Archives) -> Code:
    """The code of a function, or the content of a layer."""
    given, scope = resource.properties, resource.scope
    wanted = modules_of(given.text("handler"))
    nothing: Value[str] = Value((), given.owner, NOT_SET)
    kinds = given.text("package_type", default="Zip")
    if not any(one.value == "Zip" for one in kinds.choices):
        made = Image(
            entry=given.texts("image_config_entry_point"),
            command=given.texts("image_config_command"),
            **archives.image(given.outcomes("image_uri"), resource.scope),
        )
        return Code(CodeKind.IMAGE, "", nothing, given.owner, image=made)
    if function.is_written(given, "local_existing_package"):
        name = "local_existing_package"
        return code.packed(given, name, scope, archives, wanted)
    if function.is_written(given, "s3_existing_package"):
        return Code(CodeKind.REMOTE, "", nothing, given.place("s3_existing_package"))
    place = given.place("source_path")
    found = [
        code.local(path, scope, place, wanted)
        for one in given.outcomes("source_path")
        for path in _sources(one, given)
    ]
    chosen = _chosen(found, wanted, resource) or Code(CodeKind.UNKNOWN, "", nothing, place)
    nodes = (one.node for one in given.outcomes("source_path"))
    plain = not any(isinstance(node, MappingNode | SequenceNode) for node in nodes)
    return chosen if plain and len(found) == 1 else replace(chosen, rearranged=True)


def _sources(one: Outcome, given: Properties) -> Iterator[Value[str]]:
    """The paths that are packed: one, or a list of paths and of maps with a path."""
    place = given.place("source_path")
    if isinstance(one.node, SequenceNode):
        for item in one.node.items:
            for inner in one.scope.outcomes(item):
                yield from _source(inner, item)
    elif one.node is not None:
        yield from _source(one, one.node)
    elif not one.absent:
        yield values.value((one,), place, values.text, None)


def _source(one: Outcome, node: Node) -> Iterator[Value[str]]:
    """The path of one entry; where it gets another place in the package, the folder that fits."""
    if not isinstance(one.node, MappingNode):
        yield values.value((one,), node.span, values.text, None)
        return
    entry = Properties(one.node, one.scope, node.span)
    path, prefix = entry.text("path"), entry.text("prefix_in_zip")
    if not path.known or not prefix.choices:
        if path.choices or path.reason != NOT_SET:
            yield path
        return
    inside = prefix.only.strip("/") if prefix.known else ""
    written = path.only.rstrip("/")
    if written.endswith(f"/{inside}"):
        yield path.map(lambda text: text.rstrip("/").removesuffix(f"/{inside}"))
    else:
        yield replace(path, choices=(), reason="it gets another place in the package")


def _chosen(found: list[Code], wanted: Wanted, resource: Resource) -> Code | None:
    """The part of a package that holds the handler, or else its first part."""
    if len(found) < 2:
        return found[0] if found else None
    tree = resource.scope.use.tree
    for one in found:
        folder = posixpath.dirname(one.path) if one.kind is CodeKind.FILE else one.path
        stems = [posixpath.join(folder, module) for module in wanted]
        if any(tree.is_file(f"{s}.py") or tree.is_file(f"{s}/__init__.py") for s in stems):
            return one
    return next((one for one in found if one.kind is CodeKind.FOLDER), found[0])


# --- what the module declares beside the function


def changes(resource: Resource) -> Iterator[Change]:
    """What a call says of its function besides."""
    given = resource.properties
    triggers = given.child("allowed_triggers")
    for entry in triggers.mapping if triggers is not None else ():
        trigger = triggers.child(entry.name) if triggers is not None else None
        if trigger is not None:
            principal = trigger.text("principal")
            service = trigger.text("service").map(lambda name: f"{name}.amazonaws.com")
            named = principal if principal.choices else service
            yield companions.permission(trigger, entry.key.span, named)
    if given.text("create_lambda_function_url").is_in(("true",)):
        yield companions.url(given, resource.span, "function_url_qualifier")
    if given.text("create_async_event_config").is_in(("true",)):
        yield companions.asynchronous(given, resource.span)


def mappings(resource: Resource) -> Iterator[Properties]:
    """The event source mappings of a call: a map by their names, or a list."""
    given = resource.properties
    child = given.child("event_source_mapping")
    if child is None:
        yield from given.mappings("event_source_mapping")
        return
    for entry in child.mapping:
        mapping = child.child(entry.name)
        if mapping is not None:
            yield replace(mapping, owner=entry.key.span)
