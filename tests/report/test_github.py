"""Annotations for GitHub Actions, and the step summary."""

from __future__ import annotations

import re

from lamlint.report import Places, Report, render, summary
from lamlint.text import Finding, Fix, Related, Safety, Span
from tests.memory import MemoryTree
from tests.report.made import finding, report, span

TIMEOUT = span("template.yaml", "1000")
COMMAND = re.compile(r"^::(error|warning|notice) (.*?)::(.*)$")


def annotated(made: Report) -> list[str]:
    return [line for line in render("github", made).splitlines() if COMMAND.match(line)]


def many(number: int, rule: str = "timeout-over-limit") -> list[Finding]:
    return [finding(rule, TIMEOUT, f"number {n}") for n in range(number)]


def test_an_annotation_names_rule_file_and_place() -> None:
    related = (Related(span("src/app.py", "handler"), "the handler"),)
    fix = Fix("Set 900", Safety.SAFE, ())
    (line,) = annotated(report([finding("timeout-over-limit", TIMEOUT, related=related, fix=fix)]))
    assert line == (
        "::error title=lamlint%3A timeout-over-limit,file=template.yaml,"
        "line=6,endLine=6,col=16,endColumn=20"
        "::What is, and what it costs%0Asrc/app.py:5: the handler%0AFix (safe): Set 900%0A"
        "https://github.com/lamlint/lamlint/blob/main/rules/README.md#timeout-over-limit"
    )


def test_columns_are_left_out_over_several_lines() -> None:
    (line,) = annotated(report([finding("timeout-over-limit", Span("src/app.py", 0, 60))]))
    assert "line=1,endLine=5::" in line
    assert "col=" not in line
    assert "endColumn=" not in line


def test_what_steers_the_runner_is_escaped() -> None:
    tree = MemoryTree({"a,b:c%.yaml": "x\n"})
    message = "100%\r\n::error::no, really: yes"
    (line,) = annotated(
        report([finding("timeout-over-limit", Span("a,b:c%.yaml", 0, 1), message)], tree)
    )
    assert "file=a%2Cb%3Ac%25.yaml," in line
    assert "::100%25%0A::error::no, really: yes%0A" in line


def test_nothing_in_the_log_is_taken_for_a_command() -> None:
    tree = MemoryTree({"::error::x.yaml": "x\n"})
    place = Span("::error::x.yaml", 0, 1)
    text = render("github", report([finding("timeout-over-limit", place, "##[error]bad")], tree))
    log = text.partition("::group::")[2].partition("::endgroup::")[0]
    assert not re.search(r"^\s*::|##\[", log.partition("\n")[2], re.MULTILINE)


def test_severities_have_githubs_levels() -> None:
    rules = ("memory-not-set", "connection-in-handler", "timeout-over-limit")
    lines = annotated(report([finding(rule, TIMEOUT) for rule in rules]))
    assert [line.split()[0] for line in lines] == ["::error", "::warning", "::notice"]


def test_ten_of_a_level_are_shown_and_of_more_nine_and_their_number() -> None:
    assert len(annotated(report(many(10)))) == 10
    lines = annotated(report(many(11)))
    assert len(lines) == 10
    assert lines[-1].startswith("::error title=lamlint::2 more findings of this level")


def test_levels_are_counted_apart_and_stay_below_fifty() -> None:
    found = [
        *many(30),
        *many(30, "connection-in-handler"),
        *many(30, "memory-not-set"),
    ]
    lines = annotated(report(found))
    assert len(lines) == 30
    assert sum("21 more" in line for line in lines) == 3


def test_no_rule_and_no_file_hides_the_others() -> None:
    found = [
        *many(20),
        finding("hardcoded-secret", span("src/app.py", "handler")),
        finding("timeout-over-limit", span("src/app.py", "boto3")),
    ]
    shown = annotated(report(found))[:9]
    assert "hardcoded-secret" in shown[1]
    assert sum("file=src/app.py" in line for line in shown) == 2


def test_files_are_relative_to_the_workspace() -> None:
    found = [finding("timeout-over-limit", TIMEOUT)]
    inside = report(found, places=Places("/w/one", "/w/one", "/w"))
    assert "file=one/template.yaml," in annotated(inside)[0]
    outside = report(found, places=Places("/w/one", "/w"))
    assert "file=one/template.yaml," in annotated(outside)[0]


def test_the_whole_log_is_folded_below() -> None:
    lines = render("github", report(many(25))).splitlines()
    begin = lines.index("::group::lamlint: 25 findings")
    assert lines.index("::endgroup::") - begin == 26
    assert lines[-1] == "Found 25 findings: 25 errors."


def test_a_finding_on_the_project_has_no_file() -> None:
    (line,) = annotated(report([finding("internal-error", Span("", 0, 0))]))
    assert line.startswith("::error title=lamlint%3A internal-error::")


def test_the_summary_is_a_table_of_all_findings() -> None:
    text = summary.render(report([finding("timeout-over-limit", TIMEOUT, "a | b\nc *d*")]))
    assert text.splitlines()[0] == "### lamlint"
    assert "Found 1 finding: 1 error." in text
    row = text.splitlines()[-1]
    assert row.startswith("| 🔴 error | `template.yaml:6` | [timeout-over-limit](https://")
    assert row.endswith(r"| a \| b c \*d\* |")


def test_the_summary_of_a_clean_run_is_one_line() -> None:
    assert summary.render(report([], files=2)) == "### lamlint\n\nNo findings in 2 files.\n"


def test_the_summary_stays_below_what_github_takes() -> None:
    text = summary.render(report(many(8_000)))
    assert len(text.encode()) < 1_048_576
    assert text.splitlines()[-1].endswith("more are in the log.")


def test_what_was_not_read_is_one_annotation_and_stands_in_the_summary() -> None:
    unread = [Related(Span(f"{n}::error::.py", 0, 0), "it is a binary file") for n in range(4)]
    made = report(many(11, "connection-in-handler"), unread=unread)
    lines = annotated(made)
    assert lines[0].startswith("::warning title=lamlint%3A not-read::Not read: 4 (0::error::.py: ")
    assert len(lines) == 10
    assert lines[-1].startswith("::warning title=lamlint::3 more findings of this level")
    assert "Not read: 4 (" in summary.render(made)
