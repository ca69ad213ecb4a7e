"""The queue gives a message that fails back for ever, or gives it up at once.

## Why this matters

A message whose function fails goes back to its queue. Without a redrive policy
it is handed out again and again until the queue's retention ends (four days,
unless the queue says otherwise), and is then deleted without a trace; each
attempt is billed, takes the place of others, and in a queue of FIFO stops all
of its group.

With fewer than two receives a message is given up after its first: a function
that is throttled or stopped for a moment is enough, though nothing is wrong
with the message. AWS asks for five.

Silent for queues that failures are sent to: what is left there is meant to wait.
Information where the handler catches every error and lets none out, and reports no
items that failed: then only a timeout, or a crash, hands a message out again.
The queues of one template are told as one.

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
        Uploads: {Type: SQS, Properties: {Queue: !GetAtt Uploads.Arn}}
  Uploads:
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

## Fix safety

Unsafe: the fix adds a redrive policy with five receives whose target is
`change-me`, since only you know which queue is for failures (`placeholder-value`
reports it until it is replaced); of too few receives it makes five.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
- https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.model import (
    PLACEHOLDER,
    Function,
    Queue,
    Redrive,
    whole_number,
)
from lamlint.project import Project, caught_of
from lamlint.rule import INFORMATION, WARNING, rule
from lamlint.text import Finding, Regex, Related, Safety

if TYPE_CHECKING:
    from lamlint.python import Swallowed

LEAST, ASKED_FOR = 2, 5
_FOR_FAILURES = Regex(r"(?i)dlq|dead[-_]?letter")
_CAUGHT = "what fails here is caught, and not raised again: the message counts as done"


@rule(severity=WARNING, since="0.1.0", fix=Safety.UNSAFE)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look at the redrive policy of each queue that is polled for the function."""
    for event in function.events:
        queue = project.queue(event.source) if event.polling is not None else None
        if queue is None or _is_for_failures(queue, project):
            continue
        related = (Related(event.span, f"{function.name} is handed its messages"),)
        if queue.complete and queue.redrive.nowhere:
            yield _without(queue, function, related, caught_of(function, event, project))
        for few in queue.receives.taken.each():
            receives = whole_number(few.only)
            if receives is not None and receives < LEAST:
                yield few.finding(
                    f"a message of {queue.name} is given up after its first receive, though the "
                    f"function may only have been throttled: set at least {ASKED_FOR} receives",
                    related=related,
                    fix=few.change(ASKED_FOR, f"Set {ASKED_FOR} receives", Safety.UNSAFE),
                    cause=f"{function.template} receives",
                    also=f"so is one of {queue.name}",
                )


def _without(
    queue: Queue, function: Function, related: tuple[Related, ...], caught: Swallowed | None
) -> Finding:
    """A queue without a policy; what is caught fails no message, and is shown."""
    fails = "that fails" if caught is None else "at which the function is stopped"
    shown = () if caught is None else (Related(caught.span, _CAUGHT),)
    return Finding(
        f"{queue.name} has no redrive policy, so a message {fails} is handed out again "
        "until the queue deletes it: set a dead-letter queue, and how often to try",
        queue.span,
        severity=WARNING if caught is None else INFORMATION,
        related=(*related, *shown),
        fix=queue.redrive.change(
            Redrive(PLACEHOLDER, ASKED_FOR), "Add a redrive policy", Safety.UNSAFE
        ),
        subjects=(function.name,),
        cause=function.template if caught is None else f"{function.template} caught",
        also=f"{queue.name} has none, either",
    )


def _is_for_failures(queue: Queue, project: Project) -> bool:
    """Whether what failed elsewhere is sent to a queue, as far as is seen, or by its name."""
    if not queue.identities.isdisjoint(project.failure_targets):
        return True
    return any(_FOR_FAILURES.search(name) for name in queue.identities)
