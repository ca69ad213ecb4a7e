"""Joining the edits of several fixes."""

from __future__ import annotations

import pytest

from lamlint.text import Change, Edit, Fix, Joined, Safety, Source, Span


def put(start: int, end: int, text: str, path: str = "a.py") -> Edit:
    return Edit(Span(path, start, end), text)


def fix(*edits: Edit, group: str = "") -> Fix:
    return Fix("mend it", Safety.SAFE, edits, group)


def over(text: str, *, encoding: str = "utf-8") -> Change:
    files = {"a.py": Source("a.py", text, encoding), "b.py": Source("b.py", "one two", encoding)}
    return Change(files.get)


def test_edits_of_several_fixes_come_out_as_one_text() -> None:
    change = over("one, two, three")
    assert change.join(fix(put(0, 3, "1"))) is Joined.TAKEN
    assert change.join(fix(put(10, 15, "3"))) is Joined.TAKEN
    assert change.texts() == {"a.py": "1, two, 3"}


def test_a_fix_spans_files() -> None:
    change = over("one")
    change.join(fix(put(0, 3, "1"), put(0, 3, "1", "b.py")))
    assert change.texts() == {"a.py": "1", "b.py": "1 two"}


def test_identical_edits_are_shared() -> None:
    change = over("call(); call2()")
    change.join(fix(put(0, 0, "import x\n"), put(0, 4, "x.call")))
    assert change.join(fix(put(0, 0, "import x\n"), put(8, 13, "x.call2"))) is Joined.TAKEN
    assert change.texts() == {"a.py": "import x\nx.call(); x.call2()"}


def test_insertions_at_one_place_keep_the_order_of_their_findings() -> None:
    change = over("body")
    change.join(fix(put(0, 0, "first\n")))
    change.join(fix(put(0, 0, "second\n")))
    assert change.texts() == {"a.py": "first\nsecond\nbody"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\nProperties:\n  A: 1", "\nProperties:\n  B: 2"),
        (", Properties: {A: 1}", ", Properties: {B: 2}"),
        ("\nenvironment {\n  a = 1\n}", "\nenvironment {\n  b = 2\n}"),
        (", environment={'A': 1}", ", environment={'B': 2}"),
        ("\nA: 1", "\nA: 2"),
    ],
)
def test_insertions_at_one_place_that_open_the_same_key_wait(one: str, other: str) -> None:
    change = over("body")
    assert change.join(fix(put(0, 0, one))) is Joined.TAKEN
    assert change.join(fix(put(0, 0, other))) is Joined.WAITING
    assert change.join(fix(put(0, 0, one), put(2, 3, "x"))) is Joined.TAKEN


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\nAge: 1", "\nAge2: 2"),
        ("import sys\n", "import sysconfig\n"),
        ("sns = client('sns')\n", "sqs = client('sqs')\n"),
    ],
)
def test_insertions_at_one_place_of_different_keys_go_together(one: str, other: str) -> None:
    change = over("body")
    change.join(fix(put(0, 0, one)))
    assert change.join(fix(put(0, 0, other))) is Joined.TAKEN


def test_overlapping_and_touching_edits_wait() -> None:
    for other in (put(2, 5, "x"), put(3, 3, "x"), put(4, 7, "x"), put(0, 3, "x")):
        change = over("one  two")
        assert change.join(fix(put(0, 3, "1"))) is Joined.TAKEN
        assert change.join(fix(other)) is Joined.WAITING
        assert change.texts() == {"a.py": "1  two"}


def test_a_fix_is_left_out_whole() -> None:
    change = over("one, two")
    change.join(fix(put(0, 3, "1")))
    assert change.join(fix(put(5, 8, "2"), put(0, 3, "uno"))) is Joined.WAITING
    assert change.texts() == {"a.py": "1, two"}


def test_fixes_of_one_group_wait_for_each_other() -> None:
    change = over("one, two")
    assert change.join(fix(put(0, 3, "1"), group="client")) is Joined.TAKEN
    assert change.join(fix(put(5, 8, "2"), group="client")) is Joined.WAITING


def test_what_cannot_be_made_is_refused() -> None:
    contradiction = fix(put(0, 3, "1"), put(1, 2, "2"))
    outside = fix(put(0, 99, "1"))
    nowhere = fix(put(0, 1, "1", "missing.py"))
    idle = fix(put(0, 3, "one"))
    for broken in (contradiction, outside, nowhere, idle, fix()):
        change = over("one, two")
        assert change.join(broken) is Joined.REFUSED
        assert change.texts() == {}


def test_a_character_that_the_encoding_lacks_refuses_the_fix() -> None:
    change = over("one, two", encoding="latin-1")
    assert change.join(fix(put(0, 3, "é"))) is Joined.TAKEN
    assert change.join(fix(put(5, 8, "€"))) is Joined.REFUSED


def test_line_ends_are_those_of_the_file() -> None:
    change = over("one\r\ntwo\r\n")
    change.join(fix(put(3, 3, "\n1.5\r\n1.7")))
    assert change.texts() == {"a.py": "one\r\n1.5\r\n1.7\r\ntwo\r\n"}


def test_mixed_line_ends_are_left_alone() -> None:
    change = over("one\r\ntwo\nthree")
    change.join(fix(put(5, 8, "2\n2.5")))
    assert change.texts() == {"a.py": "one\r\n2\n2.5\nthree"}
