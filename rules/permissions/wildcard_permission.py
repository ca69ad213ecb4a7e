"""A function's role allows everything that a service has, or everything there is.

## Why this matters

Code that is made to do something else, by an event that it trusts or by a
dependency, has all rights of its role. With `*` that is the whole account. With
`dynamodb:*` or AmazonDynamoDBFullAccess it can read what it was never meant to
read, delete the table, and switch off its backups. Where the statement names
resources, all of that holds for these alone, and the message names them.

Told are `*`, `service:*`, and managed policies of AWS that allow as much:
AdministratorAccess, PowerUserAccess, and those whose name ends in FullAccess. Not told are
statements that deny, that have a condition, or that name their actions and only
leave the resources open (`Resource: "*"`), nor roles that a permissions boundary
limits, nor services of which all rights do little (`logs:*`, `xray:*`), nor what the
role is allowed in a wider statement, too (`s3:*` on a bucket beside `s3:*` on all of them),
nor what grants nothing, as its actions are on no such resource (`sqs:*` on a bucket).
Of Zappa's roles is told what `extra_permissions` and the file of `attach_policy` say. Where
nothing is set for `attach_policy`, Zappa's own policy allows `s3:*`, `sqs:*`, `sns:*`,
`dynamodb:*`, `kinesis:*` and `route53:*` on everything as well: the message names it first.

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
_ALL = ("arn:aws:iam::aws:policy/AdministratorAccess", "AdministratorAccess")
_OPEN = Regex(r"\*+|arn:[^:]*:[^:]*:[^:]*:[^:]*:\*+|arn:[^:]*:[^:]*:[^:]*:[^:]+:[a-z-]+[/:]\*+")
"""Resources that are all of a service, or of a kind."""
_CURE = "name the actions that the code calls"


@rule(severity=WARNING, since="0.1.0", security=5.0)
def check(role: Role, project: Project) -> Iterator[Finding]:
    """Look at what is allowed to the functions that run under the role."""
    users = project.users(role)
    if role.bounded or not users:
        return
    wide = [one for one in role.statements if _allows(one)]
    everything = any(one.is_in(_ALL) for one in role.managed)
    for statement in wide:
        if statement.origin == "inline" and not everything:
            yield from _statement(statement, wide, role, project)
    for policy in role.managed:
        if not everything or policy.is_in(_ALL):
            yield from _managed(policy, _whose(role, project), project)


def _whose(role: Role, project: Project) -> str:
    return f"the role of {_some([user.name for user in project.users(role)])}"


def _allows(statement: Statement) -> bool:
    return statement.effect == "Allow" and not statement.conditions


def _statement(
    statement: Statement, wide: Sequence[Statement], role: Role, project: Project
) -> Iterator[Finding]:
    """The actions of a statement that are all of a service, or of all services."""
    if statement.not_actions and statement.complete:
        yield Finding(
            f"the role is allowed whatever this statement does not name, of every service: {_CURE}",
            statement.span,
        )
    where = " in the whole account" if _is_of_all(statement) else ""
    for action in statement.actions:
        service = action.lower().partition(":")[0]
        meant = _meant(statement, service, project)
        if service in project.catalog.iam.narrow or (statement.resources and not meant):
            continue
        named = "" if _is_open(statement) else _some(meant)
        said = _said(action, named, where)
        if said is not None and not any(_is_wider(one, action, statement) for one in wide):
            place = statement.place(action)
            also = f"{_whose(role, project)} is allowed {action}{' on ' if named else ''}{named}"
            yield Finding(f"{said}{_cure(action, role)}", place, cause=place.path, also=also)


def _cure(action: str, role: Role) -> str:
    """What to do; first about the policy of a tool that allows as much, and on more."""
    given = role.supplied
    if given is None or action.lower() not in given.actions:
        return f": {_CURE}"
    return (
        f", and {given.tool} allows it on all resources by a policy of its own: set "
        f"{given.setting} to another policy first, and {_CURE}"
    )


def _meant(statement: Statement, service: str, project: Project) -> Sequence[str]:
    """The resources of a statement that actions of a service may be on: others grant nothing."""
    if not statement.complete or "*" in service:
        return statement.resources
    return [one for one in statement.resources if project.catalog.iam.acts_on(service, one)]


def _is_open(statement: Statement) -> bool:
    """Whether a statement leaves open which resources of its kind are meant."""
    return not statement.resources or any(map(_OPEN.fullmatch, statement.resources))


def _is_of_all(statement: Statement) -> bool:
    """Whether a statement is of all resources there are."""
    return any(one.strip("*") == "" for one in statement.resources)


def _is_wider(other: Statement, action: str, statement: Statement) -> bool:
    """Whether another statement allows what one does, and more."""
    every = any(map(_is_every, other.actions)) and not _is_every(action)
    same = any(one.lower() == action.lower() for one in other.actions)
    return _is_of_all(other) and (every or (same and not _is_open(statement)))


def _is_every(action: str) -> bool:
    """Whether it is every action of every service."""
    return action.strip("*:") == "" and "*" in action


def _some(names: Sequence[str]) -> str:
    """The first of some names, and how many others there are."""
    first, *others = dict.fromkeys(names)
    return f"{first} and {len(others):,} more" if others else first


def _said(action: str, named: str, where: str) -> str | None:
    """What a wildcard comes to, on the resources `named` if it is for these alone.

    `where` it is for, else.

    None where an action is no wildcard for all of a service.
    """
    if _is_every(action):
        if named:
            return f"the role is allowed every action on {named}, deleting included"
        return (
            "the role is allowed every action of every service, so whoever gets hold of the "
            "function may do whatever the resources beside it allow"
        )
    service = _SERVICE.fullmatch(action.lower())
    if service is None:
        return None
    if named:
        can = f"everything that {service[1]} can do with what is named there"
        return f"the role is allowed {action} on {named}, {can}, deleting included"
    return (
        f"the role is allowed {action}, everything that can be done in {service[1]}{where}, "
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
