"""AWS SAM and CloudFormation: what one template declares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lamlint.model import (
    AsyncConfig,
    Choice,
    Environment,
    Function,
    Ignore,
    Layer,
    Origin,
    Value,
)
from lamlint.templates import code, values
from lamlint.templates.globals import ignored_globals, merge
from lamlint.templates.intrinsics import is_intrinsic
from lamlint.templates.node import Entry, MappingNode, ScalarNode, SequenceNode, share
from lamlint.templates.properties import Properties
from lamlint.templates.scope import Scope
from lamlint.text import Span

SAM = "AWS::Serverless::Function"
PLAIN = "AWS::Lambda::Function"
DIALECTS = {SAM: "sam", PLAIN: "cloudformation"}


@dataclass(frozen=True)
class Resource:
    """A resource of a template: its logical id, type and properties."""

    name: str
    kind: str
    entry: Entry
    mapping: MappingNode
    properties: Properties

    @property
    def span(self) -> Span:
        """The logical id."""
        return self.entry.key.span

    @property
    def block(self) -> Span:
        """The whole resource."""
        return self.entry.key.source.span(self.entry.key.start, self.entry.end)


def resources(scope: Scope) -> Iterator[Resource]:
    """The resources of a template, SAM's Globals merged in."""
    section = scope.section("Resources")
    defaults = scope.section("Globals")
    if defaults is not None:
        share(defaults)
    for entry in section if section is not None else ():
        if isinstance(entry.value, MappingNode):
            kind = entry.value.get("Type")
            if isinstance(kind, ScalarNode):
                yield _resource(entry, entry.value, kind.text, defaults, scope)


def _resource(
    entry: Entry, mapping: MappingNode, kind: str, defaults: MappingNode | None, scope: Scope
) -> Resource:
    owner = entry.key.span
    written = mapping.get("Properties")
    lead: tuple[str, ...] = ()
    complete = True
    if isinstance(written, MappingNode) and not is_intrinsic(written):
        properties = written
    else:
        # Nothing is written: what is added goes below a new `Properties` key.
        complete = written is None or (isinstance(written, ScalarNode) and written.value is None)
        lead = ("Properties",) if written is None else ()
        properties = MappingNode(mapping.source, mapping.start, mapping.end)
        properties.written = mapping
        properties.shared = mapping.shared or written is not None
    if "Fn::Transform" in properties.table:
        complete = False
    if defaults is not None and kind.startswith("AWS::Serverless::"):
        shared = defaults.get(kind.removeprefix("AWS::Serverless::"))
        if isinstance(shared, MappingNode):
            ignored = ignored_globals(mapping)
            properties = merge(shared, properties, ignored)
    return Resource(
        entry.name, kind, entry, mapping, Properties(properties, scope, owner, lead, complete)
    )


def functions(scope: Scope) -> Iterator[Function]:
    """The functions that a template declares."""
    for resource in resources(scope):
        if resource.kind in DIALECTS:
            yield function(resource, scope)


def function(resource: Resource, scope: Scope) -> Function:
    """One function."""
    given = resource.properties
    sam = resource.kind == SAM
    default = _constant(resource)
    return Function(
        id=scope.identity(resource.name),
        name=resource.name,
        dialect=DIALECTS[resource.kind],
        template=scope.template,
        span=resource.span,
        block=resource.block,
        physical_name=given.text("FunctionName"),
        description=given.text("Description", default=""),
        package_type=given.text("PackageType", default="Zip"),
        runtime=given.text("Runtime"),
        handler=given.text("Handler"),
        timeout=given.number("Timeout", default=3),
        memory=given.number("MemorySize", default=128),
        ephemeral_storage=given.number("EphemeralStorage", "Size", default=512),
        architectures=_first_architecture(given),
        recursive_loop=given.text("RecursiveLoop", default="Terminate"),
        tracing=given.text(
            *(("Tracing",) if sam else ("TracingConfig", "Mode")), default="PassThrough"
        ),
        log_format=given.text("LoggingConfig", "LogFormat", default="Text"),
        application_log_level=given.text("LoggingConfig", "ApplicationLogLevel"),
        log_group=given.text("LoggingConfig", "LogGroup"),
        log_retention=Value((), resource.span, values.NOT_SET),
        reserved_concurrency=given.number("ReservedConcurrentExecutions"),
        provisioned_concurrency=given.number(
            "ProvisionedConcurrencyConfig", "ProvisionedConcurrentExecutions"
        ),
        snap_start=given.text("SnapStart", "ApplyOn", default="None"),
        managed_instances=given.has("CapacityProviderConfig"),
        durable=given.has("DurableConfig"),
        tenant_isolation=given.has("TenancyConfig"),
        edge=default(False),
        vpc=given.has("VpcConfig"),
        mounts=_mounts(given),
        tags=_tags(given),
        environment=_environment(given),
        layers=tuple(_layers(given)),
        layers_complete=_listed(given, "Layers"),
        code=code.of_function(given, scope, resource.name, resource.mapping, sam=sam),
        events=(),
        role=None,
        invoke_permissions=(),
        asynchronous=AsyncConfig(
            retries=given.number("EventInvokeConfig", "MaximumRetryAttempts"),
            maximum_age=given.number("EventInvokeConfig", "MaximumEventAgeInSeconds"),
            on_success=given.text(
                "EventInvokeConfig", "DestinationConfig", "OnSuccess", "Destination"
            ),
            on_failure=given.text(
                "EventInvokeConfig", "DestinationConfig", "OnFailure", "Destination"
            ),
            dead_letter=given.text(
                *(("DeadLetterQueue",) if sam else ("DeadLetterConfig",)), "TargetArn"
            ),
        ),
        aliases=(),
        published=given.has("AutoPublishAlias"),
        url=None,
        ignores=tuple(ignores(resource)),
    )


def _constant(resource: Resource):  # type: ignore[no-untyped-def]
    def constant(answer: bool) -> Value[bool]:
        return Value((Choice(answer, resource.span, Origin.DEFAULT),), resource.span)

    return constant


def _first_architecture(given: Properties) -> Value[str]:
    found = given.texts("Architectures")
    return found[0] if found else given.text("Architectures", default="x86_64")


def _mounts(given: Properties) -> tuple[Value[str], ...]:
    mounts = (
        Properties(one.node, one.scope, node.span).text("LocalMountPath")
        for node, found in given.items("FileSystemConfigs")
        for one in found
        if isinstance(one.node, MappingNode)
    )
    return tuple(mounts)


def _tags(given: Properties) -> dict[str, Value[str]]:
    child = given.child("Tags")
    if child is not None:
        return {entry.name: child.text(entry.name) for entry in child.mapping}
    tags: dict[str, Value[str]] = {}
    for node, found in given.items("Tags"):
        for one in found:
            if isinstance(one.node, MappingNode):
                tag = Properties(one.node, one.scope, node.span)
                key = tag.text("Key")
                if key.known:
                    tags[key.only] = tag.text("Value")
    return tags


def _environment(given: Properties) -> Environment:
    found = given.outcomes("Environment", "Variables")
    variables: dict[str, Value[str]] = {}
    names: dict[str, Span] = {}
    complete = bool(found)
    for one in found:
        if isinstance(one.node, MappingNode):
            inside = Properties(one.node, one.scope, one.node.span)
            for entry in one.node:
                variables[entry.name] = inside.text(entry.name)
                names[entry.name] = entry.key.span
            complete = complete and "Fn::Transform" not in one.node.table
        elif not one.absent:
            complete = False
    return Environment(variables, names, complete, given.place("Environment", "Variables"))


def _layers(given: Properties) -> Iterator[Layer]:
    for node, found in given.items("Layers"):
        arn = values.value(found, node.span, values.text, None)
        yield Layer(arn.only if arn.known else "", arn, None, node.span)


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
