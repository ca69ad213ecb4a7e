"""What a report says can be fixed, and what is fixed then, agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from lamlint.config.selection import SILENT, Layer
from lamlint.engine import pipeline
from lamlint.engine.scope import Request
from lamlint.report import Counts
from lamlint.text import Safety
from tests.checking import TODAY, rules
from tests.fixture_cases import Case, cases


def ran(folder: Path, case: Case, fix: Safety | None) -> tuple[Counts, list[str]]:
    """The counts of a run over a fixture, and the reasons for what was not fixed."""
    layer = SILENT if case.rule in (None, "unused-ignore") else Layer(select=(case.rule or "",))
    request = Request(paths=(str(folder),), today=TODAY, layer=layer, fix=fix)
    outcomes = pipeline.run(request, rules())
    unsafe = fix is Safety.UNSAFE
    whole = pipeline.report_on(outcomes, rules(), unsafe=unsafe, written=fix is not None)
    unmade = [u.reason for o in outcomes if o.repair is not None for u in o.repair.unmade]
    return whole.counts, unmade


FIXED = [case for case in cases() if (case.folder / "after").is_dir() or case.rule is None]


@pytest.mark.parametrize("case", FIXED, ids=[case.name for case in FIXED])
def test_as_many_are_fixed_as_were_promised(case: Case, tmp_path: Path) -> None:
    case.lay_out(tmp_path)
    promised, _ = ran(tmp_path, case, None)
    for fix, number in (
        (Safety.SAFE, promised.safe),
        (Safety.UNSAFE, promised.safe + promised.unsafe),
    ):
        counts, unmade = ran(tmp_path, case, fix)
        assert counts.fixed + len(unmade) == number
        assert unmade == []
        assert (counts.safe, counts.unsafe) == (0, 0 if fix is Safety.UNSAFE else promised.unsafe)
