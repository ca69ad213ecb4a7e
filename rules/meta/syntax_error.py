"""A module that a function needs does not parse.

No grammar of the Python versions that lamlint knows accepts it. Code that is
written for Python 2 is told as such. Inline code in which Fn::Sub or Fn::Join
fills in values at deployment is not reported.

## Why this matters
Importing the module raises a SyntaxError: every invocation fails with
`Runtime.UserCodeSyntaxError`, and nothing in the module can be checked.

## Example
```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: orders/
      Handler: app.handler
      Runtime: python3.13
```
```python title="orders/app.py"
def handler(event, context):
    print event
```

## Use instead
```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: orders/
      Handler: app.handler
      Runtime: python3.13
```
```python title="orders/app.py"
def handler(event, context):
    print(event)
```

## Fix safety
There is no fix: only its author knows what the text was meant to say.

## References
- https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint import resolution
from lamlint.model import Function
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding


@rule(severity=ERROR, since="0.1.0")
def check(function: Function, project: Project) -> Iterator[Finding]:
    place = resolution.place(function, project.tree)
    if place is None:
        return
    layers = tuple(resolution.layer_roots(function))
    for source in resolution.needed(place, project.tree, layers):
        if source.host is not None and "${" in source.text:
            continue
        if not project.compiles(source):
            # The grammar of this interpreter need not be the last word.
            from lamlint.python import Module

            failure = Module(source, place.module).failure
            if failure is not None:
                yield Finding(failure.message, failure.span)
