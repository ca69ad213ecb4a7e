"""What git says of a folder."""

from __future__ import annotations

import os
import subprocess


def repository(folder: str) -> str | None:
    """The nearest folder upward that is a git work tree."""
    folder = os.path.abspath(folder)
    while True:
        if os.path.exists(os.path.join(folder, ".git")):
            return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def in_work_tree(folder: str) -> bool:
    return repository(folder) is not None


def listed(folder: str) -> list[str] | None:
    """What git tracks or would track below a folder; None where git does not answer."""
    # A hook of git sets these for its own repository and its own index.
    environment = {name: value for name, value in os.environ.items() if name[:4] != "GIT_"}
    try:
        done = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=folder,
            env=environment,
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    if done.returncode != 0:
        return None
    return [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]
