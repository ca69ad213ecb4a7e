"""The hooks, by the real pre-commit, in a temporary repository."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from lamlint.secrets.places import kind_of
from tests.repository.checkout import ROOT, copy, run

BAD = """\
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: |
        def handler(event, context):
            return None
      Handler: index.handler
      Runtime: python3.13
      Timeout: 1000
      MemorySize: 256
"""
GOOD = BAD.replace("1000", "30")


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    identity = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org")
    return run(["git", *identity, *arguments], folder)


@pytest.mark.parametrize(
    "path",
    [
        ".env",
        "a/.env.local",
        ".envrc",
        "a/prod.env",
        "Dockerfile",
        "Dockerfile.dev",
        "b.dockerfile",
        "Makefile",
        "makefile",
        "GNUmakefile",
        "justfile",
        "samconfig.toml",
        "run.sh",
        "c.mk",
        ".env-prod",
        "env.prod",
        ".flaskenv",
        "src/config.ini",
        "src/app.cfg",
        "src/app.conf",
        "src/app.properties",
        "src/data.json5",
        "pip.conf",
        ".pypirc",
        ".netrc",
        ".npmrc",
        ".pgpass",
        ".my.cnf",
        "dev-requirements.txt",
        "requirements/base.txt",
        "requirements.in",
        "constraints.txt",
        "Pipfile",
    ],
)
def test_a_file_that_may_hold_a_secret_starts_the_hooks(path: str) -> None:
    assert kind_of(path)
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")):
        assert hook.get("always_run") or re.search(hook["files"], path), hook["id"]


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """This checkout as the repository that pre-commit installs from, into a place of its own."""
    source = copy(tmp_path_factory.mktemp("hooks") / "lamlint")
    git(source, "init", "--quiet")
    git(source, "add", "--all")
    assert git(source, "commit", "--quiet", "--message", "Everything").returncode == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRE_COMMIT_HOME", str(tmp_path_factory.mktemp("store")))
        yield source


@pytest.fixture
def project(hooks: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    revision = git(hooks, "rev-parse", "HEAD").stdout.strip()
    names = "\n".join(f"      - id: {name}" for name in ("lamlint-fix", "lamlint"))
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {hooks.as_uri()}\n    rev: {revision}\n    hooks:\n{names}\n"
        "      - id: lamlint-project\n"
    )
    git(folder, "init", "--quiet")
    installed = run([sys.executable, "-m", "pre_commit", "install"], folder)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    return folder


def commit(folder: Path) -> subprocess.CompletedProcess[str]:
    git(folder, "add", "--all")
    return git(folder, "commit", "--message", "A template")


def test_a_bad_file_is_refused_and_repaired(project: Path) -> None:
    (project / "template.yaml").write_text(BAD)
    refused = commit(project)
    assert refused.returncode == 1, refused.stderr
    assert "lamlint --fix" in refused.stderr + refused.stdout
    assert "Timeout: 900" in (project / "template.yaml").read_text()


def test_a_good_file_is_committed(project: Path) -> None:
    (project / "template.yaml").write_text(GOOD)
    done = commit(project)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_project_hook_sees_what_is_not_changed(project: Path) -> None:
    (project / "template.yaml").write_text(BAD)
    git(project, "add", "--all")
    git(project, "commit", "--no-verify", "--message", "Past the hooks")
    done = run(
        [sys.executable, "-m", "pre_commit", "run", "lamlint-project", "--hook-stage", "manual"],
        project,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "timeout-over-limit" in done.stdout


JOINED = GOOD.replace("InlineCode: |", "CodeUri: src/").replace(
    """        def handler(event, context):
            return None
      Handler: index.handler
""",
    """      Handler: app.handler
      Environment: {Variables: {TABLE: orders}}
""",
)
CODE = "import os\n\n\ndef handler(event, context):\n    return os.environ['TABLE']\n"


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        ("template.yaml", "{TABLE: orders}", "{OTHER: orders}", "undefined-environment-variable"),
        ("src/app.py", "def handler", "def renamed", "handler-not-found"),
    ],
)
def test_a_join_that_one_of_its_sides_breaks_is_refused(
    project: Path, name: str, old: str, new: str, rule: str
) -> None:
    (project / "src").mkdir()
    (project / "template.yaml").write_text(JOINED)
    (project / "src/app.py").write_text(CODE)
    assert commit(project).returncode == 0
    (project / name).write_text((project / name).read_text().replace(old, new))
    refused = commit(project)
    assert refused.returncode == 1, refused.stdout + refused.stderr
    assert rule in refused.stdout + refused.stderr
    git(project, "checkout", "HEAD", "--", ".")
    (project / "elsewhere.py").write_text("N = 1\n")
    assert commit(project).returncode == 0


def test_code_that_moves_from_where_the_template_has_it_is_refused(project: Path) -> None:
    (project / "src").mkdir()
    (project / "template.yaml").write_text(JOINED)
    (project / "src/app.py").write_text(CODE)
    assert commit(project).returncode == 0
    git(project, "mv", "src", "lib")
    refused = commit(project)
    assert refused.returncode == 1, refused.stdout + refused.stderr
    assert "code-uri-missing" in refused.stdout + refused.stderr
