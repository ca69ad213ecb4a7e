"""The tree without white space is LibCST's own: the same nodes at the same places."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from lamlint.python.module import cst
from lamlint.python.module.module import Module
from lamlint.python.module.parse import plain
from lamlint.python.module.stack import deep
from lamlint.python.module.syntax import Syntax
from lamlint.python.module.walk import descendants
from lamlint.text import Source
from tests.python.syntax_table import LEFT_TO_LIBCST, REFUSED_BY_LIBCST, SYNTAX
from tests.repository.checkout import ROOT

REAL = (
    *sorted((ROOT / "lamlint" / "python" / "module").rglob("*.py")),
    *sorted((ROOT / "fixtures").rglob("*.py"))[::20],
)


def syntax(text: str) -> Syntax:
    return Syntax(Source("app.py", text))


def known_here(text: str) -> bool:
    """Whether this interpreter takes a text: the newest syntax is not for the oldest."""
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def said(node: cst.CSTNode) -> tuple[object, ...]:
    """What a node says besides the nodes in it."""
    value = getattr(node, "value", None)
    return (
        type(node),
        value if isinstance(value, str) else None,
        getattr(node, "star", None),
        getattr(node, "asynchronous", None) is None,
        len(getattr(node, "relative", ())),
        type(getattr(node, "operator", None)),
    )


def described(of: Syntax) -> Iterator[tuple[object, ...]]:
    """Every node of a tree: what it says, what holds it, and where it stands."""
    number = {id(node): place for place, node in enumerate(descendants(of.tree))}
    for node in descendants(of.tree):
        above = of.index.parents.get(id(node))
        yield (*said(node), above and number[id(above)], of.extent(node))


def compare(text: str) -> None:
    made = syntax(text)
    assert made.whole is not None
    assert made.whole is not made, "LibCST reads it"
    assert list(described(made)) == list(described(made.whole))


@pytest.mark.parametrize("text", SYNTAX)
def test_both_trees_are_the_same(text: str) -> None:
    if known_here(text):
        compare(text)


@pytest.mark.parametrize(
    "text",
    [
        "if a:\n    b()\n" + "elif a:\n    b()\n" * 300,
        "x = a" + " + a" * 300 + "\n",
        "x = a" + ".a()" * 200 + "\n",
        "x = " + "not " * 150 + "a\n",
        "x = " + "(" * 150 + "a" + ")" * 150 + "\n",
    ],
)
def test_both_trees_of_what_nests_deep_are_the_same(text: str) -> None:
    made = syntax(text)
    deep(lambda: compare(text))
    assert deep(lambda: made.whole) is not made, "LibCST's is made for edits alone"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_like(newline: str) -> None:
    for text in filter(known_here, SYNTAX):
        if "\\" not in text:
            compare(text.replace("\n", newline))


def test_both_trees_of_real_code_are_the_same() -> None:
    read = 0
    for path in REAL:
        made = syntax(path.read_text(encoding="utf-8"))
        if made.whole is not None and made.whole is not made:
            compare(made.source.text)
            read += 1
    assert read > len(REAL) - 10


@pytest.mark.parametrize("text", LEFT_TO_LIBCST)
def test_what_is_rare_is_left_to_libcst(text: str) -> None:
    assert plain(Source("app.py", text)) is None
    made = syntax(text)
    refused = made.failure is not None or made.unread is not None
    assert made.whole is (None if refused else made)


@pytest.mark.parametrize("text", REFUSED_BY_LIBCST)
def test_what_libcst_refuses_is_read_all_the_same_and_has_no_edits(text: str) -> None:
    module = Module(Source("app.py", text), "app")
    assert module.failure is None
    assert module.whole is None
    places = [module.offsets(node) for node in descendants(module.tree)]
    assert all(0 <= start <= end <= len(text) for start, end in places)


def test_where_names_calls_and_statements_stand_is_known_without_libcst(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cst, "parse_module", None)
    text = "import a.b\n\nclass A:\n  @b\n  async def f(self, x=1):\n    a.b.c(self.x, y=f'{x}'); z = x\n"
    module = Module(Source("app.py", text), "app")
    kinds = (cst.Import, cst.Decorator, cst.Param, cst.Call, cst.Assign, cst.FormattedString)
    codes = [module.code(node) for node in module.nodes(*kinds)]
    assert codes[:4] == ["import a.b", "@b", "self", "x"]
    assert codes[-3:] == ["a.b.c(self.x, y=f'{x}')", "f'{x}'", "z = x"]
    _, _, *names = module.nodes(cst.Name)  # those that are imported are asked for by their line
    assert [node.value for node in names] == list(map(module.code, names))


def test_no_node_holds_white_space() -> None:
    (call,) = Module(Source("app.py", "f( a , b = 1 )\n"), "app").nodes(cst.Call)
    for field in ("whitespace_before_args", "whitespace_after_func", "lpar"):
        with pytest.raises(AttributeError):
            getattr(call, field)


def test_the_twin_of_a_node_is_found_among_those_of_its_type() -> None:
    module = Module(Source("app.py", "f(a)\ng( a )  # twice\n"), "app")
    assert module.whole is not None
    first, second = module.nodes(cst.Call)
    assert module.whole.tree.code_for_node(module.twin(second)) == "g( a )"
    assert module.twin(first) is next(module.whole.nodes(cst.Call))


def test_only_what_makes_edits_asks_libcst_for_the_text_of_a_node() -> None:
    """A tree without white space has none to give; `Module.code` tells what is written."""
    package = ROOT / "lamlint"
    asking = {
        path.relative_to(package / "python").as_posix()
        for path in package.rglob("*.py")
        if "code_for_node" in path.read_text(encoding="utf-8")
    }
    assert asking == {"hoist/fix.py", "hoist/names.py", "rewrite.py"}
