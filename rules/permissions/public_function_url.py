"""Everybody who knows its URL can call the function, and its code asks nobody who they are.

## Why this matters

A URL with `AuthType: NONE` is open to the world: it is found by those who look
for such addresses, and each call is billed. That is right for a
web page or a webhook whose code checks a signature. Where the code looks at no header, no
token and no signature, it is worth a thought: `AWS_IAM` lets in only callers who sign
their requests, and a reserved concurrency bounds what the others cost.

Silent where any of that is seen in the code (its names, and the keys that it looks up by; not in
comments, docstrings and messages), where a framework answers that may do
so, and where the code is not here.

## Example

```yaml title="template.yaml"
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: |
        def handler(event, context):
            return {"statusCode": 200, "body": "all is well"}
      FunctionUrlConfig:
        AuthType: NONE
```

## Use instead

```yaml title="template.yaml"
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: |
        def handler(event, context):
            return {"statusCode": 200, "body": "all is well"}
      FunctionUrlConfig:
        AuthType: AWS_IAM
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
- https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html
- https://cwe.mitre.org/data/definitions/306.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Function
from lamlint.project import Project
from lamlint.rule import INFORMATION, rule
from lamlint.text import Finding, Regex, Source

_ASKS = Regex(
    r"(?i)auth(?!or(?!i))|signature|hmac|jwt|token(?!i[sz])|api_?-?key|password|passwd|credential"
    r"|verif|secret|x-[a-z-]{1,30}-(?:id|key)|cookie|\bsession"
    r"|\bmangum\b|\bfastapi\b|\bflask\b|\bdjango\b|\bchalice\b|\bstarlette\b|\bslack_bolt\b"
    r"|\btelegram\b|event_handler|\bnacl\b|\becdsa\b|\bcryptography\b"
)
"""What is seen in code that looks at who calls, or that leaves it to a framework."""
_COUNTS = Regex(
    r"(?i)(?:max|min|input|output|prompt|completion|total|next|continuation|start(?:ing)?|num|n)"
    r"(?:[-_]?[a-z]{1,20}){0,2}[-_]?tokens?(?:[-_]?(?:count|limit|used|details))?"
)
"""Tokens of language models, and of lists that are given page by page."""
_HEADERS = "headers"


@rule(severity=INFORMATION, since="0.1.0", security=3.7)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look for code behind an open URL in which nothing asks who calls."""
    for url in function.urls:
        if url.auth.is_in(["NONE"]) and _asks_nobody(function, project):
            yield url.auth.finding(
                "everybody can call the function by its URL, at your expense, and nothing in its "
                "code looks at who does: set AuthType to AWS_IAM, or check a signature or token",
                cause=function.template,
            )


def _asks_nobody(function: Function, project: Project) -> bool:
    if not function.python or not function.runs_alone or project.lookup_of(function).not_found:
        return False
    modules = list(project.needed(function))
    return bool(modules) and not any(_asks(module.source) for module in modules)


def _asks(source: Source) -> bool:
    """Whether the words of some code, comments and prose aside, say that it looks at who calls."""
    from lamlint.python import said

    words = said(source)
    if words is None:
        return _ASKS.search(source.text) is not None or _HEADERS in source.text
    if _HEADERS in words.attributes or _HEADERS in words.texts:  # a dict with headers is an answer
        return True
    every = words.names | words.attributes | words.texts | words.keys
    return any(_ASKS.search(word) and not _COUNTS.fullmatch(word) for word in every)
