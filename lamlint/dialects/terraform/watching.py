"""What brings work rarely: topics that alarms publish to, queues that dead letters are left in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from lamlint.dialects import rarely
from lamlint.dialects.properties import Properties
from lamlint.dialects.terraform.uses import Resource
from lamlint.dialects.tree.hcl import Block
from lamlint.model import Function, Value
from lamlint.text import Source, Span
from lamlint.text.regex import Regex

ALARMS = ("aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm")
_TOPIC = "aws_sns_topic"
_SILENT = frozenset({*ALARMS, "aws_sns_topic_subscription", "aws_lambda_permission"})
"""Resources that may name a topic, and of which none but alarms publish to it."""
_ALLOWING = frozenset({_TOPIC, "aws_sns_topic_policy", "aws_iam_policy_document"})
"""What may say who publishes to a topic."""
_SERVICE = Regex(r"\b([\w-]{1,64})\.amazonaws\.com\b")
_PRINCIPALS = Regex(r"\bprincipals\b")
_NAMING = Regex(r'\b(aws_sns_topic\.[\w-]{1,255})|[":]([\w-]{1,256})"')


def actions(alarm: Properties) -> Iterator[Value[str]]:
    """What an alarm tells of a change of its state: topics, functions and others."""
    for key in ("alarm_actions", "ok_actions", "insufficient_data_actions"):
        yield from alarm.texts(key)


def is_of_errors(alarm: Properties) -> bool:
    """Whether an alarm watches the errors of functions."""
    of_functions = alarm.text("namespace").is_in(["AWS/Lambda"])
    return of_functions and alarm.text("metric_name").is_in(["Errors"])


def with_alarms(
    functions: Sequence[Function], resources: Sequence[Resource]
) -> tuple[Function, ...]:
    """The functions, with a mark at each trigger that brings work rarely."""
    own = [one for one in resources if one.block_.kind == "resource"]
    return rarely.marked(functions, _topics(own), _dead_letters(own))


def _topics(resources: Sequence[Resource]) -> Iterator[str]:
    """The topics that alarms tell, and that nothing else in their module speaks of."""
    alarms = [one.properties for one in resources if one.kind in ALARMS]
    told = {target for alarm in alarms for action in actions(alarm) for target in action.targets}
    for one in resources:
        if one.kind == _TOPIC and not told.isdisjoint(one.identities) and _only_alarms(one):
            yield from one.identities


def _only_alarms(topic: Resource) -> bool:
    """Whether all that names a topic in its module is silent, but for alarms."""
    blocks = topic.scope.module.blocks
    silent = sorted(one.source.span(one.start, one.end) for one in blocks if _is_silent(one))
    return all(rarely.lies_in(silent, mention) for mention in _mentions(topic))


def _is_silent(block: Block) -> bool:
    kind = block.labels[0].text if len(block.labels) == 2 else ""
    return kind in _SILENT or (kind in _ALLOWING and not _lets_others_publish(block))


def _lets_others_publish(block: Block) -> bool:
    """Whether a policy names another service than CloudWatch, or is one of who publishes."""
    text = block.source.text[block.start : block.end]
    if block.labels[0].text == "aws_iam_policy_document" and not _PRINCIPALS.search(text):
        return True
    return any(service != "cloudwatch" for service in _SERVICE.findall(text))


def _mentions(topic: Resource) -> Iterator[Span]:
    """Where the files of a topic's module have its address, or its name at the end of a text."""
    names = {choice.value for choice in topic.properties.text("name").choices}
    for source in dict.fromkeys(one.source for one in topic.scope.module.blocks):
        places = source.once(_NAMING, partial(_places, source))
        for name in {*names, f"{_TOPIC}.{topic.label.text}"}:
            yield from places.get(name, ())


def _places(source: Source) -> dict[str, list[Span]]:
    """Where each address of a topic, and each name at the end of a text, stands."""
    found: dict[str, list[Span]] = {}
    for one in _NAMING.finditer(source.text):
        found.setdefault(one[1] or one[2], []).append(source.span(*one.span()))
    return found


def _dead_letters(resources: Sequence[Resource]) -> Iterator[str]:
    """What queues, subscriptions and triggers name as the place for what failed."""
    for one in resources:
        given = one.properties
        yield from given.text("redrive_policy", "deadLetterTargetArn").targets
        yield from given.text("destination_config", "on_failure", "destination_arn").targets
