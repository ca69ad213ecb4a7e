"""A function's role allows everything that a service has, or everything there is.

## Why this matters

Code that is made to do something else, by an event that it trusts or by a
dependency, has all rights of its role. With `*` that is the whole account. With
`dynamodb:*` or AmazonDynamoDBFullAccess it can read what it was never meant to
read, delete the table, and switch off its backups.

Told are `*`, `service:*`, and managed policies of AWS that allow as much:
AdministratorAccess, PowerUserAccess, and those whose name ends in FullAccess. Not told are
statements that deny, that have a condition, or that name their actions and only
leave the resources open (`Resource: "*"`), nor roles that a permissions boundary
limits, nor services of which all rights do little (`logs:*`, `xray:*`).

## Example

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Policies:
        - Statement:
            - Effect: Allow
              Action: dynamodb:*
              Resource: !GetAtt Table.Arn
  Table:
    Type: AWS::Serverless::SimpleTable
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
      Policies:
        - Statement:
            - Effect: Allow
              Action:
                - dynamodb:GetItem
                - dynamodb:PutItem
              Resource: !GetAtt Table.Arn
  Table:
    Type: AWS::Serverless::SimpleTable
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
- https://cwe.mitre.org/data/definitions/250.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lamlint.model import Role, Statement, Value
from lamlint.project import Project
from lamlint.rule import WARNING, rule
from lamlint.text import Finding, Regex

_SERVICE = Regex(r"([a-z0-9-]+):\*+")
_OF_AWS = Regex(r"(?:arn:[a-z-]+:iam::aws:policy/)?(?:[a-z-]+/)*([A-Za-z0-9_]+)")
_CURE = "name the actions that the code calls"


@rule(severity=WARNING, since="0.1.0", security=5.0)
def check(role: Role, project: Project) -> Iterator[Finding]:
    """Look at what is allowed to the functions that run under the role."""
    users = project.users(role)
    if role.bounded or not users:
        return
    whose = f"the role of {_some([user.name for user in users])}"
    for statement in role.statements:
        if statement.origin == "inline" and statement.effect == "Allow":
            yield from _statement(statement, whose, project)
    for policy in role.managed:
        yield from _managed(policy, whose, project)


def _statement(statement: Statement, whose: str, project: Project) -> Iterator[Finding]:
    """The actions of a statement that are all of a service, or of all services."""
    if statement.conditions:
        return
    if statement.not_actions and statement.complete:
        yield Finding(
            f"the role is allowed whatever this statement does not name, of every service: {_CURE}",
            statement.span,
        )
    for action in statement.actions:
        said = _said(action)
        if said is not None:
            service = action.lower().partition(":")[0]
            if service not in project.catalog.iam.narrow:
                place = statement.place(action)
                also = f"{whose} is allowed {action}"
                yield Finding(f"{said}: {_CURE}", place, cause=place.path, also=also)


def _some(names: Sequence[str]) -> str:
    """The first of some functions, and how many others there are."""
    first, *others = dict.fromkeys(names)
    return f"{first} and {len(others):,} more" if others else first


def _said(action: str) -> str | None:
    """What a wildcard comes to; None where an action is no wildcard for all of a service."""
    if action.strip("*:") == "" and "*" in action:
        return (
            "the role is allowed every action of every service, so whoever gets hold of the "
            "function may do whatever the resources beside it allow"
        )
    service = _SERVICE.fullmatch(action.lower())
    if service is None:
        return None
    return (
        f"the role is allowed {action}, everything that can be done in {service[1]}, "
        "what deletes and what changes settings with it"
    )


def _managed(policy: Value[str], whose: str, project: Project) -> Iterator[Finding]:
    """A managed policy that allows as much."""
    iam = project.catalog.iam
    named = _OF_AWS.fullmatch(policy.only) if policy.known else None
    if named is None or not iam.is_broad(named[1]):
        return
    yield policy.finding(
        f"{named[1]} allows far more than a function calls, what deletes and what changes "
        f"settings with it: {_CURE}",
        cause=policy.span.path,
        also=f"{whose} has {named[1]}",
    )
