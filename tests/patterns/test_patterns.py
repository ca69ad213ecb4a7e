"""No regular expression of lamlint takes more than linear time, whatever a text holds."""

from __future__ import annotations

import ast
import re
import signal
from collections.abc import Iterator

import pytest

from tests.patterns.constants import Constant, Module, constants, modules
from tests.patterns.growth import worst

LIMIT = 100
"""Steps for a character. One that looks for each name some way around it needs forty at most, a
quadratic expression some thousands at the greatest length."""
MADE_HERE = "lamlint/text/regex.py"

measured = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="nothing would end an exponential expression"
)


@measured
@pytest.mark.parametrize("one", constants(), ids=lambda one: f"{one.module.path}:{one.path}")
def test_an_expression_grows_with_its_text_and_no_faster(one: Constant) -> None:
    cost = worst(one.regex.compiled, one.uses, LIMIT)
    assert cost.steps <= LIMIT, f"{cost.use} of {cost.length} characters as {cost.attack}"


@measured
@pytest.mark.parametrize(
    "expression",
    [
        pytest.param(r"^(?:[A-Z]?[a-z]{2,}|[A-Z]{2,})*[0-9]{0,4}$", id="words of two letters"),
        pytest.param(r"(?:a+)+b", id="a repeat of repeats"),
        pytest.param(r"(?:\w|a)*!", id="branches that overlap"),
        pytest.param(r"\[([^\]]*)\]", id="many beginnings without an end"),
        pytest.param(r"name\s*\(?\s*=", id="white space twice"),
        pytest.param(r"[ \t]+$", id="white space before anything else"),
        pytest.param(r"^\s*\[tool", id="lines without anything"),
        pytest.param(r"\bhost[\w ]*password", id="a word that may stand anywhere"),
        pytest.param(r"#\s*(\[[^\]]*\])?.*;", id="comments in a comment"),
        pytest.param(r"(?s)<!--.*?-->", id="many beginnings, lazily"),
    ],
)
def test_an_expression_that_grows_faster_is_found(expression: str) -> None:
    assert worst(re.compile(expression, re.MULTILINE), frozenset({"search"}), LIMIT).steps > LIMIT


def test_an_expression_is_a_constant_of_its_module() -> None:
    hidden = [
        module.path
        for module in modules()
        if module.path != MADE_HERE
        and len({id(regex) for regex in module.constants().values()})
        != len(module.calls_of_regex())
    ]
    assert hidden == []


def test_nothing_else_makes_an_expression() -> None:
    made = [one for module in modules() if module.path != MADE_HERE for one in made_in(module)]
    assert made == []


def made_in(module: Module) -> Iterator[str]:
    """Where a module makes an expression, or takes it from elsewhere, by its path and line."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == "re" and node.attr.islower():
                yield f"{module.path}:{node.lineno} re.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module in ("re", "fnmatch", "glob"):
            yield f"{module.path}:{node.lineno} from {node.module}"


def test_the_expressions_are_found() -> None:
    assert len(constants()) > 200
