"""A copy of this checkout, as git would hand it to others, for tests that install it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_LEFT_OUT = shutil.ignore_patterns(
    ".git", "__pycache__", "*.egg-info", ".venv", "venv", "dist", "build", ".*_cache", ".hypothesis"
)


def run(
    command: Sequence[str | Path], folder: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, whatever its exit code; its output is text."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LAMLINT_")}
    kept.pop("PYTHONPATH", None)
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**kept, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def copy(target: Path) -> Path:
    """The checkout without what git ignores."""
    shutil.copytree(ROOT, target, ignore=_LEFT_OUT)
    return target


def rules_of_the_folder() -> set[str]:
    """The names of the rules that lie in rules/."""
    return {
        path.stem.replace("_", "-")
        for path in (ROOT / "rules").glob("*/*.py")
        if not path.name.startswith("_")
    }


def environment(folder: Path, python: str = sys.executable) -> Path:
    """A new virtual environment, without a pip of its own; the path of its interpreter."""
    made = run([python, "-m", "venv", "--without-pip", folder], folder.parent)
    assert made.returncode == 0, made.stderr
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    return scripts / ("python.exe" if os.name == "nt" else "python")


def install(python: Path, *what: str | Path) -> None:
    """Install into an environment, by the pip that is here and from the index it uses."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    done = run([*pip, "--python", python, "install", "--no-compile", *what], python.parent)
    assert done.returncode == 0, done.stdout + done.stderr


def lend(python: Path) -> None:
    """Let an environment use the packages that are here, behind those of its own."""
    (ours,) = (python.parents[1]).glob("**/site-packages")
    packages = [path for path in sys.path if path.endswith("site-packages")]
    (ours / "lent.pth").write_text("\n".join(packages), encoding="utf-8")


def build(source: Path, target: Path, *kinds: str) -> None:
    """Build a wheel or an sdist by the tools that are here."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir"]
    done = run([*command, target, *kinds], source)
    assert done.returncode == 0, done.stdout + done.stderr
