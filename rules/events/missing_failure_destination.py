"""Events that fail are dropped: there is no place where they would be kept.

## Why this matters

S3, SNS, EventBridge and others hand their events over and do not wait. Lambda
keeps each event in a queue of its own, tries a failing one three times within
some minutes (for up to six hours, where the function is throttled), and then
deletes it. The log has the error, and no queue the event: an alarm on errors, or a service
that tracks them (the finding shows either, where there is one), does not bring it back.

A dead-letter queue (of the function) or an on-failure destination (of its
asynchronous invocations, which also tells what went wrong) keeps such events.
The queues of a rule, a schedule or a subscription do not: they are for what
could not be handed to Lambda at all, and what Lambda has taken was handed over.

For a function on a schedule it is information, since the next run may make up
for the one that was lost; nothing is said where that run, of any of its schedules, is less
than a day away, nor where somebody is told of the failure (an alarm on the function's errors
that has an action, or Sentry, Datadog and others by their integration for Lambda): such an
event holds nothing.
It is information for a handler that reads nothing of its event (to log it is not to read
it), since the next event makes it do the same. What is worth nothing some minutes later is silent:
the warning that a Spot instance is interrupted.
It is information, too, where the code was not read (Node.js, a file that is too large,
code that lies elsewhere): whether any error gets out of it is not known.
Silent for subscriptions to logs, whose events the log group keeps, and for a handler that
surely only computes, answers what stands in it and writes a log, as a placeholder does, unless it
stands in the template: nothing of it fails.
Silent where the handler lets no error out: what it does lies in a `try` (one or several,
in a loop, in a function that it calls, or in a decorator of the project) that catches
all (`except Exception`) and logs, publishes or answers it; so it is below a decorator
that declares its trigger (`@app.schedule` of Chalice). Lambda then takes every run
for a success, tries nothing again, and would send nothing to any queue, but for a
timeout. Reading the event is not counted: what Lambda hands over can be read. Where
some of what is done lies outside, the finding shows what is caught: that is kept
nowhere either. It shows, too, what tells somebody (a topic, a mail, a chat), or counts a
metric, and raises the error again: then there is a trace of the failure, but not of its event.
Silent for what is switched off, or on only where a variable of the deployment says so, for
what only keeps a function warm, for what answers by itself or waits
(custom resources, rotation of secrets, AWS Config, Cognito, APIs), for queues and
streams, which keep what fails, and where any qualifier of the function has a
place for failures, and where another scanner is told at the function to skip the same
(`checkov:skip=CKV_AWS_116`, or its metadata and those of cdk-nag and Guard). While
`event-loop` tells that what triggers the function is written by itself, it waits: that
is to be mended first.

## Example

```yaml title="template.yaml"
Resources:
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Events:
        Uploaded:
          Type: S3
          Properties:
            Bucket: !Ref Uploads
            Events: s3:ObjectCreated:*
  Uploads:
    Type: AWS::S3::Bucket
```

## Use instead

```yaml title="template.yaml"
Resources:
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      EventInvokeConfig:
        DestinationConfig:
          OnFailure:
            Type: SQS
            Destination: !GetAtt Failed.Arn
      Events:
        Uploaded:
          Type: S3
          Properties:
            Bucket: !Ref Uploads
            Events: s3:ObjectCreated:*
  Uploads:
    Type: AWS::S3::Bucket
  Failed:
    Type: AWS::SQS::Queue
```

## Fix safety

Unsafe: the fix adds a dead-letter queue that is `change-me`, since only you know
which queue is for failures; `placeholder-value` reports it until it is replaced.
In the CDK it asks for a queue that the CDK makes (`dead_letter_queue_enabled`).
For Chalice there is none, as it has no setting for this.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
- https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
- https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from lamlint.model import (
    PLACEHOLDER,
    EventKind,
    EventSource,
    Function,
    Invocation,
    sure_paces,
    whole_number,
)
from lamlint.project import Handling, Project, handlings, tracked
from lamlint.rule import INFORMATION, WARNING, rule
from lamlint.text import Finding, Related, Safety

if TYPE_CHECKING:
    from lamlint.python import Swallowed

_LOST = {
    EventKind.S3: "an event of S3",
    EventKind.SNS: "a message of SNS",
    EventKind.EVENTBRIDGE: "an event of EventBridge",
    EventKind.IOT: "a message of IoT",
    EventKind.SES: "a mail that SES received",
    EventKind.PIPE: "a batch of the pipe",
    EventKind.SCHEDULE: "a run of the schedule",
}
"""What is lost for good, by what triggers: what answers by itself is not here."""
_OWN_QUEUE = {
    EventKind.SNS: "subscription",
    EventKind.EVENTBRIDGE: "rule",
    EventKind.SCHEDULE: "schedule",
}
_LONG = timedelta(days=1)
"""How far apart runs of a schedule are of which a lost one is missed."""
_MOST = 20
"""So many schedules of a function are looked at that may be switched off."""
_BY_THIS = "is invoked asynchronously by this"
_CAUGHT = "what fails here is caught, and not raised again: it counts as done"
_NOWHERE = f"{_CAUGHT}, and is kept nowhere"
_TOLD = "what fails here is told, and raised again: what it was about is kept nowhere"
_TELLS = "this alarm tells that something failed, and not what"
_TRACKS = "this tells of what failed, and keeps no event to try again"
_REPEATED = "only the next run may make up for it"
_NEXT = "only the next one may make up for it"
_UNREAD = "only the next one may make up for it, as the handler reads nothing of either"
"""Why what is lost would be worth little, were it kept."""
_HOW = {
    "chalice": " with aws lambda put-function-event-invoke-config, or in a template that "
    "chalice package merges into its own, as Chalice has no setting for it"
}
"""How that is done where the configuration of a tool cannot say it."""
_TIMES = {1: "once", 2: "twice", 3: "three times"}


_SAME = ("CKV_AWS_116", "LambdaDLQ", "LAMBDA_DLQ_CHECK")
"""What checkov, cdk-nag and CloudFormation Guard call it."""


@rule(severity=WARNING, since="0.1.0", fix=Safety.UNSAFE, after="event-loop", marks=_SAME)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look for a place for failures where something is surely invoked asynchronously."""
    lost = list(_lost(function.events))
    if not lost or _keeps_failures(function):
        return
    read = dict(handlings(function, lost, project))
    failing = [
        event
        for event in lost
        if not (_ends_all(read.get(event.block)) or _is_passing(event, project))
    ]
    tracking = tracked(function) or next((one.tracks for one in read.values() if one.tracks), None)
    is_told = tracking is not None or function.alarmed
    if not failing or (is_told and all(one.kind is EventKind.SCHEDULE for one in failing)):
        return
    worth = {event.block: _worth(event, read.get(event.block)) for event in failing}
    lasting = [event for event in failing if not worth[event.block]]
    known = all(event.block in read for event in failing)
    is_seen = is_told or function.watched is not None
    ends = [end for one in read.values() if (end := one.swallows) is not None and not end.wholly]
    told = lasting or failing
    worthless = dict.fromkeys(worth[event.block] for event in told)
    finding = function.finding(
        _message(function, told, _later(worthless), read=known, seen=is_seen or bool(ends)),
        fix=function.dead_letter.change(PLACEHOLDER, "Add a dead-letter queue", Safety.UNSAFE),
        severity=WARNING if lasting and known else INFORMATION,
        related=(
            *(Related(one.span, f"{function.name} {_BY_THIS}") for one in failing),
            *(Related(one.span, _what_becomes(one)) for one in ends[:1]),
            *([Related(function.watched, _TELLS)] if function.watched is not None else []),
            *([Related(tracking, _TRACKS)] if tracking is not None else []),
        ),
    )
    yield dataclasses.replace(finding, cause=function.template)


def _is_passing(event: EventSource, project: Project) -> bool:
    """Whether an event that is kept would be worth nothing later."""
    types = event.listed.get("detail-type", ())
    return bool(types) and project.catalog.events.passing.issuperset(types)


def _worth(event: EventSource, code: Handling | None) -> str:
    """Why an event that is kept would be worth little later; empty where it would be."""
    if event.kind is EventKind.SCHEDULE:
        return _REPEATED
    return _UNREAD if code is not None and not code.reads else ""


def _later(reasons: Collection[str]) -> str:
    """What makes up for events that are worth little later: of several reasons none is told."""
    return next(iter(reasons), "") if len(reasons) < 2 else _NEXT


def _what_becomes(end: Swallowed) -> str:
    """What is said of a clause that ends an error, or tells of it."""
    if end.told:
        return _TOLD
    return _CAUGHT if end.kept else _NOWHERE


def _ends_all(code: Handling | None) -> bool:
    if code is None:
        return False
    return not code.fails or (code.swallows is not None and code.swallows.wholly)


def _lost(events: Sequence[EventSource]) -> Iterator[EventSource]:
    """What is lost for good: of schedules, where no next run is surely less than a day away."""
    together = [one for one in events if _surely_runs(one)]
    soon = _follow_soon(together)
    switched = 0
    for event in events:
        if not _is_pushed(event):
            continue
        if event.expression is None or (_surely_runs(event) and not soon):
            yield event
        elif not soon and switched < _MOST:
            switched += 1
            if not _follow_soon([*together, event]):
                yield event


def _is_pushed(event: EventSource) -> bool:
    """Whether it is handed over, and nobody waits for what becomes of it."""
    pushed = event.invocation is Invocation.ASYNCHRONOUS and event.seen_on
    return pushed and event.kind in _LOST and not event.only_warms


def _follow_soon(events: Sequence[EventSource]) -> bool:
    """Whether runs of some schedules surely follow each other in less than a day."""
    paces = sure_paces(events, _LONG)
    return bool(paces) and all(one.surely_gap < _LONG for one in paces)


def _surely_runs(event: EventSource) -> bool:
    """Whether a trigger is switched on, and does not only keep the function warm."""
    on = event.enabled is None or event.enabled.is_in([True])
    return on and not event.only_warms


def _keeps_failures(function: Function) -> bool:
    """Whether failures may be kept: of any qualifier, by anything that is not surely absent."""
    places = [function.dead_letter, *(one.on_failure for one in function.asynchronous)]
    return not all(place.nowhere for place in places)


def _message(
    function: Function, lost: Sequence[EventSource], worthless: str, *, read: bool, seen: bool
) -> str:
    kinds = dict.fromkeys(event.kind for event in lost)
    what = " or ".join(_LOST[kind] for kind in kinds)
    later = f", and {worthless}" if worthless else ""
    own = {_OWN_QUEUE[one.kind] for one in lost if _has_own_queue(one)}
    queues = " and ".join(sorted(own))
    only = f" (the queue of the {queues} is for what never reached Lambda)" if own else ""
    lets_out = "" if read else ", if its code, which lamlint has not read, lets errors out"
    trace = "" if seen or not read else " with no trace but in the log"
    return (
        f"{what} that fails {_tries(function)} is dropped{trace}{later}{only}{lets_out}: "
        f"add a dead-letter queue or an on-failure destination{_HOW.get(function.dialect, '')}"
    )


def _has_own_queue(event: EventSource) -> bool:
    return event.delivery is not None and not event.delivery.dead_letter.nowhere


def _tries(function: Function) -> str:
    """How often Lambda tries an event today."""
    retries = {whole_number(one.retries.only) for one in function.asynchronous if one.retries.known}
    (tried, *others) = {2 if one is None else one for one in retries} or {2}
    return _TIMES.get(tried + 1, "again and again") if not others else "each time"
