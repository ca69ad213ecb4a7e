"""A small project and findings on it, for the tests of the formats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from lamlint.report import Places, Report, build
from lamlint.rule import Rule, Subject, Tier
from lamlint.text import Finding, Safety, Severity, Span
from tests.memory import MemoryTree

PAGE = """The sum of it, with `code`.

## Why this matters

It costs
money.

## Example

```yaml title="template.yaml"
Timeout: 1000
```

## References

- [the limits](https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html)
"""

TEMPLATE = """\
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Timeout: 1000
"""

# Built, so that this file itself holds nothing that looks like a secret.
SECRET = "Zq7" + "vX2mP9" + "kL4wR8tB"

MODULE = f"""\
import boto3

password = "{SECRET}"

def handler(event, context):
    client = boto3.client(
        "s3",
        region_name="eu-west-1",
    )
    return helper(client)
"""

TREE = MemoryTree({"template.yaml": TEMPLATE, "src/app.py": MODULE})


def made_rule(
    name: str,
    family: str,
    severity: Severity = Severity.ERROR,
    *,
    security: float | None = None,
    fix: Safety | None = None,
    tier: Tier = Tier.DEFAULT,
) -> Rule:
    """A rule that has only a page."""
    return Rule(
        name=name,
        family=family,
        severity=severity,
        tier=tier,
        since="0.1.0",
        subject=Subject.FUNCTION,
        check=lambda *_: (),
        options=None,
        fix=fix,
        security=security,
        mentions=(),
        page=PAGE,
        secret=family == "secrets",
    )


RULES = {
    rule.name: rule
    for rule in (
        made_rule("timeout-over-limit", "limits", fix=Safety.SAFE),
        made_rule("connection-in-handler", "handler", Severity.WARNING, fix=Safety.UNSAFE),
        made_rule("memory-not-set", "limits", Severity.INFORMATION),
        made_rule("hardcoded-secret", "secrets", security=8.0),
    )
}


def span(path: str, text: str, tree: MemoryTree = TREE) -> Span:
    """The first place of a text in a file."""
    source = tree.read(path)
    start = source.text.index(text)  # type: ignore[union-attr]
    return Span(path, start, start + len(text))


def finding(
    rule: str, place: Span, message: str = "What is, and what it costs", **more: Any
) -> Finding:
    """A finding as the engine hands it over."""
    severity = more.pop("severity", RULES[rule].severity if rule in RULES else Severity.ERROR)
    return Finding(message, place, rule=rule, severity=severity, **more)


def report(findings: Iterable[Finding], tree: MemoryTree = TREE, **more: Any) -> Report:
    """The report on findings, seen from the project's root."""
    found: Sequence[Finding] = tuple(findings)
    more.setdefault("places", Places("/project", "/project"))
    more.setdefault("rules", RULES)
    return build(found, read=tree.read, version="0.1.0", **more)
