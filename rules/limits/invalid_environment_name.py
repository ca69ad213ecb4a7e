"""An environment variable has a name that Lambda does not accept.

## Why this matters

The name of a variable begins with a letter, and letters, digits and underscores
follow, at least one: `DB_HOST`, not `DB-HOST`, `_DEBUG`, `2ND_TABLE` or `X`.
Anything else is refused when the template is deployed. Many tools accept such
names, since they only look for a part of them that is right.

## Example

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
          TABLE-NAME: orders
```

## Use instead

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

Unsafe: it writes the nearest name that Lambda accepts, in the configuration and
where the function's own code reads the variable. Whether anything else reads it,
a layer or a library, cannot be seen. There is no fix where a variable of that name is
there already.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
- https://docs.aws.amazon.com/lambda/latest/api/API_Environment.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.catalog import VARIABLE
from lamlint.model import Function, is_filled_in
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Edit, Finding, Fix, Regex, Safety, Source, Span

_NOT_TAKEN = Regex(r"[^a-zA-Z0-9_]+")
_NO_START = Regex(r"\A[0-9_]+")


@rule(severity=ERROR, since="0.1.0", fix=Safety.UNSAFE)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Compare each name with the form that names have."""
    for name in function.environment.configured:
        if VARIABLE.fullmatch(name) or is_filled_in(name):
            continue
        place = function.environment.names[name]
        near = _near(name, function)
        hint = f"name it {near}" if near else "name it with letters, digits and underscores"
        yield Finding(
            f"Lambda accepts no variable {name!r}, so the deployment fails: {hint}",
            place,
            fix=_fix(function, name, near, project) if near else None,
            subjects=(function.name,),
            cause=place.path,
        )


def _near(name: str, function: Function) -> str | None:
    """The nearest name that Lambda accepts, where that is free."""
    near = _NO_START.sub("", _NOT_TAKEN.sub("_", name))
    taken = VARIABLE.fullmatch(near) is None or near in function.environment.variables
    return None if taken else near


def _fix(function: Function, name: str, new: str, project: Project) -> Fix | None:
    """The new name in the configuration, and wherever the function's code reads the old one."""
    handler = project.handler_of(function) if function.python else None
    reads = handler.environment_reads if handler is not None else ()
    places = [
        function.environment.names[name],
        *(read.module.span(read.node) for read in reads if read.name == name),
    ]
    edits = [_renamed(place, name, new, project) for place in places]
    found = tuple(edit for edit in edits if edit is not None)
    if len(found) < len(places):
        return None
    return Fix(f"Call the variable {new}", Safety.UNSAFE, found)


def _renamed(place: Span, old: str, new: str, project: Project) -> Edit | None:
    """The edit that writes another name in a place where the old one stands once."""
    source = project.tree.read(place.path)
    if not isinstance(source, Source):
        return None
    start = source.text.find(old, place.start, place.end)
    if start < 0 or source.text.find(old, start + 1, place.end) >= 0:
        return None
    return Edit(Span(place.path, start, start + len(old)), new)
