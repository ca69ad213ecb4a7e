"""A secret stands in a template, a `.env` file or another file beside the code.

## Why this matters
What is in the repository is with everybody who ever cloned it, in the logs and
caches of its builds, and in its history after it is removed. A parameter's
default, a `samconfig.toml` or an argument of a Dockerfile end up in the
console and in images besides, where more people can read them than may read a
secret.

Looked at are the files that git tracks or would track:
- templates of CloudFormation and SAM: properties, defaults of parameters, pairs
  of a name and a value, texts that hold JSON, settings or a script (`UserData`)
- `samconfig.toml`, `.env` files, and variables for `sam local` whatever the
  file is called (`{Function: {VARIABLE: value}}`, `{Parameters: {...}}`)
- data and settings in the folder of a function's code or of a layer: JSON,
  YAML, INI, TOML, properties
- what says where packages come from: requirements, `pip.conf`, `.pypirc`,
  `.netrc`, `.npmrc`
- `ENV` and `ARG` of Dockerfiles, test events, Makefiles and shell scripts

Told by their shape are the tokens of some forty providers, private keys and
URLs with a password, told by their name and how random they look all other
values; those not in events, scripts, tests and documentation. A password in an
address of a private or a bare host (`@db/orders`) is told of where it cannot be
one of an example. An AWS key id is told with the secret key beside it, and one
secret that stands in several files is one finding. In tests a token or both
halves of an AWS key weigh what they weigh elsewhere, a key id alone and an
expired token are silent, the rest is information. So are settings that are
built into the pages of a site by their names (`VITE_`, `REACT_APP_` and the
like): every visitor has them anyway; and what is for trying the code: a password
beside a host that is this machine, of a database that a compose file starts, or
for a service's sandbox.

References, placeholders and samples (`.env.example`) are not reported, nor are
lock files, the metadata of packages and what is vendored with it, `cdk.out`,
descriptions of interfaces (OpenAPI) and translations. The environment of
functions has a rule of its own, `secret-in-environment`, and so have `.env`
files that are packed, `private-key-in-package`. What a run of GitHub, GitLab,
CircleCI or Bitbucket gives to databases that it starts for itself is of no use
after it, and settings such as `.env.e2e` or `.env.ci` are those of tests
(`.env.test` may be those of a stage).

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

import hashlib
from collections.abc import Iterator, Sequence

from lamlint.project import Project
from lamlint.rule import ERROR, INFORMATION, rule
from lamlint.secrets import (
    AGAIN,
    AWS_KEY_ID,
    CURE,
    DECLARES,
    PRIVATE_KEY,
    SAYS_A_NAME,
    Kind,
    Stored,
    cure_in_store,
    in_variable,
    is_env,
    kind_of,
    lighter,
    may_be_template,
    of_variables,
    redact,
    same,
    stored,
    too_deep,
    vendored,
    weight,
)
from lamlint.text import Finding, Regex, Source, Span, Unread

_OF_PAGES = Regex(r"(?:VITE|REACT_APP|VUE_APP|GATSBY|NG_APP)_")
"""What begins the names of settings that the tools of front ends build into pages."""
_BUILT_IN = (
    "it is built into the site's pages, so every visitor",
    "let a function call with the real secret what needs one",
)
TOO_DEEP = "it is nested too deeply"
_OF_A_CONTAINER = "read it from the environment, so that no other database has the same"


@rule(severity=ERROR, since="0.1.0", security=7.5, sees_every_module=True, secret=True)
def check(project: Project) -> Iterator[Finding]:
    """Look into every file that a secret is known to be put in, where no other rule looks."""
    elsewhere: dict[str, list[Span]] = {}
    for span in _elsewhere(project):
        elsewhere.setdefault(span.path, []).append(span)
    known = _known(project)
    others, held = vendored(project.tree), _Held()
    for path in _paths(project):
        kind = _kind(project, path)
        if kind is None or (kind is Kind.DATA and others.holds(path)):
            continue
        source = project.tree.read(path)
        if isinstance(source, Source):
            found = _found(project, source, kind, held.by(source, kind), elsewhere.get(path, ()))
            if too_deep(source):
                project.tree.unread.add(Unread(source.span(0, 0), TOO_DEEP))
            yield from (one for one, secret in found if (path, secret) not in known)


def _paths(project: Project) -> Iterator[str]:
    """The files that are asked for, and those in code that lies beside the project."""
    yield from filter(project.is_targeted, project.tree.sources())
    for root in project.beside:
        yield from project.tree.sources(root)


def _kind(project: Project, path: str) -> Kind | None:
    """What a file is, by its path, its text and what lies beside it."""
    kind = kind_of(path)
    if kind is None or (is_env(path) and project.declared(path)):
        return None  # private-key-in-package tells of an .env file that is packed
    if kind is Kind.EVENT or not may_be_template(path):
        return kind if kind is not Kind.DATA or project.declared(path) else None
    if project.tree.mentions(path, DECLARES):
        return Kind.TEMPLATE
    if kind is not Kind.DATA or project.declared(path):
        return None if kind is Kind.TEMPLATE else kind
    if not path.endswith(".json") or not project.tree.mentions(path, SAYS_A_NAME):
        return None
    source = project.tree.read(path)
    known = isinstance(source, Source) and of_variables(source.text)
    return Kind.VARIABLES if known else None


class _Held:
    """What files hold, looked for once in all that say the same: `cdk.out` holds many copies."""

    def __init__(self) -> None:
        self._known: dict[tuple[Kind, bytes], tuple[Stored, ...]] = {}

    def by(self, source: Source, kind: Kind) -> tuple[Stored, ...]:
        """What a file holds."""
        if kind is Kind.DATA:  # what that is, its path has a say in
            return tuple(stored(source, kind))
        text = source.text.encode("utf-8", "surrogatepass")
        key = kind, hashlib.sha256(text).digest()
        if key not in self._known:
            self._known[key] = tuple(stored(source, kind))
        return self._known[key]


def _found(
    project: Project,
    source: Source,
    kind: Kind,
    held: Sequence[Stored],
    elsewhere: Sequence[Span],
) -> Iterator[tuple[Finding, str]]:
    """What is found in a file, each with its secret."""
    sample = project.is_sample(source.path)
    for one in held:
        span = source.span(one.start, one.end)
        if (sample and one.named) or any(_overlap(span, other) for other in elsewhere):
            continue
        if kind is Kind.DATA and one.kind == PRIVATE_KEY:
            continue  # private-key-in-package tells of it
        if one.kind == AWS_KEY_ID and one.pair:
            continue  # the secret key beside it is told, and replaced with it
        for finding in _finding(project, source, kind, one):
            yield finding, source.text[one.start : one.end]


def _finding(project: Project, source: Source, kind: Kind, one: Stored) -> Iterator[Finding]:
    secret = source.text[one.start : one.end]
    severity = weight(project, source.path, one.kind, secret, test=one.test, pair=one.pair)
    name = one.title.rpartition(" ")[2]  # "the value of NAME"
    if severity is None:
        return
    reader = "whoever reads the repository"
    cure = cure_in_store(source, one.start) or CURE
    light = lighter(source.text, one.start, name) if one.named else ""
    if one.local or light:
        severity, cure = INFORMATION, light or _OF_A_CONTAINER
    if one.named and _OF_PAGES.match(name):
        severity, reader, cure = INFORMATION, *_BUILT_IN
    yield Finding(
        f"{one.title} stands in {kind.value} ({redact(secret)}): {reader} has it; {cure}",
        source.span(one.start, one.end),
        severity=severity,
        cause=same(secret),
        also=AGAIN,
    )


def _elsewhere(project: Project) -> Iterator[Span]:
    """The places that other rules on secrets tell: of environments and of inline code."""
    for function in project.functions:
        for name, choice in function.environment.written:
            if any(in_variable(name, str(choice.value))):
                yield choice.span
        if function.code.inline is not None:
            yield function.code.inline.span(0, len(function.code.inline.text))


def _known(project: Project) -> frozenset[tuple[str, str]]:
    """The secrets of environments, each with a file that has it: they are told there already."""
    return frozenset(
        (choice.span.path, str(choice.value)[found.start : found.end])
        for function in project.functions
        for name, value in function.environment.variables.items()
        for choice in value.choices
        for found in in_variable(name, str(choice.value))
    )


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
