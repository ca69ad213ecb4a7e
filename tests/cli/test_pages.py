"""What is generated from the rules, the fixtures and the command line is current."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_generated_pages_are_current() -> None:
    command = [sys.executable, str(ROOT / ".github" / "make_pages.py"), "--check"]
    assert subprocess.run(command, check=False).returncode == 0, "run: python .github/make_pages.py"
