"""Two templates deploy the same handler, and only one sets a variable that the code reads.

## Why this matters

The code has a default for the variable, so that nothing fails where it is not set: the
function writes to the default table, calls the default address, runs with the
feature off. Mostly the variable was added to one template, and the other
(another stage, another account, another tool) was forgotten.

Without a default the code fails there, which `undefined-environment-variable`
tells. Not told are variables for the level of logs, which differ on purpose, those
that are, or may be, set to what the code takes by itself, or to nothing, those for
which the code computes something, and handlers that a template declares for several
functions. Nor are two variants that one app declares on purpose (of the CDK, or of one
folder of Terraform): both set a variable to other texts by which the code decides what
to do (`if os.environ["ONCE_DAILY"] == "true":`), and so which of the others it reads.
It is information where a script names the other template of a folder and none names this one.

## Example

```python title="src/app.py"
import os

TABLE = os.environ.get("TABLE_NAME", "orders-dev")


def handler(event, context):
    return TABLE
```

```yaml title="live.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
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

## Use instead

```python title="src/app.py"
import os

TABLE = os.environ.get("TABLE_NAME", "orders-dev")


def handler(event, context):
    return TABLE
```

```yaml title="live.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      Environment:
        Variables:
          TABLE_NAME: orders-live
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
- https://12factor.net/config
"""

from __future__ import annotations

import dataclasses
import posixpath
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lamlint.model import WRAPPER, Function, Value
from lamlint.project import Project
from lamlint.rule import INFORMATION, WARNING, rule
from lamlint.text import Finding, Regex, Related, listed

if TYPE_CHECKING:
    from lamlint.python import EnvironmentRead, Handler

_DIFFERS = Regex(
    r"(?i)(?:AWS|LAMBDA|PYTHON|POWERTOOLS|_).*|.*LOG(?:GING|GER)?_?(?:LEVEL)?|.*DEBUG.*"
)
"""Set by Lambda or a library, or meant to be other in each place."""
_PROGRAMS = ("cdk", "terraform")
"""The dialects of which several files are one program."""


@rule(severity=WARNING, since="0.1.0")
def check(handler: Handler, project: Project) -> Iterator[Finding]:
    """Compare the environments that several templates give to one handler."""
    functions = list(_comparable(handler, project))
    if len(functions) < 2:
        return
    reads = _with_default(handler)
    asked = frozenset(_asked_for(handler))
    for function in functions:
        others = [one for one in functions if not _differ_on_purpose(function, one, asked, project)]
        lacking = {
            name: other
            for name in sorted(reads.keys() - function.environment.variables.keys())
            if (other := _that_sets(name, others, reads[name])) is not None
        }
        if lacking:
            found = _finding(function, lacking, reads)
            templates = {one.template for one in lacking.values()}
            if any(project.is_left_lying(function.template, one) for one in templates):
                found = dataclasses.replace(found, severity=INFORMATION)
            yield found


def _comparable(handler: Handler, project: Project) -> Iterator[Function]:
    """The functions that run a handler, each the only one of its template, all variables known."""
    counted = Counter(function.template for function in handler.functions)
    for function in handler.functions:
        environment = function.environment
        known = environment.complete and WRAPPER not in environment.variables
        alone = counted[function.template] == 1 and not project.is_test(function.template)
        if known and alone and not function.library:
            yield function


def _with_default(handler: Handler) -> Mapping[str, EnvironmentRead]:
    """The variables that code always reads with a written default, with their first read."""
    found: dict[str, EnvironmentRead] = {}
    unlike: set[str | None] = set()
    for read in handler.environment_reads:
        if read.required or read.computed or not read.optional:
            unlike.add(read.name)
        elif read.name is not None and not _DIFFERS.fullmatch(read.name):
            found.setdefault(read.name, read)
    return {name: read for name, read in found.items() if name not in unlike}


def _asked_for(handler: Handler) -> Iterator[str]:
    """The variables by which the code decides what to do."""
    from lamlint.python import is_decided_by  # this needs LibCST

    for read in handler.environment_reads:
        if read.name is not None and is_decided_by(read):
            yield read.name


def _differ_on_purpose(
    one: Function, other: Function, asked: Collection[str], project: Project
) -> bool:
    """Whether one app declares two variants, by a variable that the code decides by."""
    return _of_one_app(one, other, project) and any(
        _surely_differ(one.environment.variables.get(name), other.environment.variables.get(name))
        for name in asked
    )


def _of_one_app(one: Function, other: Function, project: Project) -> bool:
    """Whether two files are of one program, that is deployed as one: of the CDK, or Terraform."""
    if one.dialect != other.dialect or not one.dialect.startswith(_PROGRAMS):
        return False
    app, second = (_app(each.template, project) for each in (one, other))
    return app == second


def _app(template: str, project: Project) -> str:
    """The folder of the app that a file is of: the nearest with a cdk.json, else its own."""
    own = folder = posixpath.dirname(template)
    while not project.tree.is_file(posixpath.join(folder, "cdk.json")):
        if not folder.strip("./"):
            return own
        folder = posixpath.dirname(folder)
    return folder


def _surely_differ(one: Value[str] | None, other: Value[str] | None) -> bool:
    """Whether two variables are set, and never to the same."""
    if one is None or other is None or not (one.known and other.known):
        return False
    first, second = ({choice.value for choice in each.choices} for each in (one, other))
    return bool(first and second) and first.isdisjoint(second)


def _that_sets(name: str, functions: Sequence[Function], read: EnvironmentRead) -> Function | None:
    """A function with a variable that is never set to nothing, or what the code takes itself."""
    for one in functions:
        value = one.environment.variables.get(name)
        if value is not None and not _may_be(value, ("", read.default)):
            return one
    return None


def _may_be(value: Value[str], texts: Collection[str | None]) -> bool:
    """Whether a value is, or may be, one of some texts: what it is set to, or that one's name."""
    written = {choice.value for choice in value.taken.choices}
    return not (written | value.taken.targets).isdisjoint(texts)


def _finding(
    function: Function, lacking: Mapping[str, Function], reads: Mapping[str, EnvironmentRead]
) -> Finding:
    names = list(lacking)
    other = lacking[names[0]]
    several = len(names) > 1
    found = function.finding(
        f"{other.template} sets {listed(names)} for the same code and this template does not, "
        f"so the code takes its default{'s' if several else ''} here: "
        f"set {'them' if several else 'it'}, or remove {'them' if several else 'it'} there",
        related=tuple(_places(lacking, reads)),
    )
    return dataclasses.replace(found, cause=function.template)


def _places(
    lacking: Mapping[str, Function], reads: Mapping[str, EnvironmentRead]
) -> Iterator[Related]:
    """Where each variable is set, and where it is read."""
    for name, other in lacking.items():
        read = reads[name]
        yield Related(other.environment.names[name], f"{name} is set here")
        yield Related(read.module.span(read.node), f"{name} is read here")
