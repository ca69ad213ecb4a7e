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

PARSED = """
import sys
sys.path.insert(0, {root!r})
import libcst
from lamlint.python import parse as parser
plain = parser.parse
def noted(source):
    if source.host is None:
        print(source.path, file=sys.stderr)
    return plain(source)
parser.parse = noted
sys.argv = ["lamlint", "check", "--exit-zero", "--output-format", "json", "."]
from lamlint.__main__ import main
main()
"""
PARSE = """
import sys, pathlib, time
import libcst
paths = sys.stdin.read().split()
start = time.perf_counter()
for path in paths:
    libcst.parse_module(pathlib.Path(path).read_bytes())
print(time.perf_counter() - start)
"""
READ = """
import sys, pathlib, time
paths = sys.stdin.read().split()
start = time.perf_counter()
for path in paths:
    pathlib.Path(path).read_bytes()
print(time.perf_counter() - start)
"""
ALONE = [sys.executable, "-m", "lamlint", "check", "--exit-zero", "--output-format", "json", "."]
RUNS = 3
"""Each time is the least of so many."""


def main() -> int:
    """Print the table, each row as soon as it is measured."""
    with tempfile.TemporaryDirectory() as name:
        once, twice = Path(name, "once"), Path(name, "twice")
        once.mkdir()
        twice.mkdir()
        make(once)
        make(twice, 2_000, 600, 120)
        if "--profile" in sys.argv[1:]:
            return profile(once)
        measure(once, twice)
    return 0


def measure(once: Path, twice: Path) -> None:
    """Measure a project, and the same in twice the size."""
    modules = [str(path.relative_to(once)) for path in sorted(once.rglob("*.py"))]
    parsed = python(PARSED.format(root=str(ROOT)), once).stderr.split()
    row("processor cores", f"{os.cpu_count()}")
    row("modules", f"{len(modules)}")
    row("modules parsed", f"{len(parsed)}")
    if len(parsed) != len(set(parsed)):
        row("parsed twice or more", f"{len(parsed) - len(set(parsed))}")
    reading = timed(READ, once, modules)
    row("reading all", f"{reading:.2f} s")
    everything = timed(PARSE, once, modules)
    row("parsing all", f"{everything:.2f} s")
    parsing = timed(PARSE, once, sorted(set(parsed)))
    row("parsing those parsed", f"{parsing:.2f} s")
    total, memory = check(once)
    row("check", f"{total:.2f} s")
    row("check / parsing", ratio(total, parsing), "at most 2")
    row("check / parsing all", ratio(total, everything))
    row("peak memory", f"{memory:.0f} MB", "under 250 MB")
    doubled, _ = check(twice)
    row("check, doubled", f"{doubled:.2f} s")
    row("growth", ratio(doubled, total), "at most 2.1")


def row(what: str, value: str, goal: str = "") -> None:
    """Print one row of the table."""
    sys.stdout.write(f"{what:<22}{value:>10}  {goal}".rstrip() + "\n")
    sys.stdout.flush()


def ratio(one: float, other: float) -> str:
    """One by the other; a dash where there is nothing to compare with."""
    return f"{one / other:.2f}" if other else "-"


def check(folder: Path) -> tuple[float, float]:
    """The seconds of a whole run, the least of some, and its peak memory in MB."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(ALONE, cwd=folder, env=variables(), stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return min(times), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit


def timed(script: str, folder: Path, paths: list[str]) -> float:
    """The seconds that a script takes over some files."""
    given = "\n".join(paths)
    return min(float(python(script, folder, given).stdout) for _ in range(RUNS))


def python(script: str, folder: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run a script in the project."""
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env=variables(),
        input=given,
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
