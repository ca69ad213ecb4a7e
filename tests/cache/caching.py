"""A project whose runs are remembered, in a cache of its own."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from lamlint.cache.store import Store
from tests.command import Done, Folder

CODE = """\
import boto3


def handler(event, context):
    return boto3.client("s3").list_buckets()
"""
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


@dataclass(frozen=True)
class Remembered:
    """A project, and the folder of the cache beside it."""

    folder: Folder
    cache: Path

    def check(self, *arguments: str, **more: str) -> Done:
        """Check with the cache."""
        variables = {"LAMLINT_NO_CACHE": "0", "LAMLINT_CACHE_DIR": str(self.cache), **more}
        return self.folder.run("check", *arguments, environment=variables)

    def fresh(self, *arguments: str, **more: str) -> Done:
        """Check as if nothing had been told before."""
        return self.folder.run("check", "--no-cache", *arguments, environment=more)

    def recalls(self, *arguments: str, **more: str) -> bool:
        """Whether a run is answered from the cache: then nothing is checked."""
        with patch("lamlint.cli.asked.asked", side_effect=AssertionError("it is checked anew")):
            return "defect" not in self.check(*arguments, **more).err

    def answers(self) -> Iterator[Path]:
        """The files that hold what was told."""
        kept = self.cache.glob("1/*/*")
        return (file for file in kept if file.parent.name not in ("programs", "jobs"))

    @property
    def store(self) -> Store:
        """The cache itself."""
        return Store(str(self.cache))


def remembered(path: Path) -> Remembered:
    """A project with some findings, and no cache yet."""
    folder = Folder(path / "project")
    folder.write("lamlint.toml", "")
    folder.write("template.yaml", TEMPLATE)
    folder.write("src/app.py", CODE)
    return Remembered(folder, path / "cache")


def git(folder: Path, *command: str) -> None:
    """Run git as nobody in particular."""
    own = {"HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", "PATH": os.environ["PATH"]}
    subprocess.run(["git", *command], cwd=folder, env=own, check=True, capture_output=True)


def age(folder: Path, seconds: int = 60) -> None:
    """Let what a folder holds have been written a while ago."""
    then = time.time_ns() - seconds * 1_000_000_000
    for path in [folder, *folder.rglob("*")]:
        os.utime(path, ns=(then, then), follow_symlinks=False)
