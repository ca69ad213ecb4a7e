"""Concurrency is provisioned for `$LATEST`, which is no published version.

## Why this matters

Provisioned concurrency is for a published version, or an alias of one. `$LATEST`
is what is not published yet, so that Lambda has nothing to keep ready for it, and
refuses the deployment. In SAM it takes an `AutoPublishAlias`.

## Example

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      ProvisionedConcurrencyConfig:
        ProvisionedConcurrentExecutions: 10
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
      AutoPublishAlias: live
      ProvisionedConcurrencyConfig:
        ProvisionedConcurrentExecutions: 10
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
- https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import UNPUBLISHED, Function
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding


@rule(severity=ERROR, since="0.1.0")
def check(function: Function, _project: Project) -> Iterator[Finding]:
    """Look for concurrency where no version is published that it could be for."""
    own = function.provisioned_concurrency
    if own.certain and not function.aliases and function.published.is_in([False]):
        yield own.finding(
            "concurrency is provisioned and no version is published, so the deployment fails: "
            "add an alias of a published version"
        )
    for alias in function.aliases:
        if alias.provisioned.certain and alias.version.is_in([UNPUBLISHED]):
            yield alias.provisioned.finding(
                f"concurrency is provisioned for an alias of {UNPUBLISHED}, which is no published "
                "version, so the deployment fails: name a published version"
            )
