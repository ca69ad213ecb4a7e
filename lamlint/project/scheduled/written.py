"""What texts a module writes down: constants, what is put together of them, small functions."""

from __future__ import annotations

import ast
from collections import ChainMap
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import field

from lamlint.dialects.budget import NODE, Budget
from lamlint.model import UNTOLD
from lamlint.text.dataclass import dataclass

_LOOPS = (
    ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip
_DEEPEST = 8
_LONGEST = 500
"""Longer texts are taken for unknown ones: no name or schedule has as many characters."""
_MOST = 20_000
"""How many expressions a module may have looked at: functions that call each other multiply."""


@dataclass(frozen=True, slots=True)
class Called:
    """A call, the last name of what it calls, its arguments that are named, and its function.

    It is made `again` where it stands in a loop.
    """

    node: ast.Call
    name: str
    given: Mapping[str, ast.expr]
    function: str
    again: bool


def calls(module: ast.Module) -> Iterator[Called]:
    """The calls of a module and of its functions."""
    waiting: list[tuple[ast.AST, str, bool]] = [(module, "", False)]
    while waiting:
        node, function, again = waiting.pop()
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                given = {one.arg: one.value for one in node.keywords if one.arg is not None}
                yield Called(node, name, given, function, again)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                function = node.name
            case _:
                pass
        again = again or isinstance(node, _LOOPS)
        waiting += ((child, function, again) for child in ast.iter_child_nodes(node))


@dataclass(frozen=True, slots=True)
class Written:
    """What a module binds its names to that are bound once, and its functions."""

    names: MutableMapping[str, ast.expr]
    functions: Mapping[str, ast.FunctionDef]
    budget: Budget = field(default_factory=lambda: Budget(_MOST * NODE))
    """What is left to look at, in the module as a whole."""
    _known: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, module: ast.Module) -> Written:
        """The names of a module and of its functions, as if they were all of one."""
        bound: dict[str, int] = {}
        values: dict[str, ast.expr] = {}
        functions: dict[str, ast.FunctionDef] = {}
        for node in ast.walk(module):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    values[name] = value
                case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                    bound[name] = bound.get(name, 0) + 1
                case ast.FunctionDef(name=name):
                    functions[name] = node
                    bound[name] = bound.get(name, 0) + 1
                case _:
                    pass
        once = {name: value for name, value in values.items() if bound.get(name) == 1}
        kept = {name: one for name, one in functions.items() if bound[name] == 1}
        return cls(once, kept)

    def text(self, node: ast.expr | None, depth: int = 0) -> str:
        """A text, with `UNTOLD` for what is not known of it; empty where there is none."""
        if node is None:
            return ""
        if id(node) not in self._known:
            self._known[id(node)] = UNTOLD  # where it leads back to itself
            looked_at = depth <= _DEEPEST and self.budget.affords(nodes=1)
            text = self._text(node, depth) if looked_at else UNTOLD
            self._known[id(node)] = text if len(text) <= _LONGEST else UNTOLD
        return self._known[id(node)]

    def _text(self, node: ast.expr, depth: int) -> str:
        match node:
            case ast.Constant(value=str() as text):
                return text
            case ast.Name(id=name) if name in self.names:
                return self.text(self.names[name], depth + 1)
            case ast.FormattedValue(value=value):
                return self.text(value, depth + 1)
            case ast.JoinedStr(values=values):
                return "".join(self.text(one, depth + 1) for one in values)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self.text(left, depth + 1) + self.text(right, depth + 1)
            case ast.Call(func=ast.Attribute(value=of, attr="replace"), args=[old, new]):
                whole, first, second = (self.text(one, depth + 1) for one in (of, old, new))
                known = UNTOLD not in whole + first + second
                return whole.replace(first, second) if known and first else UNTOLD
            case ast.Call(func=ast.Name(id=name)) if name in self.functions:
                return self._returned(self.functions[name], node, depth)
            case _:
                return UNTOLD

    def _returned(self, function: ast.FunctionDef, call: ast.Call, depth: int) -> str:
        match function.body:
            case [ast.Return(value=value)] | [ast.Expr(), ast.Return(value=value)]:
                within = self.within(function, call, depth)
                return UNTOLD if within is None else within.text(value, depth + 1)
            case _:
                return UNTOLD

    def within(self, function: ast.FunctionDef, call: ast.Call, depth: int = 0) -> Written | None:
        """The same in a function, as a call runs it; None where it is given what is not written."""
        names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
        if any(isinstance(one, ast.Starred) for one in call.args) or len(call.args) > len(names):
            return None
        if self.budget.refused:
            return None
        given = dict(zip(names, call.args, strict=False))
        given |= {one.arg: one.value for one in call.keywords if one.arg is not None}
        texts: dict[str, ast.expr] = {
            name: ast.Constant(self.text(value, depth + 1)) for name, value in given.items()
        }
        return Written(ChainMap(texts, self.names), self.functions, self.budget)
