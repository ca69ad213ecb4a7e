"""AWS keys stand in the code, where the function's role would do.

## Why this matters
A function has the credentials of its execution role, short-lived and renewed
by AWS. Keys in the code are neither: whoever reads the package has them until
somebody remembers to take them away, and they bypass what the role allows.

Reported are literal keys given to the SDK, by keyword or by position, both halves of a
key side by side in any call, keys written into `os.environ`, and key ids in any literal.
Temporary keys (`ASIA…`) expire within 36 hours, and cannot be disabled: the finding says so.
Keys that say of themselves that they are none (`testing`, `AKIA…EXAMPLE`) are not.

## Example
```python title="app.py"
import boto3

S3 = boto3.client("s3", aws_access_key_id="AKIAREPORTS0120A9", aws_session_token="q8Zk2mWv7Lr3")


def handler(event, context):
    return S3.list_buckets()["Buckets"]
```

## Use instead
```python title="app.py"
import boto3

S3 = boto3.client("s3")


def handler(event, context):
    return S3.list_buckets()["Buckets"]
```

## Fix safety
Unsafe: the fix drops the arguments, and the SDK takes the function's role,
which may be allowed less, or belong to another account. For a role of another
account, `sts.assume_role` is the way. Disable the keys either way.

## References
- https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
- https://cwe.mitre.org/data/definitions/798.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.rule import ERROR, rule
from lamlint.secrets import AGAIN, NAMED, lowered, redact, same, told_there, weight
from lamlint.text import Finding, Fix, Regex, Safety

if TYPE_CHECKING:
    from lamlint.project import Project
    from lamlint.python import Module
    from lamlint.secrets import Keys

_WHOLE = "whoever reads the package can use it, and the function's role is not what decides"
_HALF = "the function's role gives it keys of its own, and the secret half is seldom far"
_CURE = "disable the key in IAM, take it out and allow the role what it is for"
_PASSING = (
    "it is temporary, so whoever reads the package can use it for 36 hours at most, and every call "
    "with it fails from then on; take it out and allow the role what it is for"
)
_NAMES = ("awsaccess", "awssecret", "awssession", "aws_access", "aws_secret", "aws_session",
          "secretaccess", "secret_access")  # fmt: skip
_IDS = ("AKIA", "ASIA", "ABIA", "ACCA", "A3T")
_MAKING = ("Session(", "client(", "resource(")
_BY_POSITION = Regex(r"Session\(\s*[\"']|(?:client|resource)\((?:[^()]*,){6}")


@rule(
    severity=ERROR,
    since="0.1.0",
    fix=Safety.UNSAFE,
    security=9.0,
    sees_every_module=True,
    secret=True,
)
def check(module: Module, project: Project) -> Iterator[Finding]:
    """Look for keys in the text, then parse what may hold one, and all only where it does."""
    text = module.source.text
    if not _worth_parsing(text):
        return
    from lamlint.secrets import candidates, keys

    part = candidates(module)
    if part is None or next(keys(part), None) is None:
        return
    for found in keys(module):
        if found.kind == NAMED and project.is_test(module.path):
            continue  # what a mock is given has no form
        place = module.source.span(found.start, found.end)
        if told_there(project.variables.get(module.path, ()), place):
            continue
        secret = text[found.start : found.end]
        severity = weight(project, module.path, found.kind, secret, pair=found.pair)
        if severity is None:
            continue
        yield Finding(
            f"{found.title} {found.where} ({redact(secret)}): {_what_it_costs(found)}",
            place,
            severity=severity,
            fix=_fix(module, found),
            cause=same(secret),
            also=AGAIN,
        )


def _what_it_costs(found: Keys) -> str:
    if found.temporary:
        return _PASSING
    return f"{_HALF if found.half else _WHOLE}; {_CURE}"


def _worth_parsing(text: str) -> bool:
    low = lowered(text)
    if any(name in low for name in _NAMES) or any(word in text for word in _IDS):
        return True
    return any(call in text for call in _MAKING) and bool(_BY_POSITION.search(text))


def _fix(module: Module, found: Keys) -> Fix | None:
    from lamlint.secrets import without_keys

    edits = without_keys(module, found)
    return Fix("Drop the keys: the role takes over", Safety.UNSAFE, edits) if edits else None
