"""Where the cache lies, and whether what lies there may be believed."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence

from lamlint.files.boundary import below
from lamlint.files.git import repository

_CONFIGURED = ("lamlint.toml", ".lamlint.toml", "pyproject.toml")
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def usual() -> str:
    """The cache folder of lamlint on this system; empty where the user has none."""
    home = os.environ.get("USERPROFILE" if sys.platform == "win32" else "HOME", "")
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = home and os.path.join(home, "Library", "Caches")
    else:
        named = os.environ.get("XDG_CACHE_HOME", "")
        base = named if os.path.isabs(named) else home and os.path.join(home, ".cache")
    return os.path.join(base, "lamlint") if os.path.isabs(base) else ""


def doubt(folder: str, paths: Sequence[str]) -> str:
    """Why a cache folder is not to be believed in a run over some paths; empty if it may be."""
    real = os.path.realpath(folder)
    folders = {_folder(path) for path in paths}
    if any(below(real, project) for folder in folders for project in _projects(folder)):
        return "it lies in the project that is checked, which could have written it"
    return private(real)


def private(real: str) -> str:
    """Why others than the user may have written in a folder; empty if only the user can."""
    try:
        found = os.lstat(real)
    except FileNotFoundError:
        return ""
    except OSError as error:
        return (error.strerror or "unreadable").lower()
    if not stat.S_ISDIR(found.st_mode):
        return "it is no folder"
    if sys.platform == "win32":
        return ""
    if found.st_uid != os.geteuid():
        return "it belongs to another user"
    return "others may write in it" if found.st_mode & _OTHERS_WRITE else ""


def _folder(path: str) -> str:
    """The folder that a path is or lies in, its links followed."""
    real = os.path.realpath(path)
    return real if os.path.isdir(real) else os.path.dirname(real)


def _projects(folder: str) -> Iterator[str]:
    """The folders that may be the project of a folder.

    All that are configured count up to the git root, as a configuration is looked for, and
    the folder itself with the working directory.
    """
    yield folder
    working = os.path.realpath(os.curdir)
    if below(folder, working) and not below(_home(), working):
        yield working
    git = repository(folder)
    if git is not None:
        yield git
    while folder not in (git, os.path.dirname(folder)):
        if any(os.path.lexists(os.path.join(folder, name)) for name in _CONFIGURED):
            yield folder
        folder = os.path.dirname(folder)


def _home() -> str:
    return os.path.realpath(os.path.expanduser("~"))
