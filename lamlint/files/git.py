"""What git says of a folder. Every call of git is made here, and none runs a thing of the project.

A repository may name commands in its configuration, and a folder of a project may be made like a
repository. So git is started by its absolute path, at the top of the repository that lamlint
found, for the files of that folder whatever the repository says of its work tree, with what runs
commands switched off, and only with commands that run no filter and no hook.
"""

from __future__ import annotations

import os
from dataclasses import field

from lamlint.files import asking
from lamlint.files.boundary import below
from lamlint.text.dataclass import dataclass

PATIENCE = 10.0
"""Seconds. A pipe in the place of a configuration file keeps git waiting for ever."""

_SAFE = (
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor=false"),  # else a command, or a daemon
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "safe.bareRepository=explicit"),  # else a folder that is made like a repository is one
)


def repository(folder: str) -> str | None:
    """The nearest folder upward that is a git work tree."""
    folder = os.path.abspath(folder)
    while True:
        if asking.exists(os.path.join(folder, ".git")):
            return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


@dataclass(frozen=True)
class Git:
    """Git as one run asks it.

    `silent` tells, for each repository of which git says nothing, why; it is not asked again.
    """

    silent: dict[str, str] = field(default_factory=dict)

    def listed(self, folder: str) -> list[str] | None:
        """What git tracks or would track below a folder; None where git does not answer."""
        real = asking.real(folder)
        top = repository(real)
        if top is None or top in self.silent:
            return None
        # Started below the top, git would ask each folder on the way up whether it is a repository.
        inner = os.path.relpath(real, top).replace(os.sep, "/")
        try:
            answer = _ask(top, "ls-files", *_LISTING, "--", inner)
        except _GitError as error:
            asking.told(LISTED, real, f"fatal: {error}".encode("utf-8", "surrogateescape"))
            self.silent[top] = str(error)
            return None
        asking.told(LISTED, real, answer)
        prefix = "" if inner == "." else f"{inner}/"
        names = (os.fsdecode(name) for name in answer.split(b"\0") if name)
        return [name[len(prefix) :] for name in names if name.startswith(prefix)]


LISTED = "git lists"
"""The question of which a run has the answer noted."""
_LISTING = ("-z", "--cached", "--others", "--exclude-standard")


class _GitError(Exception):
    """Git did not do what it was asked; the text says why."""


def _ask(top: str, *command: str) -> bytes:
    """What a command of git prints, at the top of a repository. Raises _GitError."""
    import subprocess

    git = program(top)
    if not git:
        raise _GitError("it is not installed, or no absolute folder of PATH holds it")
    try:
        done = subprocess.run(
            [git, *_SAFE, f"--work-tree={top}", *command],
            cwd=top,
            env=_environment(top),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        raise _GitError(f"it took more than {PATIENCE:g} seconds") from None
    except OSError as error:
        raise _GitError(f"it cannot be started: {error.strerror}") from None
    if done.returncode != 0:
        raise _GitError(_complaint(done.stderr) or f"it ended with {done.returncode}")
    return done.stdout


def _complaint(said: bytes) -> str:
    """The line in which git says why it gives up."""
    lines = said.decode("utf-8", "backslashreplace").splitlines()
    fatal = [line.removeprefix("fatal: ") for line in lines if line.startswith("fatal: ")]
    return [*fatal, *lines, ""][0]


def program(project: str) -> str:
    """The absolute path of git by PATH: not one of the current folder or of a project."""
    name = "git.exe" if os.name == "nt" else "git"
    here, project = os.path.realpath(os.curdir), os.path.realpath(project)
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        found = os.path.join(folder.strip('"'), name)
        if os.path.isabs(found) and os.path.isfile(found) and os.access(found, os.X_OK):
            real = os.path.realpath(found)
            if os.path.dirname(real) != here and not below(real, project):
                return found
    return ""


def _environment(top: str) -> dict[str, str]:
    """The user's, but for what leads git elsewhere: a hook of git sets much for its own ends."""
    kept = {name: value for name, value in os.environ.items() if name.upper()[:4] != "GIT_"}
    return {
        **kept,
        "GIT_CEILING_DIRECTORIES": os.path.dirname(top),
        # Else an object that is missing is fetched, by a command that the repository names.
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
    }
