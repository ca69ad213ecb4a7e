"""The code needs an environment variable that the function does not have.

## Why this matters

`os.environ["NAME"]` raises a KeyError where the variable is not set. In code
that runs at import the function fails before its first invocation, with
`Runtime.ImportModuleError` or a KeyError in the logs; elsewhere it fails on
the path that is tried last. Neither shows on a machine where the variable
happens to be exported.

Variables that Lambda itself sets, that the code sets, or that a test, a
default or an except clause expects to be missing are left alone.

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

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lamlint.model import Function
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding, Related

WRAPPER = "AWS_LAMBDA_EXEC_WRAPPER"
"""A script that runs before Python, and may set anything."""
PREFIXES = ("AWS_", "LAMBDA_", "PYTHON", "_")
"""Set by Lambda and its runtimes, or looked at by them."""
SET_BY_THE_SYSTEM = frozenset({"PATH", "LANG", "LD_LIBRARY_PATH", "TZ", "HOME", "PWD", "SHLVL"})


@rule(severity=ERROR, since="0.1.0")
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Compare what the code reads without a default with what the function has."""
    environment = function.environment
    if not environment.complete or not function.python or not function.edge.is_in([False]):
        return
    if WRAPPER in environment.variables:
        return
    handler = project.handler_of(function)
    if handler is None:
        return
    for read in handler.environment_reads:
        name = read.name
        if name is None or not read.required or name in environment.variables:
            continue
        if name.startswith(PREFIXES) or name in SET_BY_THE_SYSTEM:
            continue
        effect = (
            "importing the code fails, and so does every invocation"
            if read.at_import
            else "an invocation that comes here fails with a KeyError"
        )
        yield Finding(
            f"{name} is not in the environment of the function: {effect}"
            f"{_near(name, environment.variables)}",
            read.module.span(read.node),
            related=(Related(function.span, f"this function has no variable {name}"),),
            subjects=(function.name,),
        )


def _near(name: str, known: Iterable[str]) -> str:
    """A hint at a variable that the function has, if its name is much like the one read."""
    from difflib import get_close_matches

    found = get_close_matches(name, list(known), 1, 0.8)
    return f"; it has {found[0]}" if found else ""
