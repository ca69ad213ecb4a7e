"""Sets that are unions of each other."""

from __future__ import annotations

from collections.abc import Iterator

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
    def parts() -> Iterator[str]:
        asked.append(question)
        yield str(question)
        for other in graph[question]:
            yield from ask(unions, graph, other, asked)

    return unions.answer(question, parts)


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


def test_a_question_that_failed_can_be_asked_again() -> None:
    unions = Unions()
    broken = {0: [1], 1: [0, 2]}
    with pytest.raises(KeyError):
        ask(unions, broken, 0, [])
    assert ask(unions, broken | {2: []}, 1, []) == {"0", "1", "2"}
