"""The facts of a module by its LibCST tree, where its syntax is newer than the interpreter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lamlint.python.module import cst
from lamlint.python.module.defined import Defined, Parameter
from lamlint.python.module.facts import Facts, Import, statement
from lamlint.python.module.module import Module

_TRIED = (cst.If, cst.With, cst.Try, cst.TryStar)
_PASSED_OVER = (*_TRIED, cst.While, cst.MatchCase)


def of_tree(module: Module) -> Facts:
    """What importing a module binds and imports, and the functions that it defines."""
    scope = module.scopes.module
    names = frozenset([*scope.bindings, *(["*"] if scope.stars else [])])
    return Facts(
        taken=False,
        names=names,
        imports=tuple(_imports(module)),
        functions=tuple(_functions(module)),
    )


def _imports(module: Module) -> Iterator[Import]:
    functions = (cst.FunctionDef,)
    for node in module.nodes(cst.Import, cst.ImportFrom):
        around = list(module.ancestors(node))
        place = next((n for n, one in enumerate(around) if isinstance(one, functions)), len(around))
        sure = not any(isinstance(outer, _PASSED_OVER) for outer in around)
        for one in statement(module.code(node)):
            yield replace(
                one,
                inside=place < len(around),
                open=any(isinstance(outer, _TRIED) for outer in around[:place]),
                needed=sure,
                missed=sure,
            )


def _functions(module: Module) -> Iterator[Defined]:
    functions = (line for line in module.tree.body if isinstance(line, cst.FunctionDef))
    for place, node in enumerate(functions):
        yield Defined(node.name.value, place, sure=False, pair=tuple(_pair(node)))


def _pair(node: cst.FunctionDef) -> list[Parameter]:
    places = [*node.params.posonly_params, *node.params.params]
    by_name = any(one.default is None for one in node.params.kwonly_params)
    if len(places) != 2 or by_name or node.asynchronous is not None:
        return []
    return [Parameter(one.name.value, _said(one)) for one in places]


def _said(parameter: cst.Param) -> str:
    node: cst.CSTNode | None = parameter.annotation and parameter.annotation.annotation
    if isinstance(node, cst.Attribute):
        node = node.attr
    if isinstance(node, cst.SimpleString):
        value = node.evaluated_value
        return value.rpartition(".")[2] if isinstance(value, str) else ""
    return node.value if isinstance(node, cst.Name) else ""
