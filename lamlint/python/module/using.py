"""What the code of a module uses, by CPython's tree: one walk, without recursion."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import Any

from lamlint.python.module.uses import ANY, FILLING, Body, Uses
from lamlint.text.dataclass import dataclass

_BY_NAME = frozenset(
    {
        "__import__", "globals", "import_module", "import_string", "locate", "modules",
        "resolve_name", "vars",
    }
)  # fmt: skip
"""Who uses one of these may get anything by a name that the code makes up."""
_SETTING = frozenset({"setattr", "__dict__"})
"""Who uses one of these may set any attribute."""
_ENVIRONMENT = "environ"
_ASKING = frozenset({"get", "pop", "setdefault", "update"})
"""What is asked of the environment and fails for no variable."""
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
    walk = _Walk()
    walk.over(tree.body)
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


def _body(found: _Names, imported: set[str]) -> Body:
    by_import = found.names if "*" in imported else found.names & imported
    named = found.names | found.attributes | found.others
    opened = frozenset(found.attributes | by_import)
    return Body(found.function, frozenset(named), opened, found.lasts)


@dataclass(slots=True)
class _Names:
    """The names that were found in some code: names and attributes that are called or taken."""

    function: str = ""
    runs: bool = False
    """Whether an invocation may run it."""
    defined: bool = False
    """Whether it stands in a function that has a name."""
    lasts: bool = False
    names: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)
    """What is called where no invocation runs it."""


@dataclass(slots=True)
class _Walk:
    """Goes over a tree, and knows of each node in whose code it is."""

    bodies: list[_Names] = field(default_factory=lambda: [_Names()])
    imported: set[str] = field(default_factory=set)
    run: set[str] = field(default_factory=set)
    run_by_module: set[str] = field(default_factory=set)
    filled: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    variables: set[str] = field(default_factory=set)
    environments: int = 0
    """How often the environment is spoken of, less how often that is plain."""
    by_name: int = 0
    """How often something is got by a name, less how often the name is plain."""
    _waiting: list[tuple[ast.AST, _Names]] = field(default_factory=list)

    def over(self, body: Iterable[ast.AST]) -> None:
        """Take in some statements and all that they hold. No recursion: trees may be deep."""
        self.later(body, self.bodies[0])
        waiting, taking = self._waiting, _TAKING.get
        while waiting:
            node, code = waiting.pop()
            taking(node.__class__, _held)(self, node, code)

    def later(self, nodes: Iterable[ast.AST | None], code: _Names) -> None:
        """Take in some nodes when their turn comes."""
        self._waiting += [(one, code) for one in nodes if one is not None]

    def one(self, node: ast.AST, code: _Names) -> None:
        """Take in a node when its turn comes."""
        self._waiting.append((node, code))

    def inside(self, name: str, code: _Names) -> _Names:
        """The code of a function: that of the one around it, if there is one."""
        if code.runs:
            code.lasts = True
            return code
        self.bodies.append(_Names(name, runs=True))
        return self.bodies[-1]

    def mention(self, word: str) -> None:
        """Take in a name or an attribute, wherever it stands."""
        if word == _ENVIRONMENT:
            self.environments += 1
        elif word in _BY_NAME or word == "getattr":
            self.by_name += 1
        elif word in _SETTING:
            self.changed.add(ANY)

    def runs(self, names: Iterable[str], code: _Names) -> None:
        """Take in what a call or a decorator runs."""
        self.run.update(names)
        if not code.defined:
            self.run_by_module.update(names)

    def fill(self, node: ast.AST) -> None:
        """Take in what something may be put into: `hooks` for `hooks[name].setdefault(key, [])`."""
        while not isinstance(node, (ast.Name, ast.Attribute)):
            if isinstance(node, ast.Subscript):
                node = node.value
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                node = node.func.value
            else:
                return
        self.filled.add(node.id if isinstance(node, ast.Name) else node.attr)

    def root(self, node: ast.AST, code: _Names) -> None:
        """Take in a name with its attributes, of which none is called or taken here."""
        while isinstance(node, ast.Attribute):
            self.mention(node.attr)
            code.others.add(node.attr)
            if node.attr in _ASKING and _is_environment(node.value):
                self.environments -= 1
            node = node.value
        if isinstance(node, ast.Name):
            self.mention(node.id)
            code.others.add(node.id)
        else:
            self._waiting.append((node, code))


def _is_environment(node: ast.AST) -> bool:
    last = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return bool(last == _ENVIRONMENT)


def _held(walk: _Walk, node: ast.AST, code: _Names) -> None:
    for name in _FIELDS[node.__class__]:
        value = getattr(node, name)
        if value.__class__ is list:
            walk.later(value, code)
        elif value is not None:
            walk.one(value, code)


def _call(walk: _Walk, node: ast.Call, code: _Names) -> None:
    match node.func:
        case ast.Attribute(attr=name, value=of):
            (code.attributes if code.runs else code.called).add(name)
            if name in _ASKING and _is_environment(of):
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


def _by_name(walk: _Walk, node: ast.Call, code: _Names) -> None:
    """`getattr(boto3, "client")` takes an attribute as `boto3.client` does."""
    match node.args:
        case [_, ast.Constant(value=str(name)), *_]:
            code.attributes.add(name)
            walk.mention(name)
            walk.by_name -= 1
        case _:
            pass


def _attribute(walk: _Walk, node: ast.Attribute, code: _Names) -> None:
    if isinstance(node.ctx, ast.Load):
        code.attributes.add(node.attr)
    else:
        walk.changed.add(node.attr)
    walk.root(node, code)


def _name(walk: _Walk, node: ast.Name, code: _Names) -> None:
    if isinstance(node.ctx, ast.Load):
        code.names.add(node.id)
    walk.mention(node.id)


def _subscript(walk: _Walk, node: ast.Subscript, code: _Names) -> None:
    if _is_environment(node.value):
        if not isinstance(node.ctx, ast.Load):
            walk.environments -= 1
        elif isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
            walk.environments -= 1
            walk.variables.add(node.slice.value)
    if isinstance(node.ctx, ast.Store):
        walk.fill(node.value)
    walk.root(node.value, code)
    walk.later((node.slice,), code)


def _augmented(walk: _Walk, node: ast.AugAssign, code: _Names) -> None:
    walk.fill(node.target)
    walk.later((node.target, node.value), code)


def _compare(walk: _Walk, node: ast.Compare, code: _Names) -> None:
    if isinstance(node.ops[0], (ast.In, ast.NotIn)) and _is_environment(node.comparators[0]):
        walk.environments -= 1
    walk.later((node.left, *node.comparators), code)


_Function = ast.FunctionDef | ast.AsyncFunctionDef


def _function(walk: _Walk, node: _Function, code: _Names, name: str | None = None) -> None:
    _decorated(walk, node.decorator_list, code)
    walk.later((node.args, _annotation(node.returns)), code)
    by_itself = node.name.startswith("__") or not all(map(_is_plain, node.decorator_list))
    if name is None:
        name = "" if by_itself else node.name
    inner = walk.inside(name, code)
    inner.defined = True
    inner.lasts = inner.lasts or isinstance(node, ast.AsyncFunctionDef)
    walk.later(node.body, inner)


def _decorated(walk: _Walk, decorators: Iterable[ast.expr], code: _Names) -> None:
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


def _class(walk: _Walk, node: ast.ClassDef, code: _Names) -> None:
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


def _lambda(walk: _Walk, node: ast.Lambda, code: _Names) -> None:
    walk.later((node.args,), code)
    walk.later((node.body,), walk.inside("", code))


def _parameter(walk: _Walk, node: ast.arg, code: _Names) -> None:
    walk.later((_annotation(node.annotation),), code)


def _annotated(walk: _Walk, node: ast.AnnAssign, code: _Names) -> None:
    walk.later((node.target, node.value, _annotation(node.annotation)), code)


def _annotation(node: ast.expr | None) -> ast.expr | None:
    """What an annotation does, if anything: a mere name says of which class something is."""
    return None if isinstance(node, (ast.Name, ast.Attribute)) else node


def _import(walk: _Walk, node: ast.Import | ast.ImportFrom, code: _Names) -> None:
    for alias in node.names:
        last = alias.name.rpartition(".")[2]
        if alias.asname not in (None, last):
            code.attributes.add(last)  # what is called by another name may be called anywhere
        if alias.asname is not None or last in _BY_NAME:
            walk.mention(last)
        walk.imported.add(alias.asname or alias.name.partition(".")[0])


def _yield(walk: _Walk, node: ast.AST, code: _Names) -> None:
    code.lasts = True
    _held(walk, node, code)


def _nothing(_walk: _Walk, _node: ast.AST, _code: _Names) -> None:
    """Take in what holds no names."""


_TAKING: Mapping[type[ast.AST], Callable[[_Walk, Any, _Names], None]] = {
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
