"""The function may run longer than the API that waits for it.

## Why this matters

A REST API and a WebSocket API wait 29 seconds for a function, an HTTP API 30
(less, where the integration says so). After that the caller gets an error with
the status 504 or 503, while the function goes on: it is billed, and does what
it does, though nobody gets the answer, and callers that try again start it once
more.

A timeout a little below the API's own makes the function fail where its logs
show it. Work that takes longer belongs behind a queue, or in Step Functions,
with an answer that says where to ask. A REST API that is Regional or private
may wait longer after its quota is raised, and any for 15 minutes where the
integration streams the answer: say so at the integration, and this rule
compares with that.

Silent where the function outlasts the API by a second only (30 of 29): that costs nobody
anything. Silent also for the route `$disconnect` of a WebSocket API, whose client is gone,
where anything else than APIs triggers the function (but for what only keeps it warm), where
it has a URL, where no timeout is written, where the function itself or another one invokes it
with the type `Event` (the long timeout is for those runs, for which nobody waits; tasks of
Zappa are such), where Zappa runs commands of Django in it, and where it stands for another
service in tests: a word of its name, its handler or the path of its code or template is
`mock`, `stub` or `fake`, or the template lies in a folder of tests.

Where the timeout stands for functions that answer no API, too (`Globals`, `provider`, a
parameter, a variable), the finding is at the function, and its fix sets one for that alone.

## Example

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Timeout: 300
      Events:
        Get: {Type: HttpApi, Properties: {Path: /orders, Method: get}}
```

## Use instead

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Timeout: 28
      Events:
        Get: {Type: HttpApi, Properties: {Path: /orders, Method: get}}
```

## Fix safety

Unsafe: it sets a timeout just below what the API waits, so that work which takes
longer is stopped, where it went on for nobody before. One that only functions of APIs
share is changed for them all.

## References

- https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
- https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html
- https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
- https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lamlint.catalog import ApiFacts
from lamlint.model import EventSource, Function, Origin, Scalar, Value, whole_number
from lamlint.project import Project, hands_itself_work, is_handed_work, serves_only_apis
from lamlint.rule import WARNING, rule
from lamlint.text import Finding, Fix, Regex, Related, Safety

_SECOND = 1000
_PLAYING = Regex(
    r"(?:(?:^|[^A-Za-z])(?:mock|stub|fake)|(?:^|[^A-Z])(?:Mock|Stub|Fake)|MOCK|STUB|FAKE)"
    r"(?:s|ed|S|ED)?(?![a-z]|[-_ ]?(?i:news|reviews?|accounts?|profiles?))"
)
"""A word that says what a function plays; what looks for fakes is no fake."""


@rule(severity=WARNING, since="0.1.0", fix=Safety.UNSAFE)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Compare the timeout with how long the most patient of the function's APIs waits."""
    apis = project.catalog.events.apis
    if not serves_only_apis(function, apis):
        return
    events = [event for event in function.events if not event.only_warms]
    asked = [(event, apis[event.kind.value]) for event in events]
    if project.is_test(function.template) or _plays_another(function):
        return
    waits = [(_waits(event, facts), event, facts) for event, facts in asked if not _is_left(event)]
    longest = [one for one in waits if one[0] is not None]
    if not longest or len(longest) < len(waits):
        return
    found = tuple(_findings(function, project, *max(longest, key=lambda one: one[0] or 0)))
    if found and not _is_handed_work(function, project):
        yield from found


def _plays_another(function: Function) -> bool:
    """Whether it stands for another service in tests, by what it or its code is called."""
    named = [function.physical_name, function.handler, function.code.uri]
    texts = [choice.value for value in named for choice in value.choices]
    paths = (function.name, function.template, function.code.path, *texts)
    return any(_PLAYING.search(path) for path in paths)


def _is_left(event: EventSource) -> bool:
    """Whether it is for clients that have gone: nobody waits for the answer."""
    return event.route is not None and event.route.is_in(["$disconnect"])


def _is_handed_work(function: Function, project: Project) -> bool:
    """Whether what takes long runs in an invocation that it or another function starts."""
    handler = project.handler_of(function) if function.python else None
    own = handler is not None and hands_itself_work(handler, function)
    return own or is_handed_work(function, project)


def _waits(event: EventSource, facts: ApiFacts) -> int | None:
    """How many milliseconds an API waits; None where that is not known."""
    own = event.integration_timeout
    if own is None:
        return None
    if own.nowhere:
        return facts.waits
    each = [whole_number(choice.value) for choice in own.choices]
    found = [one for one in each if one is not None]
    return max(found) if found and len(found) == len(each) else None


def _findings(
    function: Function, project: Project, waits: int | None, event: EventSource, facts: ApiFacts
) -> Iterator[Finding]:
    quota = project.catalog.quotas["timeout"]
    for timeout in function.timeout.taken.each():
        (choice,) = timeout.choices
        seconds = whole_number(choice.value)
        if choice.origin is Origin.DEFAULT or seconds is None or waits is None:
            continue
        if waits + _SECOND < seconds * _SECOND and seconds <= quota.function.most:
            patience, below = f"{waits / _SECOND:,g}", (waits - 1) // _SECOND
            alone = choice.origin is Origin.INHERITED and choice.span in project.shared_timeouts
            less = f"{patience} seconds{' for this function alone' if alone else ''}"
            cure = (
                "give its integration, which streams the answer, a timeout that is as long"
                if event.streamed
                else f"set one below {less}, or let a queue take what takes longer"
            )
            finding = timeout.finding(
                f"the timeout is {seconds:,} seconds, but {facts.what} waits for {patience}, so "
                f"its caller gets an error while the function goes on and is billed: {cure}",
                fix=_fix(timeout, below, alone=alone)
                if below >= quota.function.least and not event.streamed
                else None,
                related=(Related(event.span, f"{function.name} answers this"),),
                cause=function.template,
            )
            yield _at(finding, function, timeout) if alone else finding


def _fix(timeout: Value[Scalar], below: int, *, alone: bool) -> Fix | None:
    title = f"Set a timeout of {below:,} seconds"
    change = timeout.change_here if alone else timeout.change
    return change(below, title, Safety.UNSAFE)


def _at(finding: Finding, function: Function, timeout: Value[Scalar]) -> Finding:
    """The finding at the function, whose timeout others need as it is."""
    own = function.block.covers(timeout.span)
    shared = Related(finding.span, "functions that answer no API have this timeout, too")
    return replace(
        finding,
        span=timeout.span if own else function.span,
        related=(*finding.related, shared),
        subjects=(function.name,),
    )
