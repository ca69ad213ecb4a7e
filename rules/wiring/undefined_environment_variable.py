"""The code needs an environment variable that the function does not have.

## Why this matters

`os.environ["NAME"]` raises a KeyError where the variable is not set. In code
that runs at import the function fails before its first invocation, with
`Runtime.ImportModuleError` or a KeyError in the logs; elsewhere it fails on
the path that is tried last. Neither shows on a machine where the variable
happens to be exported.

Silent where the environment is not all known, and where a script of the project, or what it
tells people to do, may set the variable (`update-function-configuration
--environment`, or the same by an SDK).
Variables that Lambda itself sets, that the code sets, or that a test, a
default or an except clause expects to be missing are left alone (a clause that
always raises again expects nothing), and so is a line that the configuration of
the function keeps from running (`if "OTHER" in os.environ:`, and it is not there), and
code for AWS IoT Greengrass, which gives it an environment of its own. So is what
another tool sets that declares the same handler, or may (Chalice's configuration for
development, beside a template whose package is in S3). What
several functions of a template lack is told once, and lists them.

## Example

```python title="src/app.py"
import os

TABLE = os.environ["TABLE_NAME"]


def handler(event, context):
    return TABLE
```

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
```

## Use instead

```python title="src/app.py"
import os

TABLE = os.environ["TABLE_NAME"]


def handler(event, context):
    return TABLE
```

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      Environment:
        Variables:
          TABLE_NAME: orders
```

## Fix safety

Unsafe: it adds the variables to the function's environment, each with the
value `change-me`. The code then starts, and what it does with such a value
only its author knows: fill in the real one before you deploy, which
`placeholder-value` reminds you of. Nothing is
added where a variable of nearly the same name is there and unread: one of the
two is a slip of the pen.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from lamlint.catalog import VARIABLE
from lamlint.model import PLACEHOLDER, WRAPPER, Function
from lamlint.project import Project, declared_again
from lamlint.rule import ERROR, rule
from lamlint.text import Finding, Fix, Related, Safety, listed

if TYPE_CHECKING:
    from lamlint.python import EnvironmentRead

PREFIXES = ("AWS_", "LAMBDA_", "PYTHON", "_")
"""Set by Lambda and its runtimes, or looked at by them."""
SET_BY_THE_SYSTEM = frozenset({"PATH", "LANG", "LD_LIBRARY_PATH", "TZ", "HOME", "PWD", "SHLVL"})

_ON_A_DEVICE = "greengrasssdk"
"""Imported by what Greengrass runs, in an environment of its own."""


@rule(severity=ERROR, since="0.1.0", fix=Safety.UNSAFE)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Compare what the code reads without a default with what the function has."""
    environment = function.environment
    if not environment.complete or not function.python or not function.edge.is_in([False]):
        return
    if WRAPPER in environment.variables:
        return
    handler = project.handler_of(function)
    if handler is None or _ON_A_DEVICE in handler.module.source.text:
        return
    if not handler.may_need(partial(_is_absent, function)):
        return
    reads = tuple(handler.environment_reads)
    spare = environment.variables.keys() - {read.name for read in reads}
    lost = {one.name for one in project.replaced if one.template == function.template}
    missing = [
        (read, read.name)
        for read in reads
        if read.name
        and read.name not in lost
        and _is_missing(read, function)
        and not environment.may_get(read.name)
    ]
    if missing:
        others = tuple(declared_again(project, function))
        missing = [one for one in missing if all(_is_absent(other, one[1]) for other in others)]
    meant = {name: _near(name, spare) for _, name in missing}
    fix = _fix(function, [name for name, near in meant.items() if near is None])
    at_import = {name for read, name in missing if read.at_import}
    for read, name in missing:
        near = meant[name]
        effect = (
            "importing the code fails, and so does every invocation"
            if name in at_import
            else "an invocation that comes here fails with a KeyError"
        )
        yield Finding(
            f"{name} is not in the environment: {effect}"
            f"; {f'did you mean {near}?' if near else 'add it there, or give it a default here'}",
            read.module.span(read.node),
            related=(Related(function.span, f"{function.name} has no variable {name}"),),
            fix=None if near else fix,
            subjects=(function.name,),
            cause=function.template,
        )


def _is_missing(read: EnvironmentRead, function: Function) -> bool:
    return read.name is not None and read.required and _is_absent(function, read.name)


def _is_absent(function: Function, name: str) -> bool:
    if name in function.environment.variables or name in SET_BY_THE_SYSTEM:
        return False
    if not function.environment.complete:
        return False
    return not name.startswith(PREFIXES)


def _near(name: str, spare: Iterable[str]) -> str | None:
    """A variable that the function has and no code reads, if its name is much like the one read."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, sorted(spare), 1, 0.8)), None)


def _fix(function: Function, names: Sequence[str]) -> Fix | None:
    """One fix for all that a function lacks: two would each write the keys above."""
    room = function.environment.room
    if room is None or not names or not all(VARIABLE.fullmatch(name) for name in names):
        return None
    value = "a value" if len(names) == 1 else "values"
    title = f"Add {listed(names)} to the environment, with {value} for you to fill in"
    edit = room.edit(dict.fromkeys(names, PLACEHOLDER))
    left = f"replace {PLACEHOLDER}, the value of {listed(names)}"
    return Fix(title, Safety.UNSAFE, (edit,), left=left)
