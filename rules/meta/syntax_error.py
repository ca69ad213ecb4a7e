r"""A module that a function needs is no Python that can be imported.

No grammar of the Python versions that lamlint knows accepts it, or the
compiler refuses it: `return` outside a function, `await` outside a coroutine,
two parameters of one name; or a literal of it has no value: `"C:\Users"` begins an
escape of eight digits; or it is saved as UTF-16, where Python reads UTF-8. Code that is
written for Python 2 is told as such, tabs and spaces that only Python 2 reads side by
side, too, and is information where all that runs it are
functions on Python 2: `deprecated-runtime` tells of these.

Looked at are the module of each handler and what it imports, at its top or in
its functions (imports under a test, or where the failure is caught, are left
alone); modules that look like a handler's, with a template or without; and
files that are named on the command line. Data of tests (what lies in `fixtures/` or
`testdata/`, or in a folder `data/`, `cases/` or `snapshots/` of tests) and templates of other
tools (`{{ cookiecutter.name }}`) are none of them, nor what is set aside in a
folder like `deprecated/` or `old/` that no function has, or was unpacked beside what it
was made of (`shop-extracted/app.py` beside `app.py`), nor inline code in which
Fn::Sub or Fn::Join fills in values at deployment.

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

import posixpath
from collections.abc import Iterator

from lamlint.project import Project
from lamlint.python import Failure, Module, facts, misencoded, refusal, refused
from lamlint.rule import ERROR, INFORMATION, rule
from lamlint.text import Finding, Regex, Source, Span

_OLD = (
    "this is Python 2, as the function's runtime is, so nothing in it is looked at: "
    "move it to Python 3 together with the runtime"
)
_FIELD = Regex(r"\{\{-? ?[A-Za-z_][\w.]{0,80} ?(?:\||-?\}\})|\{%")
"""What cookiecutter and its like fill in."""


@rule(severity=ERROR, since="0.1.0")
def check(project: Project) -> Iterator[Finding]:
    """Look at what functions need, then at what else is meant to be a handler or was asked for."""
    seen: set[Source] = set()
    told: set[Span] = set()
    for function in project.functions:
        for module in project.needed(function):
            seen.add(module.source)
            failure = None if _is_filled_in(module.source) else _failure(module)
            if failure is not None:
                told.add(failure.span)
                old = failure.python_2 and function.runtime.all(_is_python_2)
                yield Finding(
                    _OLD if old else failure.message,
                    failure.span,
                    subjects=(function.name,),
                    related=project.declared_at(function),
                    severity=INFORMATION if old else None,
                    cause=_OLD if old else "",
                )
    for path, module in project.modules.items():
        if module.source in seen or not _is_looked_at(path, module, project):
            continue
        failure = _failure(module)
        if failure is not None and failure.span not in told:
            yield Finding(failure.message, failure.span)


def _is_python_2(runtime: str) -> bool:
    return runtime.startswith("python2")


def _is_looked_at(path: str, module: Module, project: Project) -> bool:
    """Whether a file that no function is known to need is meant to be imported all the same."""
    if path != module.path or _is_filled_in(module.source) or "{{" in path:
        return False
    if path in project.targets:
        return not project.is_test_data(path)
    if project.is_sample(path) or project.is_kept(path) or _is_unnameable(path):
        return False
    return project.looks_like_a_handler(module)


def _is_unnameable(path: str) -> bool:
    """Whether no handler can name a module: `load list.py`, which people start by hand.

    The `Handler` of a function has no blank in it, and no import does.
    """
    return any(one.isspace() for one in posixpath.basename(path))


def _is_filled_in(source: Source) -> bool:
    """Whether another tool writes the text that will be run."""
    if source.host is not None:
        return "${" in source.text
    return _FIELD.search(source.text) is not None and not facts(source).taken


def _failure(module: Module) -> Failure | None:
    encoded = misencoded(module.source)
    if encoded is not None:
        return encoded
    if facts(module.source).taken:
        found = refused(module.source)
        return None if found is None else refusal(module.source, found)
    # The grammar of this interpreter need not be the last word.
    return module.failure
