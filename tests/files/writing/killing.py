"""Kills runs of `lamlint check --fix --unsafe-fixes` at random instants.

    python -m tests.files.writing.killing TIMES [SEED]

After each kill every file is wholly old or wholly new, and no code reads a
variable that the template does not set; the next run ends what was begun, and
removes what was left.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.command import CHECKOUT
from tests.files.writing.project import assert_sound, contents, lay, new_contents, staged

COMMAND = (sys.executable, "-m", "lamlint", "check", "--fix", "--unsafe-fixes", "--quiet", ".")
WRITING = 0.01
"""How many seconds it takes to write three files, and a few more."""


def start(folder: Path) -> subprocess.Popen[bytes]:
    """Start lamlint in a folder."""
    return subprocess.Popen(
        COMMAND,
        cwd=folder,
        env={"PYTHONPATH": str(CHECKOUT), "PATH": "/usr/bin:/bin"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _await_staged(run: subprocess.Popen[bytes], folder: Path) -> None:
    while run.poll() is None and not staged(folder):
        time.sleep(0.0005)


def kill_runs(folder: Path, times: int, seed: int) -> Counter[str]:
    """Kill so many runs over the project; how the files stood afterwards."""
    chance = random.Random(seed)  # noqa: S311  no cryptography
    lay(folder)
    old, new = contents(folder), new_contents(folder)
    begun = time.monotonic()
    start(folder).wait()
    whole = time.monotonic() - begun
    assert contents(folder) == new
    seen: Counter[str] = Counter()
    for number in range(times):
        lay(folder)
        run = start(folder)
        if number % 2:
            time.sleep(whole * chance.uniform(0, 1.1))
        else:  # the moment in which files are written is a hundredth of a run
            _await_staged(run, folder)
            time.sleep(chance.uniform(0, WRITING))
        run.kill()
        run.wait()
        now = contents(folder)
        assert_sound(now, old, new)
        seen["ended" if run.returncode >= 0 else "killed"] += 1
        seen["untouched" if now == old else "whole" if now == new else "in part"] += 1
        seen["left a staged file"] += bool(staged(folder))
        start(folder).wait()
        assert contents(folder) == new
        assert staged(folder) == []
    return seen


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        counts = kill_runs(Path(place), int(sys.argv[1]), int((*sys.argv, "1")[2]))
        sys.stdout.write(f"{dict(counts)}\n")
