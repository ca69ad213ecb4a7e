"""What is generated from the rules and from the command line is current."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from lamlint.registry import load
from lamlint.report.rules import render_page

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "rules" / "README.md"


def test_the_page_of_the_rules_is_current() -> None:
    current = render_page(load(plugins=False).values())
    assert PAGE.read_text(encoding="utf-8") == current, "run: python .github/make_pages.py"


def test_the_options_in_the_readme_are_current() -> None:
    command = [sys.executable, str(ROOT / ".github" / "make_pages.py"), "--check"]
    assert subprocess.run(command, check=False).returncode == 0, "run: python .github/make_pages.py"
