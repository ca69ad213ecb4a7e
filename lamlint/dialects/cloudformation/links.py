"""What other resources say of a function: triggers, aliases, URLs, permissions, roles."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence

from lamlint.dialects.cloudformation import code, events, roles, watching
from lamlint.dialects.cloudformation.resource import Resource
from lamlint.dialects.properties import Properties
from lamlint.dialects.tree.node import MappingNode
from lamlint.model import (
    UNPUBLISHED,
    Alias,
    AsyncConfig,
    Choice,
    Code,
    Function,
    Layer,
    Permission,
    Role,
    Url,
    Value,
)

_LAYERS = frozenset({"AWS::Serverless::LayerVersion", "AWS::Lambda::LayerVersion"})


class Names:
    """The functions of a project by everything that refers to one."""

    def __init__(self, functions: Sequence[Function], resources: Sequence[Resource]) -> None:
        self._ids: dict[str, str] = {function.id: function.id for function in functions}
        physical: dict[str, list[str]] = {}
        for function in functions:
            for target in function.physical_name.targets:
                physical.setdefault(target, []).append(function.id)
        for target, ids in physical.items():
            # Copies of a template share their names: then a name alone says nothing.
            if len(ids) == 1:
                self._ids.setdefault(target, ids[0])
        for kind in ("AWS::Lambda::Version", "AWS::Lambda::Alias"):
            for resource in resources:
                if resource.kind == kind:
                    named = self.find(resource.properties.text("FunctionName"))
                    if named is not None:
                        self._ids.setdefault(resource.identity, named)

    def find(self, value: Value[str]) -> str | None:
        """The id of the function that a value refers to."""
        found = {self._ids[target] for target in value.targets if target in self._ids}
        return found.pop() if len(found) == 1 else None


def layers(resources: Sequence[Resource]) -> Mapping[str, Code]:
    """The local content of the layers that templates declare, by the layers' identity."""
    found: dict[str, Code] = {}
    for resource in resources:
        if resource.kind in _LAYERS:
            sam = resource.kind.startswith("AWS::Serverless::")
            found[resource.identity] = code.of_layer(
                resource.properties, resource.scope, resource.mapping, sam=sam
            )
    return found


def link(
    functions: Sequence[Function], resources: Sequence[Resource]
) -> tuple[tuple[Function, ...], tuple[Role, ...]]:
    """The functions with all that is said of them, and their roles."""
    names = Names(functions, resources)
    contents = layers(resources)
    by_id = {resource.identity: resource for resource in resources}
    declared = {role.id: role for role in roles.declared(resources)}
    additions = _additions(names, resources)
    linked: list[Function] = []
    used: dict[str, Role] = {}
    for function in functions:
        role = _role(by_id.get(function.id), declared)
        if role is not None:
            earlier = used.get(role.id)
            everyone = (*(earlier.functions if earlier else ()), function.name)
            used[role.id] = dataclasses.replace(role, functions=tuple(dict.fromkeys(everyone)))
        changed = dataclasses.replace(
            function, role=role, layers=tuple(_layer(layer, contents) for layer in function.layers)
        )
        for change in additions.get(function.id, ()):
            changed = change(changed)
        linked.append(changed)
    final = tuple(
        dataclasses.replace(f, role=used[f.role.id] if f.role is not None else None) for f in linked
    )
    others = [role for role in declared.values() if role.id not in used]
    return watching.with_alarms(final, resources), (*used.values(), *others)


def _layer(layer: Layer, contents: Mapping[str, Code]) -> Layer:
    for target in layer.arn.targets:
        if target in contents:
            return dataclasses.replace(
                layer, name=target.rpartition("#")[2], content=contents[target]
            )
    return layer


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


Change = Callable[[Function], Function]


def _additions(names: Names, resources: Sequence[Resource]) -> Mapping[str, list[Change]]:
    """What each resource adds to the function that it names."""
    found: dict[str, list[Change]] = {}
    for resource in resources:
        for value, change in _changes(resource):
            function = names.find(value)
            if function is not None:
                found.setdefault(function, []).append(change)
    return found


def _changes(resource: Resource) -> Iterator[tuple[Value[str], Change]]:
    given = resource.properties
    named = given.text("FunctionName")
    match resource.kind:
        case "AWS::Lambda::Permission":
            yield named, _permission(resource)
        case "AWS::Lambda::Url":
            yield given.text("TargetFunctionArn"), _url(given, resource)
        case "AWS::Lambda::Alias":
            yield named, _alias(resource)
        case "AWS::Lambda::Version":
            yield named, _published(resource)
        case "AWS::Lambda::EventInvokeConfig":
            yield named, _asynchronous(given)
        case "AWS::Logs::LogGroup":
            yield _log_owner(given), _retention(given)
        case "AWS::CloudFront::Distribution":
            yield from _edges(resource)
        case _:
            for trigger in (*events.elsewhere(resource), *watching.elsewhere(resource)):
                yield trigger.function, _event(trigger)


def _event(trigger: events.Trigger) -> Change:
    def change(function: Function) -> Function:
        event = dataclasses.replace(trigger.event, function=function.id)
        return dataclasses.replace(function, events=(*function.events, event))

    return change


def _permission(resource: Resource) -> Change:
    given = resource.properties
    permission = Permission(
        principal=given.text("Principal"),
        action=given.text("Action"),
        source_arn=given.text("SourceArn"),
        source_account=given.text("SourceAccount"),
        properties=given.everything(),
        span=resource.span,
    )
    return lambda function: dataclasses.replace(
        function, invoke_permissions=(*function.invoke_permissions, permission)
    )


def url(given: Properties, qualifier: Value[str]) -> Url:
    """A function URL from its configuration."""
    return Url(
        qualifier=qualifier,
        auth=given.text("AuthType"),
        invoke_mode=given.text("InvokeMode", default="BUFFERED"),
        cors=given.entries("Cors"),
        span=given.owner,
    )


def _url(given: Properties, resource: Resource) -> Change:
    qualifier = given.text("Qualifier", default=UNPUBLISHED)
    made = dataclasses.replace(url(given, qualifier), span=resource.span)
    return lambda function: dataclasses.replace(function, urls=(*function.urls, made))


def _alias(resource: Resource) -> Change:
    given = resource.properties
    routing = given.child("RoutingConfig")
    weights: dict[str, Value[str | int | float | bool]] = {}
    for node, found in routing.items("AdditionalVersionWeights") if routing is not None else ():
        for one in found:
            if isinstance(one.node, MappingNode):
                child = Properties(one.node, one.scope, node.span)
                version = child.text("FunctionVersion")
                key = version.only if version.known else "?"
                weights[key] = child.number("FunctionWeight")
    made = Alias(
        name=given.text("Name"),
        version=given.text("FunctionVersion"),
        weights=weights,
        provisioned=given.number("ProvisionedConcurrencyConfig", "ProvisionedConcurrentExecutions"),
        span=resource.span,
    )
    return lambda function: dataclasses.replace(function, aliases=(*function.aliases, made))


def _published(resource: Resource) -> Change:
    yes = Value((Choice(True, resource.span),), resource.span)
    return lambda function: dataclasses.replace(function, published=yes)


def asynchronous(given: Properties, qualifier: Value[str], *lead: str) -> AsyncConfig:
    """What becomes of asynchronous invocations, from the properties below some keys."""
    return AsyncConfig(
        qualifier=qualifier,
        retries=given.number(*lead, "MaximumRetryAttempts"),
        maximum_age=given.number(*lead, "MaximumEventAgeInSeconds"),
        on_success=given.text(*lead, "DestinationConfig", "OnSuccess", "Destination"),
        on_failure=given.text(*lead, "DestinationConfig", "OnFailure", "Destination"),
        span=given.place(*lead) if lead else given.owner,
    )


def _asynchronous(given: Properties) -> Change:
    made = asynchronous(given, given.text("Qualifier"))
    return lambda function: dataclasses.replace(
        function, asynchronous=(*function.asynchronous, made)
    )


def _log_owner(given: Properties) -> Value[str]:
    """The function whose log group a name of the usual form belongs to."""
    name = given.text("LogGroupName")
    prefix = "/aws/lambda/"
    targets = set(name.targets)
    for one in given.outcomes("LogGroupName"):
        first, *rest = one.parts or ("",)
        if isinstance(first, str) and first.startswith(prefix):
            if len(rest) == 1 and first == prefix and not isinstance(rest[0], str):
                targets |= rest[0].targets
            elif not rest:
                targets.add(first.removeprefix(prefix))
    return dataclasses.replace(name, targets=frozenset(targets))


def _retention(given: Properties) -> Change:
    days = given.number("RetentionInDays")
    return lambda function: dataclasses.replace(function, log_retention=days)


def _edges(resource: Resource) -> Iterator[tuple[Value[str], Change]]:
    """The functions that a distribution runs at the edge."""
    config = resource.properties.child("DistributionConfig")
    if config is None:
        return
    behaviours = [config.child("DefaultCacheBehavior")]
    behaviours += [
        Properties(one.node, one.scope, node.span)
        for node, found in config.items("CacheBehaviors")
        for one in found
        if isinstance(one.node, MappingNode)
    ]
    for behaviour in behaviours:
        for node, found in (
            behaviour.items("LambdaFunctionAssociations") if behaviour is not None else ()
        ):
            for one in found:
                if isinstance(one.node, MappingNode):
                    arn = Properties(one.node, one.scope, node.span).text("LambdaFunctionARN")
                    yes = Value((Choice(True, node.span),), node.span)
                    yield arn, _at_edge(yes)


def _at_edge(yes: Value[bool]) -> Change:
    return lambda function: dataclasses.replace(function, edge=yes)
