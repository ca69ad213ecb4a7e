"""Located trees of any text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamlint.dialects.reading import read
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode, SequenceNode
from lamlint.dialects.tree.yaml import DEPTH, MANY, Broken, compose, descendants
from lamlint.text import Source
from tests.dialects.thin import TEMPLATE
from tests.memory import MemoryTree


def document(text: str) -> Node:
    documents = compose(Source("template.yaml", text))
    assert not isinstance(documents, Broken)
    return documents[0]


def mapping(text: str) -> MappingNode:
    node = document(text)
    assert isinstance(node, MappingNode)
    return node


def text_of(node: Node | None) -> str:
    assert isinstance(node, ScalarNode)
    return node.text


@pytest.mark.parametrize("text", ["a: é 😀\nb: x", "a: é 😀\r\nb: x", '{"a": "é 😀",\n\t"b": "x"}'])
def test_places_count_characters(text: str) -> None:
    found = mapping(text).get("b")
    assert found is not None
    assert text[found.start : found.end].strip('"') == "x"


def test_json_escapes_of_surrogates_are_read() -> None:
    text = json.dumps({"a": "x😀y", "b": 1})
    assert text_of(mapping(text).get("a")) == "x😀y"


def test_anchors_are_the_same_node_and_shared() -> None:
    root = mapping("a: &x {t: 1}\nb: *x\nc:\n  <<: *x\n  u: 2\n")
    assert root.get("a") is root.get("b")
    merged = root.get("c")
    assert isinstance(merged, MappingNode)
    assert list(merged.table) == ["t", "u"]
    assert merged.table["t"].value.shared
    assert not merged.table["u"].value.shared


def test_the_last_of_duplicate_keys_holds() -> None:
    assert text_of(mapping("a: 1\na: 2\n").get("a")) == "2"


def test_an_anchor_in_itself_ends() -> None:
    assert len(list(descendants(document("&a [*a, x]")))) == 3


def test_billions_of_nodes_are_as_small_as_their_text() -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 60)]
    count = len(list(descendants(document("\n".join(lines)))))
    assert count <= 60 * 10 + 2
    assert unfolded(document("\n".join(lines))) <= MANY + count


def unfolded(node: Node) -> int:
    """How many nodes there are, those that aliases lead to each time that they do."""
    if isinstance(node, MappingNode):
        return 1 + sum(unfolded(entry.value) for entry in node.entries)
    return 1 + sum(map(unfolded, node.items)) if isinstance(node, SequenceNode) else 1


@pytest.mark.parametrize(
    "line",
    [
        "a{n}: &a{n} {{x: *a{before}}}",
        "a{n}: &a{n} [*a{before}]",
        "a{n}: &a{n} {{<<: *a{before}}}",
        "a{n}: &a{n} {{<<: [*a{before}, {{x{n}: 1}}]}}",
        "a{n}: &a{n} !Sub ['${{b}}', {{b: *a{before}}}]",
    ],
)
def test_aliases_nest_no_deeper_than_brackets(line: str) -> None:
    lines = ["a0: &a0 {x: 1}", *(line.format(n=n, before=n - 1) for n in range(1, 5_000))]
    found = document("\n".join(lines))
    assert isinstance(found, MappingNode)
    for entry in found:
        if isinstance(entry.value, MappingNode):
            assert len(entry.value.table) <= DEPTH
    assert unfolded(found) <= MANY + len(lines) * 5


def test_merge_keys_of_merge_keys_do_not_multiply() -> None:
    wide = ", ".join(f"k{n}: 1" for n in range(3_000))
    lines = [f"a0: &a0 {{{wide}}}"]
    lines += [f"a{n}: &a{n} {{<<: *a{n - 1}, x{n}: 1}}" for n in range(1, 1_000)]
    found = document("\n".join(lines))
    assert isinstance(found, MappingNode)
    tables = [e.value for e in found if isinstance(e.value, MappingNode)]
    assert sum(len(each.table) for each in tables) <= MANY + 2 * len(lines) + 3_000


def test_what_a_merge_key_does_not_name_leaves_the_rest_unknown() -> None:
    named = mapping("a: &a {x: 1}\nb: {<<: *a, y: 1}\nc: {<<: *d}\n")
    kinds = [each.merges for entry in named if isinstance(each := entry.value, MappingNode)]
    assert kinds == [True, True, False]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused(opening: str) -> None:
    assert isinstance(compose(Source("x.yaml", opening * 100_000)), Broken)
    assert isinstance(compose(Source("x.yaml", opening * (DEPTH * 2))), Broken)


@pytest.mark.parametrize(
    "text", ["{{ cookiecutter.name }}: 1", "a: {{ x }}", "{% if x %}", "\x00", "a: \ud83d", "a: *b"]
)
def test_other_languages_do_not_raise(text: str) -> None:
    compose(Source("x.yaml", text))


def test_several_documents_are_read() -> None:
    documents = compose(Source("x.yaml", "a: 1\n---\nb: 2\n"))
    assert not isinstance(documents, Broken)
    assert len(documents) == 2


@settings(deadline=None)
@given(
    st.integers(0, len(TEMPLATE)),
    st.integers(0, 40),
    st.text("&*!{}[]:-\t\n\"'|>%@x0 <", max_size=6),
)
def test_a_mutated_template_never_raises(start: int, length: int, put: str) -> None:
    text = TEMPLATE[:start] + put + TEMPLATE[start + length :]
    found = read(MemoryTree({"template.yaml": text}), ())
    assert not [problem for problem in found.problems if problem.rule == "internal-error"]


def test_ends_are_those_of_the_last_leaf() -> None:
    text = "a:\n  - x\n  - y   # why\n\nb: 1\n"
    found = mapping(text).get("a")
    assert isinstance(found, SequenceNode)
    assert text[found.start : found.end] == "- x\n  - y"
