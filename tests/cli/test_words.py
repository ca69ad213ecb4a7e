"""What the command line says of itself: headings, hints, pages that fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from lamlint import registry
from lamlint.config.reading import named, read
from lamlint.config.selection import runs
from lamlint.report import pages, style_for
from lamlint.report.rules import render_table
from lamlint.report.terminal.style import Style
from lamlint.rule import Tier
from tests.command import Folder

HEADINGS = (
    "Checking:",
    "Fixing:",
    "Suppressions and baselines:",
    "Output:",
    "Configuration:",
    "Options:",
)
RULES = registry.load(plugins=False)


def test_options_stand_under_headings(tmp_path: Path) -> None:
    told = Folder(tmp_path).run("check", "--help").out
    found = [line for line in told.splitlines() if line in HEADINGS]
    assert found == list(HEADINGS)
    assert told.index("--fix ") > told.index("Fixing:") > told.index("--select ")
    assert told.index("--baseline ") > told.index("Suppressions and baselines:")
    assert told.index("--isolated ") > told.index("Configuration:")
    assert "LAMLINT_FAIL_ON" in told


@pytest.mark.parametrize("name", ["src/", "src", "./src", "gone/app.py", "template.yaml"])
def test_a_path_in_place_of_a_command_was_meant_for_check(tmp_path: Path, name: str) -> None:
    folder = Folder(tmp_path)
    folder.write("src/app.py", "")
    folder.write("template.yaml", "")
    done = folder.run(name)
    assert done.code == 2
    assert f"did you mean `lamlint check {name}`?" in done.err


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("src/app.py", "--fix"), "src/app.py --fix"),
        (("src", "--select", "limits", "-q"), "src --select limits -q"),
        (("src", "my file.py"), "src 'my file.py'"),
    ],
)
def test_the_command_that_was_meant_keeps_what_follows(
    tmp_path: Path, arguments: tuple[str, ...], meant: str
) -> None:
    folder = Folder(tmp_path)
    folder.write("src/app.py", "")
    done = folder.run(*arguments)
    assert done.code == 2
    assert f"did you mean `lamlint check {meant}`?" in done.err


def test_another_word_is_no_path(tmp_path: Path) -> None:
    done = Folder(tmp_path).run("chekc")
    assert done.code == 2
    assert "lamlint check chekc" not in done.err


@pytest.mark.parametrize("width", [40, 50, 60, 80, 88, 100, 120])
def test_the_list_fits_the_terminal(width: int) -> None:
    listed = render_table(RULES.values(), Style(width=width)).splitlines()
    assert max(map(len, listed)) <= width


@pytest.mark.parametrize("width", [60, 72, 100])
def test_pages_fit_the_terminal(width: int) -> None:
    style = Style(width=width)
    prose = pages.render(tuple(RULES.values()), style).splitlines()
    long = [line for line in prose if len(line) > width and not line.startswith("    ")]
    long = [line for line in long if ", since " not in line]
    long = [line for line in long if not line.startswith("# lamlint:")]  # code is not torn apart
    assert [line for line in long if "://" not in line and not line.startswith("|")] == []


def test_the_list_of_rules_is_as_wide_as_columns_says(tmp_path: Path) -> None:
    for words in ((), ("handler",)):
        for width in (60, 80):
            done = Folder(tmp_path).run("rules", *words, environment={"COLUMNS": str(width)})
            assert max(map(len, done.out.splitlines())) <= width
    wide = Folder(tmp_path).run("rules", environment={"COLUMNS": "140"}).out.splitlines()
    assert wide[0].split() == ["Rule", "Family", "Severity", "Tier", "Fix", "What", "it", "reports"]
    assert len(wide[0]) > 60


def test_words_name_rules_families_and_tiers() -> None:
    secrets = {rule.name for rule in RULES.values() if rule.family == "secrets"}
    assert {rule.name for rule in named(["secrets"], RULES)} == secrets
    both = named(["event-loop", "secrets"], RULES)
    assert {rule.name for rule in both} == secrets | {"event-loop"}
    assert {rule.tier.value for rule in named(["strict"], RULES)} == {"strict"}
    assert named([], RULES) == tuple(RULES.values())


def test_a_family_is_explained_rule_by_rule(tmp_path: Path) -> None:
    told = Folder(tmp_path).run("explain", "recursion").out
    assert [rule.name for rule in named(["recursion"], RULES) if rule.name not in told] == []
    assert "`" not in told
    assert "**" not in told


def test_a_page_keeps_its_code_as_it_is() -> None:
    told = pages.render((RULES["timeout-over-limit"],), Style(width=40))
    assert '          InlineCode: "def handler(event, context): ..."\n' in told


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"CLICOLOR_FORCE": "0"}, False),
        ({"CLICOLOR_FORCE": ""}, False),
        ({"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({}, False),
    ],
)
def test_colours_are_forced(environment: dict[str, str], coloured: bool) -> None:
    assert style_for(terminal=False, environment=environment).colour is coloured


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[tool.lamlint]\nignore = ["secrets"]', "here its options stand without it"),
        ("[rules.package-too-large]\nwarning-share = 7", "more than 0, at most 1"),
        ("[rules.timeout-not-set]\nseconds = 901", "from 1 to 900"),
        ("[rules.memory-not-set]\nmegabytes = 64", "from 128 to 10240"),
        ('output-format = "xml"', "write one of full, concise, json, sarif, github"),
        ("ignore = 3", "words in a list, or tables that begin with [[ignore]]"),
        ('[ignore]\nrule = "event-loop"', "tables that begin with [[ignore]]"),
        ("overrides = 3", "tables that begin with [[overrides]]"),
    ],
)
def test_a_wrong_configuration_is_told_what_would_be_right(
    tmp_path: Path, text: str, said: str
) -> None:
    folder = Folder(tmp_path)
    folder.write("lamlint.toml", f"{text}\n")
    done = folder.run("check")
    assert done.code == 2
    assert done.err.startswith("lamlint: lamlint.toml:")
    assert said in done.err


def test_one_word_needs_no_list(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("lamlint.toml", 'ignore = "secrets"\n')
    assert folder.run("check").code == 0


@pytest.mark.parametrize(
    ("own", "silent"),
    [
        ('extend-ignore = ["wiring"]', {"limits", "wiring"}),
        ('ignore = ["wiring"]', {"wiring"}),
        ("", {"limits"}),
    ],
)
def test_lists_of_what_is_extended_merge_or_are_said_anew(
    tmp_path: Path, own: str, silent: set[str]
) -> None:
    (tmp_path / "base.toml").write_text('ignore = ["limits"]\n')
    (tmp_path / "lamlint.toml").write_text(f'extend = "base.toml"\n{own}\n')
    config = read(str(tmp_path / "lamlint.toml"), RULES)
    usual = [rule for rule in RULES.values() if rule.tier is Tier.DEFAULT]
    off = {rule.family for rule in usual if not runs(rule, config.layers)}
    assert off & {"limits", "wiring", "secrets"} == silent
