"""A service may invoke the function on behalf of anybody's resources.

## Why this matters

`Principal: s3.amazonaws.com` names the service, not whose. Without a source,
everybody who knows the function's ARN can set up a bucket, a topic or a rule
in an account of their own that invokes it, through the service, with events of
their making. `SourceArn` names the resource that is meant, `SourceAccount` the
account that it has to be of. Either is enough here; so is `EventSourceToken`
for Alexa. A bucket's name can be given up and taken by others: for S3 both are best.

Not told is a load balancer, whose target group needs the permission before it is there:
in one stack, the two cannot name each other; nor CloudFormation, whose macros have no ARN.

## Example

```yaml title="template.yaml"
Resources:
  Resize:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/resize
      Code: {S3Bucket: example-bucket, S3Key: resize.zip}
      Runtime: python3.13
      Handler: app.handler
  Uploaded:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Resize
      Action: lambda:InvokeFunction
      Principal: s3.amazonaws.com
```

## Use instead

```yaml title="template.yaml"
Resources:
  Resize:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/resize
      Code: {S3Bucket: example-bucket, S3Key: resize.zip}
      Runtime: python3.13
      Handler: app.handler
  Uploaded:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Resize
      Action: lambda:InvokeFunction
      Principal: s3.amazonaws.com
      SourceAccount: !Ref AWS::AccountId
```

## Fix safety

Unsafe: it names the account that the function is deployed to, and what the
service did for others ends. It is offered for services that say whose resource they act
for (S3, Config, SES, Secrets Manager, …), where the template has a name for its account.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
- https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
- https://cwe.mitre.org/data/definitions/441.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Function, Permission, Value
from lamlint.project import Project
from lamlint.rule import WARNING, rule
from lamlint.text import Finding, Fix, Safety

_SERVICES = (".amazonaws.com", ".amazonaws.com.cn", ".amazon.com")
_NAMELESS = frozenset({"elasticloadbalancing.amazonaws.com", "cloudformation.amazonaws.com"})
"""What needs the permission before there is an ARN to name, or (macros) has none to name."""
_ALEXA = "alexa-"


@rule(severity=WARNING, since="0.1.0", security=5.3, fix=Safety.UNSAFE)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look for permissions for services that say nothing of the source."""
    for permission in function.invoke_permissions:
        principal = permission.principal
        narrowing = (
            permission.source_arn,
            permission.source_account,
            permission.token,
            permission.organization,
        )
        if principal.all(_is_service) and all(one.missing for one in narrowing):
            yield principal.finding(
                f"{principal.choices[0].value} may invoke the function for resources of any "
                f"account, not yours alone: {_cure(principal)}",
                fix=_fix(permission, project),
                cause=function.template,
            )


def _is_service(name: str) -> bool:
    return name.endswith(_SERVICES) and name not in _NAMELESS


def _fix(permission: Permission, project: Project) -> Fix | None:
    """Name the account of the deployment, for what says of which account it acts."""
    slot = permission.own_account
    if slot is None or not permission.principal.is_in(project.catalog.iam.account_sources):
        return None
    title = "Permit it for resources of your own account"
    return Fix(title, Safety.UNSAFE, (slot.edit(None),))


def _cure(principal: Value[str]) -> str:
    if principal.all(lambda name: name.startswith(_ALEXA)):
        return "set EventSourceToken to the id of the skill"
    return "set SourceArn to the one that is meant, or SourceAccount to its account"
