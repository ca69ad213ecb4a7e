"""Compares lamlint with its goals, each a ratio of two runs, and prints a table.

python tests/benchmarks/goals.py [FOLDER…]

Without a folder it takes a corpus that it makes. Times are those of the processor, over a process
and those it waits for, so that a busy machine spoils them less; each is the least of some runs.
pythaw and ruff are measured beside lamlint where they are installed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks import reading  # noqa: E402
from tests.benchmarks.corpus import Size, make  # noqa: E402

RUNS = 3
LAMLINT = (sys.executable, "-m", "lamlint")
CHECK = (*LAMLINT, "check", "--exit-zero", "--output-format", "json", ".")
DIFF = (*LAMLINT, "check", "--fix", "--unsafe-fixes", "--diff", ".")
PYTHAW = ("pythaw", "check", ".")
RUFF = ("ruff", "check", "--isolated", "--no-cache", "--exit-zero", "--quiet", ".")
LIBCST = (sys.executable, "-c", "import libcst")
VERSION = (*LAMLINT, "--version")

CORPUS = Size(services=8)
SMALL = Size(services=1, functions=2, helpers=1, scripts=3, vendored=0, data=3)
TO_MEND = Size(services=4, functions=20, scripts=3, vendored=0, data=3, at_fault=True)
EDITED = Size(services=6, functions=4, scripts=15, vendored=1, data=20)
GROWING = Size(services=6, scripts=20, vendored=2, data=20)
DOUBLED = {
    "modules": replace(GROWING, helpers=4, scripts=40, vendored=4),
    "functions in one template": replace(GROWING, functions=6),
    "templates": replace(GROWING, services=12),
    "files": replace(GROWING, scripts=40, vendored=4, data=40),
    "length of a module": replace(GROWING, length=8),
}


@dataclass(frozen=True)
class Goal:
    """A row of the table; None where what it is compared with is not installed."""

    what: str
    value: float | None
    most: float


def main(folders: Sequence[str]) -> int:
    """Print the table, each row as soon as it is measured."""
    with tempfile.TemporaryDirectory() as name:
        made = Path(name)
        for folder in [Path(one) for one in folders] or [make(made / "corpus", CORPUS)]:
            sys.stdout.write(f"{folder}\n")
            for goal in (*over(folder, made), *of_reading(reading.rows(folder))):
                show(goal)
        made_rows = tuple(reading.made_rows())
        of_configuration = (of_reading(made_rows), of_more_services(made_rows))
        for some in (of_small(made), of_an_edit(made), of_growth(made), *of_configuration):
            for goal in some:
                show(goal)
    return 0


def over(folder: Path, made: Path) -> Iterator[Goal]:
    """The goals that hold for a corpus."""
    cold = best(CHECK, folder)
    yield Goal("cold check / pythaw check", ratio(cold, best(PYTHAW, folder)), 1.0)
    unchanged = best(CHECK, folder, made / "kept")
    yield Goal("unchanged check / ruff, cold", ratio(unchanged, best(RUFF, folder)), 1.0)
    yield Goal("peak memory in MB, of all processes", peak((*CHECK, "--jobs", "2"), folder), 350)


def of_reading(rows: Iterable[reading.Row]) -> Iterator[Goal]:
    """The goals that hold for reading the configuration of each dialect."""
    for row in rows:
        yield Goal(f"reading / parsing: {row.dialect}", row.ratio, reading.MOST)


def of_more_services(rows: Iterable[reading.Row]) -> Iterator[Goal]:
    """How much longer the configuration of each dialect is read where there is twice as much."""
    twice = reading.made_rows(2 * reading.SERVICES)
    for once, row in zip(rows, twice, strict=True):
        yield Goal(f"twice: services read, {row.dialect}", row.reading / once.reading, 2.1)


def of_small(made: Path) -> Iterator[Goal]:
    """The goals that hold for one small project, and for one with 80 fixes."""
    small = make(made / "small", SMALL)
    check = best(CHECK, small)
    yield Goal("small project / import libcst", ratio(check, best(LIBCST, small)), 1.7)
    unchanged = best(CHECK, small, made / "kept")
    yield Goal("the same, unchanged / --version", ratio(unchanged, best(VERSION, small)), 1.8)
    to_mend = make(made / "to-mend", TO_MEND)
    mended, checked = best(DIFF, to_mend), best(CHECK, to_mend)
    yield Goal("--fix --unsafe-fixes --diff / check", ratio(mended, checked), 1.4)


def of_an_edit(made: Path) -> Iterator[Goal]:
    """What a check takes after a file that a handler imports was edited, one of 180."""
    folder, kept = make(made / "edited", EDITED), made / "kept-edited"
    cold = best(CHECK, folder)
    runs = []
    for number in range(RUNS + 1):
        edited = folder / "service0/f0/helper0.py"
        edited.write_text(f"{edited.read_text()}\nLAST = {number}\n")
        runs.append(best(CHECK, folder, kept, runs=1))
    after = min((one for one in runs[1:] if one), default=None)
    yield Goal("check after an edit / cold check", ratio(after, cold), 0.6)


def of_growth(made: Path) -> Iterator[Goal]:
    """How much more a check takes where there is twice as much of something."""
    once = best(CHECK, make(made / "once", GROWING))
    for what, size in DOUBLED.items():
        twice = best(CHECK, make(made / what.replace(" ", "-"), size))
        yield Goal(f"twice: {what}", ratio(twice, once), 2.1)


def show(goal: Goal) -> None:
    """Print a row."""
    value = "-" if goal.value is None else f"{goal.value:.2f}"
    missed = " *" if goal.value is not None and goal.value > goal.most else ""
    sys.stdout.write(f"  {goal.what:<38}{value:>8}  at most {goal.most:g}{missed}\n")
    sys.stdout.flush()


def ratio(one: float | None, other: float | None) -> float | None:
    """The seconds of a run by those of another; None where one could not be."""
    return one / other if one and other else None


def best(
    command: Sequence[str], folder: Path, kept: Path | None = None, runs: int = RUNS
) -> float | None:
    """The least seconds that a command takes in a folder; None where it is not installed.

    Each run finds nothing remembered, or what those before it left in a folder that is `kept`.
    """
    program = shutil.which(command[0])
    if program is None:
        return None
    seconds = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as fresh:
            seconds.append(_run((program, *command[1:]), folder, kept or Path(fresh)))
    return min(seconds)


def _environment(command: Sequence[str], cache: Path) -> dict[str, str]:
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    if command[0] == sys.executable:  # other tools have a Python of their own
        environment["PYTHONPATH"] = str(ROOT)
    return environment


def _run(command: Sequence[str], folder: Path, cache: Path) -> float:
    environment = _environment(command, cache)
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=said
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        broken = b"Traceback" in said.read()
    # 1 is said of findings, and of a Python that fails.
    if broken or process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed with {process.returncode}")
    return used.ru_utime + used.ru_stime


def peak(command: Sequence[str], folder: Path) -> float | None:
    """The most megabytes that a command and what it starts have at a time; None off Linux.

    What several processes share counts once.
    """
    if sys.platform != "linux":
        return None
    with tempfile.TemporaryDirectory() as fresh:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=_environment(command, Path(fresh)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        most = 0.0
        while process.poll() is None:
            most = max(most, sum(map(_megabytes, _family(process.pid))))
            time.sleep(0.05)
    return most


def _family(process: int) -> Iterator[int]:
    """A process, and those that it has started."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in children.read_text().split():
                yield from _family(int(child))


def _megabytes(process: int) -> float:
    """The memory of a process: its share of what it has with others."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
