"""The language of a file follows from its name, and for JSON from its text."""

from __future__ import annotations

import pytest

from lamlint.text import Host, Piece, Source
from lamlint.text.language import COMMENTED, Language, language


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("app.py", "", Language.PYTHON),
        ("APP.PYI", "", Language.PYTHON),
        ("pyproject.toml", "", Language.TOML),
        ("template.yaml", "a: 1", Language.YAML),
        ("template.yml", ' {"a": 1}', Language.JSON),
        ("stack.template", '{"a": 1}', Language.JSON),
        ("stack.template", "a: 1", Language.YAML),
        ("data.json", "a: 1", Language.JSON),
        ("Makefile", "", None),
        ("yaml", "", None),
    ],
)
def test_by_name_and_text(path: str, text: str, expected: Language | None) -> None:
    assert language(Source(path, text)) is expected


def test_what_lies_in_another_file_is_python() -> None:
    host = Host(Source("template.yaml", "x = 1"), (Piece(0, 0, 5),), "")
    assert language(Source("template.yaml", "x = 1", host=host)) is Language.PYTHON


def test_json_has_no_comments() -> None:
    assert not set(Language.JSON.endings) & set(COMMENTED)
