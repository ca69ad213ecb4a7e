"""What is generated from the rules is current."""

from __future__ import annotations

from pathlib import Path

from lamlint.registry import load
from lamlint.report.rules import render_page

PAGE = Path(__file__).resolve().parents[1] / "rules" / "README.md"


def test_the_page_of_the_rules_is_current() -> None:
    current = render_page(load(plugins=False).values())
    assert PAGE.read_text(encoding="utf-8") == current, "run: python .github/make_pages.py"
