"""`lamlint` as users start it, on a small project in a temporary folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
        """Start lamlint here."""
        told = ("LAMLINT", "GITHUB", "NO_COLOR", "FORCE_COLOR")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(told)}
        done = subprocess.run(
            [sys.executable, "-m", "lamlint", *arguments],
            cwd=self.path,
            env={
                **kept,
                "PYTHONPATH": str(CHECKOUT),
                "PYTHONIOENCODING": "utf-8",
                **(environment or {}),
            },
            input=stdin.encode(),
            capture_output=True,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    def check(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Done:
        """`lamlint check` that reports JSON."""
        return self.run("check", "--output-format", "json", *arguments, environment=environment)


def project(path: Path) -> Folder:
    """A project with one mistake, in which three rules run."""
    folder = Folder(path)
    folder.write("lamlint.toml", CONFIGURATION)
    folder.write("template.yaml", TEMPLATE)
    folder.write("src/app.py", "def handler(event, context):\n    return 1\n")
    return folder
