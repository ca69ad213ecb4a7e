"""The handler is written in a way that names no function.

## Why this matters

Lambda takes a handler of at most 128 characters without white space; anything
else is refused when the template is deployed. The runtime for Python splits it
at its last dot: before it stands a module, below the folder of the code, behind
it a name in that module. `app`, `app:handler`, `./app.handler`, `app.handler()`
and `.handler` all deploy, and then every invocation fails before any of the
code runs. With Zappa it is the `app_function` that is looked at, which Zappa's own
handler imports; one without a dot Zappa refuses to package.

A handler of the right form that leads nowhere is what `handler-not-found` tells of.

## Example

```yaml title="template.yaml"
Resources:
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: ./app.handler
      CodeUri: src/
```

## Use instead

```yaml title="template.yaml"
Resources:
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
```

## Fix safety

Unsafe: it leaves out the white space around a handler, slashes and `./` before it,
and what stands in the place of its dot or behind its name; whether that leads to what
was meant only its author knows.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html#naming
- https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import WRAPPER, Function, Value, is_filled_in
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding, Regex, Safety

_BLANK = Regex(r"\s")
_LEADS = Regex(r"[^./]+(?:[./][^./]+)*\.\w[\w-]*")
"""The parts of a module's path, none of them empty, and a name behind the last dot."""
_BEFORE = Regex(r"\A[./]+")
_CALLED = Regex(r"\(\)\Z")


@rule(severity=ERROR, since="0.1.0", fix=Safety.UNSAFE)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look at the form of each handler that a zip archive may have."""
    if not function.package_type.is_in(["Zip"]):
        return
    longest = project.catalog.accepted.longest_handler
    runs_python = function.python and WRAPPER not in function.environment.variables
    for choice in function.handler.each():
        handler = choice.only
        if is_filled_in(handler):
            continue
        if function.application:
            if _BLANK.search(handler) or not _LEADS.fullmatch(handler):
                yield _found(choice, _of_zappa(handler), "app_function")
        elif len(handler) > longest:
            yield choice.finding(
                f"the handler has {len(handler)} characters and may have {longest}, "
                "so the deployment fails: name it with fewer",
                cause=choice.span.path,
            )
        elif _BLANK.search(handler):
            yield _found(choice, "has white space in it, so the deployment fails")
        elif runs_python and not _LEADS.fullmatch(handler):
            yield _found(choice, f"{_why(handler)}, so every invocation fails")


def _of_zappa(handler: str) -> str:
    """What is wrong with an application that Zappa's own handler is to import."""
    if "." not in handler:
        return f"{_why(handler)}, so Zappa refuses to package it"
    blank = "has white space in it" if _BLANK.search(handler) else _why(handler)
    return f"{blank}, so every invocation fails"


def _found(choice: Value[str], wrong: str, word: str = "handler") -> Finding:
    handler = choice.only
    meant = _meant(handler)
    sound = meant != handler and _LEADS.fullmatch(meant) and not _BLANK.search(meant)
    hint = f"did you mean {meant}?" if sound else "name a module, a dot and a function in it"
    return choice.finding(
        f"the {word} {handler!r} {wrong}: {hint}",
        fix=choice.change(meant, f"Name the {word} {meant}", Safety.UNSAFE) if sound else None,
        cause=choice.span.path,
    )


def _meant(handler: str) -> str:
    """A handler without what is too much of it, and with a dot before its last name."""
    meant = _BEFORE.sub("", _CALLED.sub("", handler.strip())).replace(".py:", ".")
    if "." in meant:
        return meant
    folders, slash, name = meant.replace(":", ".").rpartition("/")
    return f"{folders}.{name}" if slash and "." not in name else f"{folders}{slash}{name}"


def _why(handler: str) -> str:
    """What the runtime for Python cannot do with a handler."""
    module, dot, name = handler.rpartition(".")
    if not dot:
        return "has no dot between a module and a function"
    if not module:
        return "names no module"
    if not name:
        return "names no function behind its last dot"
    if handler.startswith((".", "/")):
        return "does not begin with the name of a module or a folder"
    return "is no path of a module, a dot and a name in it"
