"""What a formatter has formatted stays so when constructions move."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import libcst as cst
import pytest

from lamlint.catalog import Catalog
from lamlint.python import Module
from lamlint.python.hoist.fix import hoist
from lamlint.text import Change, Joined, Source
from tests.fixture_cases import FIXTURES

CONSTRUCTORS = Catalog().constructors
WRITTEN = {
    path.relative_to(FIXTURES).as_posix(): path.read_text()
    for path in sorted(FIXTURES.rglob("*.py"))
    if {"connection-in-handler", "projects"} & set(path.parts) and "after" not in path.parts
}
PLACES = {
    "nothing but a function": "def f():\n    import boto3\n\n    return boto3.client('s3').x()\n",
    "after a docstring": '"""Doc."""\n\n\ndef f():\n    import boto3\n\n    return boto3.client("s3").x()\n',
    "before a class": """
        import boto3


        class Store:
            def read(self):
                s3 = boto3.client("s3")
                return s3.x()
        """,
    "before a decorator": """
        import functools

        import boto3


        @functools.wraps(print)
        # why
        def f():
            s3 = boto3.client("s3")

            def inner():
                return s3.x()

            return inner()
        """,
    "after a comment": """
        import boto3

        # Nothing is set here


        # Reads
        def f():
            # The client
            s3 = boto3.client("s3")

            # The answer
            return s3.x()
        """,
    "after a comment that belongs to a value": """
        import boto3

        LIMIT = 3
        # which is enough


        def f():
            s3 = boto3.client("s3")
            return s3.x()
        """,
    "after a function whose value it needs": """
        import boto3


        def region():
            return "eu-west-1"


        REGION = "eu-west-1"


        def f():
            s3 = boto3.client("s3", region_name=REGION)
            return s3.x()
        """,
    "before the main block": """
        import boto3

        if __name__ == "__main__":
            print()


        def f():
            s3 = boto3.client("s3")
            return s3.x()
        """,
    "after a block": """
        try:
            import boto3
        except ImportError:
            raise


        def f():
            s3 = boto3.client("s3")
            return s3.x()
        """,
    "the whole of a function": """
        import boto3


        def f():
            # to warm up
            s3 = boto3.client("s3")


        def g():
            if f():
                s3 = boto3.client("s3")
                return s3.x()
            # the end of it
        """,
    "the head of a block": """
        import boto3


        def f(event):
            for record in event:
                s3 = boto3.client("s3")

                s3.x(record)
            with open("a") as file:
                # Read
                sqs = boto3.client("sqs")
                sqs.x(file.read())
        """,
}
TEXTS = {**WRITTEN, **{name: textwrap.dedent(text).lstrip("\n") for name, text in PLACES.items()}}


def ruff(folder: Path, *arguments: str) -> str:
    """What a formatter says, with lines so long that no new name makes one too long."""
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length", "320"]
    done = subprocess.run(
        [*command, "--no-cache", *arguments, "."],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def moved(text: str) -> str:
    """The text after one pass of all fixes."""
    source = Source("app.py", text)
    module = Module(source, "app")
    change = Change({"app.py": source}.get)
    for call in module.nodes(cst.Call):
        fix = hoist(module, call, CONSTRUCTORS, always=True)
        assert fix is None or change.join(fix) is not Joined.REFUSED
    return change.texts().get("app.py", text)


@pytest.fixture(scope="module")
def formatted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All texts as the formatter has them."""
    folder = tmp_path_factory.mktemp("style")
    for place, text in enumerate(TEXTS.values()):
        (folder / f"case{place}.py").write_text(text)
    ruff(folder)
    return folder


def test_what_is_formatted_stays_formatted(formatted: Path, tmp_path: Path) -> None:
    changed = 0
    for path in formatted.iterdir():
        before = path.read_text()
        text = before
        for _ in range(3):
            text = moved(text)
        changed += text != before
        (tmp_path / path.name).write_text(text)
    assert changed > 25
    assert ruff(tmp_path, "--diff") == ""
