"""A secret stands in a template, a `.env` file or another file beside the code.

## Why this matters
What is in the repository is with everybody who ever cloned it, in the logs and
caches of its builds, and in its history after it is removed. A parameter's
default, a `samconfig.toml` or an argument of a Dockerfile end up in the
console and in images besides, where more people can read them than may read a
secret.

Looked at are the files that git tracks or would track: templates of
CloudFormation and SAM (properties, defaults of parameters, pairs of a name and
a value, JSON in a text), `samconfig.toml`, `.env` files, `ENV` and `ARG` of
Dockerfiles, variables for `sam local`, test events, Makefiles and shell
scripts. Told by their shape are the tokens of some forty providers, private
keys and URLs with a password. What is only told by its name and how random it
looks is not reported in events, scripts and tests. References, placeholders
and files that are samples (`.env.example`) are not reported. The environment
of functions has a rule of its own, `secret-in-environment`, and so have files
that are packed, `private-key-in-package`.

In `.env` files, Dockerfiles, Makefiles and scripts a suppressing comment stands
on a line of its own, above the value.

## Example
```yaml title="template.yaml"
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.t4g.micro
      MasterUsername: app
      MasterUserPassword: kT7-vQ2xw!9
```

## Use instead
Let AWS make the secret and keep it, and refer to it.

```yaml title="template.yaml"
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.t4g.micro
      MasterUsername: app
      ManageMasterUserPassword: true
```

## Fix safety
There is no fix: the secret has to be replaced and moved, not only taken out.

## References
- https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
- https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security-best-practices.html
- https://docs.aws.amazon.com/secretsmanager/latest/userguide/cfn-example_reference-secret.html
- https://cwe.mitre.org/data/definitions/798.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lamlint.project import Project
from lamlint.rule import ERROR, INFORMATION, WARNING, rule
from lamlint.secrets import redact
from lamlint.secrets.files import DECLARES, Kind, kind_of, stored
from lamlint.secrets.variable import in_variable
from lamlint.text import Finding, Source, Span


@rule(severity=ERROR, since="0.1.0", security=7.5)
def check(project: Project) -> Iterator[Finding]:
    """Look into every file that a secret is known to be put in, where no other rule looks."""
    elsewhere: dict[str, list[Span]] = {}
    for span in _elsewhere(project):
        elsewhere.setdefault(span.path, []).append(span)
    for path in project.tree.sources():
        kind = kind_of(path)
        if kind is None or not project.is_targeted(path):
            continue
        if kind is Kind.SETTINGS and project.declared(path):
            continue  # it is packed, and private-key-in-package says so
        if kind is Kind.TEMPLATE and not project.tree.mentions(path, DECLARES):
            continue
        source = project.tree.read(path)
        if isinstance(source, Source):
            sample = project.is_sample(path)
            yield from _found(source, kind, elsewhere.get(path, ()), sample=sample)


def _found(
    source: Source, kind: Kind, elsewhere: Sequence[Span], *, sample: bool
) -> Iterator[Finding]:
    for one in stored(source, kind):
        span = source.span(one.start, one.end)
        if (sample and one.named) or any(_overlap(span, other) for other in elsewhere):
            continue
        shown = redact(source.text[one.start : one.end])
        yield Finding(
            f"{one.title} stands in {kind.value} ({shown}): whoever reads the repository has it",
            span,
            severity=INFORMATION if sample else WARNING if one.test else ERROR,
        )


def _elsewhere(project: Project) -> Iterator[Span]:
    """The places that other rules on secrets tell: of environments and of inline code."""
    for function in project.functions:
        for name, value in function.environment.variables.items():
            for choice in value.choices:
                if in_variable(name, str(choice.value)) is not None:
                    yield choice.span
        if function.code.inline is not None:
            yield function.code.inline.span(0, len(function.code.inline.text))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
