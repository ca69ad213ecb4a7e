"""Which things lie in a round."""

from __future__ import annotations

import pytest

from lamlint.dialects.rounds import in_rounds

GRAPHS = {
    "nothing": ("", ""),
    "one behind the other": ("ab bc cd", ""),
    "one by itself": ("aa ab", "a"),
    "two": ("ab ba bc", "ab"),
    "a long one, with ways in and out": ("sa ab bc ca ct", "abc"),
    "two that lead to each other one way only": ("ab ba bc cd dc", "abcd"),
    "two ways to the same": ("ab ac bd cd", ""),
    "what is named and not there": ("ab bx", ""),
}


@pytest.mark.parametrize(("edges", "expected"), GRAPHS.values(), ids=GRAPHS)
def test_what_may_follow_itself(edges: str, expected: str) -> None:
    following: dict[str, list[str]] = {}
    for edge in edges.split():
        following.setdefault(edge[0], []).append(edge[1])
    assert in_rounds(following) == frozenset(expected)


def test_a_long_way_is_no_matter() -> None:
    following = {str(one): [str(one + 1)] for one in range(50_000)} | {"50000": ["0"]}
    assert len(in_rounds(following)) == 50_001
