"""Code frames, compared with what a reader should see."""

from __future__ import annotations

from textwrap import dedent

import pytest

from lamlint.report import Style, render
from lamlint.report.places import Place
from lamlint.report.report import Fixes
from lamlint.report.terminal.frame import frame
from lamlint.text import Edit, Fix, Position, Related, Safety, Severity, Source, Span
from tests.memory import MemoryTree
from tests.report.made import TEMPLATE, finding, report, span


def full(*findings: object, **more: object) -> str:
    return render("full", report(findings, **more))  # type: ignore[arg-type]


def framed(text: str, start: tuple[int, int], end: tuple[int, int], width: int = 80) -> str:
    """The frame of a place, without its arrow and the empty bars around it."""
    source = Source("a.py", text)
    place = Place("a.py", "a.py", None, Position(*start), Position(*end), lambda: source)
    return "\n".join(frame(place, Style(width=width), "red")[2:-1])


def test_a_finding_shows_its_line_with_carets_and_closes_with_counts() -> None:
    assert full(finding("timeout-over-limit", span("template.yaml", "1000"))) == dedent("""\
        error[timeout-over-limit]: What is, and what it costs
         --> template.yaml:6:16
          |
        5 |       Handler: app.handler
        6 |       Timeout: 1000
          |                ^^^^
          |

        Found 1 finding: 1 error.
        """)


def test_related_places_call_path_functions_and_fix_follow_the_frame() -> None:
    place = span("src/app.py", "boto3.client")
    handler = span("src/app.py", "handler")
    text = full(
        finding(
            "connection-in-handler",
            place,
            subjects=("Orders", "Refunds"),
            related=(Related(span("template.yaml", "app.handler"), "the handler of Orders"),),
            flow=(Related(handler, "handler is called"), Related(place, "it makes the client")),
            fix=Fix("Move it to module level", Safety.UNSAFE, ()),
        )
    )
    assert text.splitlines()[-14:] == [
        "note: the handler of Orders",
        " --> template.yaml:5:16",
        "  |",
        "5 |       Handler: app.handler",
        "  |                -----------",
        "  |",
        "call path:",
        "  1. src/app.py:5:5   handler is called",
        "  2. src/app.py:6:14  it makes the client",
        "functions: Orders, Refunds",
        "fix (unsafe): Move it to module level",
        "",
        "Found 1 finding: 1 warning.",
        "[*] 1 can be fixed with --fix --unsafe-fixes.",
    ]


def test_a_span_over_several_lines_is_bracketed() -> None:
    assert framed("call(\n    1,\n    2,\n)\n", (1, 1), (4, 2)) == dedent("""\
        1 | / call(
        2 | |     1,
        3 | |     2,
        4 | | )
          | |_^""")


def test_a_span_that_starts_inside_a_line_is_led_to_it() -> None:
    assert framed("x = call(\n    1,\n)\n", (1, 5), (3, 2)) == dedent("""\
        1 |   x = call(
          |  _____^
        2 | |     1,
        3 | | )
          | |_^""")


def test_the_middle_of_a_long_span_is_left_out() -> None:
    text = framed("call(\n" + "    1,\n" * 40 + ")\n", (1, 1), (42, 2))
    assert len(text.splitlines()) == 9
    assert "...  |" in text
    assert text.splitlines()[-2:] == ["42 | | )", "   | |_^"]


def test_a_line_end_at_the_end_of_a_span_is_no_line_of_its_own() -> None:
    assert framed("one\ntwo\n", (1, 1), (2, 1)) == "1 | one\n  | ^^^"


def test_an_empty_span_is_one_caret() -> None:
    assert framed("Timeout:\n", (1, 9), (1, 9)) == "1 | Timeout:\n  |         ^"


@pytest.mark.parametrize(
    ("line", "column", "end", "shown", "marks"),
    [
        ("\tx = 1", 2, 3, "    x = 1", "    ^"),
        ("a\tb", 3, 4, "a   b", "    ^"),
        ("名前 = x", 6, 7, "名前 = x", "       ^"),
        ("x = '名前'", 6, 8, "x = '名前'", "     ^^^^"),
        ("cafe\u0301 = x", 9, 10, "cafe\u0301 = x", "       ^"),
        ("a\x1b[31m = x", 9, 10, "a\u241b[31m = x", "        ^"),
        ("a\u202e = x", 6, 7, "a\N{REPLACEMENT CHARACTER} = x", "     ^"),
    ],
    ids=["tab", "tab stop", "wide before", "wide", "combining", "escape", "right to left"],
)
def test_carets_stand_below_what_they_mark(
    line: str, column: int, end: int, shown: str, marks: str
) -> None:
    assert framed(f"{line}\n", (1, column), (1, end)) == f"1 | {shown}\n  | {marks}"


@pytest.mark.parametrize("place", [1, 50, 200, 395])
def test_a_long_line_is_cropped_around_its_mark(place: int) -> None:
    text = "".join(chr(ord("a") + number % 26) for number in range(400))
    line, marks = framed(f"{text}\n", (1, place), (1, place + 5), width=60).splitlines()
    assert len(line) <= 60
    assert len(marks) <= 60
    begin = marks.index("^")
    assert line[begin : begin + 5].strip("…") in text[place - 1 : place + 4]
    assert marks.count("^") == 5


def test_a_file_that_cannot_be_shown_has_only_its_place() -> None:
    text = full(finding("timeout-over-limit", Span("code.zip", 0, 0)))
    assert text.splitlines()[1:3] == [" --> code.zip:1:1", ""]


def test_colour_and_hyperlinks_are_for_the_terminal_only() -> None:
    made = report([finding("timeout-over-limit", span("template.yaml", "1000"))])
    assert "\x1b" not in render("full", made)
    coloured = render("full", made, Style(colour=True, links=True))
    assert "\x1b[1;31merror\x1b[0m" in coloured
    assert "\x1b]8;;https://" in coloured
    assert "rules/README.md#timeout-over-limit\x1b\\" in coloured


def test_a_message_cannot_steer_the_terminal() -> None:
    place = span("template.yaml", "1000")
    text = full(finding("timeout-over-limit", place, "name \x1b]0;title\x07 \n::error::"))
    assert "\x1b" not in text
    assert "\n::error" not in text


def test_the_closing_line_tells_what_each_flag_mends() -> None:
    place = span("template.yaml", "1000")
    safe = Fix("a", Safety.SAFE, (Edit(place, "900"),))
    unsafe = Fix("b", Safety.UNSAFE, (Edit(place, "900"),))
    shown = Fix("c", Safety.DISPLAY, (Edit(place, "900"),))
    found = [
        finding("timeout-over-limit", place, fix=safe),
        finding("memory-not-set", place, fix=unsafe),
        finding("memory-not-set", place, "other", fix=unsafe),
        finding("connection-in-handler", place, fix=shown),
    ]
    assert full(*found, suppressed=2, baselined=1).splitlines()[-2:] == [
        "Found 4 findings: 1 error, 1 warning, 2 information (2 suppressed, 1 in the baseline).",
        "[*] 1 can be fixed with --fix, 2 more with --fix --unsafe-fixes.",
    ]


def test_a_clean_run_says_what_it_looked_at() -> None:
    assert full(files=3, functions=2) == "No findings in 2 functions, 3 files.\n"


def test_a_fixing_run_says_what_is_fixed_and_what_is_left() -> None:
    place = span("template.yaml", "1000")
    unsafe = Fix("b", Safety.UNSAFE, (Edit(place, "900"),))
    text = full(
        finding("memory-not-set", place, fix=unsafe),
        fixing=True,
        fixes=Fixes({("template.yaml", "timeout-over-limit"): 2}),
    )
    assert text.splitlines()[-3:] == [
        "Found 1 finding: 1 information.",
        "Fixed 2 findings.",
        "[*] 1 can be fixed with --unsafe-fixes.",
    ]


def test_severities_have_their_words() -> None:
    place = span("template.yaml", "1000")
    text = full(*(finding("memory-not-set", place, severity=each) for each in Severity))
    assert [line.partition("[")[0] for line in text.splitlines() if "]: " in line] == [
        "information",
        "warning",
        "error",
    ]


def test_the_file_of_a_frame_keeps_its_crlf_out_of_it() -> None:
    tree = MemoryTree({"template.yaml": TEMPLATE.replace("\n", "\r\n")})
    place = span("template.yaml", "1000", tree)
    assert "\r" not in render("full", report([finding("timeout-over-limit", place)], tree))
