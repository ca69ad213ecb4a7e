"""The handler names a module or a function that is not in the code.

The handler is resolved as the runtime does it: the part before the last dot is
a module below the code's folder (slashes and dots both lead into folders), the
part behind it any name that exists once the module is imported. An archive that Terraform
makes of one file (`source_file`) holds that alone. Where a condition
or a mapping chooses the handler, each choice is looked for; where one of them is not
there, only some deployments fail: a warning.

Silent where something else may bring the module: container images, archives and
code built elsewhere, layers that are not in the project or that a build fills, wrappers of
monitoring products, installed packages; where an archive that a configuration only names by its
path may be made of another folder than the one it would lie in;
and where inline code only holds the place of a module of the project that is
uploaded later, or nothing at all: it is filled before it is deployed.

## Why this matters
The function deploys, and then every single invocation fails with
`Runtime.ImportModuleError` or `Runtime.HandlerNotFound`.

## Example
```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: orders/
      Handler: app.lambda_handler
      Runtime: python3.13
```
```python title="orders/app.py"
def handler(event, context):
    return event
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
    return event
```

## Fix safety
Unsafe: the nearest name is offered, and only its author knows that it is the
one that was meant.

## References
- https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html#naming
"""

from __future__ import annotations

import dataclasses
import posixpath
import re
from collections.abc import Iterator, Sequence

from lamlint.model import Code, CodeKind, Function, Layer, told
from lamlint.project import Project, resolution
from lamlint.rule import ERROR, WARNING, rule
from lamlint.text import Finding, Regex, Related, Safety, Source, Span, Unreadable

_WRAPPERS = frozenset(
    {
        "aws_lambda_web_adapter",
        "bootstrap",
        "datadog_lambda",
        "dt",
        "elasticapm",
        "epsagon",
        "instana",
        "lumigo_tracer",
        "newrelic_lambda_wrapper",
        "opt",
        "run",
        "sentry_sdk",
        "splunk_otel_lambda",
        "thundra",
    }
)
"""Modules that bring the real handler, and come by a layer or an extension."""

_SCRIPTS = ("Makefile", "build.sh", "package.sh", "deploy.sh", "Dockerfile")
_UNNAMED = Regex(r"^[ \t]*(?:-r|-e|--|\.|/|git\+|https?:|file:)", re.MULTILINE)
_REQUIREMENTS = ("requirements.txt", "pyproject.toml", "Pipfile", "uv.lock", "poetry.lock")


@rule(severity=ERROR, since="0.1.0", fix=Safety.UNSAFE)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look for what the handler names, for each of several by itself."""
    for one in function.handler.taken.each():
        (choice,) = one.choices
        where = "" if function.handler.known else told(choice.when)
        for finding in _check(dataclasses.replace(function, handler=one), project):
            if function.handler.known:
                yield finding
            elif where:
                message = f"{where}, {finding.message}"
                yield dataclasses.replace(finding, message=message, severity=WARNING)


def _check(function: Function, project: Project) -> Iterator[Finding]:
    named = _named(function)
    if named is None:
        return
    module, attribute = named
    if function.code.kind is CodeKind.INLINE:
        yield from _inline(function, module, attribute)
        return
    root = resolution.root_of(function)
    if root is None:
        return
    found = resolution.place(function, project.tree)
    if found is None and _is_unread(root, module, project):
        return
    if found is not None:
        yield from _attribute(function, found, project)
    elif not _elsewhere(function, root, module, project):
        yield from _module(function, root, module, attribute, project)


def _is_unread(root: str, module: str, project: Project) -> bool:
    """Whether something stands where the module would be, and could not be read."""
    unread = {one.span.path for one in project.unread}
    return not unread.isdisjoint(resolution.candidates(root, module))


def _named(function: Function) -> tuple[str, str] | None:
    """The module and attribute of a handler that the code itself must hold."""
    if not function.handler.known or not function.package_type.is_in(("Zip",)):
        return None
    method = function.code.build_method
    if not function.python or (method and not method.startswith("python")):
        return None
    if "AWS_LAMBDA_EXEC_WRAPPER" in function.environment.variables:
        return None
    named = resolution.split(function.handler.only)
    if named is None:
        return None
    module, attribute = named
    parts = [*module.split("."), attribute]
    if not all(part.replace("-", "_").isidentifier() for part in parts):
        return None
    return None if parts[0] in _WRAPPERS else (module, attribute)


def _inline(function: Function, module: str, attribute: str) -> Iterator[Finding]:
    source = function.code.inline
    if source is None:
        return
    if module != function.code.module:
        named = f"{function.code.module}.{attribute}"
        yield function.handler.finding(
            f"the inline code is the module {function.code.module}, and {module} cannot be "
            f"imported, so every invocation fails: name the handler {named}",
            fix=function.handler.change(
                named, f"Name the module {function.code.module}", Safety.UNSAFE
            ),
        )
    elif source.text.strip() and resolution.defines(source, attribute) is False:
        yield _no_attribute(function, "the inline code", attribute, source)


def _attribute(function: Function, place: resolution.Place, project: Project) -> Iterator[Finding]:
    source = place.source(project.tree)
    if isinstance(source, Unreadable):
        return
    if resolution.defines(source, place.attribute) is False:
        yield _no_attribute(function, place.path, place.attribute, source)


def _no_attribute(function: Function, where: str, attribute: str, source: Source) -> Finding:
    import difflib

    known = resolution.functions_of(source)
    near = difflib.get_close_matches(attribute, known, 1) or [n for n in known if "handler" in n]
    message = f"{where} has no {attribute}, so every invocation fails"
    if len(near) != 1:
        return function.handler.finding(
            f"{message}: define it there, or correct the handler",
            related=(Related(source.span(0, 0), f"the module has no {attribute}"),),
        )
    written = function.handler.only.rpartition(".")[0]
    start = source.text.index(f"def {near[0]}") if f"def {near[0]}" in source.text else 0
    return function.handler.finding(
        f"{message}: did you mean {near[0]}?",
        fix=function.handler.change(
            f"{written}.{near[0]}", f"Name the function {near[0]}", Safety.UNSAFE
        ),
        related=(Related(source.span(start, start + 4 + len(near[0])), "the nearest function"),),
    )


def _module(
    function: Function, root: str, module: str, attribute: str, project: Project
) -> Iterator[Finding]:
    files = [function.code.path] if function.code.is_alone else _python_files(root, project)
    modules = {_dotted(root, path): path for path in files}
    if not modules:
        return
    where = f"the package is {function.code.path} alone, and" if function.code.is_alone else root
    message = f"{where or 'the code folder'} has no module {module}, so every invocation fails"
    having = [name for name, path in modules.items() if _has(path, attribute, project)]
    related = tuple(
        Related(Span(modules[name], 0, 0), f"this module has {attribute}") for name in having
    )
    near = _nearest(module, having)
    if near is None:
        if not _is_made(module, root, project):
            told = f"{message}: add it there, or correct the handler"
            yield function.handler.finding(told, related=related)
        return
    written = f"{near.replace('.', '/') if '/' in function.handler.only else near}.{attribute}"
    yield function.handler.finding(
        f"{message}: did you mean {written}?",
        fix=function.handler.change(written, f"Name the handler {written}", Safety.UNSAFE),
        related=related,
    )


def _python_files(root: str, project: Project) -> Iterator[str]:
    return (path for path in project.tree.sources(root) if path.endswith(".py"))


def _dotted(root: str, path: str) -> str:
    inner = posixpath.relpath(path, root or ".").removesuffix(".py").removesuffix("/__init__")
    return inner.replace("/", ".")


def _nearest(module: str, having: Sequence[str]) -> str | None:
    """The module that was probably meant, of those with the attribute: it has much of the name."""
    last = module.rpartition(".")[2]
    same = [name for name in having if name.rpartition(".")[2] == last]
    if len(same) == 1:
        return same[0]
    import difflib

    close = difflib.get_close_matches(module, having, 2)
    return close[0] if len(close) == 1 else None


def _has(path: str, attribute: str, project: Project) -> bool:
    if not project.tree.mentions(path, (attribute.encode(),)):
        return False
    source = project.tree.read(path)
    return not isinstance(source, Unreadable) and attribute in resolution.functions_of(source)


def _elsewhere(function: Function, root: str, module: str, project: Project) -> bool:
    """Whether a layer or an installed package may bring the module."""
    if not resolution.layers_are_here(function):
        return True
    if any(_may_bring(layer, module, project) for layer in function.layers):
        return True
    top = module.partition(".")[0]
    words = (top.encode(), top.replace("_", "-").encode())
    folders = {root, posixpath.dirname(root), posixpath.dirname(function.template), ""}
    return any(
        project.tree.mentions(posixpath.join(folder, name), words)
        for folder in folders
        for name in _REQUIREMENTS
    )


def _may_bring(layer: Layer, module: str, project: Project) -> bool:
    """Whether what builds a layer of the project may put a module into it."""
    content = layer.content
    if content is None or content.as_is:
        return False
    if layer.off_path:
        return _lies_in(content, module, project)
    if content.build_method == "makefile":
        return True
    asked = _asked(content, project)
    top = module.partition(".")[0]
    words = (top.encode(), top.replace("_", "-").encode())
    named = any(project.tree.mentions(path, words) for path in asked)
    if content.build_method:
        return named or any(_is_open(path, project) for path in asked)
    # Without a build method what a script installs is in the folder, unless it was not run.
    return named or _is_filled(content.path, project)


def _lies_in(content: Code, module: str, project: Project) -> bool:
    """Whether a layer has the module where nothing imports it: that is told of the layer."""
    return any(map(project.tree.is_file, resolution.candidates(content.path, module)))


def _asked(content: Code, project: Project) -> list[str]:
    """The files that say what is installed into a layer: beside its content, or in it."""
    folders = (
        content.path,
        posixpath.join(content.path, "python"),
        posixpath.dirname(content.path),
    )
    paths = (posixpath.join(folder, name) for folder in folders for name in _REQUIREMENTS)
    return [path for path in paths if project.tree.is_file(path)]


def _is_open(path: str, project: Project) -> bool:
    """Whether requirements name something that they do not call by its name: a path, an address."""
    source = project.tree.read(path)
    return not isinstance(source, Unreadable) and _UNNAMED.search(source.text) is not None


def _is_filled(folder: str, project: Project) -> bool:
    """Whether a script beside a layer's content, or above it, puts something into its folder."""
    target = posixpath.basename(folder).encode() or b"python"
    for above in dict.fromkeys((folder, posixpath.dirname(folder), "")):
        for name in _SCRIPTS:
            script = posixpath.join(above, name)
            words = (target,) if above != folder else (b"python", b"pip", b"cp ")
            if project.tree.mentions(script, words):
                return True
    return False


def _is_made(module: str, root: str, project: Project) -> bool:
    """Whether a script of the code folder or the project speaks of the module's file."""
    name = f"{module.rpartition('.')[2]}.py".encode()
    return any(
        project.tree.mentions(posixpath.join(folder, script), (name,))
        for folder in (root, "")
        for script in (*_SCRIPTS, ".gitignore")
    )
