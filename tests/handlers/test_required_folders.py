"""Folders of the project that a function's requirements.txt asks for."""

from __future__ import annotations

import pytest

from lamlint.project.resolution import required_roots
from tests.memory import MemoryTree

FILES = {
    "patterns/one/src/f/app.py": "",
    "lib/common/common/__init__.py": "",
    "patterns/shared/src/shop/__init__.py": "",
    "patterns/one/src/f/own/own.py": "",
}


@pytest.mark.parametrize(
    ("line", "roots"),
    [
        ("../../lib/common[ocr,appsync]  # ours", ["lib/common"]),
        ("-e ../../lib/common", ["lib/common"]),
        ("--editable=../../lib/common", ["lib/common"]),
        ("file:../../lib/common", ["lib/common"]),
        (
            "boto3==1.40\n../shared/;python_version > '3'",
            ["patterns/shared/src", "patterns/shared"],
        ),
        ("./own", ["patterns/one/src/f/own"]),
        ("../../../../../outside", []),
        ("../nowhere", []),
        ("# ../../lib/common", []),
        ("common @ https://example.org/common.zip", []),
    ],
)
def test_a_folder_is_looked_for_from_where_pip_may_run(line: str, roots: list[str]) -> None:
    tree = MemoryTree({**FILES, "patterns/one/src/f/requirements.txt": f"{line}\n"})
    assert list(required_roots("patterns/one/src/f", tree)) == roots


def test_a_function_in_the_root_has_nothing_above_it() -> None:
    tree = MemoryTree({"lib/a.py": "", "requirements.txt": "./lib\n../lib\n"})
    assert list(required_roots("", tree)) == ["lib"]
