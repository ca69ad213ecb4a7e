"""Words are covered wherever they stand, few or many."""

from __future__ import annotations

import pytest

from lamlint.secrets.covering import Words, cover, covered

MANY = [f"other-word-{number}" for number in range(40)]


@pytest.mark.parametrize("others", [[], MANY], ids=["few", "many"])
@pytest.mark.parametrize(
    ("words", "text", "shown"),
    [
        (["hunter2"], "a hunter2 b hunter2", "a hu***** b hu*****"),
        (["hunter2", "db://me:hunter2@here"], "db://me:hunter2@here", "db:/****************"),
        (["abcdef", "defghi"], "abcdefghi", "ab*******"),
        (["abcdef", "abcdefghi"], "abcdef abcdefghi", "ab**** abc******"),
        (["ababab"], "abababab", "ab******"),
        (["line1\nline2"], "line1\nline2", "lin**\n*****"),
        (["at the end"], "at the", "at the"),
        (["short"], "s short", "s s****"),
        ([], "nothing", "nothing"),
        ([""], "nothing", "nothing"),
    ],
)
def test_every_word_is_covered(words: list[str], text: str, shown: str, others: list[str]) -> None:
    assert Words.of([*words, *others]).covered(text) == shown


def test_many_words_that_start_alike_are_told_apart() -> None:
    assert Words.of(MANY).covered("other-word-7 other-word-77") == (
        f"{cover('other-word-7')} {cover('other-word-7')}7"
    )


@pytest.mark.parametrize(
    ("places", "shown"),
    [
        ([], "0123456789"),
        ([(0, 10)], "012*******"),
        ([(4, 10), (0, 6)], "01********"),
        ([(0, 10), (3, 6)], "012*******"),
        ([(2, 2)], "0123456789"),
    ],
)
def test_places_may_overlap(places: list[tuple[int, int]], shown: str) -> None:
    assert covered("0123456789", places) == shown
