"""Sets that are unions of each other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamlint.python.values.unions import Unions

Graph = dict[int, list[int]]
GRAPHS = st.integers(1, 8).flatmap(
    lambda size: st.fixed_dictionaries(
        {n: st.lists(st.integers(0, size - 1), max_size=4) for n in range(size)}
    )
)


def ask(unions: Unions, graph: Graph, question: int, asked: list[int]) -> frozenset[str]:
    return unions.answer(question, lambda: parts(unions, graph, question, asked))


def parts(
    unions: Unions, graph: Graph, question: int, asked: list[int]
) -> Iterator[frozenset[str]]:
    asked.append(question)
    yield frozenset({str(question)})
    for other in graph[question]:
        yield ask(unions, graph, other, asked)


def reached(graph: Graph, start: int) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        new = set(graph[waiting.pop()]) - found
        found |= new
        waiting.extend(new)
    return {str(n) for n in found}


@settings(deadline=None)
@given(GRAPHS)
def test_an_answer_is_all_that_a_question_leads_to_and_is_worked_out_once(graph: Graph) -> None:
    unions, asked = Unions(), list[int]()
    for question in graph:
        assert ask(unions, graph, question, asked) == reached(graph, question)
    assert len(asked) == len(graph)


@settings(deadline=None)
@given(GRAPHS, st.lists(st.tuples(st.integers(0, 7), st.sampled_from("01234567"))))
def test_a_word_is_looked_for_no_further_than_to_the_first(
    graph: Graph, looked_for: list[tuple[int, str]]
) -> None:
    unions, asked = Unions(), list[int]()
    for question, word in looked_for:
        start = question % len(graph)
        found = unions.has(start, partial(parts, unions, graph, start, asked), word.__eq__)
        assert found == (word in reached(graph, start))
    words = {word for _, word in looked_for}
    assert len(asked) <= len(graph) * (len(words) + 1)
    for question in graph:
        assert ask(unions, graph, question, []) == reached(graph, question)


def test_a_question_that_failed_can_be_asked_again() -> None:
    unions = Unions()
    broken = {0: [1], 1: [0, 2]}
    with pytest.raises(KeyError):
        ask(unions, broken, 0, [])
    assert ask(unions, broken | {2: []}, 1, []) == {"0", "1", "2"}
