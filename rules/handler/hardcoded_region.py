"""A client of the AWS SDK is given a region that is written in the code.

## Why this matters

Lambda tells the SDK the region that a function runs in, so a client that is
given none has the right one. A region in the code has to be changed wherever it
stands when a stack is deployed to a second region, for tests or after an outage;
where one is forgotten, the function works on the data of the other region, and
each call takes the way there and back.

Reported are literals, also by way of constants and of parameters that always
get the same one, where the client, resource or session is made: in an
invocation or at import. A region from the environment, an event or an ARN is
none, nor are several regions that a function works through. A service that is
global or in one region only (IAM, CloudFront, Cost Explorer, …), what CloudFront
uses in us-east-1, clients with an `endpoint_url`, functions at the edge and tests
are left alone.

## Example

```python title="src/app.py"
import boto3

QUEUE = boto3.client("sqs", region_name="eu-west-1")


def handler(event, context):
    QUEUE.send_message(QueueUrl=event["queue"], MessageBody="done")
```

```yaml title="template.yaml"
Resources:
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
```

## Use instead

```python title="src/app.py"
import boto3

QUEUE = boto3.client("sqs")


def handler(event, context):
    QUEUE.send_message(QueueUrl=event["queue"], MessageBody="done")
```

```yaml title="template.yaml"
Resources:
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
```

Where it has to be another region than the function's own, give it by the
environment.

## Fix safety

Unsafe: the fix leaves the region out, and what the function works on may really
be in that region only. There is none where the region comes from elsewhere than
the call itself.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
- https://docs.aws.amazon.com/boto3/latest/guide/configuration.html
- https://docs.aws.amazon.com/general/latest/gr/rande.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lamlint.catalog import is_region
from lamlint.project import Project
from lamlint.python import Call, Handler
from lamlint.rule import INFORMATION, Tier, rule
from lamlint.text import Finding, Fix, Safety, Span

_SESSIONS = frozenset(
    {
        "boto3.Session", "boto3.session.Session", "aioboto3.Session", "aioboto3.session.Session",
    }
)  # fmt: skip
_CLIENTS = frozenset(
    {
        "boto3.client", "boto3.resource",
        *(f"{session}.{made}" for session in _SESSIONS for made in ("client", "resource")),
    }
)  # fmt: skip
_IN_A_CLIENT, _IN_A_SESSION, _ENDPOINT = 1, 3, 5
"""The places of `region_name` and `endpoint_url`."""


@rule(severity=INFORMATION, since="0.1.0", tier=Tier.STRICT, fix=Safety.UNSAFE)
def check(handler: Handler, project: Project) -> Iterator[Finding]:
    """Look at the region that each client, resource and session is made with."""
    if not all(function.edge.is_in([False]) for function in handler.functions):
        return
    calls = list(handler.calls(_SESSIONS | _CLIENTS, at_import=True))
    told: set[Span] = set()
    for call in calls:
        region = call.text("region_name", _place(call)).literal
        if region is None or not is_region(region) or project.is_test(call.module.path):
            continue
        clients = _clients(call, calls)
        if call.is_dead or call.span in told or not clients:
            continue
        if all(_is_of_any_region(client, region, project) for client in clients):
            told.add(call.span)
            yield call.finding(
                f"the region {region} is written in the code, so that the function works there "
                "wherever it is deployed: leave region_name out, as Lambda sets the region",
                fix=_fix(call),
            )


def _place(call: Call) -> int:
    return _IN_A_SESSION if call.name in _SESSIONS else _IN_A_CLIENT


def _clients(call: Call, calls: Sequence[Call]) -> list[Call]:
    """The clients that get the region: that which is made, or those of the session."""
    if call.name in _CLIENTS:
        return [call]
    return [other for other in calls if other.name in _CLIENTS and other.comes_from(call)]


def _is_of_any_region(client: Call, region: str, project: Project) -> bool:
    """Whether a client is surely for a service that is where the function is."""
    pinned = not client.service or project.catalog.regions.pins(client.service, region)
    return not pinned and client.lacks("endpoint_url", _ENDPOINT)


def _fix(call: Call) -> Fix | None:
    """The fix, where the region stands in the call itself and nobody hands it on."""
    region = call.value("region_name", _place(call))
    if not region.known or not call.span.covers(region.choices[0].span):
        return None
    return call.without("region_name", _place(call))
