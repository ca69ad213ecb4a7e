"""The queue shows a message again while the function may still be working on it.

## Why this matters

A message that Lambda took from a queue is hidden for the queue's visibility
timeout, and deleted when the function is done with it. Where that is shorter
than the function's timeout, Lambda refuses the event source mapping, and the
deployment fails: the queue's default is 30 seconds.

AWS asks for six times the function's timeout, and the batching window beside.
Lambda may have to try a batch again while the function is throttled; with
less time the message is shown to another invocation meanwhile, which then does
the same work, and a message that was slow twice or thrice lands in the
dead-letter queue though it never failed. From four times the function's
timeout on, there is room for that, if less than AWS asks for: it is
information. Where the mapping has a maximum concurrency, for which no less is reserved,
Lambda takes no more messages than the function can work on, and a batch seldom waits: nothing
is said where the queue hides messages for longer than the function's timeout and the batching
window, and it is information up to there. So it is where the handler surely only computes and
writes a log, as a placeholder does, unless it stands in the template: then nothing is done
twice. The queues of one template that can be deployed are told as one.

## Example

```yaml title="template.yaml"
Resources:
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Timeout: 60
      Events:
        Uploads:
          Type: SQS
          Properties:
            Queue: !GetAtt Uploads.Arn
  Uploads:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 30
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
      Timeout: 60
      Events:
        Uploads:
          Type: SQS
          Properties:
            Queue: !GetAtt Uploads.Arn
  Uploads:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 360
```

## Fix safety

Safe below the function's timeout: that cannot be deployed at all, so nothing
that works is changed. Unsafe above it: a message whose function died is then
shown again later. The fix writes six times the function's timeout, and the
batching window beside. There is none where the function's timeout changes with the
queue's: it is the same parameter, or calculated from it, as in Terraform
(a half of it). There the ratio is to be changed.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
- https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lamlint.model import Choice, EventSource, Function, Polling, Queue, Scalar, Value, whole_number
from lamlint.project import Project, only_logs
from lamlint.rule import ERROR, INFORMATION, WARNING, rule
from lamlint.text import Finding, Related, Safety, Severity

TIMES = 6
"""How many times the function's timeout AWS asks for."""
_ROOM = 4
"""From how many times on a throttled batch is rarely shown to another invocation."""


@rule(severity=ERROR, since="0.1.0", fix=Safety.SAFE)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Compare the visibility timeout of each queue with what its function may take."""
    most = project.catalog.quotas["timeout"].managed_instances.most
    for event in function.events:
        queue = project.queue(event.source) if event.polling is not None else None
        if queue is not None and event.polling is not None:
            for finding in _findings(function, event, queue, event.polling, most):
                idle = finding.severity is WARNING and only_logs(function, project)
                yield replace(finding, severity=INFORMATION) if idle else finding


@dataclass(frozen=True)
class _Need:
    """How long a message has to be hidden, where a queue's timeout is one of its choices."""

    visibility: Value[Scalar]
    seconds: int
    timeout: int
    window: int
    most: int
    """How many batches the function works on at a time, where no more are taken; else 0."""
    follows: bool
    """Whether the function's timeout changes with the queue's: to set that mends nothing."""

    @property
    def wanted(self) -> int:
        """As long as AWS asks for."""
        return TIMES * self.timeout + self.window

    @property
    def severity(self) -> Severity:
        """How much it matters, where the deployment does not fail."""
        roomy = self.seconds >= _ROOM * self.timeout + self.window
        return INFORMATION if roomy or self.most > 0 else WARNING

    @property
    def met(self) -> bool:
        """Whether it is hidden long enough, also where batches hardly ever wait."""
        seldom = self.most > 0 and self.seconds > self.timeout + self.window
        return seldom or self.seconds >= self.wanted


def _findings(
    function: Function, event: EventSource, queue: Queue, polling: Polling, most: int
) -> Iterator[Finding]:
    visibility = queue.visibility_timeout.taken
    needs = [_need(one, function, polling, most) for one in visibility.each()]
    refused = [one for one in needs if one is not None and one.seconds < one.timeout]
    always = len(refused) == len(needs)
    related = tuple(
        Related(choice.span, f"{function.name} may take this long")
        for choice in function.timeout.choices
    )
    for need in needs:
        if need is None or need.met:
            continue
        fails = need in refused
        said = _refused if fails else _short
        safety = Safety.SAFE if fails else Safety.UNSAFE
        yield need.visibility.finding(
            f"the queue hides a message for {need.seconds:,} seconds, {said(need, function.name)}",
            fix=None
            if need.follows
            else need.visibility.change(
                need.wanted, f"Set a visibility timeout of {need.wanted:,} seconds", safety
            ),
            severity=ERROR if fails and always else need.severity,
            related=(Related(event.span, f"{function.name} is handed its messages"), *related),
            cause="" if fails else function.template,
            also=f"here it is {need.seconds:,} seconds, and {function.name} may take "
            f"{need.timeout:,}{_mended(need)}",
        )


def _refused(need: _Need, name: str) -> str:
    return (
        f"less than the {need.timeout:,} that {name} may take, so the deployment fails"
        f"{_mended(need)}"
    )


def _short(need: _Need, name: str) -> str:
    rare = f", rare with a maximum concurrency of {need.most:,}," if need.most else ""
    return (
        f"and {name} may take {need.timeout:,}, so a batch that waits while the function is "
        f"throttled{rare} is handed out a second time{_mended(need)}"
    )


def _mended(need: _Need) -> str:
    """What to do, as the end of a sentence."""
    if need.follows:
        less = f", less the batching window of {need.window:,}" if need.window else ""
        return f"; the function's timeout changes with it: let that be a sixth of it at most{less}"
    beside = f" and the batching window of {need.window:,}" if need.window else ""
    return f": set {TIMES} times the function's timeout{beside}, {need.wanted:,} seconds"


def _need(
    visibility: Value[Scalar], function: Function, polling: Polling, most: int
) -> _Need | None:
    """What is needed in the case of one visibility timeout; None where that is not known."""
    (choice,) = visibility.choices
    seconds = whole_number(choice.value)
    taken = function.timeout.taken.where(choice)
    timeouts = _numbers(taken, choice)
    if seconds is None or not timeouts or not 0 < min(timeouts) <= most:
        return None
    windows = _numbers(polling.window, choice)
    return _Need(
        visibility,
        seconds,
        min(timeouts),
        min(windows, default=0),
        _most(function, polling),
        any(one.follows(choice) for one in taken.choices),
    )


def _most(function: Function, polling: Polling) -> int:
    """How many batches are taken at a time; 0 where nothing, or what is reserved, says less."""
    most = _only(polling.maximum_concurrency)
    reserved = _only(function.reserved_concurrency)
    return most if most is not None and (reserved is None or reserved >= most) else 0


def _only(value: Value[Scalar]) -> int | None:
    """What a value is, where that is known."""
    return whole_number(value.only) if value.known else None


def _numbers(value: Value[Scalar], where: Choice[Scalar]) -> list[int]:
    """What a value can be in some case; nothing where one of it is no number."""
    found = [whole_number(one.value) for one in value.where(where).choices]
    known = [one for one in found if one is not None]
    return known if len(known) == len(found) else []
