"""No format shows a secret, wherever it stands."""

from __future__ import annotations

import dataclasses

import pytest

from lamlint.report import FORMATS, Report, Style, render, summary
from lamlint.report.mask import body_of
from lamlint.secrets.covering import covered
from lamlint.text import Edit, Fix, Related, Safety, Source, Span
from tests.memory import MemoryTree
from tests.report.made import MODULE, RULES, SECRET, finding, report, span

COVERED = SECRET[:4] + "*" * (len(SECRET) - 4)
LITERAL = span("src/app.py", f'"{SECRET}"')
LINE = span("src/app.py", "password")


def every_output(made: Report) -> str:
    outputs = [
        render(name, made, Style(colour=colour)) for name in FORMATS for colour in (False, True)
    ]
    return "\n".join([*outputs, summary.render(made)])


def test_the_line_of_a_secret_shows_four_characters_of_it() -> None:
    text = render("full", report([finding("hardcoded-secret", LITERAL)]))
    assert f'3 | password = "{COVERED}"\n  |            {"^" * 18}' in text


@pytest.mark.parametrize("rule", ["hardcoded-secret", "connection-in-handler"])
def test_no_output_shows_it(rule: str) -> None:
    whole = Span("src/app.py", 0, len(MODULE))
    fix = Fix(f"Replace {SECRET}", Safety.UNSAFE, (Edit(whole, MODULE.replace("client", "c")),))
    found = [
        finding("hardcoded-secret", LITERAL),
        finding(
            rule,
            whole,
            f"the secret {SECRET} is bad",
            related=(Related(LINE, f"here is {SECRET}"),),
            flow=(Related(LINE, f"then {SECRET}"),),
            fix=fix,
        ),
    ]
    assert SECRET[:6] not in every_output(report(found))


def test_a_suppressed_secret_is_masked_where_another_finding_quotes_its_line() -> None:
    hidden = finding("hardcoded-secret", LITERAL)
    made = report([finding("memory-not-set", LINE)], secrets=[hidden])
    assert SECRET[:6] not in every_output(made)


def test_a_known_shape_is_masked_without_any_finding() -> None:
    key = "sk_" + "live_" + "4eC39HqLyjWDarjtT1zdp7dc"
    tree = MemoryTree({"src/app.py": f"password = 1  # {key}\n"})
    made = report([finding("memory-not-set", Span("src/app.py", 0, 8))], tree)
    assert key[8:] not in every_output(made)


def test_a_fix_whose_text_had_to_be_masked_is_for_display_only() -> None:
    edit = Edit(LINE, f"password = '{SECRET}'")
    fix = Fix("Move it", Safety.SAFE, (edit,))
    found = [finding("hardcoded-secret", LITERAL), finding("memory-not-set", LINE, fix=fix)]
    made = report(found)
    assert '"safety": "display"' in render("json", made)
    assert '"fixes"' not in render("sarif", made)


def test_a_finding_that_stands_on_no_secret_masks_nothing() -> None:
    package = dataclasses.replace(RULES["hardcoded-secret"], secret=False)
    place = span("template.yaml", "app.handler")
    made = report([finding("hardcoded-secret", place)], rules={package.name: package})
    assert "app.handler" in render("full", made)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('"abcdefghijklmnop"', '"abcd************"'),
        ("rb'abcdefghijklmnop'", "rb'abcd************'"),
        ("abcdefghijklmnop", "abcd************"),
        ("'''abcdef\nghijkl'''", "'''abcd**\n******'''"),
        ('""', '""'),
        ("", ""),
    ],
)
def test_covering_keeps_quotes_lines_and_length(text: str, shown: str) -> None:
    body = body_of(Source("app.py", text), Span("app.py", 0, len(text)))
    assert covered(text, [body]) == shown
