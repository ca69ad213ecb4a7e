"""What is known of texts is found out once, and is what a fresh run finds out."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from lamlint.engine.known.texts import known, tell
from lamlint.files.overheard import text_of
from lamlint.project.invocable import may_hold_handlers
from lamlint.python.module import facts
from lamlint.python.module.module import Module
from lamlint.python.module.nesting import nesting
from lamlint.text import Source
from tests.engine.known.keeping import CODE, KEY, again

_MANY = f"x = {'(' * 300}1{')' * 300}\n"


def _learnt(source: Source) -> None:
    facts.refused(source)
    may_hold_handlers(Module(source, "app"))


@pytest.mark.parametrize(
    "text", ["", CODE, "return 1\n", "def handler(event, context):\n", "x = (\n"]
)
def test_what_is_told_is_what_is_found(tmp_path: Path, text: str) -> None:
    project = again(tmp_path / "project")
    project.folder.write("one/app.py", text)
    first, later = project.work(), project.work()
    sources = [work.project.modules["one/app.py"].source for work in (first, later)]
    _learnt(sources[0])
    tell(later, known(first, KEY), KEY)
    assert [facts.depth(one) for one in sources] == [facts.depth(sources[0])] * 2
    assert facts.refused(sources[1]) == facts.refused(sources[0])
    assert may_hold_handlers(Module(sources[1], "app")) is may_hold_handlers(
        Module(sources[0], "app")
    )


def test_what_is_known_is_not_found_out_again(tmp_path: Path) -> None:
    project = again(tmp_path / "project")
    project.check()
    with patch("lamlint.python.module.facts.nesting", wraps=nesting) as asked:
        project.check()
        assert asked.call_count == 0
        project.folder.write("one/app.py", f"# {CODE}")
        project.check()
        assert asked.call_count == 1


def test_nothing_is_known_of_a_text_that_nests_too_deep(tmp_path: Path) -> None:
    project = again(tmp_path / "project")
    project.folder.write("one/app.py", _MANY)
    work = project.work()
    source = work.project.modules["one/app.py"].source
    assert facts.depth(source).too_deep is not None
    assert text_of(source, KEY) not in known(work, KEY)
