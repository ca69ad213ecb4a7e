"""A function URL without authentication lacks the permissions that let anybody call it.

## Why this matters

`AuthType: NONE` says that callers need not sign; it lets nobody in. Since October
2025 a URL needs two permissions for that: one for `lambda:InvokeFunctionUrl`
with `FunctionUrlAuthType: NONE`, and one for `lambda:InvokeFunction` with
`InvokedViaFunctionUrl: true`. Without both, every call gets 403 Forbidden. The
console and SAM add them; where a template declares `AWS::Lambda::Url` itself,
it has to declare them, too.

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
  OrdersUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: !Ref Orders
      AuthType: NONE
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
  OrdersUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: !Ref Orders
      AuthType: NONE
  OrdersUrlCallers:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunctionUrl
      FunctionUrlAuthType: NONE
      Principal: "*"
  OrdersCallers:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      InvokedViaFunctionUrl: true
      Principal: "*"
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
- https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lamlint.model import Function, Permission
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding

_NEEDED = {
    "lambda:InvokeFunctionUrl": "the action InvokeFunctionUrl and FunctionUrlAuthType NONE",
    "lambda:InvokeFunction": "the action InvokeFunction and InvokedViaFunctionUrl true",
}
_MORE = ("lambda:*", "lambda:Invoke*", "*")


@rule(severity=ERROR, since="0.1.0")
def check(function: Function, _project: Project) -> Iterator[Finding]:
    """Look for both permissions beside each URL whose dialect adds none."""
    for url in function.urls:
        if not url.needs_permissions or not url.auth.is_in(["NONE"]):
            continue
        lacking = [action for action in _NEEDED if not _given(action, function.invoke_permissions)]
        if lacking:
            named = ", and one with ".join(_NEEDED[action] for action in lacking)
            yield url.auth.finding(
                "nobody is permitted to call this URL, so that every call gets 403 Forbidden: "
                f"add a permission for everybody with {named}"
            )


def _given(action: str, permissions: Sequence[Permission]) -> bool:
    """Whether a permission is there, or one of which it is not known whether it is that one."""
    return any(
        (not one.principal.choices or one.principal.all(lambda name: name == "*"))
        and (not one.action.choices or one.action.is_in([action, *_MORE]))
        for one in permissions
    )
