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
      SourceArn: !Sub arn:aws:s3:::uploads-${AWS::AccountId}
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
- https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
- https://cwe.mitre.org/data/definitions/441.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Function, Value
from lamlint.project import Project
from lamlint.rule import WARNING, rule
from lamlint.text import Finding

_SERVICES = (".amazonaws.com", ".amazonaws.com.cn", ".amazon.com")
_NAMELESS = frozenset({"elasticloadbalancing.amazonaws.com", "cloudformation.amazonaws.com"})
"""What needs the permission before there is an ARN to name, or (macros) has none to name."""
_ALEXA = "alexa-"


@rule(severity=WARNING, since="0.1.0", security=5.3)
def check(function: Function, _project: Project) -> Iterator[Finding]:
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
                f"{principal.choices[0].value} may invoke {function.name} for resources of any "
                f"account, not yours alone: {_cure(principal)}"
            )


def _is_service(name: str) -> bool:
    return name.endswith(_SERVICES) and name not in _NAMELESS


def _cure(principal: Value[str]) -> str:
    if principal.all(lambda name: name.startswith(_ALEXA)):
        return "set EventSourceToken to the id of the skill"
    return "set SourceArn to the one that is meant, or SourceAccount to its account"
