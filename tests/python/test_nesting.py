"""How deep a text nests is known before LibCST sees it, and what is too deep is never called wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lamlint.python import Module
from lamlint.python.module.nesting import DEEPEST, nesting
from lamlint.text import Source

ROOT = Path(__file__).resolve().parents[2]


def blocks(depth: int, head: str) -> str:
    lines = [f"{' ' * n}{head}\n" for n in range(depth)]
    return "".join(lines) + " " * depth + "pass\n"


def f_strings(depth: int) -> str:
    text = "x"
    for _ in range(depth):
        text = f"f'{{{text}}}'"
    return f"x = {text}\n"


CHAINS: dict[str, Callable[[int], str]] = {
    "minus": lambda n: f"x = {'-' * n}1\n",
    "not": lambda n: f"x = {'not ' * n}1\n",
    "invert": lambda n: f"x = {'~' * n}1\n",
    "sum": lambda n: f"x = {'1+' * n}1\n",
    "power": lambda n: f"x = {'2**' * n}1\n",
    "and": lambda n: f"x = {'a and ' * n}b\n",
    "attributes": lambda n: f"x = q{'.a' * n}\n",
    "calls": lambda n: f"x = q{'()' * n}\n",
    "items": lambda n: f"x = q{'[0]' * n}\n",
    "conditions": lambda n: f"x = {'a if b else ' * n}c\n",
    "lambdas": lambda n: f"x = {'lambda a, b: ' * n}1\n",
    "clauses": lambda n: f"x = [y{' for a, b in c' * n}]\n",
    "strings": lambda n: "x = (" + "'a' " * n + ")\n",
    "strings on lines": lambda n: "x = (" + "'a'  # one\n" * n + ")\n",
    "sum on lines": lambda n: "x = (" + "'a' +\n" * n + "'b')\n",
    "elif": lambda n: "if a:\n  pass\n" + "elif b:\n  c(d)\n" * n,
    "dotted import": lambda n: f"import a{'.a' * n}\n",
    "hidden elif": lambda n: "if a:\n  pass\n" + "\\\nelif b:\n  pass\n" * n,
}
BRACKETS: dict[str, Callable[[int], str]] = {
    "lists": lambda n: f"x = {'[' * n}{']' * n}\n",
    "parentheses": lambda n: f"x = {'(' * n}1{')' * n}\n",
    "dicts": lambda n: f"x = {'{1: ' * n}1{'}' * n}\n",
    "arguments": lambda n: f"x = {'f(a, b=' * n}1{')' * n}\n",
    "slices": lambda n: f"x = {'x[1:' * n}1{']' * n}\n",
    "comprehensions": lambda n: f"x = {'[' * n}y{' for a in b]' * n}\n",
    "walrus": lambda n: f"x = {'(y := ' * n}1{')' * n}\n",
    "targets": lambda n: f"{'[' * n}x{']' * n} = y\n",
    "decorator": lambda n: f"@{'d(' * n}{')' * n}\ndef f(): pass\n",
    "default": lambda n: f"def f(a={'g(' * n}{')' * n}): pass\n",
    "annotation": lambda n: f"x: {'L[' * n}int{']' * n}\n",
    "bound of a type": lambda n: f"def f[T: {'L[' * n}int{']' * n}](): pass\n",
    "field": lambda n: "x = f'{" + "g(" * n + ")" * n + "}'\n",
    "format": lambda n: "x = f'" + "{a:" * n + "}" * n + "'\n",
    "f-strings": f_strings,
    "behind a string": lambda n: 'y = "\\\r\n"\nx = ' + "[" * n + "]" * n + "\n",
}
PATTERNS: dict[str, Callable[[int], str]] = {
    "list": lambda n: f"match x:\n  case {'[' * n}y{']' * n}:\n    pass\n",
    "parentheses": lambda n: f"match x:\n  case {'(' * n}y{')' * n}:\n    pass\n",
    "mapping": lambda n: f"match x:\n  case {'{1: ' * n}y{'}' * n}:\n    pass\n",
    "class": lambda n: f"match x:\n  case {'C(' * n}y{')' * n}:\n    pass\n",
    "keyword": lambda n: f"match x:\n  case {'C(a=' * n}y{')' * n}:\n    pass\n",
    "hidden": lambda n: f"match x:\n  \\\n  case {'[' * n}{']' * n}:\n    pass\n",
}
NESTED = CHAINS | BRACKETS


@pytest.mark.parametrize("kind", NESTED)
@pytest.mark.parametrize("depth", [30, 90])
def test_each_kind_of_nesting_counts(kind: str, depth: int) -> None:
    found = nesting(NESTED[kind](depth))
    assert depth <= found.depth <= 4 * depth
    assert found.too_deep is None


@pytest.mark.parametrize("kind", NESTED)
def test_what_is_too_deep_is_not_read_and_not_called_wrong(kind: str) -> None:
    module = Module(Source("app.py", NESTED[kind](20_000)), "app")
    assert module.syntax.unread is not None
    assert module.failure is None
    assert list(module.tree.body) == []


@pytest.mark.parametrize("kind", NESTED)
def test_what_no_parser_takes_is_bounded_too(kind: str) -> None:
    for text in (f"{NESTED[kind](20_000)}def (:\n", NESTED[kind](20_000)[:15_000]):
        assert Module(Source("app.py", text), "app").syntax.unread is not None


@pytest.mark.parametrize("kind", PATTERNS)
def test_patterns_are_bounded_before_they_multiply(kind: str) -> None:
    assert nesting(PATTERNS[kind](24)).too_deep is not None
    assert nesting(PATTERNS[kind](5)).too_deep is None
    assert nesting(PATTERNS[kind](8) * 2_000).too_deep is not None


@pytest.mark.parametrize("kind", BRACKETS)
def test_much_of_what_is_rather_deep_is_too_much(kind: str) -> None:
    assert nesting(BRACKETS[kind](100)).too_deep is None
    assert nesting(BRACKETS[kind](100) * 200).too_deep is not None


FLAT = {
    "list": f"x = [{'f(a.b, -1), ' * 3_000}]\n",
    "dict": "x = {" + "'a': {'b': [1 + 2]}, " * 3_000 + "}\n",
    "table of lambdas": "x = {" + "'a': lambda e, c: e[c], " * 2_000 + "}\n",
    "string": "x = '" + "((([[[{{{---" * 3_000 + "'\n",
    "docstring": '"""' + "([{ not - + " * 3_000 + '"""\n',
    "text of an f-string": "x = f'" + "{{((( {a} " * 3_000 + "'\n",
    "comment": f"# {'(' * 30_000}\nx = 1\n",
    "statements": "x = a.b(c)[d] + e if f else g\n" * 3_000,
    "on one line": f"{'x = 1 + 2; ' * 3_000}\n",
    "handlers of errors": "try:\n  pass\n" + "except E:\n  pass\n" * 3_000,
    "cases": "match x:\n" + "  case {'a': [1, b]}:\n    pass\n" * 2_000,
    "types": f"def f[{'T: int, ' * 500}](): pass\n",
}


@pytest.mark.parametrize("kind", FLAT)
def test_what_is_long_is_not_deep(kind: str) -> None:
    found = nesting(FLAT[kind])
    assert found.too_deep is None
    assert found.depth < 20


@pytest.mark.parametrize("line", ["x = (1,", "x = f(", 'x = f"{a', "x = [)", 'x = "', 'x = """'])
def test_a_slip_makes_no_text_deep(line: str) -> None:
    rest = "def f(a, b):\n    return a.b(c)[d] + 1\n\n" * 3_000
    assert nesting(f"{line}\n{rest}").depth < 20


def test_blocks_count_with_what_is_in_them() -> None:
    assert nesting(blocks(90, "if a:")).depth >= 90
    assert nesting(blocks(5, "if a:") + "     x = " + "-" * DEEPEST).too_deep is not None


def test_real_code_is_far_from_too_deep() -> None:
    deepest = max(
        nesting(file.read_text(encoding="utf-8")).depth for file in ROOT.glob("lamlint/**/*.py")
    )
    assert deepest < DEEPEST / 10
