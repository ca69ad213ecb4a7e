"""A target group for a function has what only one for servers has, or may not invoke it.

## Why this matters

A target group of a load balancer whose targets are functions takes exactly one
of them, and has no port, protocol or VPC of its own; anything else is refused
when the template is deployed. So is a function that the load balancer may not
invoke: registering it needs a permission for
`elasticloadbalancing.amazonaws.com`, which has to be there before the target
group is (`DependsOn`).

## Example

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/orders
      Runtime: python3.13
      Handler: index.handler
      Code: {ZipFile: "def handler(event, context): ..."}
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      TargetType: lambda
      Port: 80
      Targets: [{Id: !GetAtt Orders.Arn}]
```

## Use instead

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/orders
      Runtime: python3.13
      Handler: index.handler
      Code: {ZipFile: "def handler(event, context): ..."}
  Allowed:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Orders
      Principal: elasticloadbalancing.amazonaws.com
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    DependsOn: Allowed
    Properties:
      TargetType: lambda
      Targets: [{Id: !GetAtt Orders.Arn}]
```

## References

- https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
- https://docs.aws.amazon.com/lambda/latest/dg/services-alb.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lamlint.model import EventKind, Function, Scalar, TargetGroup, Value
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding, Related, Span

_INVOKER = "elasticloadbalancing.amazonaws.com"
_ANYONE = "*"


@rule(severity=ERROR, since="0.1.0")
def check(project: Project) -> Iterator[Finding]:
    """Look at each target group of functions."""
    behind = _functions_behind(project)
    for group in project.resources.target_groups:
        functions = behind.get(group.block, ())
        if project.is_test(group.template) or any(one.library for one in functions):
            continue
        subjects = tuple(one.name for one in functions)
        if group.complete and len(group.targets) > 1:
            yield Finding(
                f"the target group has {len(group.targets)} functions, and takes one, so the "
                "deployment fails: keep one, and add a target group for each other",
                group.span,
                subjects=subjects,
            )
        yield from _of_servers(group, subjects)
        yield from _not_allowed(group, functions)


def _functions_behind(project: Project) -> Mapping[Span, Sequence[Function]]:
    """The functions that target groups hand requests to, by the groups' places."""
    found: dict[Span, list[Function]] = {}
    for function in project.functions:
        for event in function.events:
            if event.kind is EventKind.ALB:
                found.setdefault(event.block, []).append(function)
    return found


def _of_servers(group: TargetGroup, subjects: tuple[str, ...]) -> Iterator[Finding]:
    """What only a target group of servers has."""
    values: tuple[tuple[str, Value[str] | Value[Scalar]], ...] = (
        ("port", group.port),
        ("protocol", group.protocol),
        ("VPC", group.vpc),
    )
    for what, value in values:
        if value.choices or value.targets:
            place = value.choices[0].span if value.choices else value.span
            yield Finding(
                f"a target group of functions has no {what}, so the deployment fails: remove it",
                place,
                subjects=subjects,
            )


def _not_allowed(group: TargetGroup, functions: Sequence[Function]) -> Iterator[Finding]:
    """The functions of the same template that the load balancer may surely not invoke."""
    for function in functions:
        principals = [permission.principal for permission in function.invoke_permissions]
        if function.template != group.template:
            continue
        if all(one.is_not_in([_INVOKER, _ANYONE]) for one in principals):
            yield Finding(
                f"no permission lets the load balancer invoke {function.name}, so the deployment "
                f"fails: add one for {_INVOKER}, and let the target group depend on it",
                group.span,
                related=(Related(function.span, f"{function.name} is declared here"),),
                subjects=(function.name,),
            )
