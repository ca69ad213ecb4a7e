"""An alias has a name, a version or weights that Lambda does not accept.

## Why this matters

An alias leads to one published version, or shares its invocations between two:
each further version has a weight, the share of invocations that it gets, from
0 to 1 (a tenth is `0.1`, not `10`). Two versions are the most, and neither is
`$LATEST`, which has no version's number. The name of an alias is of letters,
digits, hyphens and underscores, at most 128, and is no number, since that is
what versions are called. Anything else is refused when the template is deployed.

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
  Live:
    Type: AWS::Lambda::Alias
    Properties:
      Name: live
      FunctionName: !Ref Orders
      FunctionVersion: "7"
      RoutingConfig:
        AdditionalVersionWeights:
          - {FunctionVersion: "8", FunctionWeight: 10}
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
  Live:
    Type: AWS::Lambda::Alias
    Properties:
      Name: live
      FunctionName: !Ref Orders
      FunctionVersion: "7"
      RoutingConfig:
        AdditionalVersionWeights:
          - {FunctionVersion: "8", FunctionWeight: 0.1}
```

## Fix safety

Unsafe: a weight from 1 to 100 is taken for a percentage, and a name gets hyphens for
what it may not have, a `v` before mere digits; who calls the alias by its name has to
be told.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
- https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.catalog import ALIAS
from lamlint.model import UNPUBLISHED, Alias, Function, Scalar, is_filled_in
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding, Regex, Safety

_NOT_TAKEN = Regex(r"[^a-zA-Z0-9_-]+")


@rule(severity=ERROR, since="0.1.0", fix=Safety.UNSAFE)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look at the name, the versions and the weights of each alias."""
    limits = project.catalog.accepted.alias
    for alias in function.aliases:
        yield from _name(alias, limits.longest_name)
        yield from _versions(alias, function, limits.versions)
        yield from _weights(alias)


def _name(alias: Alias, longest: int) -> Iterator[Finding]:
    name = alias.name
    if name.all(lambda one: not is_filled_in(one) and not _is_name(one, longest)):
        near = _near(name.choices[0].value, longest)
        fix = name.change(near, f"Call the alias {near}", Safety.UNSAFE) if near else None
        yield name.finding(
            f"Lambda accepts no alias called {name.choices[0].value!r}, so the deployment fails: "
            f"name it with at most {longest} letters, digits, hyphens and underscores, "
            "and with more than digits",
            fix=fix,
            cause=name.choices[0].span.path,
        )


def _is_name(name: str, longest: int) -> bool:
    return ALIAS.fullmatch(name) is not None and len(name) <= longest


def _near(name: str, longest: int) -> str:
    """The nearest name that Lambda accepts; empty where there is none."""
    near = _NOT_TAKEN.sub("-", name)
    near = f"v{near}" if near.isdigit() else near
    return near if _is_name(near, longest) else ""


def _versions(alias: Alias, function: Function, most: int) -> Iterator[Finding]:
    if len(alias.weights) >= most:
        count = 1 + len(alias.weights)
        yield Finding(
            f"the alias leads to {count} versions and may lead to {most}, "
            "so the deployment fails: remove those that are not shifted to now",
            alias.span,
            subjects=(function.name,),
        )
    if alias.weights and (alias.version.is_in([UNPUBLISHED]) or UNPUBLISHED in alias.weights):
        yield Finding(
            f"the alias shares invocations with {UNPUBLISHED}, which is no published version, "
            "so the deployment fails: name two published versions",
            alias.span,
            subjects=(function.name,),
        )


def _weights(alias: Alias) -> Iterator[Finding]:
    for value in alias.weights.values():
        shares = [_share(choice.value) for choice in value.choices]
        if shares and all(share is not None and not 0 <= share <= 1 for share in shares):
            share = shares[0] or 0
            percent = value.known and 1 < share <= 100
            title = f"Set a weight of {share / 100:g}"
            yield value.finding(
                f"the weight of a version is {share:g} and goes from 0 to 1, so the deployment "
                f"fails: {f'did you mean {share / 100:g}?' if percent else 'set a share of it'}",
                fix=value.change(share / 100, title, Safety.UNSAFE) if percent else None,
                cause=value.choices[0].span.path,
            )


def _share(written: Scalar) -> float | None:
    return None if isinstance(written, bool | str) else float(written)
