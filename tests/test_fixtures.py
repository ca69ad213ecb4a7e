"""Every fixture: what is found is what its markers say, and fixes make of it what they should."""

from __future__ import annotations

import io
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from lamlint.fix import Reading, Repair, repair
from lamlint.text import Finding, Safety, Source
from tests.checking import reader, rules
from tests.fixture_cases import Case, Places, cases, contents

CASES = cases()


@pytest.fixture(params=CASES, ids=[case.name for case in CASES])
def case(request: pytest.FixtureRequest) -> Case:
    """Each fixture in turn."""
    found = request.param
    assert isinstance(found, Case)
    return found


def test_findings_are_those_that_markers_name(case: Case, tmp_path: Path) -> None:
    expected = case.lay_out(tmp_path)
    before = contents(tmp_path)
    reading = reader(tmp_path, case.rule)({})
    assert _places(reading) == expected
    assert contents(tmp_path) == before


def test_fixing_gives_what_the_case_wants(case: Case, tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    (tmp_path / "after").mkdir()
    case.lay_out(tmp_path / "before")
    case.lay_out_mended(tmp_path / "after")
    done = repair(reader(tmp_path / "before", case.rule), Safety.UNSAFE)
    _write(tmp_path / "before", done)
    assert contents(tmp_path / "before") == contents(tmp_path / "after")
    assert [undone.reason for undone in done.undone] == []
    assert not done.left


def test_fixing_twice_is_fixing_once(case: Case, tmp_path: Path) -> None:
    case.lay_out(tmp_path)
    read = reader(tmp_path, case.rule)
    first = repair(read, Safety.UNSAFE)
    mended = {_identity(finding) for finding in first.applied}
    _write(tmp_path, first)
    again = repair(reader(tmp_path, case.rule), Safety.UNSAFE)
    assert again.texts == {}
    assert not [finding for finding in again.reading.findings if _identity(finding) in mended]


def test_a_safe_fix_keeps_every_comment(case: Case, tmp_path: Path) -> None:
    if case.rule == "unused-ignore":
        return  # its fix is to take a comment away
    case.lay_out(tmp_path)
    done = repair(reader(tmp_path, case.rule), Safety.SAFE)
    for path, text in done.texts.items():
        lost = _comments(path, done.originals[path].text) - _comments(path, text)
        assert not lost, f"{path} lost {sorted(lost)}"


def test_fixes_touch_nothing_when_none_are_asked_for(case: Case, tmp_path: Path) -> None:
    case.lay_out(tmp_path)
    assert repair(reader(tmp_path, case.rule), Safety.DISPLAY).texts == {}


def test_every_fixture_is_for_a_rule() -> None:
    names = {case.rule for case in CASES if case.rule is not None}
    assert names - rules().keys() == set()


def _places(reading: Reading) -> Places:
    found = Places()
    for finding in reading.findings:
        source = reading.project.tree.read(finding.span.path)
        line = source.position(finding.span.start).line if isinstance(source, Source) else 1
        found[finding.span.path, line, finding.rule] += 1
    return found


def _identity(finding: Finding) -> tuple[str, str, tuple[str, ...], str]:
    return finding.rule, finding.span.path, finding.subjects, finding.message


def _write(folder: Path, done: Repair) -> None:
    for path, text in done.texts.items():
        (folder / path).write_bytes(done.originals[path].encode(text))


def _comments(path: str, text: str) -> Counter[str]:
    if path.endswith(".py"):
        return Counter(_python_comments(text))
    lines = (line.partition("#") for line in text.splitlines())
    return Counter(comment.strip() for _, mark, comment in lines if mark)


def _python_comments(text: str) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
