"""What other resources say of a function: triggers, aliases, URLs, permissions, roles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from lamlint.dialects import linking
from lamlint.dialects.cloudformation import (
    apis,
    code,
    edge,
    pushing,
    roles,
    state_machines,
    triggers,
    watching,
)
from lamlint.dialects.cloudformation.invoked import Invoked, invoked
from lamlint.dialects.cloudformation.polling import made_by_sam
from lamlint.dialects.cloudformation.qualifiers import qualified, qualifying
from lamlint.dialects.cloudformation.resource import Resource
from lamlint.dialects.linking import (
    Change,
    Links,
    Trigger,
    at_edge,
    logging_function,
    triggered,
    watched,
)
from lamlint.dialects.machines import Machine
from lamlint.dialects.properties import Properties
from lamlint.dialects.tree import slots
from lamlint.model import (
    UNPUBLISHED,
    Alias,
    AsyncConfig,
    Choice,
    Code,
    Cors,
    EdgeUse,
    Function,
    Later,
    Permission,
    Role,
    Url,
    Value,
)
from lamlint.text.dataclass import replace

_LAYERS = frozenset({"AWS::Serverless::LayerVersion", "AWS::Lambda::LayerVersion"})
_STAND_FOR = ("AWS::Lambda::Version", "AWS::Lambda::Alias")
"""The kinds of resources that stand for the function they name; an alias may name a version."""
_OTHERS = frozenset(
    {
        "AWS::DynamoDB::Table",
        "AWS::Events::EventBus",
        "AWS::Kinesis::Stream",
        "AWS::KinesisFirehose::DeliveryStream",
        "AWS::Logs::LogGroup",
        "AWS::S3::Bucket",
        "AWS::SNS::Topic",
        "AWS::SQS::Queue",
        "AWS::Serverless::SimpleTable",
        "AWS::Serverless::StateMachine",
        "AWS::StepFunctions::StateMachine",
    }
)
"""What events are handed to, beside functions, and is called by a name that a function may have."""


def layers(resources: Sequence[Resource]) -> Mapping[str, Code]:
    """The local content of the layers that templates declare, by the layers' identity."""
    found: dict[str, Code] = {}
    for resource in resources:
        if resource.kind in _LAYERS:
            sam = resource.kind.startswith("AWS::Serverless::")
            content = code.of_layer(resource.properties, resource.scope, resource.mapping, sam=sam)
            made_for = resource.properties.texts("CompatibleRuntimes")
            found[resource.identity] = replace(content, compatible=made_for)
    return found


NamesRole: TypeAlias = "Callable[[Function, Mapping[str, Role]], Role | None]"
"""Which role a function has, of those that are declared or one of its own."""


def link(
    functions: Sequence[Function],
    resources: Sequence[Resource],
    named: NamesRole | None = None,
    own_layers: Mapping[str, Code] = MappingProxyType({}),
    said: Sequence[tuple[Value[str], Change]] = (),
    handed: Sequence[Trigger] = (),
    further: Sequence[Machine] = (),
) -> tuple[tuple[Function, ...], tuple[Role, ...]]:
    """The functions with all that is said of them, and their roles.

    `named` tells the roles of functions that are no resources, `own_layers` are such layers,
    `said` is what is said of functions otherwise than by resources, `handed` are such triggers,
    and `further` such state machines.
    """
    declared = {role.id: role for role in roles.declared(resources)}
    by_id = {resource.identity: resource for resource in resources}
    found = {one.id: _role(by_id.get(one.id), declared) for one in functions}
    if named is not None:
        found |= {one.id: named(one, declared) for one in functions if one.id not in by_id}
    qualifiers = dict(qualifying(resources))
    changes = (change for one in resources for change in _changes(one, qualifiers))
    invoked_by = [*(each for one in resources for each in _triggers(one)), *handed]
    links = Links(
        names=[pair for kind in _STAND_FOR for pair in _named(kind, resources)],
        changes=[*changes, *(invoking(each, qualifiers) for each in invoked_by), *said],
        others=frozenset(one.identity for one in resources if one.kind in _OTHERS),
        layers={**layers(resources), **own_layers},
        role_of={name: role for name, role in found.items() if role is not None},
        roles=tuple(declared.values()),
        machines=[*state_machines.machines(resources), *further],
        triggers=invoked_by,
    )
    linked, used = linking.link(functions, links)
    return watching.with_alarms(linked, resources), used


def _named(kind: str, resources: Sequence[Resource]) -> Iterator[tuple[str, Value[str]]]:
    """The resources of a kind that stand for a function, each with what names the function."""
    for resource in resources:
        if resource.kind == kind:
            yield resource.identity, resource.properties.text("FunctionName")


def _role(resource: Resource | None, declared: Mapping[str, Role]) -> Role | None:
    if resource is None:
        return None
    if resource.kind == "AWS::Serverless::Function":
        own = roles.of_sam_function(resource)
        if own is not None:
            return own
    for target in resource.properties.text("Role").targets:
        if target in declared:
            return declared[target]
    return None


def _changes(
    resource: Resource, qualifiers: Mapping[str, Value[str]]
) -> Iterator[tuple[Value[str], Change]]:
    given = resource.properties
    match resource.kind:
        case "AWS::Lambda::Permission":
            yield _permission(resource, qualifiers)
        case "AWS::Lambda::Url":
            yield given.text("TargetFunctionArn"), _url(given, resource)
        case "AWS::Lambda::Alias":
            yield given.text("FunctionName"), _alias(resource)
        case "AWS::Lambda::Version":
            yield given.text("FunctionName"), _published(resource)
        case "AWS::Lambda::EventInvokeConfig":
            yield given.text("FunctionName"), _asynchronous(given)
        case "AWS::Logs::LogGroup":
            found = given.outcomes("LogGroupName")
            yield logging_function(given.text("LogGroupName"), found), _retention(given)
        case "AWS::CloudWatch::Alarm":
            change = watched(resource.span, tells=any(True for _ in given.texts("AlarmActions")))
            yield from ((one, change) for one in watching.erring(given))
        case "AWS::CloudFront::Distribution":
            yield from _edges(resource)
        case _:
            pass


def _triggers(resource: Resource) -> Iterator[Trigger]:
    """The triggers that a resource other than what it triggers declares."""
    for read in _TRIGGERS:
        yield from read(resource)


_TRIGGERS = (triggers.elsewhere, watching.elsewhere, apis.elsewhere, pushing.elsewhere)


def invoking(
    trigger: Trigger, qualifiers: Mapping[str, Value[str]] = MappingProxyType({})
) -> tuple[Value[str], Change]:
    """What names a function, and the function with a trigger more, which invokes a qualifier."""
    named = Invoked(trigger.function, trigger.qualifier)

    def change(function: Function) -> Function:
        qualifier = qualified(named, function, qualifiers)
        own = replace(trigger.event, qualifier=qualifier)
        _, add = triggered(replace(trigger, event=own))
        return add(function)

    return named.function, change


def _permission(
    resource: Resource, qualifiers: Mapping[str, Value[str]]
) -> tuple[Value[str], Change]:
    given = resource.properties
    named = invoked(given, "FunctionName")
    permission = Permission(
        principal=given.text("Principal"),
        action=given.text("Action"),
        source_arn=given.text("SourceArn"),
        source_account=given.text("SourceAccount"),
        organization=given.text("PrincipalOrgID"),
        token=given.text("EventSourceToken"),
        url_auth=given.text("FunctionUrlAuthType"),
        via_url=given.text("InvokedViaFunctionUrl"),
        span=resource.span,
        own_account=_own_account(given),
    )

    def change(function: Function) -> Function:
        own = replace(permission, qualifier=qualified(named, function, qualifiers))
        return replace(function, invoke_permissions=(*function.invoke_permissions, own))

    return named.function, change


def _own_account(given: Properties) -> Later | None:
    slot = slots.insertion(given.mapping, (*given.lead, "SourceAccount"), ("Principal",))
    if slot is None or given.shared:
        return None
    return slot.by(lambda encode: _OWN_ACCOUNT.get(encode, encode))


_OWN_ACCOUNT: Mapping[Callable[[object], str], slots.Verbatim] = {
    slots.encode_json: slots.Verbatim('{"Ref": "AWS::AccountId"}'),
    slots.encode_yaml: slots.Verbatim("!Ref AWS::AccountId"),
}
"""What the account of the deployment is called; a layout of its own writes it by itself."""


def url(given: Properties, qualifier: Value[str]) -> Url:
    """A function URL from its configuration."""
    return Url(
        qualifier=qualifier,
        auth=given.text("AuthType"),
        invoke_mode=given.text("InvokeMode", default="BUFFERED"),
        cors=_cors(given.child("Cors")),
        span=given.owner,
    )


def _cors(given: Properties | None) -> Cors | None:
    if given is None:
        return None
    return Cors(
        origins=given.texts("AllowOrigins"),
        methods=given.texts("AllowMethods"),
        headers=given.texts("AllowHeaders"),
        exposed=given.texts("ExposeHeaders"),
        credentials=given.number("AllowCredentials"),
        maximum_age=given.number("MaxAge"),
    )


def _url(given: Properties, resource: Resource) -> Change:
    qualifier = given.text("Qualifier", default=UNPUBLISHED)
    plain = url(given, qualifier)
    made = replace(plain, span=resource.span, needs_permissions=True)
    return lambda function: replace(function, urls=(*function.urls, made))


def _alias(resource: Resource) -> Change:
    given = resource.properties
    routing = given.child("RoutingConfig")
    weights: dict[str, Value[str | int | float | bool]] = {}
    for child in routing.mappings("AdditionalVersionWeights") if routing is not None else ():
        version = child.text("FunctionVersion")
        name = version.only if version.known else f"?{len(weights) + 1}"
        weights[name] = child.number("FunctionWeight")
    made = Alias(
        name=given.text("Name"),
        version=given.text("FunctionVersion"),
        weights=weights,
        provisioned=given.number("ProvisionedConcurrencyConfig", "ProvisionedConcurrentExecutions"),
        span=resource.span,
    )
    return lambda function: replace(function, aliases=(*function.aliases, made))


def _published(resource: Resource) -> Change:
    yes = Value((Choice(True, resource.span),), resource.span)
    return lambda function: replace(function, published=yes)


def asynchronous(given: Properties, qualifier: Value[str], *lead: str) -> AsyncConfig:
    """What becomes of asynchronous invocations, from the properties below some keys."""
    on_failure = given.text(*lead, "DestinationConfig", "OnFailure", "Destination")
    return AsyncConfig(
        qualifier=qualifier,
        retries=given.number(*lead, "MaximumRetryAttempts"),
        maximum_age=given.number(*lead, "MaximumEventAgeInSeconds"),
        on_success=given.text(*lead, "DestinationConfig", "OnSuccess", "Destination"),
        on_failure=made_by_sam(given, on_failure, *lead, "DestinationConfig", "OnFailure"),
        span=given.place(*lead) if lead else given.owner,
    )


def _asynchronous(given: Properties) -> Change:
    made = asynchronous(given, given.text("Qualifier"))
    return lambda function: replace(function, asynchronous=(*function.asynchronous, made))


def _retention(given: Properties) -> Change:
    days = given.number("RetentionInDays", default=0)
    return lambda function: replace(function, log_retention=days)


def _edges(resource: Resource) -> Iterator[tuple[Value[str], Change]]:
    """The functions that a distribution runs at the edge."""
    config = resource.properties.child("DistributionConfig")
    if config is None:
        return
    for behaviour in (config.child("DefaultCacheBehavior"), *config.mappings("CacheBehaviors")):
        for each in behaviour.mappings("LambdaFunctionAssociations") if behaviour else ():
            use = EdgeUse(edge.qualifier(each, resource.scope), each.owner)
            yield edge.runs(each), at_edge(each.owner, use)
