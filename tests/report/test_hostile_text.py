"""Text of a project that is made to steer its reader, in every place of a finding."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamlint.report import FORMATS, PLAIN, Places, Report, Style, render, statistics, summary
from lamlint.report.functions import Row, Unresolved
from lamlint.report.functions import render_json as functions_json
from lamlint.report.terminal import functions as functions_table
from lamlint.report.terminal.table import table
from lamlint.text import Edit, Finding, Fix, Related, Safety, Span
from lamlint.text.visible import visible
from tests.hostile import TEXTS, forged, strange, unseen
from tests.memory import MemoryTree
from tests.report.made import RULES, report
from tests.report.official import official_errors

COLOURED = Style(colour=True)
PEOPLE = ("full", "concise", "github")
DATA = ("json", "sarif")

hostile = st.one_of(
    st.sampled_from(sorted(TEXTS.values())),
    st.text(st.characters(), max_size=30),
    st.text(st.sampled_from("\x1b[]::#\n\r\t1;m\u202e\udcff \\`|<>"), max_size=12),
)


def made(text: str, rule: str = "timeout-over-limit") -> Report:
    """A report that has the text wherever a finding can have one."""
    code = f"x = 1  # {text}\ny = 2\n".encode("utf-8", "ignore").decode()
    path = f"{text}.py"
    tree = MemoryTree({path: code})
    place = Span(path, 0, len(code) // 2)
    note = (Related(Span(path, 0, 1), text), Related(place, f"{text}\n{text}"))
    found = Finding(
        text,
        place,
        rule=rule,
        severity=RULES["timeout-over-limit"].severity,
        subjects=(text, f"{text}2"),
        related=note,
        flow=note,
        fix=Fix(text, Safety.SAFE, (Edit(place, text),)),
    )
    left = {"unread": note, "relaxed": note, "frameworks": note, "passed_over": note}
    return report([found], tree, places=Places(f"/{text}/project", "/", "/"), files=1, **left)


def row(text: str) -> Row:
    """A function that has the text wherever it can."""
    unknown = (Unresolved(text, text, text, 1),)
    return Row(text, text, text, 1, (text,), (text, 1), (1,), text, (text,), text, 1, unknown)


@pytest.mark.parametrize("style", [PLAIN, COLOURED], ids=["plain", "coloured"])
@pytest.mark.parametrize("form", PEOPLE)
@given(text=hostile)
@settings(max_examples=60, deadline=None)
def test_people_are_shown_nothing_that_steers(form: str, style: Style, text: str) -> None:
    shown = render(form, made(text), style)
    assert not unseen(shown)
    assert not forged(shown)
    if form == "github":
        assert not strange(shown)


@pytest.mark.parametrize("form", DATA)
@given(text=hostile)
@settings(max_examples=60, deadline=None)
def test_machines_are_given_the_text_by_escapes(form: str, text: str) -> None:
    shown = render(form, made(text))
    document = json.loads(shown)
    assert not unseen(shown)
    assert not strange(shown)
    if form == "json":
        assert document["findings"][0]["functions"][0] == whole(text)
    else:
        assert json.dumps(document, ensure_ascii=False).encode()
        uri = document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
        assert uri["artifactLocation"]["uri"].isascii()


def whole(text: str) -> str:
    """A text as JSON holds it: two halves that follow each other are one character."""
    return str(json.loads(json.dumps(text)))


@pytest.mark.parametrize("name", TEXTS)
def test_sarif_stays_sarif(name: str) -> None:
    assert official_errors(json.loads(render("sarif", made(TEXTS[name])))) == []


@given(text=hostile)
@settings(max_examples=60, deadline=None)
def test_the_other_renderings_show_nothing_that_steers(text: str) -> None:
    renderings: list[Callable[[], str]] = [
        lambda: functions_table.render([row(text)], PLAIN),
        lambda: functions_json([row(text)]),
        lambda: statistics.render(made(text), PLAIN),
        lambda: summary.render(made(text)),
        lambda: table(("A", "B"), [(text, text)], PLAIN),
    ]
    for rendering in renderings:
        assert not unseen(rendering())


def test_every_format_is_tried() -> None:
    assert set(FORMATS) == {*PEOPLE, *DATA}


@pytest.mark.parametrize("form", FORMATS)
def test_a_name_that_is_no_text_costs_no_report(form: str) -> None:
    assert "ship" in render(form, made("ship\udce9\udcff"))


def test_an_address_in_sarif_has_the_bytes_of_the_name() -> None:
    tree = MemoryTree({"caf\udce9.py": "x\n"})
    found = Finding("m", Span("caf\udce9.py", 0, 1), rule="timeout-over-limit")
    document: Any = json.loads(render("sarif", report([found], tree)))
    (place,) = document["runs"][0]["results"][0]["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "caf%E9.py"


def test_the_summary_takes_no_markup() -> None:
    text = summary.render(made("a|b`c``d<img src=x>[t](u)https://x.invalid"))
    (line,) = [line for line in text.splitlines() if "timeout-over-limit" in line]
    assert "<img" not in line.replace("\\<img", "")
    assert "](u)" not in line.replace("\\](u)", "")
    assert "https://x" not in line
    assert line.count("|") - line.count("\\|") == 5


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("größe 名前 🎉 é", "größe 名前 🎉 é"),
        ("a\nb", "a␊b"),
        ("\x1b[1m", "␛[1m"),
        ("\x7f\x9b", "␡�"),
        ("a\u202eb", "a�b"),
        ("caf\udce9", "caf\\xe9"),
        ("\ud800", "�"),
    ],
)
def test_signs(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert visible(shown) == shown
