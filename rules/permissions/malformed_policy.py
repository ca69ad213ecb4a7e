"""A policy of a role is written in a way that IAM refuses, or reads otherwise than it is meant.

## Why this matters

IAM refuses a policy with an element that it does not know (`Resources`), a version
that there is none of, a statement without an effect, an action without its
service, or a resource that is no ARN: `MalformedPolicyDocument`, and the deployment fails.

A policy without a version, or with the old one, is taken. But then policy variables
such as `${aws:username}` are not variables, but those very characters, and the
statement allows nothing of what it was meant for. That is a warning, and only
where such variables are used.

An action with a comma, a quote or a space in it is none, and whoever was to be allowed it is not.
The case of the letters of an action does not matter to IAM, and so not here. An
effect is documented in one spelling only; IAM is seen to take `allow`, so that is a warning.

## Example

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Policies:
        - Version: "2012-10-17"
          Statement:
            - Effect: Allow
              Action: s3:GetObject
              Resources: arn:aws:s3:::example-orders/*
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
        - Version: "2012-10-17"
          Statement:
            - Effect: Allow
              Action: s3:GetObject
              Resource: arn:aws:s3:::example-orders/*
```

## Fix safety

Safe for an element that is misspelt: IAM refuses the policy as it is, so nothing that works is
changed. Unsafe for the version: a policy that IAM took means something else then.

## References

- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lamlint.model import Block, Document, Origin, Role, Value
from lamlint.project import Project
from lamlint.rule import ERROR, WARNING, rule
from lamlint.text import Finding, Regex, Safety

_REFUSED = "IAM refuses the policy, and the deployment fails"
_EFFECTS = ("Allow", "Deny")
_FILLED_IN = Regex(r"[{}<>%$@]")
"""What something else fills in before the deployment."""

_IN_NO_ACTION = Regex(r"[\"',;\s\[\]()]")
"""What is left of the list in which an action was written, and no action has."""


@rule(severity=ERROR, since="0.1.0", fix=Safety.SAFE)
def check(role: Role, project: Project) -> Iterator[Finding]:
    """Compare what is written in each policy of a role with the policy language."""
    language = project.catalog.iam.language
    for document in role.documents:
        yield from _unknown(document.elements, language.document, "a policy")
        yield from _version(document, project)
        for block in document.blocks:
            unknown = list(_unknown(block.elements, language.statement, "a statement"))
            yield from unknown
            if not unknown and block.complete:
                yield from _missing(block, trust=document.trust)
            yield from _effect(block)
            yield from _actions(block)
            if not document.trust:
                yield from _resources(block)


def _unknown(
    elements: Mapping[str, Value[str]], known: Sequence[str], of: str
) -> Iterator[Finding]:
    """The elements that the policy language does not have."""
    from difflib import get_close_matches

    there = {name.lower() for name in elements}
    for name, element in elements.items():
        if name.lower() in {one.lower() for one in known}:
            continue
        near = get_close_matches(name, known, 1, 0.8)
        meant = near[0] if near and near[0].lower() not in there else ""
        what = f"set {meant} instead" if meant else "remove it"
        yield element.finding(
            f"{of} has no element {name}, so {_REFUSED}: {what}",
            fix=element.change(meant, f"Rename it to {meant}", Safety.SAFE) if meant else None,
        )


def _version(document: Document, project: Project) -> Iterator[Finding]:
    """A version that there is none of, or one that has no policy variables where some are used."""
    language, version = project.catalog.iam.language, document.version
    fix = version.change(language.current, f"Set the version to {language.current}", Safety.UNSAFE)
    if version.is_not_in(language.versions) and not version.all(_is_filled_in):
        written = " or ".join(choice.value for choice in version.choices)
        yield version.finding(
            f"there is no version {written} of the policy language, so {_REFUSED}: "
            f"set {language.current}",
            fix=fix,
        )
    elif version.is_not_in([language.current]):
        for name, place in document.variable_places.items():
            if language.is_variable(name):
                how = "has no version" if version.absent else "has an old version"
                yield Finding(
                    f"${{{name}}} stands for nothing, as its policy {how}: IAM takes it for "
                    f"those very characters, and what is meant stays forbidden; "
                    f"set the policy's Version to {language.current}",
                    place,
                    fix=fix,
                    severity=WARNING,
                )
                return


def _missing(block: Block, *, trust: bool) -> Iterator[Finding]:
    """What a statement lacks, or what has no place in it."""
    there = {name.lower() for name in block.elements}
    wanted = ["Effect", "Action", "Principal" if trust else "Resource"]
    for name in wanted:
        if there.isdisjoint({name.lower(), f"not{name.lower()}"}):
            yield Finding(f"the statement has no {name}, so {_REFUSED}: add it", block.span)
    for name in ("Resource", "NotResource") if trust else ("Principal", "NotPrincipal"):
        if name in block.elements:
            of = "the trust policy" if trust else "a policy"
            yield block.elements[name].finding(
                f"a statement in {of} of a role has no {name}, so {_REFUSED}: remove it"
            )


def _effect(block: Block) -> Iterator[Finding]:
    effect = block.effect
    if not effect.is_not_in(_EFFECTS) or effect.all(_is_filled_in):
        return
    if effect.all(lambda written: written.capitalize() in _EFFECTS):
        meant = effect.choices[0].value.capitalize()
        yield effect.finding(
            "an effect is documented as Allow or Deny, in these letters, and that IAM takes "
            f"others is not: set {meant}",
            fix=effect.change(meant, f"Write it as {meant}", Safety.SAFE),
            severity=WARNING,
        )
        return
    yield effect.finding(f"an effect is Allow or Deny, so {_REFUSED}: set one of them")


def _actions(block: Block) -> Iterator[Finding]:
    for action in block.actions:
        written = _written(action)
        if written is not None and ":" not in written and written != "*":
            yield action.finding(
                f"the action {written} does not say of which service it is, so {_REFUSED}: "
                "write the name of the service and a colon before it"
            )
        odd = _IN_NO_ACTION.search(written) if written is not None else None
        if odd is not None and written is not None and ":" in written:
            what = "white space" if odd[0].isspace() else odd[0]
            yield action.finding(
                f"the action {written.strip()} has {what} in it, which none of any service has, "
                "so it stands for nothing: write one action, without that"
            )


def _resources(block: Block) -> Iterator[Finding]:
    for resource in block.resources:
        written = _written(resource)
        if written is None or set(written) == {"*"}:
            continue
        fields = written.split(":")
        if fields[0] != "arn" or (len(fields) < 6 and "*" not in written):
            yield resource.finding(
                f"the resource {written} is no ARN, so {_REFUSED}: "
                "write the whole ARN, with its six fields"
            )


def _written(value: Value[str]) -> str | None:
    """A text that stands as it is in the policy; None where something else may fill it in."""
    if not value.known:
        return None
    (choice,) = value.choices
    plain = choice.origin is Origin.WRITTEN and not any(choice.when)
    return choice.value if plain and not _is_filled_in(choice.value) else None


def _is_filled_in(text: str) -> bool:
    return not text or _FILLED_IN.search(text) is not None
