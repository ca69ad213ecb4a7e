"""What is found with what is kept is what is found afresh, and only what changed is done."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lamlint.engine.jobs import NOTED, Work
from lamlint.engine.workers.pool import Pool
from lamlint.project import Project
from lamlint.rule import Rule
from lamlint.text import Finding
from tests.checking import rules
from tests.engine.known.keeping import (
    CODE,
    FAR,
    FUNCTION,
    HEAD,
    NEAR,
    TEMPLATE,
    Again,
    again,
    of_rule,
)

ONE, OTHER = "Handler one/app.py", "Handler other/app.py"


@pytest.fixture
def project(tmp_path: Path) -> Again:
    """A project of which all is kept."""
    made = again(tmp_path / "project")
    made.check()
    return made


def units(done: set[str]) -> set[str]:
    """The units among what was done."""
    return {one for one in done if one.startswith("Handler ")}


def test_of_what_is_as_it_was_nothing_is_done(project: Again) -> None:
    done = project.done()
    assert units(done) == set()
    assert not any(one.startswith("Module ") for one in done)
    assert project.check() == project.fresh()
    assert len(of_rule(project.check(), "connection-in-handler")) == 2


@pytest.mark.parametrize(
    ("name", "text", "done"),
    [
        ("one/app.py", CODE.replace("boto3.client", "boto3.resource"), {ONE}),
        ("one/app.py", f"# {CODE}", {ONE}),
        ("one/near.py", FAR, {ONE}),
        ("one/near.py", "", {ONE}),
        ("one/near/__init__.py", FAR, {ONE}),
        ("one/boto3.py", "client = print\n", set()),
        ("one/unrelated.py", FAR, set()),
        ("tools/script.py", FAR, set()),
        ("other/near.py", FAR, {OTHER}),
        ("template.yaml", TEMPLATE.replace("512", "1024"), {ONE, OTHER}),
        ("template.yaml", TEMPLATE.replace("CodeUri: other", "CodeUri: one"), {ONE, OTHER}),
        (
            "template.yaml",
            HEAD + FUNCTION.format(name="One", folder="one", timeout=30),
            {ONE, OTHER},
        ),
        (
            "infra/template.yaml",
            HEAD + FUNCTION.format(name="Far", folder="../one", timeout=9),
            {ONE},
        ),
    ],
)
def test_what_a_unit_reads_makes_it_be_done_anew(
    project: Again, name: str, text: str, done: set[str]
) -> None:
    project.folder.write(name, text)
    assert units(project.done()) == done
    assert project.check() == project.fresh()


def test_what_a_unit_looked_for_in_vain_makes_it_be_done_anew(tmp_path: Path) -> None:
    project = again(tmp_path / "project")
    (project.folder.path / "one/near.py").unlink()
    before = project.check()
    project.folder.write("one/near.py", FAR)
    assert units(project.done()) == {ONE}
    assert project.check() == project.fresh() != before


def test_a_module_that_is_gone_makes_its_unit_be_done_anew(project: Again) -> None:
    (project.folder.path / "one/near.py").unlink()
    assert units(project.done()) == {ONE}
    assert project.check() == project.fresh()


def test_a_module_is_done_anew_where_it_changed(project: Again) -> None:
    project.folder.write("tools/script.py", "TOKEN = 'x'\n")
    done = project.done()
    assert "Module tools/script.py" in done
    assert units(done) == set()


def test_where_a_file_lies_counts(project: Again) -> None:
    """What a rule says of a module follows from the templates, too: here, that it is deployed."""
    project.folder.write("tests/app.py", f"PASSWORD = 'kT7-vQ2xw!9'\n{CODE}")
    assert of_rule(project.check(), "hardcoded-secret") == []
    project.folder.write("template.yaml", TEMPLATE.replace("CodeUri: other", "CodeUri: tests"))
    assert len(of_rule(project.check(), "hardcoded-secret")) == 1
    assert project.check() == project.fresh()


def test_the_program_and_its_rules_count(project: Again) -> None:
    assert units(replace(project, only=[*rules().values()][:-1]).done()) == {ONE, OTHER}
    project.drawer.basis = "another program"
    assert units(project.done()) == {ONE, OTHER}


def test_the_key_counts(project: Again) -> None:
    project.drawer.key = b"somebody else's"
    assert units(project.done()) == {ONE, OTHER}


def test_what_other_command_lines_left_stays(project: Again) -> None:
    fewer = replace(project, only=[*rules().values()][:-1])
    fewer.check()
    assert units(project.done()) == units(fewer.done()) == set()


def _of_rule(check: Callable[[object, Project], list[Finding]]) -> Rule:
    plain = rules()["self-invocation"]
    check.__module__ = "lamlint.rules.recursion.asks"
    return replace(plain, name="asks", check=check)


@pytest.mark.parametrize(
    ("ask", "known"),
    [
        (lambda project: project.functions, True),
        (lambda project: project.today, True),
        (lambda project: project.is_test("one/app.py"), True),
        (lambda project: project.tree.read("README.md"), True),
        (lambda project: [*project.tree.contents("one")], True),
        (lambda project: project.tree.mentions("README.md", (b"x",)), True),
        (lambda project: project.modules, False),
        (lambda project: [*project.handlers], False),
        (lambda project: project.unread, False),
        (lambda project: [project.handler_of(one) for one in project.functions], False),
    ],
    ids=[*"0123456789"],
)
def test_of_a_job_that_asks_for_more_than_is_noted_nothing_is_kept(
    tmp_path: Path, ask: Callable[[Project], object], known: bool
) -> None:
    def check(handler: object, project: Project) -> list[Finding]:
        ask(project)
        return []

    project = replace(again(tmp_path / "project"), only=[_of_rule(check)])
    project.check()
    assert units(project.done()) == (set() if known else {ONE, OTHER})


def test_of_own_rules_nothing_is_kept(tmp_path: Path) -> None:
    def check(handler: object, project: Project) -> list[Finding]:
        return []

    own = _of_rule(check)
    check.__module__ = "somebody.rules"
    project = replace(again(tmp_path / "project"), only=[own])
    project.check()
    assert units(project.done()) == {ONE, OTHER}
    assert project.drawer.kept == {}


def test_of_what_was_not_read_to_its_end_nothing_is_kept(project: Again) -> None:
    project.folder.write("one/near.py", f"x = {'(' * 4000}1{')' * 4000}\n")
    assert units(project.done()) == {ONE}
    assert units(project.done()) == {ONE}
    assert project.check() == project.fresh()


SECRET = "hunter2-Zq81kLmN0pVx"


def test_nothing_is_kept_that_tells_of_a_secret(project: Again) -> None:
    project.folder.write(
        "one/app.py",
        CODE.replace("import near", f'import near\n\nPASSWORD = "{SECRET}"  # nobody-said-that')
        .replace('client("s3")', f'client("s3", aws_session_token="{SECRET}")'),
    )  # fmt: skip
    assert project.check() == project.fresh() == project.check()
    (kept,) = project.drawer.kept.values()
    for word in (SECRET, "PASSWORD", "nobody-said-that", "list_buckets"):
        assert word not in kept
    assert "one/app.py" in kept


def test_fixes_are_kept_by_places(project: Again) -> None:
    fixes = [one.fix for one in of_rule(project.check(), "connection-in-handler")]
    assert None not in fixes
    (kept,) = project.drawer.kept.values()
    assert "list_buckets" not in kept


@pytest.mark.parametrize("data", ["{}", '{"asked": [], "jobs": {}}'])
def test_where_nothing_is_kept_all_is_done(project: Again, data: str) -> None:
    project.drawer.kept = dict.fromkeys(project.drawer.kept, data)
    assert units(project.done()) == {ONE, OTHER}


def test_workers_keep_the_same(tmp_path: Path) -> None:
    alone, several = again(tmp_path / "project"), again(tmp_path / "project")
    several.bench = Pool(2)
    assert several.check() == alone.check()
    assert units(several.done()) == set()
    alone.drawer, several.drawer = several.drawer, alone.drawer
    assert units(alone.done()) == units(several.done()) == set()


def test_most_of_the_work_can_be_known(project: Again) -> None:
    work: Work = project.work()
    assert {job.part.kind for job in work.jobs()} >= NOTED


_NAMES = (
    "template.yaml", "one/app.py", "one/near.py", "other/app.py", "other/near.py", "near.py",
    "one/near/__init__.py", "one/boto3.py", "one/requirements.txt", "tools/script.py", ".gitignore",
    "tests/app.py", "infra/main.tf", "one/template.yaml",
)  # fmt: skip
_TEXTS = (
    "", CODE, NEAR, FAR, TEMPLATE, HEAD + FUNCTION.format(name="One", folder="one", timeout=1000),
    TEMPLATE.replace("CodeUri: other", "CodeUri: one"), TEMPLATE.replace("other", "tests"),
    "import app\nfrom near import *\n", "near*\n", "requests==1.0\n", "def handler(event, context):\n",
    "import boto3\n\n\ndef lambda_handler(event, context):\n    boto3.client('s3')\n",
)  # fmt: skip
_EDITS = st.lists(
    st.tuples(st.sampled_from(_NAMES), st.sampled_from((*_TEXTS, None))), min_size=1, max_size=3
)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(_EDITS, min_size=2, max_size=5))
def test_however_a_project_is_edited_the_same_is_found(
    rounds: list[list[tuple[str, str | None]]],
) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        project = again(folder)
        for edits in rounds:
            for name, text in edits:
                path = folder / name
                if text is not None and not path.parent.is_file() and not path.is_dir():
                    project.folder.write(name, text)
                elif path.is_file():
                    path.unlink()
            assert project.check() == project.fresh()
    finally:
        shutil.rmtree(folder)
