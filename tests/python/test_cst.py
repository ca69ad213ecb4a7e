"""LibCST is loaded lightly, and is the same."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from tests.repository.checkout import ROOT

DESCRIBE = """
import dataclasses, inspect, sys
import libcst as cst

def described(kind):
    parameters = inspect.signature(kind).parameters.values()
    return (
        [(one.name, one.kind, one.default is one.empty, one.annotation) for one in parameters],
        [(one.name, one.init, one.compare) for one in dataclasses.fields(kind)],
        getattr(kind, "__slots__", None),
        [name for name in ("__init__", "__repr__", "__eq__", "__hash__") if name in vars(kind)],
        kind.__eq__ is cst.CSTNode.__eq__,
        kind.__hash__ is cst.CSTNode.__hash__,
    )

def kinds(kind):
    yield kind
    for one in kind.__subclasses__():
        yield from kinds(one)

for kind in sorted(kinds(cst.CSTNode), key=lambda kind: (kind.__module__, kind.__qualname__)):
    if dataclasses.is_dataclass(kind):
        print(kind.__qualname__, described(kind))

text = '''class A(B, metaclass=C):
    @d
    async def f(self, *a: int, **b) -> None:
        "doc"
        return [x async for x in {**a} if not (y := x)] or f"{x!r:>{w}}" + g(lambda *a, b=1: -a[1:2])
'''
tree = cst.parse_module(text)
assert tree.code == text
assert tree.deep_clone().code == text
assert tree.deep_clone().deep_equals(tree)
assert tree.deep_clone() != tree
print(tree)
call = cst.Call(cst.Name("f"), args=[cst.Arg(cst.Integer("1"))])
print(cst.Module([]).code_for_node(call.with_changes(func=cst.Name("g"))))
for broken in (lambda: cst.Name(""), lambda: cst.Call(), lambda: setattr(call, "func", None)):
    try:
        broken()
        print("nothing")
    except Exception as error:
        print(type(error).__name__)
"""
LIGHT = """
from lamlint.python.module import cst
from lamlint.text.dataclass import _Unwritten
"""
NOTHING_IS_WRITTEN = """
import dataclasses, sys
kinds = [kind for kind in vars(cst).values() if isinstance(kind, type)]
nodes = [kind for kind in kinds if issubclass(kind, cst.CSTNode) and "__init__" in vars(kind)]
print(len(nodes), len([kind for kind in nodes if type(vars(kind)["__init__"]) is _Unwritten]))
print(dataclasses.dataclass.__module__)
"""
PLAIN = """
import abc
print({type(kind).__name__ for kind in vars(cst).values() if isinstance(kind, type)
       and issubclass(kind, cst.CSTNode)})
print(type(abc.ABC).__name__, abc.ABC.__mro__[0].__name__)
"""


def printed(code: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout


def test_it_is_the_same_for_all_who_use_it() -> None:
    assert printed(LIGHT + DESCRIBE) == printed(DESCRIBE)


def test_loading_it_writes_no_method_of_a_node() -> None:
    counts, maker = printed(LIGHT + NOTHING_IS_WRITTEN).splitlines()
    nodes, unwritten = map(int, counts.split())
    assert nodes > 150
    assert unwritten > 0.9 * nodes
    assert maker == "dataclasses"


def test_its_nodes_are_no_abstract_classes() -> None:
    assert printed(LIGHT + PLAIN).splitlines() == ["{'type'}", "ABCMeta ABC"]


@pytest.mark.parametrize("folder", ["lamlint", "rules"])
def test_it_is_loaded_in_one_place(folder: str) -> None:
    found = {
        str(file.relative_to(ROOT))
        for file in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        if name.split(".")[0] == "libcst"
    }
    assert found == ({"lamlint/python/module/cst.py"} if folder == "lamlint" else set())
