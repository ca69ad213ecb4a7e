"""Defaults that a function of the project refuses where it is deployed.

`required_env("KEY", DEFAULT)` with `if PRODUCTION: raise` in that function: the default is for
somebody's own machine.
"""

from __future__ import annotations

import ast
import posixpath
import warnings
from collections.abc import Iterator
from typing import TypeAlias

from lamlint.text import Regex, Source, Span, Tree
from lamlint.text.dataclass import dataclass

_DEPLOYED = Regex(r"(?i)prod|stag(?:e|ing)|debug|deploy|lambda|(?:^|_)live|(?:^|_)env(?:ironment)?")
"""What a test speaks of that tells what is deployed from what is not."""
_LONGEST = 60
_Place: TypeAlias = "tuple[Source, ast.FunctionDef]"


@dataclass(frozen=True)
class Refused:
    """The function that refuses a default, where it does so, and the test by which it does."""

    name: str
    span: Span
    test: str


def refused(tree: Tree, source: Source, start: int, end: int) -> Refused | None:
    """Who refuses a literal wherever it is used, and that is as a default; None where nobody."""
    module = _parsed(source)
    calls = [*_calls(module, source, start, end)] if module is not None else []
    found = [_of_call(tree, source, module, *one) for one in calls if module is not None]
    (first, *_) = found or [None]
    return None if None in found else first


def _parsed(source: Source) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _calls(
    module: ast.Module, source: Source, start: int, end: int
) -> Iterator[tuple[ast.Call | None, ast.expr]]:
    """The calls that are given a literal, or the name that has it; None for any other use."""
    secret = source.text[start:end]
    calls = {
        id(given): node
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        for given in (*node.args, *(one.value for one in node.keywords))
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and _holds(node, secret):
            names = [*_names(module, node)]
            uses = [*_uses(module, names[0])] if len(names) == 1 else [node]
            yield from ((calls.get(id(one)), one) for one in uses)


def _holds(node: ast.Constant, secret: str) -> bool:
    return isinstance(node.value, str) and secret in node.value


def _names(module: ast.Module, node: ast.Constant) -> Iterator[str]:
    """The name that a line at the head of a module gives a literal."""
    for line in module.body:
        match line:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if value is node:
                yield name


def _uses(module: ast.Module, name: str) -> Iterator[ast.expr]:
    for node in ast.walk(module):
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load):
            yield node


def _of_call(
    tree: Tree, source: Source, module: ast.Module, call: ast.Call | None, given: ast.expr
) -> Refused | None:
    if call is None or not isinstance(call.func, ast.Name):
        return None
    for home, function in _functions(tree, source, module, call.func.id):
        parameter = _parameter(function, call, given)
        for choice in ast.walk(function) if parameter else ():
            if isinstance(choice, ast.If) and _refuses(choice, parameter):
                test = ast.get_source_segment(home.text, choice.test) or ""
                if _DEPLOYED.search(test) and len(test) <= _LONGEST and "\n" not in test:
                    return Refused(function.name, _line(home, choice), test)
    return None


def _line(source: Source, node: ast.stmt) -> Span:
    start = source.offset(node.lineno, node.col_offset + 1)
    end = source.text.find("\n", start)
    return source.span(start, end if end >= 0 else len(source.text))


def _functions(tree: Tree, source: Source, module: ast.Module, name: str) -> Iterator[_Place]:
    """The function of a name: of the module itself, or of one that it imports the name from."""
    yield from ((source, one) for one in _defined(module, name))
    for line in module.body:
        if isinstance(line, ast.ImportFrom) and any(one.name in (name, "*") for one in line.names):
            path = _path(tree, source.path, line)
            other = tree.read(path) if path else None
            parsed = _parsed(other) if isinstance(other, Source) else None
            if isinstance(other, Source) and parsed is not None:
                yield from ((other, one) for one in _defined(parsed, name))


def _defined(module: ast.Module, name: str) -> Iterator[ast.FunctionDef]:
    return (one for one in module.body if isinstance(one, ast.FunctionDef) and one.name == name)


def _path(tree: Tree, path: str, line: ast.ImportFrom) -> str:
    """The one file that an import is of; nothing where that is not known."""
    parts = (line.module or "").split(".")
    if line.level:
        folder = path
        for _ in range(line.level):
            folder = posixpath.dirname(folder)
        return _file(tree, posixpath.join(folder, *parts))
    ending = f"/{'/'.join(parts)}.py"
    found = [one for one in tree.sources() if f"/{one}".endswith(ending)]
    return found[0] if len(found) == 1 else ""


def _file(tree: Tree, stem: str) -> str:
    paths = (f"{stem}.py", posixpath.join(stem, "__init__.py"))
    return next((one for one in paths if tree.is_file(one)), "")


def _parameter(function: ast.FunctionDef, call: ast.Call, given: ast.expr) -> str:
    """The name under which a function gets what a call gives it."""
    for keyword in call.keywords:
        if keyword.value is given:
            return keyword.arg or ""
    names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    places = [at for at, one in enumerate(call.args) if one is given]
    starred = any(isinstance(one, ast.Starred) for one in call.args)
    return names[places[0]] if places and not starred and places[0] < len(names) else ""


def _refuses(choice: ast.If, parameter: str) -> bool:
    """Whether a branch raises, or puts something else in the place of what was given."""
    for line in choice.body:
        match line:
            case ast.Raise():
                return True
            case ast.Assign(targets=[ast.Name(id=name)]) if name == parameter:
                return True
    return False
