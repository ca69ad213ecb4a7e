"""The role's rights are enough to get any others.

## Why this matters

Some rights amount to all rights. Who may write the policies of any role may
write its own; who may pass any role to a new function, and make that function,
runs code under whichever role is the widest. What gets hold of such a function
has the account, whatever else its policy leaves out.

Told are rights on any resource, without a condition, in a role without a
permissions boundary and without a statement that denies one of them. A resource that is
named (`arn:aws:iam::123456789012:role/app-*`), or `iam:PassedToService` with
the rest of the rights on what is named, is no finding. What a wildcard allows
(`iam:*`) `wildcard-permission` tells.

## Example

```yaml title="template.yaml"
Resources:
  Provision:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Policies:
        - Statement:
            - Effect: Allow
              Action: [iam:PassRole, lambda:CreateFunction]
              Resource: "*"
```

## Use instead

```yaml title="template.yaml"
Resources:
  Provision:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Policies:
        - Statement:
            - Effect: Allow
              Action: iam:PassRole
              Resource: !Sub arn:aws:iam::${AWS::AccountId}:role/tenant-functions
            - Effect: Allow
              Action: lambda:CreateFunction
              Resource: !Sub arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:tenant-*
```

## References

- https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
- https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
- https://cwe.mitre.org/data/definitions/269.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lamlint.model import Role, Statement
from lamlint.project import Project
from lamlint.rule import WARNING, rule
from lamlint.text import Finding, Regex, Related, Span

_SYMBOL = Regex(r"\$\{[^{}]*\}")
_ANY = Regex(r"\*+|arn:[^:]*:[a-z0-9-]+:[^:]*:[^:]*:(?:\*+|[a-z-]+[:/]\*+)")
"""A resource that is any of a service, or of one kind of its resources."""


@rule(severity=WARNING, since="0.1.0", security=6.5)
def check(role: Role, project: Project) -> Iterator[Finding]:
    """Look for each set of rights among those that the role has on anything."""
    if role.bounded or not project.users(role):
        return
    allowed, denied = _allowed(role.statements), list(_denied(role.statements))
    ways = [
        one
        for one in project.catalog.iam.escalations
        if all(_place(action, allowed) for action in one.actions)
        and not any(_matches(action, each) for action in one.actions for each in denied)
    ]
    if ways:
        first, *others = ways
        place = _place(first.actions[0], allowed) or role.span
        yield Finding(
            f"with {' and '.join(first.actions)} on any resource, the function can {first.gives}: "
            "name the resources that it needs",
            place,
            related=tuple(
                Related(
                    _place(one.actions[-1], allowed) or place,
                    f"with {' and '.join(one.actions)} it can {one.gives}",
                )
                for one in others
            ),
        )


def _allowed(statements: Iterable[Statement]) -> Mapping[str, Span]:
    """The actions that are allowed on anything, each with its place; no wildcards for a service."""
    found: dict[str, Span] = {}
    for statement in statements:
        sure = statement.effect == "Allow" and statement.complete and not statement.conditions
        if sure and any(map(_is_any, statement.resources)):
            for action in statement.actions:
                if action.rpartition(":")[2].strip("*"):
                    found.setdefault(action.lower(), statement.place(action))
    return found


def _is_any(resource: str) -> bool:
    return _ANY.fullmatch(_SYMBOL.sub("known-later", resource)) is not None


def _denied(statements: Iterable[Statement]) -> Iterator[str]:
    """The patterns of what is denied, `*` where that is not known."""
    for statement in statements:
        if statement.effect != "Allow":
            known = statement.complete and not statement.not_actions
            yield from (action.lower() for action in statement.actions) if known else "*"


def _place(action: str, allowed: Mapping[str, Span]) -> Span | None:
    """Where an action is allowed."""
    return next((place for each, place in allowed.items() if _matches(action, each)), None)


def _matches(action: str, pattern: str) -> bool:
    """Whether a pattern in small letters, with stars for anything, is of an action."""
    name = action.lower()
    first, *others = pattern.split("*")
    if not others:
        return name == pattern
    *inner, last = others
    rest = name.removeprefix(first)
    for piece in inner:
        _, found, rest = rest.partition(piece) if piece else ("", "*", rest)
        if not found:
            return False
    return name.startswith(first) and rest.endswith(last)
