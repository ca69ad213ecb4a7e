"""A key or a file of credentials lies in the folder that is deployed.

## Why this matters
All that lies in the code's folder is packed, what git ignores included.
Whoever may call `lambda:GetFunction` downloads it, and every copy of the
package keeps it. A key that is used from a package cannot be rotated without
a deployment.

Reported are PEM files with a private key, service account files of Google,
AWS credentials files, and `.env` files with secrets. Certificates, public keys,
passwords for a host that is this machine and folders of tests are not. A file
that is called just `.env` is a warning in a SAM project: `sam build` leaves it
out, but `sam package` and `sam deploy` without a build before them do not.

## Example
```yaml title="template.yaml"
Resources:
  Sign:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Runtime: python3.13
      Handler: app.handler
```
```python title="src/app.py"
def handler(event, context): ...
```
```text title="src/.env"
DB_PASSWORD=kT7-vQ2xw!9
```

## Use instead
Keep the key in Secrets Manager, or let KMS sign, and keep the file outside the
code's folder.

```yaml title="template.yaml"
Resources:
  Sign:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Runtime: python3.13
      Handler: app.handler
```
```python title="src/app.py"
def handler(event, context): ...
```

## Fix safety
There is no fix: lamlint deletes no files.

## References
- https://docs.aws.amazon.com/lambda/latest/dg/with-secrets-manager.html
- https://docs.aws.amazon.com/kms/latest/developerguide/asymmetric-key-specs.html
- https://cwe.mitre.org/data/definitions/540.html
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from lamlint.project import is_sample
from lamlint.rule import ERROR, WARNING, rule
from lamlint.secrets import assignments, find, is_env, lighter, suspicious
from lamlint.text import Entry, Finding, Related, Source, Span

if TYPE_CHECKING:
    from lamlint.model import Code, Function
    from lamlint.packages import Package
    from lamlint.project import Project

_KEYS = (".pem", ".key", ".ppk", ".p8")
_PRIVATE = "private-key"
_LARGEST_ACCOUNT = 20_000
_CURE = "keep it in Secrets Manager or KMS, and the file out of the folder"
_COST = f"is packed with the code: whoever may download the function has it; {_CURE}"
_COST_UNBUILT = (
    "lies in the code's folder: sam build leaves it out, but without a build it is packed; "
    "keep the file out of the folder"
)


@rule(severity=ERROR, since="0.1.0", security=7.5, sees_every_module=True)
def check(package: Package, project: Project) -> Iterator[Finding]:
    """Look into the few files whose names say that they may hold keys."""
    function = package.function
    contents = (layer.content for layer in function.layers)
    for code in (function.code, *(content for content in contents if content is not None)):
        for entry in _candidates(code, package):
            source = project.tree.read(entry.path)
            what = (
                source.once(_what, partial(_what, source)) if isinstance(source, Source) else None
            )
            if what is not None:
                left_out = _left_out(entry.path, code, function)
                yield Finding(
                    f"{what} {_COST_UNBUILT if left_out else _COST}",
                    Span(entry.path, 0, 0),
                    related=(Related(code.span, "the folder that is deployed"),),
                    severity=WARNING if left_out else None,
                )


def _left_out(path: str, code: Code, function: Function) -> bool:
    """Whether SAM's builders for Python leave a file out when they copy the source."""
    method = code.build_method.lower()
    copied = method.startswith("python") or (code is function.code and not method)
    sam = function.dialect == "sam" and function.python
    return copied and sam and posixpath.basename(path) == ".env"


def _candidates(code: Code, package: Package) -> Iterator[Entry]:
    for entry in package.files(code):
        inner = entry.path.removeprefix(f"{code.path}/") if code.path else entry.path
        if _named_so(entry) and not is_sample(inner):
            yield entry


def _named_so(entry: Entry) -> bool:
    name = posixpath.basename(entry.path)
    if name.endswith(".json"):
        return entry.size <= _LARGEST_ACCOUNT
    return name.endswith(_KEYS) or name in ("credentials", "id_rsa", "id_ed25519") or is_env(name)


def _what(source: Source) -> str | None:
    """What a file is, if it is a secret."""
    text, name = source.text, posixpath.basename(source.path)
    if name.endswith(".json"):
        account = '"private_key"' in text and any(hit.kind == _PRIVATE for hit in find(text))
        return "a service account's private key" if account else None
    shaped = {match.kind for match in find(text)}
    if _PRIVATE in shaped:
        return "a private key"
    if name == "credentials" and not shaped.isdisjoint(
        {"aws-access-key-id", "aws-secret-access-key"}
    ):
        return "a file of AWS credentials"
    return "a file of secrets" if is_env(name) and (shaped or _named(text)) else None


def _named(text: str) -> bool:
    """Whether a text has a secret that its name tells, and not only those for this machine."""
    return any(
        suspicious(pair.name, pair.value) and not lighter(text, pair.start, pair.name)
        for pair in assignments(text)
    )
