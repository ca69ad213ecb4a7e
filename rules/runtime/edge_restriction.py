"""A function that CloudFront runs has something that there is none of at the edge.

## Why this matters

Lambda@Edge copies one published version of a function to all regions, and there
it has neither environment variables nor a VPC, layers, a dead-letter queue,
X-Ray, provisioned concurrency or a `/tmp` over 512 MB; it is no container image,
and runs on x86_64 only, on Node.js or Python. The distribution names the version
by its number, not `$LATEST` and no alias, and the role is one that
`edgelambda.amazonaws.com` may assume, too. CloudFront refuses all else, after the
function was deployed, so that the whole stack is rolled back.

Settings go into the code when it is built, or into custom headers of the origin.

That the function has to be in us-east-1 is not looked at: a template does not
say where it is deployed.

## Example

```yaml title="template.yaml"
Transform: AWS::Serverless-2016-10-31
Resources:
  Redirect:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Role: !GetAtt RedirectRole.Arn
      AutoPublishAlias: live
      Environment: {Variables: {TARGET: https://example.org}}
  RedirectRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: sts:AssumeRole
            Principal: {Service: [lambda.amazonaws.com, edgelambda.amazonaws.com]}
  Distribution:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        DefaultCacheBehavior:
          LambdaFunctionAssociations:
            - {EventType: viewer-request, LambdaFunctionARN: !Ref Redirect.Version}
```

## Use instead

```yaml title="template.yaml"
Transform: AWS::Serverless-2016-10-31
Resources:
  Redirect:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Role: !GetAtt RedirectRole.Arn
      AutoPublishAlias: live
  RedirectRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: sts:AssumeRole
            Principal: {Service: [lambda.amazonaws.com, edgelambda.amazonaws.com]}
  Distribution:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        DefaultCacheBehavior:
          LambdaFunctionAssociations:
            - {EventType: viewer-request, LambdaFunctionARN: !Ref Redirect.Version}
```

## References

- https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
- https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import UNPUBLISHED, Function, Role, Scalar, whole_number
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding, Related, Span


@rule(severity=ERROR, since="0.1.0")
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look for each of what the edge has none of, at a function that surely runs there."""
    if not function.edge.is_in([True]):
        return
    here = tuple(Related(use.span, "CloudFront runs it here") for use in function.edge_uses)
    wrong = (*_unknown_there(function), *_unfit(function, project), *_untrusted(function, project))
    for place, what, to_do in wrong:
        yield Finding(
            f"{what}, so CloudFront refuses the function and the deployment fails: {to_do}",
            place,
            related=here,
            subjects=(function.name,),
        )
    for use in function.edge_uses:
        if use.qualifier.all(lambda one: not one.isdigit()):
            named = use.qualifier.choices[0].value
            what = UNPUBLISHED if named == UNPUBLISHED else "an alias"
            yield Finding(
                f"CloudFront is told to run {what} of the function, which it refuses, "
                "so the deployment fails: name a published version by its number",
                use.span,
                subjects=(function.name,),
            )


def _unknown_there(function: Function) -> Iterator[tuple[Span, str, str]]:
    """Where something is that there is none of at the edge, what it is, and what to do."""
    if any(value.certain for value in function.environment.configured.values()):
        place = function.environment.span
        yield place, "there are no environment variables at the edge", "move them into the code"
    if function.vpc.is_in([True]):
        yield function.vpc.span, "there is no VPC at the edge", "remove it"
    if function.layers:
        place, what = function.layers[0].span, "there are no layers at the edge"
        yield place, what, "build what they hold into the code"
    if function.dead_letter.certain:
        place = function.dead_letter.span
        yield place, "there are no dead-letter queues at the edge", "remove it"
    if function.tracing.is_in(["Active"]):
        yield function.tracing.span, "there is no X-Ray at the edge", "remove it"
    for value in (function.provisioned_concurrency, *(one.provisioned for one in function.aliases)):
        if value.certain:
            yield value.span, "there is no provisioned concurrency at the edge", "remove it"


def _unfit(function: Function, project: Project) -> Iterator[tuple[Span, str, str]]:
    """Where a function is made for another place than the edge."""
    facts = project.catalog.accepted.edge
    if function.package_type.is_in(["Image"]):
        yield function.span, "there are no container images at the edge", "build a zip archive"
    if function.architectures.is_in(["arm64"]):
        yield function.architectures.span, "there is no arm64 at the edge", "set x86_64"
    most = facts.ephemeral_storage
    if function.ephemeral_storage.all(lambda size: _is_over(size, most)):
        what = f"the size of /tmp is at most {most} MB at the edge"
        yield function.ephemeral_storage.span, what, f"set {most} MB"
    if function.runtime.all(lambda name: not name.startswith(facts.families)):
        what = f"{function.runtime.choices[0].value} does not run at the edge"
        yield function.runtime.span, what, "move to Node.js or Python"


def _is_over(size: Scalar, most: int) -> bool:
    number = whole_number(size)
    return number is not None and number > most


def _untrusted(function: Function, project: Project) -> Iterator[tuple[Span, str, str]]:
    """The role of the function, where the services that may assume it are known."""
    principal, role = project.catalog.accepted.edge.principal, function.role
    if role is not None and role.trusted and not _may_trust(role, principal):
        yield role.span, f"{principal} may not assume the role of the function", "add it there"


def _may_trust(role: Role, principal: str) -> bool:
    """Whether a service may assume a role; one that is composed may be any."""
    begins = principal.partition(".")[0]
    return any(one.startswith((begins, "$", "*")) for one in role.trusted)
