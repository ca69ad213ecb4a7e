"""What the resources of a project declare together: functions, with all that is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lamlint.dialects import linking
from lamlint.dialects.linking import (
    Change,
    Links,
    Trigger,
    at_edge,
    logging_function,
    triggered,
    watched,
)
from lamlint.dialects.properties import Properties
from lamlint.dialects.terraform import (
    code,
    companions,
    events,
    function,
    messaging,
    registry,
    registry_events,
    roles,
    state_machines,
    watching,
)
from lamlint.dialects.terraform.code import Archives
from lamlint.dialects.terraform.uses import Resource
from lamlint.model import Code, Function, Role, Value
from lamlint.text.dataclass import replace

_OTHERS = (
    "aws_cloudwatch_event_bus",
    "aws_cloudwatch_log_group",
    "aws_dynamodb_table",
    "aws_kinesis_stream",
    "aws_s3_bucket",
    "aws_sfn_state_machine",
    "aws_sns_topic",
    "aws_sqs_queue",
)
"""What events are handed to, beside functions, and is called by a name that a function may have."""
KINDS = frozenset(
    {
        *_OTHERS,
        function.KIND,
        roles.ROLE,
        "aws_cloudfront_distribution",
        "aws_cloudwatch_log_group",
        "aws_lambda_layer_version",
        *code.KINDS,
        *events.KINDS,
        *events.SOURCES,
        *messaging.KINDS,
        *roles.KINDS,
        *companions.KINDS,
    }
)
"""The kinds of resources and data that say something of functions."""


def declared(resources: Sequence[Resource]) -> tuple[tuple[Function, ...], tuple[Role, ...]]:
    """The functions of a root module with all that is said of them, and their roles."""
    archives = Archives.of(resources)
    own = [one for one in resources if _is(one, function.KIND)]
    called = [one for one in resources if registry.makes_function(one)]
    functions = [
        *(function.function(one, code.of_function(one, archives)) for one in own),
        *(registry.declared(one, archives) for one in called),
    ]
    if not functions:
        return (), ()
    policies = roles.Policies.of(resources)
    known = roles.by_identity(resources, policies)
    sources = {name: one for one in resources if one.kind in events.SOURCES
               for name in (*one.identities, *one.properties.text("name").targets)
               if _is(one, one.kind)}  # fmt: skip
    role_of = dict(_roles(own, called, known, policies))
    invoked_by = [each for one in resources for each in _triggers(one, sources)]
    links = Links(
        names=[*_aliases([*own, *called]), *_stand_for(resources)],
        changes=[
            *(change for one in resources for change in _changes(one)),
            *(change for one in called for change in _of_call(one)),
            *map(triggered, invoked_by),
        ],
        others=frozenset(one.identity for one in resources if one.kind in _OTHERS),
        layers=_layers(resources, archives),
        role_of=role_of,
        roles=tuple(dict.fromkeys(known.values())),
        machines=list(state_machines.machines(resources)),
        triggers=invoked_by,
    )
    linked, used = linking.link(functions, links)
    return watching.with_alarms(linked, resources), used


def _is(resource: Resource, kind: str) -> bool:
    return resource.kind == kind and resource.block_.kind == "resource"


def _aliases(functions: Sequence[Resource]) -> Iterator[tuple[str, Value[str]]]:
    """The further names of functions whose instances are not told apart."""
    for resource in functions:
        for name in resource.identities:
            yield name, _itself(resource)


def _itself(resource: Resource) -> Value[str]:
    return Value((), resource.span, "", frozenset({resource.identity}))


def _stand_for(resources: Sequence[Resource]) -> Iterator[tuple[str, Value[str]]]:
    """The aliases, each with what names its function."""
    for one in resources:
        if _is(one, "aws_lambda_alias"):
            for name in one.identities:
                yield name, one.properties.text("function_name")


def _roles(
    own: Sequence[Resource],
    called: Sequence[Resource],
    known: Mapping[str, Role],
    policies: roles.Policies,
) -> Iterator[tuple[str, Role]]:
    """The role of each function, as far as the project declares it."""
    for kind, those in (("role", own), ("lambda_role", called)):
        for one in those:
            named = one.properties.text(kind)
            found = next((known[target] for target in named.targets if target in known), None)
            if found is not None:
                yield one.identity, found
            elif kind == "lambda_role" and not function.is_written(one.properties, kind):
                made = roles.module_role(one, policies, registry.POLICIES)
                yield one.identity, replace(made, id=f"{made.id}.role")


def _layers(resources: Sequence[Resource], archives: Archives) -> dict[str, Code]:
    """The local content of layers, by their identity."""
    found: dict[str, Code] = {}
    for one in resources:
        if _is(one, "aws_lambda_layer_version"):
            content = code.of_function(one, archives)
        elif registry.makes_layer(one):
            content = registry.content(one, archives)
        else:
            continue
        made_for = one.properties.texts("compatible_runtimes")
        found.update(dict.fromkeys(one.identities, replace(content, compatible=made_for)))
    return found


def _of_call(resource: Resource) -> Iterator[tuple[Value[str], Change]]:
    """What a call of the module of the registry says of its own function."""
    own = _itself(resource)
    yield from ((own, change) for change in registry.changes(resource))
    for mapping in registry.mappings(resource):
        yield triggered(events.mapped(resource, mapping, own))


def _triggers(resource: Resource, sources: Mapping[str, Resource]) -> Iterator[Trigger]:
    """The triggers that a resource, or a call of a module, declares."""
    if resource.block_.kind == "resource":
        yield from events.elsewhere(resource, sources)
    yield from registry_events.triggers(resource)


def _changes(resource: Resource) -> Iterator[tuple[Value[str], Change]]:
    given = resource.properties
    named = given.text("function_name")
    if resource.block_.kind != "resource":
        return
    simple = companions.KINDS.get(resource.kind)
    if simple is not None:
        yield named, simple(given, resource.span)
    elif resource.kind == "aws_cloudwatch_log_group":
        yield (
            logging_function(given.text("name"), given.outcomes("name")),
            companions.retention(given),
        )
    elif resource.kind == "aws_cloudwatch_metric_alarm":
        if watching.is_of_errors(given):
            tells = any(True for _ in given.texts("alarm_actions"))
            yield given.text("dimensions", "FunctionName"), watched(resource.span, tells=tells)
    elif resource.kind == "aws_cloudfront_distribution":
        yield from _edges(given)


def _edges(given: Properties) -> Iterator[tuple[Value[str], Change]]:
    """The functions that a distribution runs at the edge."""
    for name in ("default_cache_behavior", "ordered_cache_behavior"):
        for behaviour in given.mappings(name):
            for each in behaviour.mappings("lambda_function_association"):
                yield each.text("lambda_arn"), at_edge(each.owner)
