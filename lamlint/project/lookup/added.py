"""The folders that code, or its configuration, adds to those that it imports from.

`sys.path.append(…)` as a module is imported, and PYTHONPATH in a function's environment.
"""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.project.lookup.folding import OWN, TASK_ROOT, folded
from lamlint.python.module.facts import tree as tree_of
from lamlint.text import Source, Tree

if TYPE_CHECKING:
    from lamlint.model.function import Function


def added_roots(tree: Tree, path: str, root: str, function: Function | None) -> Iterator[str]:
    """The folders of the project that a handler's file adds to those that it imports from.

    Its packages add theirs before. Without a function, nothing is known of the task's root.
    """
    packages = []
    folder = posixpath.dirname(path)
    while folder and folder != root:
        packages.append(f"{folder}/__init__.py")
        folder = posixpath.dirname(folder)
    written = [one for file in (*reversed(packages), path) for one in _in_file(tree, file)]
    if function is not None:
        variable = function.environment.variables.get("PYTHONPATH")
        listed = variable.only if variable is not None and variable.known else None
        written += [one for one in (listed or "").split(":") if one]
    for one in dict.fromkeys(written):
        found = _in_project(one, root)
        if found is not None and found != root and tree.is_folder(found):
            yield found


def _in_project(written: str, root: str) -> str | None:
    """The folder of the project that a path means; None where it lies out of it."""
    if written.startswith(OWN):
        found = posixpath.normpath(written.removeprefix(OWN).lstrip("/") or ".")
    else:
        inner = posixpath.normpath(posixpath.join(TASK_ROOT, written))
        if inner != TASK_ROOT and not inner.startswith(f"{TASK_ROOT}/"):
            return None
        found = posixpath.normpath(posixpath.join(root, inner.removeprefix(TASK_ROOT).lstrip("/")))
    found = "" if found == "." else found
    return None if found.startswith("..") else found


def _in_file(tree: Tree, path: str) -> Sequence[str]:
    """The paths that a file adds; those that begin at the file itself begin with a mark."""
    source = tree.read(path) if tree.is_file(path) else None
    if not isinstance(source, Source) or "sys.path" not in source.text:
        return ()
    return source.once(("added", path), lambda: tuple(_read(source, path)))


def _read(source: Source, path: str) -> Iterator[str]:
    tree = tree_of(source)
    if tree is None:
        return
    names: dict[str, ast.expr] = {}
    waiting: list[ast.stmt] = list(reversed(tree.body))
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.If, ast.Try)):
            waiting.extend(reversed(node.body))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            names[node.targets[0].id] = node.value
        for value in _added(node):
            found = folded(value, names, path)
            if found is not None:
                yield found


def _added(node: ast.stmt) -> Iterator[ast.expr]:
    """What a statement puts into `sys.path`."""
    match node:
        case ast.Expr(ast.Call(func=ast.Attribute(value=path, attr=method), args=args)) if _is_path(
            path
        ):
            if method == "append":
                yield from args[:1]
            elif method == "insert":
                yield from args[1:2]
            elif method == "extend" and args:
                yield from _elements(args[0])
        case ast.AugAssign(target=target, value=value) if _is_path(target):
            yield from _elements(value)
        case ast.Assign(targets=[target], value=ast.BinOp(left=left, op=ast.Add(), right=right)):
            if _is_path(target):
                yield from (*_elements(left), *_elements(right))
        case _:
            return


def _is_path(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "path"
        and isinstance(node.value, ast.Name)
        and node.value.id == "sys"
    )


def _elements(node: ast.expr) -> Sequence[ast.expr]:
    return node.elts if isinstance(node, (ast.List, ast.Tuple)) else ()
