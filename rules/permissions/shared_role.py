"""Several functions run under one role, so each has the rights that any of them needs.

## Why this matters

A role that is shared has the rights of all its functions together. What gets hold of
the one that is open to the world has the rights of the one that deletes users. A
role for each function costs nothing, and its policy says what the function does.

It is an opinion: where the functions are parts of one thing and use the same
tables, one role is easier to read. So it has to be selected.

## Example

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Code: {S3Bucket: example-bucket, S3Key: orders.zip}
      Runtime: python3.13
      Handler: app.handler
  Invoices:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Code: {S3Bucket: example-bucket, S3Key: invoices.zip}
      Runtime: python3.13
      Handler: app.handler
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Action: sts:AssumeRole
            Principal: {Service: lambda.amazonaws.com}
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
        - DynamoDBCrudPolicy: {TableName: orders}
  Invoices:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Policies:
        - DynamoDBReadPolicy: {TableName: orders}
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
- https://docs.aws.amazon.com/lambda/latest/operatorguide/least-privilege.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Role
from lamlint.project import Project
from lamlint.rule import INFORMATION, Tier, rule
from lamlint.text import Finding


@rule(severity=INFORMATION, since="0.1.0", tier=Tier.STRICT)
def check(role: Role, project: Project) -> Iterator[Finding]:
    """Count the functions that are an author's own."""
    users = [function for function in project.users(role) if not function.library]
    if len(users) > 1:
        yield Finding(
            f"{len(users)} functions run under {role.name}, so each of them may do what any of "
            "them needs: build a role for each",
            role.span,
            subjects=tuple(sorted(function.name for function in users)),
        )
