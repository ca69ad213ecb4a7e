"""The APIs and load balancers in front of functions, as resources of their own."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects.cloudformation.api_timeouts import is_streamed
from lamlint.dialects.cloudformation.invoked import invoked
from lamlint.dialects.cloudformation.messaging import is_of_functions
from lamlint.dialects.cloudformation.references import declared_resource
from lamlint.dialects.cloudformation.resource import Resource, resources
from lamlint.dialects.cloudformation.triggers import named, triggering
from lamlint.dialects.linking import Trigger
from lamlint.dialects.properties import Properties
from lamlint.dialects.started import by_parameters, by_request
from lamlint.model import EventKind, EventSource, Invocation, Symbol, Value
from lamlint.text.dataclass import replace

_TIMEOUT = "TimeoutInMillis"


def elsewhere(resource: Resource) -> Iterator[Trigger]:
    """The triggers that an API's or a load balancer's resources declare."""
    match resource.kind:
        case "AWS::ApiGateway::Method":
            yield from _method(resource)
        case "AWS::ApiGatewayV2::Integration":
            yield from _integration(resource)
        case "AWS::ElasticLoadBalancingV2::TargetGroup" if is_of_functions(resource):
            event = named(resource, resource.properties, EventKind.ALB, "", False)
            for target in resource.properties.mappings("Targets"):
                yield triggering(invoked(target, "Id"), event)
        case _:
            pass


def _method(resource: Resource) -> Iterator[Trigger]:
    integration = resource.properties.child("Integration")
    if integration is None or not integration.text("Type").is_in(("AWS_PROXY", "AWS")):
        return
    event = named(resource, resource.properties, EventKind.API, "RestApiId", False)
    machine = by_request(integration, "Uri", "RequestTemplates")
    if machine is not None:
        yield Trigger(machine, event)
        return
    timeout, streamed = integration.number(_TIMEOUT), is_streamed(integration)
    event = replace(event, integration_timeout=timeout, streamed=streamed)
    yield triggering(invoked(integration, "Uri"), _as_event(event, integration))


def _as_event(event: EventSource, integration: Properties) -> EventSource:
    """A method whose integration does not wait: it has `X-Amz-Invocation-Type: 'Event'`."""
    header = "integration.request.header.X-Amz-Invocation-Type"
    if integration.text("RequestParameters", header).is_in(("'Event'",)):
        return replace(event, own_invocation=Invocation.ASYNCHRONOUS)
    return event


def _integration(resource: Resource) -> Iterator[Trigger]:
    given = resource.properties
    if not given.text("IntegrationType").is_in(("AWS_PROXY",)):
        return
    event = named(resource, given, _kind(resource), "ApiId", False)
    machine = by_parameters(given, "IntegrationSubtype", "RequestParameters")
    if machine is not None:
        yield Trigger(machine, event)
    if given.text("IntegrationSubtype").choices:
        return
    event = replace(event, integration_timeout=given.number(_TIMEOUT))
    if event.kind is EventKind.WEBSOCKET:
        event = replace(event, route=_route(resource))
    yield triggering(invoked(given, "IntegrationUri"), event)


def _route(integration: Resource) -> Value[str] | None:
    """The one route of an API of WebSockets that leads to an integration."""
    leading = [
        one.properties.text("RouteKey")
        for one in resources(integration.scope)
        if one.kind == "AWS::ApiGatewayV2::Route" and _leads_to(one, integration)
    ]
    return leading[0] if len(leading) == 1 else None


def _leads_to(route: Resource, integration: Resource) -> bool:
    """Whether a route's target, `integrations/` and an id, names an integration."""
    return any(
        isinstance(part, Symbol) and integration.identity in part.targets
        for one in route.properties.outcomes("Target")
        for part in one.parts
    )


def _kind(resource: Resource) -> EventKind:
    """Whether an API speaks HTTP or holds connections; the former, where it is not here."""
    for target in resource.properties.text("ApiId").targets:
        template, _, name = target.partition("#")
        here = template == resource.scope.template
        declared = declared_resource(name, resource.scope) if here else None
        if declared is not None:
            inner = Properties(declared, resource.scope, resource.span)
            if inner.text("Properties", "ProtocolType").is_in(("WEBSOCKET",)):
                return EventKind.WEBSOCKET
    return EventKind.HTTP_API
