"""Pages of any website may call the function's URL, with the user's cookies or to change things.

## Why this matters

`AllowOrigins: "*"` lets every website that a user visits call the URL from that
user's browser and read the answer. With `AllowCredentials` it may do so as the user, where
the browser lets it; where it does not, the setting does nothing. Either way it is not
what is meant: name the origins.

Without credentials, and where the URL is open to all (`AuthType: NONE`), the
methods that change something are information: a script on any page can call them, from
inside whatever network its visitor is in. Nothing is said where a header that is let in is
a secret, a token or a signature by its name (`X-Alert-Secret`), nor where the code reads
such a header and refuses others, or has a service's library check the signature of what it
sends (Twilio, Stripe, Slack, …): no other page has that. What only a service calls needs no CORS.

## Example

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      FunctionUrlConfig:
        AuthType: NONE
        Cors:
          AllowOrigins: ["*"]
          AllowCredentials: true
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
      FunctionUrlConfig:
        AuthType: NONE
        Cors:
          AllowOrigins: ["https://shop.example.com"]
          AllowCredentials: true
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors
- https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS/Errors/CORSNotSupportingCredentials
- https://cwe.mitre.org/data/definitions/942.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Cors, Function, Url, Value
from lamlint.project import Project
from lamlint.rule import INFORMATION, WARNING, rule
from lamlint.text import Finding

_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE", "*"})
_PROOFS = ("secret", "token", "signature")
"""What the names of headers hold by which a caller shows who it is."""


@rule(severity=WARNING, since="0.1.0", security=4.3)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look at the origins of each URL that are let in with more than a question."""
    for url in function.urls:
        cors = url.cors
        anybody = None if cors is None else _anybody(cors)
        if cors is None or anybody is None:
            continue
        if cors.credentials.is_in([True, "true"]):
            yield anybody.finding(
                "pages of every website may call the URL as the user who visits them, and where "
                "the browser forbids that, AllowCredentials does nothing: name the origins",
                cause=function.template,
            )
        elif _is_open_to_writes(url, cors) and not _asks_who_calls(function, project):
            yield anybody.finding(
                "pages of every website may call the URL with methods that change something, and "
                "Lambda asks nobody who calls: name the origins, or take CORS out if no page "
                "calls it",
                severity=INFORMATION,
                cause=function.template,
            )


def _anybody(cors: Cors) -> Value[str] | None:
    """The origin that stands for all."""
    return next((origin for origin in cors.origins if origin.is_in(["*"])), None)


def _is_open_to_writes(url: Url, cors: Cors) -> bool:
    writes = any(method.is_in(_WRITES) for method in cors.methods)
    return writes and url.auth.is_in(["NONE"]) and not any(map(_proves_who_calls, cors.headers))


def _proves_who_calls(header: Value[str]) -> bool:
    """Whether a header is one by which the code itself asks who calls.

    `Authorization` and those of AWS stand in lists that are copied, asked for or not.
    """
    names = [choice.value.lower() for choice in header.choices]
    own = [name for name in names if not name.startswith("x-amz")]
    return any(word in name for name in own for word in _PROOFS)


def _asks_who_calls(function: Function, project: Project) -> bool:
    """Whether the code itself asks for what only its own callers have."""
    handler = project.handler_of(function)
    if handler is None:
        return False
    from lamlint.python import asks_who_calls  # this needs LibCST

    return asks_who_calls(handler)
