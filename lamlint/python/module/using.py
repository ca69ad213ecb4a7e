"""What the code of a module uses, by CPython's tree: one walk, without recursion."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from lamlint.python.module.noting import ASKING, BY_NAME, Names, Walk, is_environment
from lamlint.python.module.uses import FILLING, Body, Uses

_PLAINLY = frozenset(
    {
        "abstractmethod", "cache", "cached_property", "classmethod", "contextmanager", "lru_cache",
        "property", "setter", "staticmethod", "wraps",
    }
)  # fmt: skip
"""Decorators that hand a function to nobody who would call it."""


_MAKING = frozenset({"__init__", "__new__"})
"""Methods that are run where a class is called."""


def uses(tree: ast.Module) -> Uses:
    """What a module uses."""
    walk = Walk()
    _over(walk, tree.body)
    outer, *bodies = (_body(one, walk.imported) for one in walk.bodies)
    variables = frozenset(walk.variables) if walk.environments == 0 else None
    called = frozenset(walk.bodies[0].called)
    return Uses(
        outer,
        called,
        frozenset(walk.run),
        frozenset(walk.run_by_module),
        frozenset(walk.filled),
        frozenset(walk.changed),
        tuple(bodies),
        variables,
        walk.by_name > 0,
    )


def _over(walk: Walk, body: Iterable[ast.AST]) -> None:
    """Take in some statements and all that they hold. No recursion: trees may be deep."""
    walk.later(body, walk.bodies[0])
    waiting, taking = walk.waiting, _TAKING.get
    while waiting:
        node, code = waiting.pop()
        taking(node.__class__, _held)(walk, node, code)


def _body(found: Names, imported: set[str]) -> Body:
    by_import = found.names if "*" in imported else found.names & imported
    named = found.names | found.attributes | found.others
    opened = frozenset(found.attributes | by_import)
    return Body(found.function, frozenset(named), opened, found.lasts)


def _held(walk: Walk, node: ast.AST, code: Names) -> None:
    for name in _FIELDS[node.__class__]:
        value = getattr(node, name)
        if value.__class__ is list:
            walk.later(value, code)
        elif value is not None:
            walk.one(value, code)


def _call(walk: Walk, node: ast.Call, code: Names) -> None:
    match node.func:
        case ast.Attribute(attr=name, value=of):
            (code.attributes if code.runs else code.called).add(name)
            if name in ASKING and is_environment(of):
                walk.environments -= 1
            walk.mention(name)
            walk.runs((name, of.id) if isinstance(of, ast.Name) else (name,), code)
            if name in FILLING:
                walk.fill(of)
            walk.root(of, code)
        case ast.Name(id=name):
            (code.names if code.runs else code.called).add(name)
            walk.mention(name)
            walk.runs((name,), code)
            if name == "getattr":
                _by_name(walk, node, code)
        case func:
            walk.later((func,), code)
    walk.later(node.args, code)
    walk.later((one.value for one in node.keywords), code)


def _by_name(walk: Walk, node: ast.Call, code: Names) -> None:
    """`getattr(boto3, "client")` takes an attribute as `boto3.client` does."""
    match node.args:
        case [_, ast.Constant(value=str(name)), *_]:
            code.attributes.add(name)
            walk.mention(name)
            walk.by_name -= 1
        case _:
            pass


def _attribute(walk: Walk, node: ast.Attribute, code: Names) -> None:
    if isinstance(node.ctx, ast.Load):
        code.attributes.add(node.attr)
    else:
        walk.changed.add(node.attr)
    walk.root(node, code)


def _name(walk: Walk, node: ast.Name, code: Names) -> None:
    if isinstance(node.ctx, ast.Load):
        code.names.add(node.id)
    walk.mention(node.id)


def _subscript(walk: Walk, node: ast.Subscript, code: Names) -> None:
    if is_environment(node.value):
        if not isinstance(node.ctx, ast.Load):
            walk.environments -= 1
        elif isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
            walk.environments -= 1
            walk.variables.add(node.slice.value)
    if isinstance(node.ctx, ast.Store):
        walk.fill(node.value)
    walk.root(node.value, code)
    walk.later((node.slice,), code)


def _augmented(walk: Walk, node: ast.AugAssign, code: Names) -> None:
    walk.fill(node.target)
    walk.later((node.target, node.value), code)


def _compare(walk: Walk, node: ast.Compare, code: Names) -> None:
    if isinstance(node.ops[0], (ast.In, ast.NotIn)) and is_environment(node.comparators[0]):
        walk.environments -= 1
    walk.later((node.left, *node.comparators), code)


_Function = ast.FunctionDef | ast.AsyncFunctionDef


def _function(walk: Walk, node: _Function, code: Names, name: str | None = None) -> None:
    _decorated(walk, node.decorator_list, code)
    walk.later((node.args, _annotation(node.returns)), code)
    by_itself = node.name.startswith("__") or not all(map(_is_plain, node.decorator_list))
    if name is None:
        name = "" if by_itself else node.name
    inner = walk.inside(name, code)
    inner.defined = True
    inner.lasts = inner.lasts or isinstance(node, ast.AsyncFunctionDef)
    walk.later(node.body, inner)


def _decorated(walk: Walk, decorators: Iterable[ast.expr], code: Names) -> None:
    for run in decorators:
        of = run.value if isinstance(run, ast.Attribute) else run
        walk.runs((run.attr,) if isinstance(run, ast.Attribute) else (), code)
        walk.runs((of.id,) if isinstance(of, ast.Name) else (), code)
    walk.later(decorators, code)


def _is_plain(decorator: ast.expr) -> bool:
    """Whether a decorator gives a function to nobody who would call it."""
    run = decorator.func if isinstance(decorator, ast.Call) else decorator
    last = run.attr if isinstance(run, ast.Attribute) else getattr(run, "id", "")
    return last in _PLAINLY


def _class(walk: Walk, node: ast.ClassDef, code: Names) -> None:
    """A class: who made its bases may call any of its methods."""
    _decorated(walk, node.decorator_list, code)
    walk.later(node.bases, code)
    walk.later((one.value for one in node.keywords), code)
    derived = bool(node.bases or node.keywords or node.decorator_list)
    for line in node.body:
        if isinstance(line, _Function) and (derived or line.name in _MAKING):
            _function(walk, line, code, "" if derived else node.name)
        else:
            walk.later((line,), code)


def _lambda(walk: Walk, node: ast.Lambda, code: Names) -> None:
    walk.later((node.args,), code)
    walk.later((node.body,), walk.inside("", code))


def _parameter(walk: Walk, node: ast.arg, code: Names) -> None:
    walk.later((_annotation(node.annotation),), code)


def _annotated(walk: Walk, node: ast.AnnAssign, code: Names) -> None:
    walk.later((node.target, node.value, _annotation(node.annotation)), code)


def _annotation(node: ast.expr | None) -> ast.expr | None:
    """What an annotation does, if anything: a mere name says of which class something is."""
    return None if isinstance(node, (ast.Name, ast.Attribute)) else node


def _import(walk: Walk, node: ast.Import | ast.ImportFrom, code: Names) -> None:
    for alias in node.names:
        last = alias.name.rpartition(".")[2]
        if alias.asname not in (None, last):
            code.attributes.add(last)  # what is called by another name may be called anywhere
        if alias.asname is not None or last in BY_NAME:
            walk.mention(last)
        walk.imported.add(alias.asname or alias.name.partition(".")[0])


def _yield(walk: Walk, node: ast.AST, code: Names) -> None:
    code.lasts = True
    _held(walk, node, code)


def _nothing(_walk: Walk, _node: ast.AST, _code: Names) -> None:
    """Take in what holds no names."""


_TAKING: Mapping[type[ast.AST], Callable[[Walk, Any, Names], None]] = {
    ast.AnnAssign: _annotated,
    ast.AsyncFunctionDef: _function,
    ast.Attribute: _attribute,
    ast.AugAssign: _augmented,
    ast.Call: _call,
    ast.ClassDef: _class,
    ast.Compare: _compare,
    ast.Constant: _nothing,
    ast.FunctionDef: _function,
    ast.Import: _import,
    ast.ImportFrom: _import,
    ast.Lambda: _lambda,
    ast.Name: _name,
    ast.Subscript: _subscript,
    ast.Yield: _yield,
    ast.YieldFrom: _yield,
    ast.arg: _parameter,
}
"""What takes in the nodes of each type; others only hold some."""


_PLAIN = frozenset(
    {
        "arg", "asname", "attr", "conversion", "ctx", "id", "is_async", "kind", "kwd_attrs",
        "level", "module", "name", "names", "op", "ops", "rest", "simple", "type_comment",
    }
)  # fmt: skip
"""Fields that hold no expression or statement."""


class _Fields(dict[type[ast.AST], tuple[str, ...]]):
    """The fields of each type of node that may hold further ones."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        plain = _PLAIN | {"value"} if kind is ast.MatchSingleton else _PLAIN
        fields = self[kind] = tuple(name for name in kind._fields if name not in plain)
        return fields


_FIELDS = _Fields()
