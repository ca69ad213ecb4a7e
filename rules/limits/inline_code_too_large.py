"""Code that stands in a template is larger than Lambda accepts, or of another language.

## Why this matters

CloudFormation packs the text of `ZipFile` (`InlineCode` in SAM) as a file called
`index`. It takes at most 4 MB of it, and knows that only for Node.js and
Python: for any other runtime the deployment fails. A handler in
another module than `index` is deployed, and then every invocation fails; for Python
`handler-not-found` tells of that.

## Example

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: ruby3.4
      Handler: index.handler
      InlineCode: "def handler(event:, context:) = {}"
```

## Use instead

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: ruby3.4
      Handler: index.handler
      CodeUri: orders/
```

## References

- https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import CodeKind, Function
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding


@rule(severity=ERROR, since="0.1.0")
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look at the size of inline code, the runtime and, for Node.js, the handler."""
    code, accepted = function.code, project.catalog.accepted.inline_code
    if code.kind is not CodeKind.INLINE:
        return
    size = len(code.inline.text.encode(errors="replace")) if code.inline is not None else 0
    if size > accepted.bytes:
        yield Finding(
            f"the inline code has {size:,} bytes and may have {accepted.bytes:,}, "
            "so the deployment fails: move it into a file",
            code.span,
            subjects=(function.name,),
        )
    if function.runtime.all(lambda name: not name.startswith(accepted.runtimes)):
        yield function.runtime.finding(
            "inline code is for Node.js and Python only, so the deployment fails: "
            "move it into a file, or name one of their runtimes",
            cause=function.runtime.choices[0].span.path,
        )
    yield from _handler(function, accepted.module)


def _handler(function: Function, module: str) -> Iterator[Finding]:
    """A handler of Node.js that is in another module; one of Python is looked for elsewhere."""
    handler = function.handler
    of_nodejs = function.runtime.all(lambda name: name.startswith("nodejs"))
    if of_nodejs and handler.all(lambda name: name.rpartition(".")[0] != module):
        yield handler.finding(
            f"inline code is always the module {module}, so every invocation fails: "
            f"name the handler {module}.{handler.choices[0].value.rpartition('.')[2]}",
            cause=handler.choices[0].span.path,
        )
