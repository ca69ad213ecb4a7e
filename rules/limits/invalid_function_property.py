"""A property of the function has a form, a length or a number that Lambda does not accept.

## Why this matters

Anything of this is refused when the template is deployed, after all else was
built and checked:

- a name with other than letters, digits, hyphens and underscores, or of more than 64;
- a description of more than 256 characters;
- more than 50 tags, a tag's name over 128 characters or its value over 256, other
  characters in them than letters, digits, spaces and `_.:/=+-@`, a name that
  begins with `aws:`;
- more than one architecture, or one that is neither `x86_64` nor `arm64`;
- a file system elsewhere than in a folder right below `/mnt`, more than one of them,
  or one without a VPC;
- more than 16 subnets or 5 security groups, or one of the two without the other.

What a variable of Terraform leaves empty by default is given by whoever deploys.

## Example

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: shop.orders
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Architectures: [amd64]
```

## Use instead

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: shop-orders
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Architectures: [x86_64]
```

## References

- https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
- https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html
- https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
- https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem-efs.html
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

from lamlint.catalog import FUNCTION_NAME, MOUNT
from lamlint.model import Function, Value, is_filled_in
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding, Span

_IN_TAGS = frozenset("_.:/=+-@")
_LETTERS_BLANKS_NUMBERS = frozenset("LZN")
"""How the categories of what may be in a tag, too, begin."""


@rule(severity=ERROR, since="0.1.0")
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look at each property that has a form, a length or a number."""
    for look in (_name, _description, _tags, _architectures, _file_systems, _network):
        yield from look(function, project)


def _name(function: Function, project: Project) -> Iterator[Finding]:
    longest = project.catalog.accepted.properties.longest_name

    def is_none(name: str) -> bool:
        return ":" not in name and (not FUNCTION_NAME.fullmatch(name) or len(name) > longest)

    yield from _refused(
        function.physical_name,
        is_none,
        "Lambda accepts no function called {}",
        f"name it with at most {longest} letters, digits, hyphens and underscores",
    )


def _description(function: Function, project: Project) -> Iterator[Finding]:
    longest = project.catalog.accepted.properties.longest_description
    if function.description.all(lambda text: len(text) > longest):
        size = len(function.description.choices[0].value)
        yield function.description.finding(
            f"the description has {size} characters and may have {longest}, "
            "so the deployment fails: write a shorter one",
            cause=function.description.choices[0].span.path,
        )


def _tags(function: Function, project: Project) -> Iterator[Finding]:
    limits = project.catalog.accepted.properties
    if len(function.tags) > limits.tags:
        yield function.finding(
            f"the function has {len(function.tags)} tags and may have {limits.tags}, "
            "so the deployment fails: remove some"
        )
    for name, value in function.tags.items():
        if not _is_tag(name, limits.longest_tag_name) or name.startswith(limits.reserved_tags):
            wrong = f"Lambda accepts no tag called {name!r}"
            hint = f"name it with at most {limits.longest_tag_name} characters that tags may have"
            yield _told(f"{wrong}, so the deployment fails: {hint}", function, value.span)
        yield from _refused(
            value,
            lambda text: not _is_tag(text, limits.longest_tag_value),
            f"the tag {name} cannot have the value {{}}",
            f"write at most {limits.longest_tag_value} characters that tags may have",
        )


def _is_tag(text: str, longest: int) -> bool:
    """Whether a text can be a tag's name or value; one that is filled in may be."""
    allowed = (
        one in _IN_TAGS or unicodedata.category(one)[0] in _LETTERS_BLANKS_NUMBERS for one in text
    )
    return is_filled_in(text) or (len(text) <= longest and all(allowed))


def _architectures(function: Function, project: Project) -> Iterator[Finding]:
    known = project.catalog.accepted.properties.architectures
    yield from _refused(
        function.architectures,
        lambda name: name not in known,
        "Lambda has no architecture {}",
        f"write {' or '.join(sorted(known, reverse=True))}",
    )
    if any(one.certain for one in function.further_architectures):
        yield _told(
            "a function has one architecture, so the deployment fails: leave only one here",
            function,
            function.further_architectures[0].span,
        )


def _file_systems(function: Function, project: Project) -> Iterator[Finding]:
    limits = project.catalog.accepted.properties
    for mount in function.mounts:
        yield from _refused(
            mount,
            lambda path: not MOUNT.fullmatch(path) or len(path) > limits.longest_mount,
            "no file system can be at {}",
            "name a folder right below /mnt",
        )
    if len(function.mounts) > limits.file_systems:
        place = function.mounts[limits.file_systems].span
        hint = "so the deployment fails: remove the others"
        yield _told(f"a function has one file system, {hint}", function, place)
    elif function.mounts and function.vpc.is_in([False]):
        yield _told(
            "a file system is reached from within its VPC only, and the function is in none, "
            "so the deployment fails: add the VPC's subnets and a security group",
            function,
            function.mounts[0].span,
        )


def _network(function: Function, project: Project) -> Iterator[Finding]:
    limits, network = project.catalog.accepted.properties, function.network
    if network is None:
        return
    counted = (
        ("subnets", network.subnets, limits.subnets),
        ("security groups", network.security_groups, limits.security_groups),
    )
    for what, listed, most in counted:
        count = sum(one.certain for one in listed)
        if count > most:
            wrong = f"the function has {count} {what} and may have {most}"
            yield _told(f"{wrong}, so the deployment fails: remove some", function, network.span)
    for (what, listed, _), (other, others, _) in zip(counted, reversed(counted), strict=True):
        if not listed and any(one.certain for one in others):
            wrong = f"the function has {other} and no {what}, which Lambda takes together only"
            hint = f"add {what}, or remove both"
            yield _told(f"{wrong}, so the deployment fails: {hint}", function, network.span)


def _refused(
    value: Value[str], is_wrong: Callable[[str], bool], wrong: str, hint: str
) -> Iterator[Finding]:
    """The finding on a text that is wrong whatever it is; one that is filled in may be right."""
    if value.all(lambda text: not is_filled_in(text) and is_wrong(text)):
        first = value.choices[0]
        said = wrong.format(repr(first.value))
        yield value.finding(f"{said}, so the deployment fails: {hint}", cause=first.span.path)


def _told(message: str, function: Function, place: Span) -> Finding:
    return Finding(message, place, subjects=(function.name,), cause=place.path)
