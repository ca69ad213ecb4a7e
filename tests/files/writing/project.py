"""A project whose fixes move secrets from the code to the template, and mend much else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from lamlint.engine import pipeline
from lamlint.engine.pipeline import Outcome
from lamlint.engine.scope import Request
from lamlint.files.writing import is_staged
from lamlint.text import Safety
from tests.checking import TODAY, rules
from tests.secrets import made

SECRET = made.letters(made.ALNUM, 32)
FUNCTION = """\
  {0}:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      CodeUri: src/{0}/
      Handler: app.handler
      Timeout: 1000
      MemorySize: 512
"""
CODE = f"""\
import boto3

API_SECRET = b"{SECRET}"


def handler(event, context):
    return boto3.client("s3").list_buckets(), API_SECRET
"""
NAMES = ("Orders", "Bills")
FILES = {
    "lamlint.toml": "",
    "template.yaml": "Resources:\n" + "".join(FUNCTION.format(name) for name in NAMES),
    **{f"src/{name}/app.py": CODE for name in NAMES},
}
READ = b'os.environ["API_SECRET"]'
SET = b"API_SECRET: change-me"


def lay(folder: Path, files: Mapping[str, str] = FILES) -> None:
    """Put the project into a folder, as it was at first."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def outcomes(folder: Path) -> tuple[Outcome, ...]:
    """The project, mended in memory."""
    request = Request(paths=(str(folder),), today=TODAY, fix=Safety.UNSAFE)
    return pipeline.run(request, rules())


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of all files but staged ones, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not is_staged(path.name)
    }


def staged(folder: Path) -> list[str]:
    """The staged files that lie in a folder."""
    return [name for _, _, names in os.walk(folder) for name in names if is_staged(name)]


def new_contents(folder: Path) -> dict[str, bytes]:
    """The bytes of all files as they are to be after the fixes."""
    (outcome,) = outcomes(folder)
    assert outcome.repair is not None
    texts = {path: text.encode() for path, text in outcome.repair.texts.items()}
    return {**contents(folder), **texts}


def assert_sound(
    now: Mapping[str, bytes], old: Mapping[str, bytes], new: Mapping[str, bytes]
) -> None:
    """Each file is wholly old or wholly new, and no code reads what the template does not set."""
    assert now.keys() == old.keys()
    for path, data in now.items():
        assert data in (old[path], new[path]), f"{path} is neither old nor new"
    if any(READ in data for path, data in now.items() if path.endswith(".py")):
        assert now["template.yaml"].count(SET) == len(NAMES)
