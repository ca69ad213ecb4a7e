"""Files of settings as located trees: JSON with comments, YAML, TOML."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamlint.dialects.settings.files import root_of
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode, SequenceNode
from lamlint.dialects.tree.yaml import Broken
from lamlint.text import Source


def plain(node: Node) -> object:
    if isinstance(node, MappingNode):
        return {entry.name: plain(entry.value) for entry in node}
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    return node.value


def root(path: str, text: str) -> MappingNode:
    found = root_of(Source(path, text))
    assert isinstance(found, MappingNode)
    return found


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ('{"a": 1}', {"a": 1}),
        ('{"a": 1 // one\n}', {"a": 1}),
        ('{"a": 1, // one\n "b": 2}', {"a": 1, "b": 2}),
        ('{/* all */ "a": /* in\n two lines */ "x"}', {"a": "x"}),
        ('{"a": "http://x/*y*/"}', {"a": "http://x/*y*/"}),
        ('{"a": "\\"//b"}', {"a": '"//b'}),
        ('{"a": 1,}', {"a": 1}),
        ('// first\n{"a": true}', {"a": True}),
    ],
)
def test_json_with_comments(text: str, data: object) -> None:
    assert plain(root("zappa_settings.json", text)) == data


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ('[dev]\na = "x"\nb = 3\nc = true\n', {"dev": {"a": "x", "b": 3, "c": True}}),
        ('[dev]\na = ["x", "y"]\n[dev.env]\nB = "1"\n', {"dev": {"a": ["x", "y"], "env": {"B": "1"}}}),
        ('[dev]\nenv = {A = "b"}\n', {"dev": {"env": {"A": "b"}}}),
        ('[[events]]\nf = "a"\n[[events]]\nf = "b"\n', {"events": [{"f": "a"}, {"f": "b"}]}),
        ('a.b = "c"\n', {"a": {"b": "c"}}),
        ('a = """\nb = 1\n"""\n', {"a": "b = 1\n"}),
    ],
)  # fmt: skip
def test_toml(text: str, data: object) -> None:
    assert plain(root("zappa_settings.toml", text)) == data


def test_a_plain_value_of_toml_is_where_it_stands_and_may_be_written() -> None:
    text = '[dev]\ntimeout_seconds = 30 # enough\nname = "x"\n'
    found = root("zappa_settings.toml", text).get("dev")
    assert isinstance(found, MappingNode)
    timeout = found.get("timeout_seconds")
    assert isinstance(timeout, ScalarNode)
    assert text[timeout.start : timeout.end] == "30"
    assert timeout.writable


def test_a_value_that_its_line_does_not_say_is_not_written() -> None:
    text = 'a = """\nb = 1\n"""\n[[x]]\nb = 2\n'
    found = root("zappa_settings.toml", text).get("a")
    assert isinstance(found, ScalarNode)
    assert not found.writable


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("a.json", '{"a": 1\n "b": 2}', 2),
        ("a.json", "[1]", 1),
        ("a.yaml", "a: [", 1),
        ("a.toml", "a = 1\nb =\n", 2),
        ("a.toml", "a = " + "[" * 2000, 1),
        ("a.json", "", 1),
        ("a.json", "/*", 1),
    ],
)
def test_what_is_wrong_is_told_with_its_line(path: str, text: str, line: int) -> None:
    source = Source(path, text)
    found = root_of(source)
    assert isinstance(found, Broken)
    assert source.position(found.offset).line == line


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["a.json", "a.toml", "a.yaml"]), st.text("[]{}=:\"'/*\n#,.ab1 \\-", max_size=60)
)
def test_nothing_raises(path: str, text: str) -> None:
    root_of(Source(path, text))
