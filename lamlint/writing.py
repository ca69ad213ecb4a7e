"""How files are written."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile


def write(absolute: str, data: bytes) -> None:
    """Put bytes into a file at once or not at all, keeping its mode and the links to it."""
    target = os.path.realpath(absolute)
    descriptor, temporary = tempfile.mkstemp(prefix=".lamlint-", dir=os.path.dirname(target))
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        if os.path.exists(target):
            shutil.copymode(target, temporary)
        else:
            os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
