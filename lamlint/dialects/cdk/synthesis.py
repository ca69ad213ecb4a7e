"""From the calls of an app to its functions, by way of the template that the CDK would make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from lamlint.dialects.cdk import code, nodes, polling, roles, watching, web_sockets
from lamlint.dialects.cdk.additions import collect
from lamlint.dialects.cdk.apis import TIMEOUT
from lamlint.dialects.cdk.apps import App
from lamlint.dialects.cdk.code import Home
from lamlint.dialects.cdk.declaring import Declaring
from lamlint.dialects.cdk.kinds import EDGE, IMAGE, LOWER, PYTHON, as_function, pair
from lamlint.dialects.cdk.machine import Machine
from lamlint.dialects.cdk.messaging import BUCKET, QUEUE, STREAM, TOPIC
from lamlint.dialects.cdk.objects import Made
from lamlint.dialects.cdk.sources import Handed
from lamlint.dialects.cdk.state_machines import StateMachines
from lamlint.dialects.cdk.stores import filled_in
from lamlint.dialects.cdk.template import (
    Path,
    Template,
    given,
    is_construct,
    is_taken,
    paths_of,
    short,
)
from lamlint.dialects.cdk.triggers import ENABLED, triggers
from lamlint.dialects.cdk.versions import old
from lamlint.dialects.cloudformation import events, links, messaging
from lamlint.dialects.cloudformation.function import KINDS, function
from lamlint.dialects.cloudformation.resource import Resource, resources
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.cloudformation.triggers import kind_of
from lamlint.dialects.linking import Change, Trigger, at_edge
from lamlint.dialects.properties import Properties
from lamlint.dialects.tree.node import Entry, MappingNode
from lamlint.model import (
    NOT_SET,
    Choice,
    Code,
    CodeKind,
    EventKind,
    Function,
    Resources,
    Role,
    Value,
)
from lamlint.text.dataclass import dataclass, replace

_FUNCTION = "Function"
_EDGE = "aws_cloudfront.EdgeLambda"
_OF_MESSAGES = (QUEUE, TOPIC, STREAM, BUCKET)


@dataclass(frozen=True)
class Synthesized:
    """The functions of an app with all that is said of them, their roles, queues and topics."""

    functions: tuple[Function, ...] = ()
    roles: tuple[Role, ...] = ()
    resources: Resources = field(default_factory=Resources)


def synthesized(app: App, machine: Machine) -> Synthesized:
    """What an app declares."""
    calls = list(dict.fromkeys(machine.calls))
    paths = paths_of(calls)
    logical = {key: "/".join(path) for key, path in paths.items()}
    template = Template(machine, logical)
    constructs = {logical[id(one)]: one for one in calls if is_construct(one)}
    if not any(as_function(one) or pair(one) in LOWER for one in constructs.values()):
        return Synthesized()
    home = Home(app.root, machine.tree, app.started or frozenset({app.root}), bool(app.started))
    Declaring(template, collect(calls), _granted(calls), home).all(calls, constructs)
    scope = _scope(app, template)
    found = list(resources(scope))
    declared = {
        one.name: _declared(one, constructs[one.name], home, template)
        for one in found
        if one.kind in KINDS and one.name in constructs
    }
    alone = {id(one) for one in machine.calls[machine.alone :]}
    known = {name: one for name, one in declared.items()
             if id(constructs[name]) not in alone or _is_known(one)}  # fmt: skip
    kept = _once(known, {name: paths[id(one)] for name, one in constructs.items()})
    names = short({id(one): paths[id(constructs[name])] for name, one in kept.items()})
    outdated = old(machine.modules, machine.tree)
    called = [replace(one, name=names[id(one)], outdated=outdated) for one in kept.values()]
    said = [_at_edge(one, template, scope) for one in calls if one.name.endswith(_EDGE)]
    said += watching.watched(calls, template, scope)
    state_machines, routes = StateMachines.of(calls, template, home), web_sockets.routes(calls)
    further = list(state_machines.all(scope))
    handed = [
        _said(web_sockets.routed(one, routes.get(id(call)), lowering), scope, template)
        for call in calls
        if id(call) not in state_machines.reached
        for lowering in (template.lowering(call),)
        for one in triggers(call, lowering)
    ]
    linked, used = links.link(called, found, said=said, handed=handed, further=further)
    linked = watching.with_alarms(linked, calls, template, scope)
    functions = tuple(_once_scheduled(_permitted(one)) for one in linked)
    return Synthesized(functions, tuple(used), _messages(found, constructs))


def _messages(found: Sequence[Resource], constructs: Mapping[str, Made]) -> Resources:
    """The queues, topics, streams and buckets that an app makes, without what was there before."""
    there = {name for name, made in constructs.items() if is_taken(made)}
    return messaging.declared(
        one for one in found if one.kind in _OF_MESSAGES and one.name not in there
    )


def _permitted(function: Function) -> Function:
    """A function to whose open URLs the CDK adds the permissions."""
    urls = (replace(url, needs_permissions=False) for url in function.urls)
    return replace(function, urls=tuple(urls))


def _once_scheduled(function: Function) -> Function:
    """A function without the schedules that another stack of the same class gives it by its name.

    Only one of the stacks is deployed (`if prod: Shop(app, "Shop", vpc=…)`, `else: Shop(…)`).
    """
    events = {
        (one.span, one.block, id(one) if one.expression is None else _content(one.expression)): one
        for one in reversed(function.events)
    }
    return replace(function, events=tuple(reversed(events.values())))


def _is_known(function: Function) -> bool:
    """Whether it is known what a function runs.

    Where who makes the construct says that, and nothing does, all else may be said there, too.
    """
    handler = function.handler
    given = bool(handler.choices) or handler.reason == NOT_SET
    return given or function.code.kind is not CodeKind.UNKNOWN


def _once(declared: Mapping[str, Function], paths: Mapping[str, Path]) -> dict[str, Function]:
    """The functions without those that another stack of the same class declares alike."""
    seen: dict[object, str] = {}
    for name, one in declared.items():
        variables = {key: _content(value) for key, value in one.environment.variables.items()}
        values: tuple[Value[Any], ...] = (
            one.physical_name,
            one.handler,
            one.runtime,
            one.timeout,
            one.memory,
        )
        told = (one.span, *map(_content, values), one.code.path, tuple(variables.items()))
        seen.setdefault((paths[name][1:], told), name)
    return {name: declared[name] for name in seen.values()}


def _content(value: Value[Any]) -> tuple[object, ...]:
    """What is known of a value, wherever it is from."""
    return (*(repr(choice.value) for choice in value.choices), value.reason)


def _at_edge(call: Made, template: Template, scope: Scope) -> tuple[Value[str], Change]:
    """What a behaviour of CloudFront says of the function that it runs (`EdgeLambda`)."""
    lowering = template.lowering(call)
    version = given(call, "function_version")
    entries = {_FUNCTION: lowering.function(version) if version is not None else None}
    named = Properties(lowering.mapping(call.at, entries), scope, call.at.span).text(_FUNCTION)
    return named, at_edge(call.at.span)


def _granted(calls: Sequence[Made]) -> Mapping[int, Sequence[Made]]:
    """The calls of `grant…` methods by who is granted something."""
    found: dict[int, list[Made]] = {}
    for call, holder in roles.granted(calls):
        found.setdefault(id(holder), []).append(call)
    return found


def _scope(app: App, template: Template) -> Scope:
    """The names of the template."""
    entries = list(template.resources.values())
    source = entries[0].key.source
    section = MappingNode(source, 0, 0, entries)
    key = replace(entries[0].key, text="Resources")
    root = MappingNode(source, 0, 0, [Entry(key, section, 0, 0)])
    machine = template.machine
    scope = Scope(app.file, root, machine.tree, nodes.evaluate, budget=machine.budget)
    scope.cases.update({(name, True): case for name, case in template.conditions.items()})
    return scope


def _declared(resource: Resource, made: Made, home: Home, template: Template) -> Function:
    """A function, with what the CDK says in words of its own."""
    found = function(resource)
    given_to = as_function(made)
    stores = {**found.environment.resolved, **filled_in(resource.properties)}
    found = replace(
        found,
        dialect="cdk",
        template=made.block.source.path,
        environment=replace(found.environment, resolved=stores),
    )
    if given(made, "dead_letter_queue_enabled") is not None and found.dead_letter.nowhere:
        queue: Value[str] = Value((), found.span, "the CDK makes the queue")
        found = replace(found, dead_letter=queue)
    if given_to is None:
        return _with_inline(found, made)
    return _with_code(found, given_to, resource, home, template)


def _with_inline(found: Function, made: Made) -> Function:
    """A function whose code stands in its properties, as Python writes it."""
    held = given(made, "code")
    text = given(held, "zip_file") if isinstance(held, Made) else given(made, "inline_code")
    if found.code.kind is not CodeKind.INLINE or text is None:
        return found
    inner = replace(found.code, inline=code.inline(text))
    return replace(found, code=inner)


def _with_code(
    found: Function, made: Made, resource: Resource, home: Home, template: Template
) -> Function:
    lowering = template.lowering(made)
    name = pair(made).rpartition(".")[2]
    yes = Value((Choice(True, found.span),), found.span)
    edge = yes if name == EDGE else found.edge
    if name == PYTHON:
        folder = given(made, "entry")
        held = code.asset(folder, home, resource.scope, lowering, made.at)
        held = replace(held, copied=code.copied(given(made, code.BUNDLING)))
    else:
        held = code.code(given(made, "code"), home, resource.scope, lowering, made.at)
    held = _started(held, resource.properties)
    image = name == IMAGE or held.kind is CodeKind.IMAGE
    package = Value((Choice("Image", found.span),), found.span) if image else found.package_type
    return replace(found, code=held, edge=edge, package_type=package)


def _started(held: Code, properties: Properties) -> Code:
    """The code of an image with what is set in the template to start it."""
    if held.image is None:
        return held
    image = replace(
        held.image,
        entry=properties.texts("ImageConfig", "EntryPoint") or held.image.entry,
        command=properties.texts("ImageConfig", "Command") or held.image.command,
    )
    return replace(held, image=image)


def _said(trigger: Handed, scope: Scope, template: Template) -> Trigger:
    """What a trigger says, and of what."""
    at = trigger.at
    lowering = nodes.Lowering({}, (at,), scope.budget)
    mapping = lowering.mapping(at, trigger.entries)
    if trigger.made is not None and trigger.whole:
        mapping.layout = polling.layout(trigger.made, template.frame(at))
    named = lowering.mapping(at, {_FUNCTION: trigger.named})
    said = Properties(mapping, scope, at.span)
    untold = trigger.polls and trigger.kind is EventKind.OTHER
    event = events.source(
        trigger.name or "",
        kind_of(said.text(trigger.key), scope) if untold else trigger.kind,
        said,
        trigger.key,
        trigger.polls,
        at.span,
        at.span,
    )
    if not trigger.whole:
        switched = event.enabled if ENABLED in trigger.entries else None
        event = replace(event, polling=None, delivery=None, enabled=switched)
    if web_sockets.ROUTE in trigger.entries:
        event = replace(event, route=said.text(web_sockets.ROUTE))
    if trigger.waits:
        event = replace(event, integration_timeout=said.number(TIMEOUT))
    return Trigger(Properties(named, scope, at.span).text(_FUNCTION), event)
