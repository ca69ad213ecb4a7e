"""Finding the code of twice as many functions takes twice the work, counted in calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from lamlint.catalog import Catalog
from lamlint.files.disk import DiskTree
from lamlint.project import Project, build
from lamlint.project.required import required_roots
from tests.counting import grows_no_faster, work

Files = Mapping[str, str]
HANDLER = "def handler(event, context):\n    return 1\n"


def declared(handlers: list[str]) -> str:
    """A template of functions whose packages are in a store."""
    lines = ["Resources:"]
    for number, handler in enumerate(handlers):
        code = f"{{S3Bucket: releases, S3Key: v{number}.zip}}"
        given = f"{{Handler: {handler}, Runtime: python3.13, Code: {code}}}"
        lines += [f"  F{number}:", "    Type: AWS::Lambda::Function", f"    Properties: {given}"]
    return "\n".join(lines)


def of_one_name(n: int) -> Files:
    code = {f"f{i}/index.py": HANDLER for i in range(n)}
    return {"template.yaml": declared(["index.handler"] * n), **code}


def of_names_that_stand_twice(n: int) -> Files:
    code = {f"{side}/job{i}.py": HANDLER for i in range(n) for side in ("a", "b")}
    return {"template.yaml": declared([f"job{i}.handler" for i in range(n)]), **code}


def imports_of_nothing(n: int) -> Files:
    lines = "".join(f"from lib{i} import thing\n" for i in range(n))
    return {"jobs/one/app.py": lines + HANDLER}


def members_of_a_workspace(n: int) -> Files:
    names = [f"part-{i}" for i in range(n)]
    sources = "".join(f"{name} = {{workspace = true}}\n" for name in names)
    own = f"[project]\nname = 'whole'\ndependencies = {names}\n[tool.uv.sources]\n{sources}"
    parts = {f"p{i}/pyproject.toml": f"[project]\nname = 'part-{i}'\n" for i in range(n)}
    return {"src/app.py": HANDLER, "pyproject.toml": own, **parts}


def built(files: Files, root: Path) -> Project:
    """A project on disk: a tree in memory would look through all paths for each folder."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return build(DiskTree(str(root)), ("",), Catalog(), date(2026, 11, 23))


def told(project: Project) -> None:
    """Find the code of all functions, and what is said of those that no template names."""
    assert isinstance(project.ties, Mapping)
    for handler in list(project.handlers):
        assert project.declared_at(handler)


def required(project: Project) -> None:
    assert set(required_roots("src", project.tree))


@pytest.mark.parametrize(
    ("files", "asked"),
    [
        (of_one_name, told),
        (of_names_that_stand_twice, told),
        (imports_of_nothing, told),
        (members_of_a_workspace, required),
    ],
)
def test_twice_as_much_is_twice_the_work(
    files: Callable[[int], Files], asked: Callable[[Project], None], tmp_path: Path
) -> None:
    asked(built(files(10), tmp_path / "10"))
    counts = []
    for size in (30, 60, 120):
        project = built(files(size), tmp_path / str(size))
        counts.append(work(lambda project=project: asked(project)))  # type: ignore[misc]
    assert grows_no_faster(counts)
