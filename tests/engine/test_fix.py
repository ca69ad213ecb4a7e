"""Repairing a project pass by pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

import pytest

from lamlint.catalog import Catalog
from lamlint.engine.fix import MOST_PASSES, Read, Reading, Repair, repair
from lamlint.files.overlay import Overlay
from lamlint.project import Project
from lamlint.python.module import cst
from lamlint.text import Edit, Finding, Fix, Safety, Source, Span
from tests.memory import MemoryTree

Rewrite = Callable[[str], str]


def reader(
    files: Mapping[str, str | bytes], pattern: str, rewrite: Rewrite, safety: Safety = Safety.SAFE
) -> Read[Reading]:
    """Reports every match of a pattern, with a fix that rewrites it."""

    def read(texts: Mapping[str, str]) -> Reading:
        tree = Overlay(MemoryTree(files), texts)
        found: list[Finding] = []
        for path in tree.sources():
            source = tree.read(path)
            assert isinstance(source, Source)
            for match in re.finditer(pattern, source.text):
                span = source.span(*match.span())
                fix = Fix("rewrite it", safety, (Edit(span, rewrite(match.group())),))
                found.append(Finding(match.group(), span, fix=fix, rule="word"))
        project = Project(tree, Catalog(), date(2026, 11, 23), (), (), ())
        return Reading(project, tuple(found))

    return read


def mend(
    files: Mapping[str, str | bytes],
    pattern: str,
    rewrite: Rewrite,
    *,
    least: Safety = Safety.SAFE,
    safety: Safety = Safety.SAFE,
) -> Repair[Reading]:
    return repair(reader(files, pattern, rewrite, safety), least)


def test_nothing_to_mend_changes_nothing() -> None:
    done = mend({"a.txt": "good"}, "bad", str.upper)
    assert (done.texts, done.applied, done.undone, done.left) == ({}, (), (), False)


def test_fixes_in_several_files() -> None:
    done = mend({"a.txt": "bad one", "b.txt": "x bad"}, "bad", lambda _: "good")
    assert done.texts == {"a.txt": "good one", "b.txt": "x good"}
    assert done.originals["a.txt"].text == "bad one"
    assert len(done.applied) == 2
    assert done.reading.findings == ()


def test_what_meets_waits_for_the_next_pass() -> None:
    done = mend({"a.txt": "bad bad bad"}, "bad", lambda _: "good")
    assert done.texts == {"a.txt": "good good good"}
    assert len(done.applied) == 3


def test_an_unsafe_fix_is_made_only_when_asked_for() -> None:
    files = {"a.txt": "bad"}
    assert mend(files, "bad", lambda _: "good", safety=Safety.UNSAFE).texts == {}
    asked = mend(files, "bad", lambda _: "good", safety=Safety.UNSAFE, least=Safety.UNSAFE)
    assert asked.texts == {"a.txt": "good"}


def test_a_fix_for_display_is_never_made() -> None:
    for least in Safety:
        done = mend({"a.txt": "bad"}, "bad", lambda _: "good", safety=Safety.DISPLAY, least=least)
        assert done.texts == {}


def test_fixes_that_feed_each_other_end() -> None:
    done = mend({"a.txt": "bad"}, "bad", lambda _: "badbad")
    assert len(done.texts["a.txt"]) >= 3 * MOST_PASSES
    assert done.left


def test_fixes_that_undo_each_other_change_nothing() -> None:
    done = mend({"a.txt": "left"}, "left|right", lambda side: {"left": "right"}.get(side, "left"))
    assert done.texts == {}


def test_a_fix_that_breaks_a_module_is_undone_and_the_others_are_made() -> None:
    modules = {"a.py": "good = 1\n" * 3, "b.py": "bad = 1\n", "c.py": "good = 1\n"}
    done = mend(modules, "good|bad", lambda word: "better" if word == "good" else "(")
    assert done.texts == {"a.py": "better = 1\n" * 3, "c.py": "better = 1\n"}
    assert [(undone.finding.message, undone.reason) for undone in done.undone] == [
        ("bad", "b.py does not parse any more")
    ]


def test_what_this_python_takes_is_not_parsed_to_see_that_a_fix_left_it_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parsed: list[str] = []
    monkeypatch.setattr(cst, "parse_module", parsed.append)
    assert mend({"a.py": "bad = 1\n"}, "bad", lambda _: "good").texts == {"a.py": "good = 1\n"}
    assert parsed == []


def test_a_module_that_never_parsed_may_be_mended() -> None:
    done = mend({"a.py": "print 'bad'\n"}, "bad", lambda _: "good")
    assert done.texts == {"a.py": "print 'good'\n"}


def test_a_configuration_that_no_longer_parses_is_undone() -> None:
    assert mend({"lamlint.toml": "bad = 1\n"}, "bad", lambda _: "= =").texts == {}


def test_a_new_problem_undoes_the_pass() -> None:
    broken = Finding("cannot read", Span("a.txt", 0, 0), rule="unreadable-template")
    inner = reader({"a.txt": "bad"}, "bad", lambda _: "good")

    def read(texts: Mapping[str, str]) -> Reading:
        reading = inner(texts)
        if not texts:
            return reading
        tree = reading.project.tree
        project = Project(tree, Catalog(), date(2026, 11, 23), (), (), (broken,))
        return Reading(project, reading.findings)

    done = repair(read, Safety.SAFE)
    assert done.texts == {}
    assert [undone.reason for undone in done.undone] == ["a.txt has 1 more of unreadable-template"]


def test_several_broken_files_take_a_few_readings() -> None:
    modules = {f"{number}.py": "good = 1\n" for number in range(30)}
    modules |= {f"bad{number}.py": "bad = 1\n" for number in range(10)}
    inner = reader(modules, "good|bad", lambda word: "better" if word == "good" else "(")
    readings = 0

    def read(texts: Mapping[str, str]) -> Reading:
        nonlocal readings
        readings += 1
        return inner(texts)

    done = repair(read, Safety.SAFE)
    assert len(done.texts) == 30
    assert len(done.undone) == 10
    assert readings <= 4
