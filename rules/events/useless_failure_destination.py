"""A place for failures is set where nothing is ever sent to it, or where Lambda refuses it.

## Why this matters

The dead-letter queue of a function, and the on-failure destination of its
asynchronous invocations, are for events that Lambda took and that nobody waits
for. Where every trigger waits for the answer (an API, a load balancer,
Cognito) or is polled (a queue, a stream), nothing is ever sent there: who
watches it sees no failure, and believes that there is none.

What fails of a queue belongs in the queue's own redrive policy, what fails of
a stream in the on-failure destination of its event source mapping. The mapping
of a queue takes no destination at all: the deployment fails, which is an error.

So it is with the redrive policy of a queue whose handler catches every error and reports
no items that failed: each message counts as done and is deleted, whatever became of it. It
reports none, too, where the mapping asks for them (`ReportBatchItemFailures`), and all that it
answers is written out without `batchItemFailures`.
Silent where what catches it tells somebody or writes it down elsewhere than in the log, or
where a variable names the dead-letter queue, as the code may send there itself.

Silent where no trigger is declared or one is not known, where it is shared by
functions (`Globals`), and where something else of the project may invoke the
function: another one that is given its name, or puts it together (`f"app-{stage}-worker"`),
or a role that may invoke any.

## Example

```yaml title="template.yaml"
Resources:
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Failed.Arn}
      Events:
        Uploads: {Type: SQS, Properties: {Queue: !GetAtt Uploads.Arn}}
  Uploads:
    Type: AWS::SQS::Queue
  Failed:
    Type: AWS::SQS::Queue
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
      Events:
        Uploads: {Type: SQS, Properties: {Queue: !GetAtt Uploads.Arn}}
  Uploads:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}
  Failed:
    Type: AWS::SQS::Queue
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
- https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
- https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import (
    NOT_SET,
    EventKind,
    EventSource,
    Function,
    Invocation,
    Origin,
    Queue,
    Statement,
    Value,
)
from lamlint.project import Project, caught_of, is_invoked
from lamlint.rule import ERROR, INFORMATION, rule
from lamlint.text import Finding, Related

_WAITING = frozenset({Invocation.SYNCHRONOUS, Invocation.POLLED})
_STREAMS = frozenset({EventKind.KINESIS, EventKind.DYNAMODB, EventKind.MSK, EventKind.KAFKA})
"""What is polled by mappings that take a destination for failures."""
_INVOKERS = frozenset(
    {
        "apigateway.amazonaws.com",
        "elasticloadbalancing.amazonaws.com",
        "cognito-idp.amazonaws.com",
        "alexa-appkit.amazon.com",
    }
)
"""Who waits for the answer of a function that it invokes."""
_CAUGHT = "what fails here is caught, and not raised again: the message counts as done"
_MAY_INVOKE = ("lambda:invoke", "lambda:*")


@rule(severity=INFORMATION, since="0.1.0")
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look for places for failures where every trigger waits, or is polled."""
    yield from _refused(function)
    yield from _of_caught(function, project)
    if not function.events or not all(one.invocation in _WAITING for one in function.events):
        return
    places = [function.dead_letter, *(one.on_failure for one in function.asynchronous)]
    written = [place for place in places if _is_own(place)]
    if not written or _may_be_invoked(function, project):
        return
    told = tuple(Related(event.span, _why(event.invocation)) for event in function.events)
    for place in written:
        yield place.finding(
            "all that triggers the function waits for its answer or is polled, so Lambda sends "
            f"nothing that fails here: {_instead(function, project)}",
            related=told,
            cause=function.template,
        )


def _refused(function: Function) -> Iterator[Finding]:
    """The destinations of mappings that poll queues: Lambda takes none there."""
    for event in function.events:
        if event.kind is EventKind.SQS and event.polling is not None:
            place = event.polling.on_failure
            if _is_set(place):
                yield place.finding(
                    "the event source mapping of a queue takes no destination for failures, so "
                    "the deployment fails: remove it, and set the queue's own redrive policy",
                    severity=ERROR,
                    related=(Related(event.span, f"{function.name} is handed its messages"),),
                )


def _of_caught(function: Function, project: Project) -> Iterator[Finding]:
    """The redrive policies of queues whose handler lets no error out: it deletes what failed."""
    for event in function.events:
        queue = project.queue(event.source) if event.kind is EventKind.SQS else None
        if queue is None or not _is_sure(queue.redrive) or _has(function, queue.redrive.targets):
            continue
        caught = caught_of(function, event, project)
        if caught is not None and not caught.sends:
            yield queue.redrive.finding(
                f"the handler catches every error, so a message of {queue.name} that fails counts "
                "as done and is deleted, and next to none is ever redriven: raise the error again, "
                f"or {_how_told(event)}",
                related=(
                    Related(event.span, f"{function.name} is handed its messages"),
                    Related(caught.span, _CAUGHT),
                ),
                cause=f"{function.template} caught",
            )


def _how_told(event: EventSource) -> str:
    """How a handler says which messages failed, as far as that is left to do."""
    if event.polling is not None and event.polling.reports_failures.is_in([True]):
        return "answer which items failed (batchItemFailures), as its mapping lets it"
    return "report the items that failed (ReportBatchItemFailures)"


def _is_sure(redrive: Value[str]) -> bool:
    """Whether a queue surely has a redrive policy."""
    return not redrive.nowhere and bool(redrive.choices or redrive.targets)


def _has(function: Function, targets: frozenset[str]) -> bool:
    """Whether a variable of a function names a queue for failures, so that it may send there."""
    variables = function.environment.variables.values()
    return any(not targets.isdisjoint(value.targets) for value in variables)


def _is_set(place: Value[str]) -> bool:
    """Whether something is surely written there."""
    return bool(place.choices or place.targets) and place.reason != NOT_SET


def _is_own(place: Value[str]) -> bool:
    """Whether it is written at the function itself: what many share is for the others."""
    return _is_set(place) and all(one.origin is Origin.WRITTEN for one in place.choices)


def _why(invocation: Invocation | None) -> str:
    return "this is polled" if invocation is Invocation.POLLED else "this waits for the answer"


def _instead(function: Function, project: Project) -> str:
    kinds = {event.kind for event in function.events if event.mapping}
    if EventKind.SQS in kinds:
        return _of_queues(function, project)
    if kinds and kinds <= _STREAMS:
        return "remove it, and set an on-failure destination of the event source mapping"
    if kinds:
        return (
            "remove it, and set the redrive policy of what is polled where that is a queue, else "
            "an on-failure destination of the event source mapping"
        )
    return "remove it, and answer with an error that who waits can see"


def _of_queues(function: Function, project: Project) -> str:
    """What to do where queues are polled: only those without a redrive policy need one."""
    polled = [event.source for event in function.events if event.kind is EventKind.SQS]
    queues = [project.named(source, Queue) for source in polled]
    policies = [queue.redrive for queue in queues if queue is not None]
    if len(policies) == len(queues) and all(map(_is_set, policies)):
        return "remove it; what fails goes where the redrive policy of the queue says"
    where = "" if all(one.nowhere for one in policies) else " where it has none"
    return f"remove it, and set the redrive policy of the queue that is polled{where}"


def _may_be_invoked(function: Function, project: Project) -> bool:
    """Whether something else than its triggers may invoke the function, and may not wait."""
    if not all(one.principal.is_in(_INVOKERS) for one in function.invoke_permissions):
        return True
    if any(map(_allows_invoking, (one for role in project.roles for one in role.statements))):
        return True
    own = {function.id} | function.physical_name.targets
    named = any(
        not own.isdisjoint(value.targets)
        for other in project.functions
        for value in other.environment.variables.values()
    )
    return named or is_invoked(function, project)


def _allows_invoking(statement: Statement) -> bool:
    actions = (action.lower() for action in statement.actions)
    allowed = any(action.startswith(_MAY_INVOKE) or action == "*" for action in actions)
    return statement.effect == "Allow" and allowed
