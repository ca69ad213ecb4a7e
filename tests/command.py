"""`lamlint` as users start it, on a small project in a temporary folder.

`run` calls the command line within this process, which takes a twentieth of the time. `start`
starts a process: for tests of starting, pipes and installed packages, and for those that show
that both do the same.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from lamlint.__main__ import run

CHECKOUT = Path(__file__).resolve().parents[1]
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      CodeUri: src/
      Handler: app.handler
      Timeout: 1000
      MemorySize: 512
"""
"""One mistake: the timeout, on line 9."""

CLEAN = TEMPLATE.replace("1000", "900")
RULES = ("timeout-over-limit", "memory-out-of-range", "unused-ignore")
WITHOUT_CACHE = {"LAMLINT_NO_CACHE": "1", "LAMLINT_CACHE_DIR": os.devnull}
"""What keeps a run from the cache of whoever runs the tests."""
CONFIGURATION = f"select = {json.dumps(RULES)}\n"


@dataclass(frozen=True)
class Done:
    """How a run ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The output as JSON."""
        return json.loads(self.out)

    @property
    def found(self) -> list[str]:
        """The findings of a run with --output-format json, as `path:line rule`."""
        return [f"{f['path']}:{f['line']} {f['rule']}" for f in self.document["findings"]]


@dataclass(frozen=True)
class Folder:
    """A folder in which lamlint is started."""

    path: Path

    def write(self, name: str, text: str | bytes) -> Path:
        """Put a file into the folder."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def read(self, name: str) -> str:
        """What a file holds now."""
        return (self.path / name).read_bytes().decode()

    def run(
        self, *arguments: str, stdin: str = "", environment: Mapping[str, str] | None = None
    ) -> Done:
        """Run lamlint here, in this process."""
        assert "PYTHONPATH" not in (environment or {}), "only a process that starts heeds it"
        out, err = io.BytesIO(), io.BytesIO()
        with (
            warnings.catch_warnings(),
            _inside(self.path),
            patch.dict(os.environ, _variables(environment), clear=True),
            patch.multiple(
                sys,
                argv=["lamlint", *arguments],
                stdin=_text(io.BytesIO(stdin.encode())),
                stdout=_text(out),
                stderr=_text(err, "backslashreplace"),
                __stdout__=None,  # no terminal, whose width would be asked for
            ),
        ):
            warnings.simplefilter("ignore", SyntaxWarning)  # of the code that is read
            return Done(run(), out.getvalue().decode(), err.getvalue().decode())

    def start(
        self, *arguments: str, stdin: str = "", environment: Mapping[str, str] | None = None
    ) -> Done:
        """Run lamlint here, in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "lamlint", *arguments],
            cwd=self.path,
            env=_variables(environment),
            input=stdin.encode(),
            capture_output=True,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    def check(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Done:
        """`lamlint check` that reports JSON."""
        return self.run("check", "--output-format", "json", *arguments, environment=environment)


def _variables(more: Mapping[str, str] | None) -> dict[str, str]:
    """The environment of a run: this one without what lamlint would heed, and some more."""
    told = ("LAMLINT", "GITHUB", "NO_COLOR", "FORCE_COLOR")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(told)}
    own = {"PYTHONPATH": str(CHECKOUT), "PYTHONIOENCODING": "utf-8"}
    return {**kept, **own, **WITHOUT_CACHE, **(more or {})}


def _text(stream: io.BytesIO, errors: str = "strict") -> io.TextIOWrapper:
    return io.TextIOWrapper(stream, "utf-8", errors, newline="", write_through=True)


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """Be in a folder for a while."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def project(path: Path) -> Folder:
    """A project with one mistake, in which three rules run."""
    folder = Folder(path)
    folder.write("lamlint.toml", CONFIGURATION)
    folder.write("template.yaml", TEMPLATE)
    folder.write("src/app.py", "def handler(event, context):\n    return 1\n")
    return folder
