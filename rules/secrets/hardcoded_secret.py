"""A password, a token or a private key stands in the code.

## Why this matters
Whoever can read the repository, a fork, a log of a build, or the deployed
package (`lambda:GetFunction` is enough) has the secret, and it stays in the
history after it is removed. It cannot be rotated without a deployment.

Told by their shape are the tokens of some forty providers, private keys and
URLs with a password; told by their name and how random they look are other
literals: assignments, arguments, pairs of a name and a value, values of a
dictionary or of JSON, YAML or dotenv lines in a string, headers, what a
password or a token is compared with (`==`, `case`), and defaults: of
parameters, `os.environ.get`, `field`, `attr.ib`, argparse, click.
A literal that a connection to another host logs in with is a password however
simple it is; one in the address of a bare or private host (`@db/orders`) only
where it cannot be one of an example. Placeholders, references, names of
secrets, digests, documentation (docstrings; of descriptions and texts of help
all but a provider's tokens) and the addresses of badges are not reported.

In tests the token of a provider weighs what it weighs elsewhere, unless it stands
in the answer of a mock or in an assertion; private keys, URLs with a password, web
tokens that have not expired and what only has the name of a key or a token are
information. Silent are what only has the name of a password, which a test makes up,
and what its name or a comment beside or above it calls made up (`FAKE_KEY = …`,
`# private key for tests, DO NOT USE`). In documentation and examples all that has a
shape is information. So is what only has the name of a
secret, where the address beside it is that of the service's sandbox
(`https://test.…`, `https://paper-api.…`), a simple password (`admin123`) in a
script that fills a database for trying (`seed_user.py`) and that no function
imports, that of a test user (`one@example.com`) in one that makes such users, a
password beside a host that is this machine, or in a branch for that (`if stage ==
"local"`; the other branch weighs what it says), one that is called temporary, or given as
`TemporaryPassword`, the key of an API among headers that were copied from a browser, and a key
that Django makes for a new site (`django-insecure-…`) in code that no function has or
as the default of `os.environ.get`, and what settings of Django hold that those of all
functions (`DJANGO_SETTINGS_MODULE`) take in and set anew from the environment; where
all others do so, too, it is nobody's, and silent. The default of the `SECRET_KEY` of a
site that runs is told however it looks, where no function is seen to set its variable:
an error where surely none does, else information. The default of a key that a program signs
with (`SECRET_KEY`, `JWT_SECRET`) is a warning beside other defaults for somebody's own machine
(a host that is this one, `DEBUG` that is true, a stage `dev`), where no function surely lacks
the variable: `env(…, default=…)`, `config`, `os.environ.get` and the fields of pydantic's
`BaseSettings` count. Information is a default, too, that a
function of the project refuses where it is deployed (`required_env("KEY", DEFAULT)`, with
`if PRODUCTION: raise …` in it). A password for an account, at an address that nobody can
have, of a server that a script starts itself on this machine, is silent, and so is the
`TemporaryPassword` of a user with a random name that the same function deletes again. The
secret itself is never printed.

A web token that has expired or has no signature lets nobody in, and is silent; so
are the ids of keys that signed a request or called, as records have them, and keys
that pages show to every visitor (of Firebase, publishable ones, for the search of
Algolia). So are lists of what nobody may take (`WEAK_PASSWORDS`, `REVOKED_TOKENS`,
`if password in WORDS: raise …`), but for a provider's tokens. A secret that stands in
several places is told once, with all of them, and so is what tests make up. One that
was ever pushed is to be replaced, not only moved.

## Example
```python title="app.py"
import psycopg


def handler(event, context):
    with psycopg.connect(host="db.internal", user="app", password="kT7-vQ2xw!9") as connection:
        return connection.execute("select 1").fetchone()
```

## Use instead
Keep it in Secrets Manager or the Parameter Store, give the function only its
name, and read it once, outside the handler.

```python title="app.py"
import os

import boto3
import psycopg

SECRET = boto3.client("secretsmanager").get_secret_value(SecretId=os.environ["SECRET_NAME"])


def handler(event, context):
    with psycopg.connect(SECRET["SecretString"]) as connection:
        return connection.execute("select 1").fetchone()
```

## Fix safety
Unsafe: the fix reads the value from an environment variable, which has to be
set by then. It takes the secret out of the code, and writes it nowhere; an
environment variable is a step on the way, not the place for a secret.

## References
- https://docs.aws.amazon.com/lambda/latest/dg/with-secrets-manager.html
- https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html
- https://cwe.mitre.org/data/definitions/798.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.project import runs_without
from lamlint.rule import ERROR, INFORMATION, WARNING, rule
from lamlint.secrets import (
    AGAIN,
    CURE,
    MADE_UP,
    NAMED,
    PRIVATE_KEY,
    SPARE_KEY,
    is_first_password,
    is_for_visitors,
    is_made_up,
    is_of_own_server,
    lighter,
    names_password,
    redact,
    same,
    shaped,
    spare_keys,
    told_there,
    weight,
    worth_parsing,
)
from lamlint.text import Finding, Fix, Regex, Related, Safety, Severity

if TYPE_CHECKING:
    from lamlint.project import Project
    from lamlint.python import Module
    from lamlint.secrets import Literal

_OF_AWS = Regex(r"(?i)^aws_?(?:secret|access|session)")
_WHERE = "the repository or the package"
_INSTEAD = "is taken from the code where its variable is not set"
_SPARE = (_INSTEAD, "leave the default out, so that nothing is deployed with it")
_FALLBACK = (
    f"{_INSTEAD}, as settings for somebody's own machine are",
    "leave the default out, so that a missing variable fails",
)
_COPIED = (
    "stands in the code, beside the headers of a browser",
    "read it from the page, if one shows it to all; else replace it, and keep it elsewhere",
)
_ANEW = (
    "stands in settings that those of the functions take in and set anew",
    "let each machine that runs on it have its own",
)
_ASKED = "let whoever runs the script give one, so that no account is open to all who read it"
_OWN = frozenset({NAMED, PRIVATE_KEY})
"""The kinds of secrets that whoever writes the code can make up: no provider made them."""
_KINDS_OF_AWS = frozenset({"aws-access-key-id", "aws-secret-access-key"})


@rule(
    severity=ERROR,
    since="0.1.0",
    fix=Safety.UNSAFE,
    security=8.5,
    sees_every_module=True,
    secret=True,
)
def check(module: Module, project: Project) -> Iterator[Finding]:
    """Look for secrets in the text, then parse what may hold one, and all only where it does."""
    yield from _of_django(module, project)
    source, text = module.source, module.source.text
    test = project.is_test(module.path)
    sample = project.is_sample(module.path) and not test
    if not (shaped(source) if sample else worth_parsing(source)):
        return
    from lamlint.secrets import candidates, literals

    part = candidates(module)
    if part is None or not literals(part):
        return
    for literal in literals(module):
        if literal.kind in _KINDS_OF_AWS or _OF_AWS.match(literal.name):
            continue
        if literal.kind == NAMED and _is_shown(literal, module, project):
            continue
        place = module.source.span(literal.start, literal.end)
        if told_there(project.variables.get(module.path, ()), place):
            continue
        secret = text[literal.start : literal.end]
        severity = weight(project, module.path, literal.kind, secret, test=literal.test)
        if severity is None or (test and _is_of_tests(module, literal)):
            continue
        if not _is_of_no_use(literal, module, project):
            yield _finding(module, project, literal, severity)


def _finding(module: Module, project: Project, literal: Literal, severity: Severity) -> Finding:
    from lamlint.secrets import is_instead

    secret = module.source.text[literal.start : literal.end]
    stands, cure = "stands in the code", CURE
    if literal.kind == NAMED and is_instead(module, literal.node):
        stands = _INSTEAD
        if severity is ERROR and _is_fallback(module, project, literal):
            severity, (stands, cure) = WARNING, _FALLBACK
    for why, instead in _light(module, project, literal):
        severity, stands, cure = INFORMATION, why or stands, instead
    made_up = cure == MADE_UP  # one variable would give all accounts the same again
    anew = made_up or _is_set_anew(project, module.path, literal)
    fix = None if anew else _fix(module, literal)
    related: tuple[Related, ...] = ()
    if severity is not INFORMATION and literal.kind in _OWN:
        by = project.refusing.by(module.source, literal.start, literal.end)
        if by is not None:
            stands = f"is a default that {by.name} refuses where {by.test}"
            severity, cure, fix = INFORMATION, _ANEW[1], None
            related = (Related(by.span, "here the default is refused"),)
    cause, also = same(secret), AGAIN
    if severity is INFORMATION and project.is_test(module.path):  # nobody replaces each of these
        cause, also = f"{literal.kind} of tests", f"{literal.title} stands here, too"
    where = "the repository" if project.is_elsewhere(module.path) else _WHERE
    return Finding(
        f"{literal.title} {stands} ({redact(secret, literal.length)}): "
        f"whoever reads {where} has it; {cure}",
        module.source.span(literal.start, literal.end),
        related=related,
        severity=severity,
        fix=fix,
        cause=cause,
        also=also,
    )


def _light(module: Module, project: Project, literal: Literal) -> Iterator[tuple[str, str]]:
    """Why a secret weighs little: how it stands there, if that is told, and what is to be done.

    Of several reasons the last one is told.
    """
    from lamlint.secrets import is_copied, is_first_given, is_for_trying

    text = module.source.text
    if literal.kind == NAMED:
        if light := lighter(text, literal.start, literal.name):
            yield "", light
        if is_for_trying(module, literal.node):
            yield _SPARE
        if is_first_given(module, literal.node, literal.name):
            yield "", MADE_UP
        if is_copied(module, literal.node, literal.name):
            yield _COPIED
    secret = text[literal.start : literal.end]
    first = is_first_password(module.path, text, literal.start, literal.name, secret)
    if first and _is_apart(module, project):
        yield "", _ASKED
    if _is_set_anew(project, module.path, literal):
        yield _ANEW


def _is_shown(literal: Literal, module: Module, project: Project) -> bool:
    """Whether what a name calls a secret is there to be seen: in a sample, or for visitors.

    A test makes its passwords up; a key in it may be one that somebody tried a service with.
    """
    if project.is_sample(module.path):
        return not project.is_test(module.path) or names_password(literal.name)
    return is_for_visitors(module.source.text, literal.start, literal.end, literal.name)


def _is_of_tests(module: Module, literal: Literal) -> bool:
    """Whether a test makes a secret up: for a mock, as a comment says, or to be redacted."""
    from lamlint.secrets import is_redacted, mocked

    return (
        mocked(module, literal.node)
        or is_made_up(module.source.text, literal.start, literal.name)
        or is_redacted(module, literal)
    )


def _is_of_no_use(literal: Literal, module: Module, project: Project) -> bool:
    """Whether a secret is nobody's, or opens what only lives as long as a script runs."""
    if _is_set_anew(project, module.path, literal):
        return project.django_settings.are_nobodys(module.path, literal.name)
    from lamlint.secrets import is_option_for_here, is_thrown_away

    if literal.kind == NAMED and (
        is_option_for_here(module, literal.node) or is_thrown_away(module, literal.node)
    ):
        return True
    passing = is_of_own_server(module.source, literal.start, literal.name)
    return literal.kind == NAMED and passing and _is_apart(module, project)


def _is_set_anew(project: Project, path: str, literal: Literal) -> bool:
    """Whether what runs has another secret in its stead, as its settings are set anew."""
    return literal.kind == NAMED and project.django_settings.are_set_anew(path, literal.name)


def _of_django(module: Module, project: Project) -> Iterator[Finding]:
    """The keys that a site signs with where its variable is not set, which all can read."""
    for key in spare_keys(module.source.text):
        running = project.django_settings.running_on(module.path, SPARE_KEY)
        without = [one for one in running if key.variable not in one.environment.names]
        if without:
            secret = module.source.text[key.start : key.end]
            surely = any(one.environment.complete for one in without)
            stands = "is the one in the code" if surely else "is taken from the code"
            yield Finding(
                f"the value of {SPARE_KEY} {stands} where {key.variable} is not set "
                f"({redact(secret)}): whoever reads {_WHERE} can sign with it; {_SPARE[1]}",
                module.source.span(key.start, key.end),
                severity=ERROR if surely else INFORMATION,
                cause=same(secret),
                also=AGAIN,
            )


def _is_fallback(module: Module, project: Project, literal: Literal) -> bool:
    """Whether a key is for running the code where it is written, and no function surely does."""
    from lamlint.secrets import is_fallback

    for_here = is_fallback(module, literal.node, literal.name)
    return for_here and not runs_without(project, module.path, literal.name)


def _is_apart(module: Module, project: Project) -> bool:
    """Whether no function runs a module, or imports it."""
    return not any(
        each.path == module.path
        for handler in project.handlers
        for each in handler.imported_modules()
    )


def _fix(module: Module, literal: Literal) -> Fix | None:
    from lamlint.secrets import from_environment

    found = from_environment(module, literal)
    if found is None:
        return None
    variable, edits = found
    return Fix(f"Read it from the environment variable {variable}", Safety.UNSAFE, edits)
