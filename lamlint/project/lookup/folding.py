"""Paths that the code of a file puts together, as far as they are plain from its text."""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Callable, Iterator, Mapping
from functools import partial

TASK_ROOT = "/var/task"
OWN = "\0project"
"""What stands for the root of the project: a path that begins with it was made of `__file__`."""
_DEEPEST = 30
_MOST = 2_000
"""How many parts of an expression are looked at: names that are made of each other double."""
_LONGEST = 4_096
"""No path of a system is longer."""
_SAME = frozenset({"abspath", "realpath", "normpath", "str", "resolve", "absolute", "as_posix"})
_JOINING = frozenset({"join", "Path", "PurePath", "PosixPath"})
_Inner = Callable[[ast.expr], "str | None"]


def folded(node: ast.expr, names: Mapping[str, ast.expr], path: str) -> str | None:
    """The path that an expression in a file gives; None where it is not plain."""
    return _folded(node, names, path, iter(range(_MOST)), 0)


def _folded(
    node: ast.expr, names: Mapping[str, ast.expr], path: str, left: Iterator[int], depth: int
) -> str | None:
    inner = partial(_folded, names=names, path=path, left=left, depth=depth + 1)
    match node:
        case _ if depth > _DEEPEST or next(left, None) is None:
            return None
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id="__file__"):
            return f"{OWN}/{path}"
        case ast.Name(id=name):
            return inner(names[name]) if name in names else None
        case ast.Attribute() | ast.Subscript():
            return _part(node, inner)
        case ast.Call(func=func, args=args):
            return _called(func, [inner(one) for one in args], inner)
        case _:
            return _put_together(node, inner)


def _part(node: ast.expr, inner: _Inner) -> str | None:
    """What stands above a path, or the task's root by its variable."""
    match node:
        case ast.Attribute(value=of, attr="parent"):
            return _above(inner(of), 1)
        case ast.Subscript(
            value=ast.Attribute(value=of, attr="parents"), slice=ast.Constant(value=int(places))
        ):
            return _above(inner(of), places + 1) if 0 <= places < _DEEPEST else None
        case ast.Subscript(
            value=ast.Attribute(attr="environ"), slice=ast.Constant(value="LAMBDA_TASK_ROOT")
        ):
            return TASK_ROOT
        case _:
            return None


def _put_together(node: ast.expr, inner: _Inner) -> str | None:
    match node:
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return _joined([inner(left), inner(right)])
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _chained([inner(left), inner(right)])
        case ast.JoinedStr(values=values):
            plain = [one.value if isinstance(one, ast.FormattedValue) else one for one in values]
            return _chained([inner(one) for one in plain])
        case _:
            return None


def _called(func: ast.expr, given: list[str | None], inner: _Inner) -> str | None:
    """The path that a call gives: of `os.path`, of `pathlib`, of a path itself."""
    of = func.value if isinstance(func, ast.Attribute) else None
    match func:
        case ast.Attribute(attr="getcwd" | "cwd"):
            return TASK_ROOT
        case ast.Attribute(attr="joinpath", value=start):
            return _joined([inner(start), *given])
        case ast.Name(id=name) | ast.Attribute(attr=name):
            pass
        case _:
            return None
    if name == "dirname" and given:
        return _above(given[0], 1)
    if name in _SAME:
        return given[0] if given else (None if of is None else inner(of))
    return _joined(given) if name in _JOINING else None


def _above(path: str | None, places: int) -> str | None:
    for _ in range(places):
        path = None if path is None or path == OWN else posixpath.dirname(path)
    return path


def _joined(paths: list[str | None]) -> str | None:
    known = [one for one in paths if one is not None]
    if not known or len(known) < len(paths) or sum(map(len, known)) > _LONGEST:
        return None
    return posixpath.join(*known)


def _chained(texts: list[str | None]) -> str | None:
    known = [one for one in texts if one is not None]
    if len(known) < len(texts) or sum(map(len, known)) > _LONGEST:
        return None
    return "".join(known)
