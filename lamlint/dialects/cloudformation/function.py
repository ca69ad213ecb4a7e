"""AWS SAM and CloudFormation: what one template declares."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects import table, values
from lamlint.dialects.cloudformation import amplify, cdk, code, events, links
from lamlint.dialects.cloudformation.resolved import resolved
from lamlint.dialects.cloudformation.resource import Resource
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.cloudformation.syntax import is_intrinsic
from lamlint.dialects.properties import Properties
from lamlint.dialects.table import (
    Addable,
    Declaration,
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
from lamlint.dialects.tree import removal, slots
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode, SequenceNode
from lamlint.model import (
    NOT_SET,
    UNPUBLISHED,
    Alias,
    AsyncConfig,
    Environment,
    EventSource,
    Function,
    Ignore,
    Layer,
    Network,
    Resolved,
    Room,
    Url,
    Value,
)
from lamlint.text import Span
from lamlint.text.dataclass import replace

SAM = "AWS::Serverless::Function"
PLAIN = "AWS::Lambda::Function"
KINDS = {SAM: "sam", PLAIN: "cloudformation"}


def _sam_dead_letter(target: str) -> dict[str, str]:
    """What SAM wants to know of a queue or topic: what it is, and which."""
    return {"Type": "SQS", "TargetArn": target}


WORDS = Table(
    physical_name=wording("FunctionName"),
    description=text("Description", default=""),
    package_type=text("PackageType", default="Zip"),
    runtime=removable("Runtime"),
    handler=removable("Handler"),
    timeout=overridden("Timeout", default=3),
    memory=number("MemorySize", default=128),
    ephemeral_storage=number("EphemeralStorage", "Size", default=512),
    architectures=first("Architectures", default="x86_64"),
    recursive_loop=text("RecursiveLoop", default="Terminate"),
    tracing=text("TracingConfig", "Mode", default="PassThrough"),
    log_format=text("LoggingConfig", "LogFormat", default="Text"),
    application_log_level=text("LoggingConfig", "ApplicationLogLevel"),
    log_group=text("LoggingConfig", "LogGroup"),
    log_retention=number(),
    reserved_concurrency=number("ReservedConcurrentExecutions"),
    provisioned_concurrency=number(
        "ProvisionedConcurrencyConfig", "ProvisionedConcurrentExecutions"
    ),
    snap_start=text("SnapStart", "ApplyOn", default="None"),
    managed_instances=presence("CapacityProviderConfig"),
    accelerated=presence("AcceleratorConfig"),
    durable=presence("DurableConfig"),
    tenant_isolation=presence("TenancyConfig"),
    edge=never(),
    vpc=presence("VpcConfig"),
    dead_letter=Addable(("DeadLetterConfig", "TargetArn"), values.text),
    published=presence("AutoPublishAlias"),
    system_log_level=text("LoggingConfig", "SystemLogLevel"),
    own_key=presence("KmsKeyArn"),
)
"""What CloudFormation calls each property."""
_TABLES = {
    PLAIN: WORDS,
    SAM: replace(
        WORDS,
        tracing=text("Tracing", default="PassThrough"),
        dead_letter=Addable(
            ("DeadLetterQueue", "TargetArn"),
            values.text,
            at=("DeadLetterQueue",),
            make=_sam_dead_letter,
        ),
    ),
}
"""The words of CloudFormation, and those that SAM has others for."""


_OF_A_NETWORK = ("SubnetIds", "SecurityGroupIds")


def function(resource: Resource) -> Function:
    """A function as its own resource declares it; `links` adds what others say of it."""
    given = resource.properties
    sam = resource.kind == SAM
    plain = table.function(_TABLES[resource.kind], given, _declaration(resource))
    return replace(
        plain,
        mounts=_mounts(given),
        tags=_tags(given),
        environment=_environment(given, resource.scope),
        layers=tuple(_layers(given)),
        layers_complete=_listed(given, "Layers"),
        network=_network(given),
        further_architectures=given.texts("Architectures")[1:],
        layers_removal=removal.removal(given.mapping, "Layers"),
        code=code.of_function(given, resource.scope, resource.mapping, sam=sam),
        events=tuple(_sam_events(resource)) if sam else (),
        asynchronous=tuple(_sam_asynchronous(given)) if sam else (),
        aliases=tuple(_sam_alias(given)) if sam else (),
        urls=tuple(_sam_url(given)) if sam else (),
        ignores=tuple(ignores(resource)),
        library=cdk.library(resource) or _of_amplify(given, resource),
    )


def _of_amplify(given: Properties, resource: Resource) -> str:
    written = given.mapping.get("Code")
    inline = isinstance(written, MappingNode) and written.get("ZipFile") is not None
    return amplify.library(resource.scope.template, inline=inline)


def _declaration(resource: Resource) -> Declaration:
    return Declaration(
        id=resource.identity,
        name=resource.name,
        dialect=KINDS[resource.kind],
        template=resource.scope.template,
        span=resource.span,
        block=resource.block,
    )


def _sam_events(resource: Resource) -> Iterator[EventSource]:
    """The events of a SAM function, which all invoke the same of it."""
    qualifier = _sam_qualifier(resource.properties)
    for event in events.of_function(resource):
        yield replace(event, qualifier=qualifier)


def _sam_alias(given: Properties) -> Iterator[Alias]:
    """The alias that AutoPublishAlias makes."""
    name = given.text("AutoPublishAlias")
    if name.choices or name.reason != NOT_SET:
        yield Alias(
            name=name,
            version=Value((), name.span, "SAM publishes a new version on each change"),
            weights={},
            provisioned=WORDS.provisioned_concurrency.of(given),
            span=name.span,
        )


def _sam_url(given: Properties) -> Iterator[Url]:
    configured = given.child("FunctionUrlConfig")
    if configured is not None:
        yield links.url(configured, _sam_qualifier(given))


def _sam_asynchronous(given: Properties) -> Iterator[AsyncConfig]:
    configured = given.has("EventInvokeConfig")
    if not configured.is_in([False]):
        yield links.asynchronous(given, _sam_qualifier(given), "EventInvokeConfig")


def _sam_qualifier(given: Properties) -> Value[str]:
    """What SAM attaches a URL and an EventInvokeConfig to: the alias that it publishes, if any."""
    return given.text("AutoPublishAlias", default=UNPUBLISHED)


def _mounts(given: Properties) -> tuple[Value[str], ...]:
    mounts = given.mappings("FileSystemConfigs")
    return tuple(mount.text("LocalMountPath") for mount in mounts)


def _network(given: Properties) -> Network | None:
    """The VPC that a function is connected to, where both of its lists can be read."""
    configured = given.child("VpcConfig")
    if configured is None or any(len(configured.outcomes(name)) != 1 for name in _OF_A_NETWORK):
        return None
    if not all(_listed(configured, name) for name in _OF_A_NETWORK):
        return None
    subnets, groups = (configured.texts(name) for name in _OF_A_NETWORK)
    return Network(subnets, groups, configured.owner)


def _tags(given: Properties) -> dict[str, Value[str]]:
    child = given.child("Tags")
    if child is not None:
        return {entry.name: child.text(entry.name) for entry in child.mapping}
    tags: dict[str, Value[str]] = {}
    for tag in given.mappings("Tags"):
        key = tag.text("Key")
        if key.known:
            tags[key.only] = tag.text("Value")
    return tags


def _environment(given: Properties, scope: Scope) -> Environment:
    found = given.outcomes("Environment", "Variables")
    variables: dict[str, Value[str]] = {}
    names: dict[str, Span] = {}
    filled_in: dict[str, tuple[Resolved, ...]] = {}
    complete = bool(found) and given.complete
    for one in found:
        inside = Properties.of(one, one.node.span) if one.node is not None else None
        if inside is not None:
            for entry in (e for e in inside.mapping if not e.name.startswith("Fn::")):
                variables[entry.name] = inside.content(entry.name)
                names[entry.name] = entry.key.span
                outcomes = one.scope.outcomes(entry.value)
                if stores := resolved(outcomes, scope, entry.value.span):
                    filled_in[entry.name] = stores
            complete = complete and one.scope.whole(inside.mapping)
        elif not one.absent:
            complete = False
    place = given.place("Environment", "Variables")
    room = _room(given) if complete else None
    return Environment(variables, names, complete, place, room, resolved=filled_in)


def _room(given: Properties) -> Room | None:
    """Where further variables would be written: at the function, also when Globals has some."""
    own = given.mapping.written or given.mapping
    node: Node | None = own
    for name in (*given.lead, "Environment", "Variables"):
        node = node.get(name) if isinstance(node, MappingNode) else None
        if node is not None and is_intrinsic(node):
            return None
    return slots.room(own, (*given.lead, "Environment", "Variables"), given.scope.beside)


def _layers(given: Properties) -> Iterator[Layer]:
    for node, found in given.items("Layers"):
        arn = values.value(found, node.span, values.text, None)
        parts = found[0].parts if len(found) == 1 else ()
        yield Layer(arn.only if arn.known else "", arn, None, node.span, parts)


def _listed(given: Properties, name: str) -> bool:
    """Whether all items of a list are known to be there."""
    found = given.outcomes(name)
    return bool(found) and all(one.absent or isinstance(one.node, SequenceNode) for one in found)


def ignores(resource: Resource) -> Iterator[Ignore]:
    """Suppressions written in a resource's `Metadata: {lamlint: {ignore: …}}`."""
    metadata = resource.mapping.get("Metadata")
    own = metadata.get("lamlint") if isinstance(metadata, MappingNode) else None
    listed = own.get("ignore") if isinstance(own, MappingNode) else None
    reason = own.get("reason") if isinstance(own, MappingNode) else None
    written = reason.text if isinstance(reason, ScalarNode) else ""
    items = listed.items if isinstance(listed, SequenceNode) else [listed]
    for item in items:
        if isinstance(item, ScalarNode):
            yield Ignore((item.text,), resource.block, item.span, written)
