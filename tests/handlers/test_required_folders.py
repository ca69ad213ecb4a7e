"""Folders of the project that a function's requirements.txt asks for."""

from __future__ import annotations

import pytest

from lamlint.project.required import required_roots
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


UV = """[project]
name = "fn"
dependencies = ["shared-lib>=1", "boto3"]
[tool.uv.sources]
shared-lib = {{ {} }}
"""
LIB = {"packages/shared/src/shared_lib/x.py": "", "packages/shared/pyproject.toml": ""}
MEMBER = {**LIB, "packages/shared/pyproject.toml": '[project]\nname = "shared_lib"\n'}
IN_SRC = ["packages/shared/src", "packages/shared"]


@pytest.mark.parametrize(
    ("text", "files"),
    [
        (UV.format('path = "../../packages/shared"'), LIB),
        (UV.format("workspace = true"), MEMBER),
        ('[tool.poetry.dependencies]\nshared = { path = "../../packages/shared" }\n', LIB),
        ('[project]\nname = "fn"\ndependencies = ["x @ file:../../packages/shared"]\n', LIB),
    ],
)
def test_a_pyproject_names_folders_too(text: str, files: dict[str, str]) -> None:
    tree = MemoryTree({"apps/fn/pyproject.toml": text, "apps/fn/code/app.py": "", **files})
    assert list(required_roots("apps/fn", tree)) == IN_SRC
    assert list(required_roots("apps/fn/code", tree)) == IN_SRC
    assert list(required_roots("apps/other", tree)) == []


@pytest.mark.parametrize(
    ("text", "files"),
    [
        (UV.format("workspace = true"), LIB),
        (
            UV.format("workspace = true"),
            {**MEMBER, "b/pyproject.toml": '[project]\nname="shared-lib"'},
        ),
        (UV.format("workspace = true").replace("shared-lib>=1", "other"), MEMBER),
        (UV.format('git = "https://example.com/x.git"'), MEMBER),
        ('[tool.poetry.dependencies]\nshared = { path = "../../nowhere" }\n', LIB),
        ("[tool.poetry", MEMBER),
        ("tool = 1\nproject = 2\n", MEMBER),
    ],
)
def test_a_pyproject_that_names_none_surely_adds_none(text: str, files: dict[str, str]) -> None:
    tree = MemoryTree({"apps/fn/pyproject.toml": text, **files})
    assert list(required_roots("apps/fn", tree)) == []


def test_what_is_required_may_require_more() -> None:
    files = {
        "apps/fn/requirements.txt": "shared @ file:../../libs/shared\n",
        "libs/shared/pyproject.toml": '[tool.poetry.dependencies]\ncore = { path = "../core" }\n',
        "libs/core/core.py": "",
    }
    assert list(required_roots("apps/fn", MemoryTree(files))) == ["libs/shared", "libs/core"]
