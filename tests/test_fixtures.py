"""Every fixture: what is found is what its markers say, and fixes make of it what they should."""

from __future__ import annotations

import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from lamlint.engine.fix import Reading, Repair, repair
from lamlint.text import Finding, Safety, Source
from tests.checking import reader, rules
from tests.fixture_cases import Case, Places, cases, contents

CASES = cases()
TO_DO = re.compile(
    r"[:;.] (?:add|build|correct|define|did you mean|disable|keep|leave|mend|move|name|remove"
    r"|replace|set|write)\b[^:;]*$",
    re.IGNORECASE,
)
"""How a message ends: with what to do, or with what was probably meant."""


@dataclass(frozen=True)
class Looked:
    """All that is asked of one fixture; it is laid out and read once for all tests."""

    case: Case
    expected: Places
    found: Places
    laid_out: Mapping[str, bytes]
    kept: Mapping[str, bytes]
    """What lies there after it was read."""
    shown: Repair[Reading]
    safe: Repair[Reading]
    unsafe: Repair[Reading]
    mended: Mapping[str, bytes]
    wanted: Mapping[str, bytes]
    again: Repair[Reading]


@pytest.fixture(scope="module", params=CASES, ids=[case.name for case in CASES])
def looked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Looked:
    """Each fixture in turn: read, and fixed twice."""
    case = request.param
    assert isinstance(case, Case)
    folder, after = tmp_path_factory.mktemp("before"), tmp_path_factory.mktemp("after")
    expected = case.lay_out(folder)
    laid_out = contents(folder)
    read = reader(folder, case.rule)
    reading = read({})
    found, kept = _places(reading), contents(folder)
    shown = repair(read, Safety.DISPLAY, reading)
    safe = repair(read, Safety.SAFE, reading)
    unsafe = repair(read, Safety.UNSAFE, reading)
    _write(folder, unsafe)
    mended = contents(folder)
    case.lay_out_mended(after)
    again = repair(reader(folder, case.rule), Safety.UNSAFE)
    wanted = contents(after)
    return Looked(case, expected, found, laid_out, kept, shown, safe, unsafe, mended, wanted, again)


def test_findings_are_those_that_markers_name(looked: Looked) -> None:
    assert looked.found == looked.expected
    assert looked.kept == looked.laid_out


def test_fixing_gives_what_the_case_wants(looked: Looked) -> None:
    assert looked.mended == looked.wanted
    assert [undone.reason for undone in looked.unsafe.undone] == []
    assert not looked.unsafe.left


def test_fixing_twice_is_fixing_once(looked: Looked) -> None:
    mended = {_identity(finding) for finding in looked.unsafe.applied}
    assert looked.again.texts == {}
    left = looked.again.reading.findings
    assert not [finding for finding in left if _identity(finding) in mended]


def test_a_safe_fix_keeps_every_comment(looked: Looked) -> None:
    if looked.case.rule == "unused-ignore":
        return  # its fix is to take a comment away
    for path, text in looked.safe.texts.items():
        lost = _comments(path, looked.safe.originals[path].text) - _comments(path, text)
        assert not lost, f"{path} lost {sorted(lost)}"


def test_fixes_touch_nothing_when_none_are_asked_for(looked: Looked) -> None:
    assert looked.shown.texts == {}


def test_messages_end_with_what_to_do(looked: Looked) -> None:
    silent = [
        finding.message
        for finding in looked.unsafe.reading.findings + looked.shown.reading.findings
        if finding.rule == looked.case.rule and not TO_DO.search(finding.message)
    ]
    assert silent == []


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


def _write(folder: Path, done: Repair[Reading]) -> None:
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
