"""The action's shell steps, run as a runner would run them."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.repository.checkout import ROOT

ACTION: Any = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[Any] = ACTION["runs"]["steps"]
BASH = shutil.which("bash") or ""
EXAMPLE = ROOT / "fixtures" / "projects" / "photo-album"
_INPUT = re.compile(r"\$\{\{ inputs\.([a-z-]+) \}\}")


@dataclass
class Runner:
    """The files and variables that a runner gives a step, and what the step left in them."""

    folder: Path

    def run(self, name: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run a step of the action with some inputs; the others have their defaults."""
        (step,) = (step for step in STEPS if step["name"] == name)
        given = {key: str(value["default"]) for key, value in ACTION["inputs"].items()}
        given |= {key.replace("_", "-"): value for key, value in inputs.items()}
        environment = {key: self.filled(value, given) for key, value in step["env"].items()}
        script = self.folder / "step.sh"
        script.write_text(step["run"])
        return subprocess.run(
            [BASH, "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.folder / "project",
            env={**os.environ, **self.variables(), **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def filled(self, value: str, inputs: Mapping[str, str]) -> str:
        value = value.replace("${{ github.action_path }}", str(ROOT))
        value = value.replace("${{ steps.install.outputs.python }}", str(self.folder / "python"))
        return _INPUT.sub(lambda match: inputs[match.group(1)], value)

    def variables(self) -> dict[str, str]:
        names = ("GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY")
        return {
            **{name: str(self.folder / name.lower()) for name in names},
            "RUNNER_TEMP": str(self.folder),
            "GITHUB_WORKSPACE": str(self.folder / "project"),
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": ".",
        }

    def left(self, name: str) -> str:
        path = self.folder / name.lower()
        return path.read_text(encoding="utf-8") if path.exists() else ""


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A runner on which this interpreter is the one that lamlint was installed for."""
    shutil.copytree(EXAMPLE, tmp_path / "project")
    (tmp_path / "bin").mkdir()
    command(tmp_path / "python", f'exec "{sys.executable}" "$@"')
    return Runner(tmp_path)


def command(file: Path, script: str) -> None:
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


def test_findings_are_annotated_summed_up_and_fail_the_step(runner: Runner) -> None:
    done = runner.run("Check")
    assert done.returncode == 1, done.stderr
    assert "::error title=lamlint%3A timeout-over-limit,file=template.yaml,line=" in done.stdout
    assert "exit-code=1" in runner.left("GITHUB_OUTPUT")
    assert "| Place | Rule |" in runner.left("GITHUB_STEP_SUMMARY")


def test_exit_zero_leaves_the_step_green_and_tells_the_code(runner: Runner) -> None:
    assert runner.run("Check", exit_zero="true").returncode == 0
    assert "exit-code=1" in runner.left("GITHUB_OUTPUT")


def test_a_missing_path_fails_in_spite_of_exit_zero(runner: Runner) -> None:
    assert runner.run("Check", exit_zero="true", paths="nowhere").returncode == 2


def test_sarif_is_written_for_the_upload(runner: Runner) -> None:
    runner.run("Check", upload_sarif="true")
    output = dict(line.split("=", 1) for line in runner.left("GITHUB_OUTPUT").splitlines())
    sarif = json.loads(Path(output["sarif-file"]).read_text(encoding="utf-8"))
    assert sarif["version"] == "2.1.0"
    assert sarif["runs"][0]["results"]


def test_further_options_and_several_paths_reach_the_command(runner: Runner) -> None:
    done = runner.run("Check", args="--ignore timeout-over-limit", paths="template.yaml src")
    assert "package-too-large" in done.stdout
    assert "timeout-over-limit" not in done.stdout


def test_what_stands_in_an_input_is_not_run(runner: Runner) -> None:
    runner.run("Check", paths="$(touch hacked); touch hacked *")
    assert not (runner.folder / "project" / "hacked").exists()


MODULES = ("venv", "pip", "lamlint", "click", "__future__", "sitecustomize", "ensurepip")


def test_no_step_runs_a_module_of_the_checkout(runner: Runner) -> None:
    project = runner.folder / "project"
    for name in MODULES:
        folder = project / name
        folder.mkdir()
        for file in ("__init__.py", "__main__.py"):
            (folder / file).write_text(
                f"open({str(runner.folder / 'ran')!r}, 'a').write('{name} ')\n"
            )
    # The first Python makes an environment; that of the environment only says what it was told.
    told = runner.folder / "told"
    command(runner.folder / "bin" / "python3", f"""exec "{sys.executable}" "$@" --without-pip""")
    (runner.folder / "lamlint/bin").mkdir(parents=True)
    command(runner.folder / "lamlint/bin/python", f'pwd > "{told}"; echo "$@" >> "{told}"')
    installed = runner.run("Install lamlint")
    assert installed.returncode == 0, installed.stderr
    assert told.read_text().splitlines()[0] == str(runner.folder)
    assert told.read_text().splitlines()[1].startswith("-I -m pip install ")
    assert runner.left("GITHUB_OUTPUT") == f"python={runner.folder}/lamlint/bin/python\n"
    assert runner.run("Check").returncode == 1
    assert not (runner.folder / "ran").exists()


def test_inputs_reach_the_shell_through_the_environment_only() -> None:
    assert not any("${{" in step.get("run", "") for step in STEPS)


def test_other_actions_are_pinned_by_their_commits() -> None:
    used = [step["uses"] for step in STEPS if "uses" in step]
    assert used
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", name) for name in used)
