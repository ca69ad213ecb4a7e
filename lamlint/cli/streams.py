"""What to do when nobody reads the output any more, as behind `| head`."""

from __future__ import annotations

import os
import sys


def let_go() -> None:
    """Let all further output go into nothing: its reader has gone, and that is no error."""
    with open(os.devnull, "wb") as nothing:
        os.dup2(nothing.fileno(), sys.stdout.fileno())
