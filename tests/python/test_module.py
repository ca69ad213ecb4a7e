"""One module: its tree, places and names."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import libcst as cst
import pytest

from lamlint.python import Module
from lamlint.text import Source
from tests.counting import assert_grows_with_it


def module(text: str, name: str = "app") -> Module:
    return Module(Source("app.py", text), name)


def test_nodes_come_in_the_order_of_the_text() -> None:
    found = module("@d\ndef f(a=b):\n    return c if x else y\n").nodes(cst.Name)
    assert [node.value for node in found] == ["d", "f", "a", "b", "c", "x", "y"]


@pytest.mark.parametrize(
    "text",
    ["x = 1\ny = call(2)\n", "x = 1\r\ny = call(2)\r\n", "é = 1\ny = call(2)"],
)
def test_a_span_holds_exactly_its_node(text: str) -> None:
    parsed = module(text)
    (call,) = parsed.nodes(cst.Call)
    span = parsed.span(call)
    assert text[span.start : span.end] == "call(2)"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("import boto3\nboto3.client('s3')\n", "boto3.client"),
        ("import boto3 as b\nb.client('s3')\n", "boto3.client"),
        ("from boto3 import client\nclient('s3')\n", "boto3.client"),
        ("from boto3.session import Session as S\nS()\n", "boto3.session.Session"),
        ("import boto3\nmake = boto3.client\nmake('s3')\n", "boto3.client"),
        ("def f():\n    import boto3\n    return boto3.client('s3')\n", "boto3.client"),
        ("import os.path\nos.path.join()\n", "os.path.join"),
        ("from . import near\nnear.f()\n", "pack.near.f"),
        ("from ..far import f\nf()\n", "far.f"),
        ("print()\n", "print"),
        ("def f(): ...\nf()\n", "pack.app.f"),
    ],
)
def test_a_call_has_the_full_name_of_what_it_calls(text: str, name: str) -> None:
    parsed = module(text, "pack.app")
    (call,) = parsed.nodes(cst.Call)
    assert parsed.qualified(call) == name


def test_a_parameter_hides_an_import() -> None:
    parsed = module("import boto3\ndef f(boto3):\n    boto3.client()\n")
    (call,) = parsed.nodes(cst.Call)
    assert parsed.qualified(call) is None


MIXED = "def f():\n    if x:\n        y = 1\n    \treturn y\n"


@pytest.mark.parametrize(
    "text",
    [MIXED, "print 'a'\n", "try:\n    f()\nexcept Exception, e:\n    print e\n", "x = 0777L\n"],
)
def test_python_2_is_told_as_python_2(text: str) -> None:
    failure = module(text).failure
    assert failure is not None
    assert "Python 2" in failure.message


@pytest.mark.parametrize(
    "text", [f"{MIXED}x = (1\n", f"{MIXED}  z = 1\n", "def f():\n    x = 1\n\treturn x\n"]
)
def test_mixed_tabs_that_no_python_reads_are_not_told_as_python_2(text: str) -> None:
    failure = module(text).failure
    assert failure is not None
    assert "Python 2" not in failure.message


def test_text_that_is_no_python_fails_at_its_line() -> None:
    source = Source("app.py", "x = 1\ndef f(:\n    pass\n")
    failure = Module(source, "app").failure
    assert failure is not None
    assert source.position(failure.span.start).line == 2
    assert "Python 2" not in failure.message


@pytest.mark.parametrize(
    "text", ["(" * 4000, "x = " + "(" * 4000 + ")" * 4000, "a\0b", "x = 1" + " + 1" * 2500]
)
def test_no_text_brings_the_parser_down(text: str) -> None:
    parsed = module(text)
    assert parsed.failure is None or parsed.failure.message


@pytest.mark.parametrize("text", ["\fcall(2)\n", "x = 1\n\f\f\n\fcall(2)\ny = 2\n"])
def test_form_feeds_move_no_place(text: str) -> None:
    parsed = module(text)
    (call,) = parsed.nodes(cst.Call)
    span = parsed.span(call)
    assert text[span.start : span.end] == "call(2)"


def test_places_are_known_in_very_deep_expressions() -> None:
    text = "x = 1" + " + 1" * 600 + " + f(2)"
    parsed = module(text)
    (call,) = parsed.nodes(cst.Call)
    assert text[parsed.span(call).start :] == "f(2)"


def test_importing_the_package_does_not_import_libcst() -> None:
    code = "import sys, lamlint.python; sys.exit('libcst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("here\n", None),
        ("class C:\n    here\n", None),
        ("def f(): here\n", "f"),
        ("def f():\n    if x:\n        here\n", "f"),
        ("def f(a=here): ...\n", "f"),
        ("@here\ndef f(): ...\n", "f"),
        ("def f():\n    @here\n    def g(): ...\n", "g"),
        ("def f():\n    def g():\n        x\n    here\n", "f"),
        ("def f():\n    class C:\n        def g(self):\n            return lambda: here\n", "g"),
        ("async def f():\n    while x:\n        y\n    else:\n        here\n", "f"),
    ],
)
def test_the_function_around_a_node_is_the_innermost(text: str, around: str | None) -> None:
    parsed = module(text)
    for node in [*parsed.nodes(cst.Name), *parsed.nodes(cst.Name)]:
        function = parsed.enclosing_function(node)
        walked = next((n for n in parsed.ancestors(node) if isinstance(n, cst.FunctionDef)), None)
        assert function is walked
        if node.value == "here":
            assert (None if function is None else function.name.value) == around


def test_what_many_lines_bind_is_looked_at_once_for_all_that_name_it() -> None:
    def named(number: int) -> Callable[[], object]:
        made = "def f(event):\n" + "    x = event\n    x.get()\n" * number
        one = Module(Source("a.py", made), "a")
        return lambda: [one.qualified(call) for call in one.nodes(cst.Call)]

    assert_grows_with_it(*(named(number) for number in (100, 200, 400)))
