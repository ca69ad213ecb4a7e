"""Every rule: its page says what it should, its examples do what they say, its fixtures exist."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from lamlint.engine.fix import repair
from lamlint.rule import Rule, Subject
from lamlint.text import Safety
from tests.checking import reader, rules
from tests.fixture_cases import Case, cases

RULES = list(rules().values())
HEADINGS = ("Why this matters", "Example", "Use instead", "References")
NOT_SHOWN = frozenset({"internal-error"})
"""A defect of lamlint itself has no example in a project."""

_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
_FENCE = re.compile(r'^```\w* title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
_REFERENCE = re.compile(r"^- (https://\S+|.+<https://\S+>.*)$", re.MULTILINE)


@pytest.fixture(params=RULES, ids=[rule.name for rule in RULES])
def rule(request: pytest.FixtureRequest) -> Rule:
    """Each rule in turn."""
    found = request.param
    assert isinstance(found, Rule)
    return found


def test_the_page_has_all_its_parts(rule: Rule) -> None:
    sections = _sections(rule)
    wanted = [heading for heading in HEADINGS if rule.name not in NOT_SHOWN or not _shown(heading)]
    if rule.fix is not None:
        wanted.append("Fix safety")
    assert set(wanted) <= sections.keys(), "a heading is missing"
    assert all(sections[heading].strip() for heading in wanted)
    assert rule.summary.endswith(".")
    assert len(rule.summary) <= 100
    assert "\n" not in rule.summary
    assert _REFERENCE.search(sections["References"])


def test_the_page_argues_the_grade_of_the_fix(rule: Rule) -> None:
    if rule.fix is None:
        return
    grade = "safe" if rule.fix is Safety.SAFE else "unsafe"
    assert re.search(rf"\b{grade}\b", _sections(rule)["Fix safety"], re.IGNORECASE)


def test_the_example_fires(rule: Rule, tmp_path: Path) -> None:
    if rule.name in NOT_SHOWN:
        return
    _lay_out(_files(rule, "Example"), tmp_path)
    found = reader(tmp_path, rule.name)({}).findings
    assert {finding.rule for finding in found} == {rule.name}


def test_what_to_use_instead_is_silent(rule: Rule, tmp_path: Path) -> None:
    if rule.name in NOT_SHOWN:
        return
    _lay_out(_files(rule, "Use instead"), tmp_path)
    assert reader(tmp_path, rule.name)({}).findings == ()


def test_a_safe_fix_turns_the_example_into_what_to_use_instead(rule: Rule, tmp_path: Path) -> None:
    if rule.fix is not Safety.SAFE or rule.name in NOT_SHOWN:
        return
    example = _files(rule, "Example")
    _lay_out(example, tmp_path)
    done = repair(reader(tmp_path, rule.name), Safety.SAFE)
    assert {**example, **done.texts} == _files(rule, "Use instead")


def test_a_fixture_fires_and_another_stays_silent(rule: Rule, tmp_path: Path) -> None:
    if rule.name in NOT_SHOWN:
        return
    own = [case for case in cases() if case.rule == rule.name]
    found = {case.name: bool(_expected(case, tmp_path / case.folder.name)) for case in own}
    assert True in found.values(), "no fixture fires"
    assert False in found.values(), "no fixture stays silent"


def test_a_rule_of_the_configuration_has_a_fixture_in_every_dialect(rule: Rule) -> None:
    if rule.subject is not Subject.FUNCTION or rule.family not in {"limits", "runtime"}:
        return
    text = "".join(
        path.read_text(encoding="utf-8")
        for case in cases()
        if case.rule == rule.name
        for path in case.folder.rglob("*")
        if path.suffix in {".yaml", ".yml", ".json"} and "after" not in path.parts
    )
    assert "AWS::Serverless::Function" in text
    assert "AWS::Lambda::Function" in text
    assert '"Type": "AWS::' in text, "no fixture in JSON"


def test_names_are_unique_and_read_well() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)


def _shown(heading: str) -> bool:
    return heading in {"Example", "Use instead"}


def _sections(rule: Rule) -> dict[str, str]:
    parts = _SECTION.split(rule.page)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _files(rule: Rule, heading: str) -> dict[str, str]:
    """The files of an example, by the titles of its fences."""
    found = dict(_FENCE.findall(_sections(rule)[heading]))
    assert found, f"{heading} has no fence with a title"
    return found


def _lay_out(files: Mapping[str, str], folder: Path) -> None:
    (folder / "lamlint.toml").touch()
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _expected(case: Case, folder: Path) -> int:
    folder.mkdir(parents=True)
    return sum(case.lay_out(folder).values())
