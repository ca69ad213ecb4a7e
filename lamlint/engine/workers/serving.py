"""What a worker does: it reads jobs, and writes what comes of them, until none is left."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import sys
import warnings
from collections.abc import Callable
from typing import IO, TypeAlias

from lamlint.engine.jobs import Found, Work
from lamlint.engine.workers.parcel import unpacked
from lamlint.files.asking import Notes, noting
from lamlint.python.module.stack import deep

_GARBAGE = (200_000, 50, 1_000)
"""As seldom as the command line looks for it."""
FAILED = 70
READY = b"!"

Told: TypeAlias = "tuple[Found, Notes | None]"
"""What came of a job, and the notes of what it asked the disk, if any were to be taken."""


def _nothing() -> None:
    """Go on."""


def serve(
    work: Work, reader: IO[bytes], writer: IO[bytes], answered: Callable[[], None] = _nothing
) -> None:
    """Do the jobs that are read, until there is nothing more to read.

    What is to be done after each of them is `answered`: then nothing is read ahead.
    """
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as told:
        told.write("500")  # where memory ends, this process goes, and not the one that waits
    while True:
        try:
            job, key = pickle.load(reader)  # noqa: S301  the process that started this one wrote it
        except EOFError:
            return
        noted = None if key is None else Notes(key)
        with noting(noted):
            found = work.do(job)
        pickle.dump((found, noted), writer, pickle.HIGHEST_PROTOCOL)
        writer.flush()
        answered()


def main() -> None:
    """Serve whoever started this interpreter: the work comes first, and then its jobs.

    What goes wrong ends it without a word, and who has started it will tell.
    """
    try:
        _main()
    except Exception:  # noqa: BLE001  a traceback would quote the user's files
        sys.exit(FAILED)


def _main() -> None:
    gc.set_threshold(*_GARBAGE)
    warnings.simplefilter("ignore")  # what Python says of the code that is read quotes it
    reader, writer = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a rule prints is no answer
    parcel: bytes = pickle.load(reader)  # noqa: S301
    work = unpacked(parcel)
    writer.write(READY)
    writer.flush()
    deep(lambda: serve(work, reader, writer))
