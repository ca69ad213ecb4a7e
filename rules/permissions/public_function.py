"""Everybody, of whatever account, may invoke the function.

## Why this matters

A permission for the principal `*` that nothing narrows lets every AWS account in
the world invoke the function: with any event, as often as it likes, at the
expense of the owner. Lambda's block of public access refuses such a permission
in new accounts; elsewhere it is taken.

Not told is what a function URL without authentication needs (`FunctionUrlAuthType: NONE`,
`InvokedViaFunctionUrl: true`), nor a principal that an organization, a source
or an account narrows.

## Example

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/orders
      Code: {S3Bucket: example-bucket, S3Key: orders.zip}
      Runtime: python3.13
      Handler: app.handler
  Partners:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: "*"
```

## Use instead

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/orders
      Code: {S3Bucket: example-bucket, S3Key: orders.zip}
      Runtime: python3.13
      Handler: app.handler
  Partners:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: "*"
      PrincipalOrgID: o-a1b2c3d4e5
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
- https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-cross-account.html
- https://cwe.mitre.org/data/definitions/284.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Function, Permission
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding

_INVOKES = ("lambda:InvokeFunction", "lambda:*", "*")
_OF_A_URL = "lambda:InvokeFunctionUrl"


@rule(severity=ERROR, since="0.1.0", security=8.2)
def check(function: Function, _project: Project) -> Iterator[Finding]:
    """Look for permissions for everybody that nothing narrows."""
    for permission in function.invoke_permissions:
        if permission.principal.is_in(["*"]) and _is_open(permission):
            who = "everybody" if permission.action.is_in(_INVOKES) else "every AWS account"
            yield permission.principal.finding(
                f"{who} may invoke the function, with any event and at your expense: "
                "name the accounts or the service that may, or set PrincipalOrgID"
            )


def _is_open(permission: Permission) -> bool:
    """Whether a permission for everybody is surely one for everybody."""
    narrowing = (permission.source_arn, permission.source_account, permission.organization)
    if not all(one.missing for one in (*narrowing, permission.token)):
        return False
    if permission.action.is_in([_OF_A_URL]):
        return permission.url_auth.is_in(["AWS_IAM"])
    calls = permission.via_url
    direct = calls.missing or calls.all(lambda written: str(written).lower() == "false")
    return permission.action.is_in(_INVOKES) and direct and permission.url_auth.missing
