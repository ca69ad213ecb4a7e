"""Measures `lamlint check` over a generated project and prints a table.

python tests/benchmarks/measure.py [--profile]
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.project import make  # noqa: E402

COUNT = """
import sys, time
sys.path.insert(0, {root!r})
import libcst
from libcst import parse_module
parsed, seconds = 0, 0.0
def timed(source, *rest, **more):
    global parsed, seconds
    start = time.perf_counter()
    try:
        return parse_module(source, *rest, **more)
    finally:
        seconds += time.perf_counter() - start
        parsed += 1
libcst.parse_module = timed
sys.argv = ["lamlint", "check", "--exit-zero", "--output-format", "json", "."]
from lamlint.__main__ import main
try:
    main()
except SystemExit:
    pass
print(parsed, seconds, file=sys.stderr)
"""
PARSE_ALL = """
import sys, pathlib, time
import libcst
start = time.perf_counter()
for path in pathlib.Path(".").rglob("*.py"):
    libcst.parse_module(path.read_bytes())
print(time.perf_counter() - start)
"""
ALONE = [sys.executable, "-m", "lamlint", "check", "--exit-zero", "--output-format", "json", "."]


def main() -> int:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        once, twice = Path(name, "once"), Path(name, "twice")
        once.mkdir()
        twice.mkdir()
        make(once)
        make(twice, 2_000, 600, 120)
        if "--profile" in sys.argv[1:]:
            return profile(once)
        total, memory = check(once)
        doubled, _ = check(twice)
        parsed, parsing = counted(once)
        everything = float(python(PARSE_ALL, once).stdout)
        rows = [
            ("processor cores", f"{os.cpu_count()}", ""),
            ("check, in all", f"{total:.2f} s", ""),
            ("modules parsed", f"{parsed}", ""),
            ("parsing them", f"{parsing:.2f} s", ""),
            ("check / parsing", ratio(total, parsing), "at most 2"),
            ("parsing all files", f"{everything:.2f} s", ""),
            ("check / parsing all", ratio(total, everything), ""),
            ("peak memory", f"{memory:.0f} MB", "under 250 MB"),
            ("doubled", f"{doubled:.2f} s", ""),
            ("growth", ratio(doubled, total), "at most 2.1"),
        ]
    for what, value, goal in rows:
        sys.stdout.write(f"{what:<22}{value:>10}  {goal}\n")
    return 0


def ratio(one: float, other: float) -> str:
    """One by the other; a dash where there is nothing to compare with."""
    return f"{one / other:.2f}" if other else "-"


def check(folder: Path) -> tuple[float, float]:
    """The seconds of a whole run, the best of three, and its peak memory in MB."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(ALONE, cwd=folder, env=variables(), stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return min(times), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit


def counted(folder: Path) -> tuple[int, float]:
    """How many modules a run parses, and how long that alone takes."""
    parsed, seconds = python(COUNT.format(root=str(ROOT)), folder).stderr.split()[-2:]
    return int(parsed), float(seconds)


def python(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a script in the project."""
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env=variables(),
        capture_output=True,
        text=True,
        check=True,
    )


def variables() -> dict[str, str]:
    """The environment of a run."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def profile(folder: Path) -> int:
    """Where the time goes."""
    command = [sys.executable, "-m", "cProfile", "-s", "tottime", *ALONE[1:]]
    run = subprocess.run(
        command, cwd=folder, env=variables(), capture_output=True, text=True, check=False
    )
    sys.stdout.write("\n".join(run.stdout[run.stdout.find("function calls") :].splitlines()[:45]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
