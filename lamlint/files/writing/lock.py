"""One run at a time writes to a folder.

The folder itself is locked, so that no file is needed for it, and the system
lets go when a run is killed. Where there are no such locks (Windows, some
network file systems) the comparison before each renaming has to do.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterable, Iterator

PATIENCE = 10.0
"""How many seconds to wait for a run that writes, which takes it a moment."""
_PAUSE = 0.02
_TAKEN = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EINTR)


@contextlib.contextmanager
def alone(folders: Iterable[str], patience: float = PATIENCE) -> Iterator[frozenset[str]]:
    """Hold some folders against other runs; gives those that another run kept for too long."""
    deadline = time.monotonic() + patience
    with contextlib.ExitStack() as held:
        # All runs take them in the same order, so that none waits for one that waits for it.
        yield frozenset(
            [folder for folder in sorted(set(folders)) if not _hold(folder, held, deadline)]
        )


def _hold(folder: str, held: contextlib.ExitStack, deadline: float) -> bool:
    """Lock a folder until `held` is closed; false when another run has it."""
    if sys.platform == "win32":
        return True
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return True  # whoever writes there learns why it cannot be done
    held.callback(os.close, descriptor)
    while not _lock(descriptor):
        if time.monotonic() >= deadline:
            return False
        time.sleep(_PAUSE)
    return True


def _lock(descriptor: int) -> bool:
    """Try to lock an open folder; true also where there are no locks."""
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _TAKEN
    return True
