"""A module that a function needs does not parse.

No grammar of the Python versions that lamlint knows accepts it. Code that is
written for Python 2 is told as such. Looked at are the module of the handler
and what it imports, at its top or in its functions; imports under a test, or
where the failure is caught, are left alone. Inline code in which Fn::Sub or
Fn::Join fills in values at deployment is not reported.

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

from lamlint.model import Function
from lamlint.project import Project
from lamlint.python.facts import facts
from lamlint.rule import ERROR, rule
from lamlint.text import Finding


@rule(severity=ERROR, since="0.1.0")
def check(function: Function, project: Project) -> Iterator[Finding]:
    for module in project.needed(function):
        if module.source.host is not None and "${" in module.source.text:
            continue
        # The grammar of this interpreter need not be the last word.
        failure = None if facts(module.source).taken else module.failure
        if failure is not None:
            yield Finding(failure.message, failure.span)
