"""`lamlint` as users and continuous integration start it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import CHECKOUT, TEMPLATE, Done, Folder

SELECT = "timeout-over-limit,memory-out-of-range,unused-ignore,internal-error"
Run = Callable[..., Done]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "lamlint.toml").write_text(f"select = {json.dumps(SELECT.split(','))}\n")
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    (tmp_path / "src").mkdir()
    (tmp_path / "src/app.py").write_text("def handler(event, context):\n    return 1\n")
    return tmp_path


@pytest.fixture
def lamlint(project: Path) -> Run:
    def run(*arguments: str, stdin: str = "", **more: str) -> Done:
        return Folder(project).run(*arguments, stdin=stdin, environment=more)

    return run


def clean(project: Path) -> None:
    (project / "template.yaml").write_text(TEMPLATE.replace("1000", "900"))


def test_findings_end_with_1_and_none_with_0(project: Path, lamlint: Run) -> None:
    done = lamlint("check")
    assert done.code == 1
    assert "template.yaml:9:16" in done.out
    assert "timeout-over-limit" in done.out
    clean(project)
    assert lamlint("check").code == 0


@pytest.mark.parametrize(
    ("arguments", "stdin", "code"),
    [
        (["check"], "", 1),
        (["check", "--diff"], "", 1),
        (["check", "--color", "always"], "", 1),
        (["check", "--output-format", "json", "src"], "", 0),
        (["check", "--fix", "--stdin-filename", "grüße.yaml", "-"], f"# ☃\r\n{TEMPLATE}", 0),
        (["check", "absent"], "", 2),
        (["check", "--select", "rule", "absent"], "", 2),
        (["functions"], "", 0),
        (["rules"], "", 0),
        (["--version"], "", 0),
    ],
)
def test_a_process_does_what_a_call_within_this_one_does(
    project: Path, arguments: list[str], stdin: str, code: int
) -> None:
    started = Folder(project).start(*arguments, stdin=stdin)
    assert started.code == code
    assert started == Folder(project).run(*arguments, stdin=stdin)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["check", "absent"], "absent: there is no such file or folder"),
        (["check", "--select", "timeout-over-limt"], "did you mean timeout-over-limit?"),
        (["check", "--config", "absent.toml"], "no such configuration file"),
        (["check", "--baseline", "absent.json"], "the baseline cannot be read"),
        (["check", "--rules", "absent"], "there is no such folder of rules"),
        (["check", "--output", "xml:a"], "FORMAT:FILE"),
        (["check", "--output", "json:absent/a.json"], "cannot be written"),
        (["check", "--what"], "No such option"),
        (["check", "-"], "--stdin-filename"),
        (["explain", "timeout-over"], "did you mean timeout-over-limit?"),
        (["what"], "No such command"),
    ],
)
def test_wrong_usage_ends_with_2_and_a_sentence(
    lamlint: Run, arguments: list[str], sentence: str
) -> None:
    done = lamlint(*arguments)
    assert done.code == 2
    assert sentence in done.err
    assert "Traceback" not in done.err


def test_paths_limit_what_is_reported(lamlint: Run) -> None:
    assert lamlint("check", "src").code == 0
    assert lamlint("check", "template.yaml").code == 1


def test_severity_fail_on_and_exit_zero(lamlint: Run) -> None:
    assert lamlint("check", "--exit-zero").code == 0
    assert lamlint("check", "--fail-on", "error").code == 1
    assert lamlint("check", "--ignore", "limits").code == 0
    assert lamlint("check", "--select", "memory-out-of-range").code == 0


def test_every_option_comes_from_the_environment_too(lamlint: Run) -> None:
    done = lamlint("check", LAMLINT_OUTPUT_FORMAT="json", LAMLINT_EXIT_ZERO="1")
    assert done.code == 0
    assert json.loads(done.out)["findings"][0]["rule"] == "timeout-over-limit"
    assert lamlint("check", LAMLINT_IGNORE="limits, runtime").code == 0


def test_fix_writes_and_diff_does_not(project: Path, lamlint: Run) -> None:
    shown = lamlint("check", "--diff")
    assert shown.code == 1
    assert "-      Timeout: 1000\n+      Timeout: 900\n" in shown.out
    assert (project / "template.yaml").read_text() == TEMPLATE
    done = lamlint("check", "--fix", "--exit-non-zero-on-fix")
    assert done.code == 1
    assert (project / "template.yaml").read_text() == TEMPLATE.replace("1000", "900")
    assert lamlint("check", "--fix").code == 0
    assert lamlint("check", "--diff").code == 0


def test_the_standard_input_stands_for_a_file(project: Path, lamlint: Run) -> None:
    clean(project)
    done = lamlint("check", "--stdin-filename", "template.yaml", "-", stdin=TEMPLATE)
    assert done.code == 1
    assert "template.yaml:9:16" in done.out
    fixed = lamlint("check", "--fix", "--stdin-filename", "template.yaml", "-", stdin=TEMPLATE)
    assert fixed.out == TEMPLATE.replace("1000", "900")


def test_further_reports_go_to_files(project: Path, lamlint: Run) -> None:
    lamlint("check", "--output", "json:a.json", "--output", "sarif:a.sarif")
    assert json.loads((project / "a.json").read_text())["version"] == 1
    assert json.loads((project / "a.sarif").read_text())["version"] == "2.1.0"


def test_statistics_count_rules(lamlint: Run) -> None:
    assert "timeout-over-limit" in lamlint("check", "--statistics").out
    done = lamlint("check", "--statistics", "--output-format", "json")
    assert json.loads(done.out)["statistics"] == [{"rule": "timeout-over-limit", "count": 1}]


def test_a_comment_suppresses_and_an_unused_one_is_told(project: Path, lamlint: Run) -> None:
    mark = "  # lamlint: ignore[timeout-over-limit] long job"
    (project / "template.yaml").write_text(TEMPLATE.replace("1000", "1000" + mark))
    assert lamlint("check").code == 0
    (project / "template.yaml").write_text(TEMPLATE.replace("1000", "900" + mark))
    done = lamlint("check", "--output-format", "concise")
    assert done.code == 1
    assert "unused-ignore" in done.out
    assert lamlint("check", "--select", "memory-out-of-range").code == 0
    assert lamlint("check", "--fix").code == 0
    assert (project / "template.yaml").read_text() == TEMPLATE.replace("1000", "900")


def test_ignores_are_added_with_a_reason(project: Path, lamlint: Run) -> None:
    assert lamlint("check", "--add-ignore=known since 2024").code == 0
    text = (project / "template.yaml").read_text()
    assert "Timeout: 1000  # lamlint: ignore[timeout-over-limit] known since 2024\n" in text
    assert lamlint("check").code == 0


def test_a_baseline_knows_a_moved_line_and_not_a_second_finding(
    project: Path, lamlint: Run
) -> None:
    assert lamlint("check", "--write-baseline").code == 0
    known = ("check", "--baseline", ".lamlint-baseline.json")
    assert lamlint(*known).code == 0
    (project / "template.yaml").write_text("# moved\n\n" + TEMPLATE)
    assert lamlint(*known).code == 0
    second = TEMPLATE.partition("Resources:\n")[2].replace("Hello", "Other")
    (project / "template.yaml").write_text(TEMPLATE + second)
    assert lamlint(*known).code == 1
    clean(project)
    done = lamlint(*known)
    assert done.code == 0
    assert "--write-baseline drops" in done.err


def test_an_internal_error_ends_with_2(project: Path, lamlint: Run) -> None:
    (project / "own").mkdir()
    (project / "own/broken_rule.py").write_text(
        '"""Breaks."""\n'
        "from lamlint.model import Function\n"
        "from lamlint.rule import ERROR, rule\n"
        '@rule(severity=ERROR, since="1")\n'
        'def check(function: "Function", project: object):\n'
        "    raise RuntimeError('secret')\n"
    )
    done = lamlint("check", "--rules", "own", "--extend-select", "broken-rule", "--exit-zero")
    assert done.code == 2
    assert "broken-rule failed on the function Hello" in done.out
    assert "timeout-over-limit" in done.out
    assert "secret" not in done.out + done.err


def test_functions_are_listed(project: Path, lamlint: Run) -> None:
    (project / "loose.py").write_text("\n\ndef tidy(event, context):\n    return 1\n")
    document = json.loads(lamlint("functions", "--output-format", "json").out)
    assert document == {
        "version": 1,
        "functions": [
            {
                "name": "Hello",
                "handler": "app.handler",
                "path": "src/app.py",
                "line": 1,
                "runtime": "python3.13",
                "timeout": 1000,
                "memory": 512,
                "template": "template.yaml",
                "template_line": 3,
                "package": "src",
                "code": None,
                "imports": {"roots": [], "not_found": []},
                "triggers": [],
                "unresolved": [],
            },
            {
                "name": "tidy",
                "handler": "loose.tidy",
                "path": "loose.py",
                "line": 3,
                "runtime": None,
                "timeout": None,
                "memory": None,
                "template": None,
                "template_line": None,
                "package": None,
                "code": None,
                "imports": {"roots": [], "not_found": []},
                "triggers": [],
                "unresolved": [],
            },
        ],
    }
    assert "app.handler (src/app.py:1)" in lamlint("functions").out


def test_of_a_function_whose_package_is_not_here_it_is_told_where_its_code_is(
    project: Path, lamlint: Run
) -> None:
    text = (project / "template.yaml").read_text()
    (project / "template.yaml").write_text(text.replace("CodeUri: src", "CodeUri: s3://b/1.zip"))
    document = json.loads(lamlint("functions", "--output-format", "json").out)
    (function,) = document["functions"]
    reason = "the only file that its handler names; the package is in S3"
    assert function["code"] == {"path": "src/app.py", "reason": reason}
    assert (function["path"], function["line"], function["package"]) == ("src/app.py", 1, "remote")
    table = lamlint("functions").out
    assert f"Found by the handler\nHello: code: src/app.py ({reason})\n" in table


def test_a_handler_that_is_no_function_is_found_where_it_is_assigned(
    project: Path, lamlint: Run
) -> None:
    (project / "src/app.py").write_text("from mangum import Mangum\n\nhandler = Mangum(1)\n")
    (function,) = json.loads(lamlint("functions", "--output-format", "json").out)["functions"]
    assert (function["path"], function["line"]) == ("src/app.py", 3)


def test_functions_tell_what_is_not_known(project: Path, lamlint: Run) -> None:
    imported = TEMPLATE.replace("1000", "!ImportValue Limit")
    (project / "template.yaml").write_text(imported)
    (function,) = json.loads(lamlint("functions", "--output-format", "json").out)["functions"]
    assert function["timeout"] is None
    assert [each["property"] for each in function["unresolved"]] == ["timeout"]
    assert "Hello: timeout: " in lamlint("functions").out


def test_rules_explain_config_and_completion(lamlint: Run) -> None:
    rules = json.loads(lamlint("rules", "--output-format", "json").out)["rules"]
    assert "unused-ignore" in {rule["rule"] for rule in rules}
    assert "unused-ignore" in lamlint("rules").out
    assert "Why this matters" in lamlint("explain", "unused-ignore").out
    assert "lamlint.toml:1" in lamlint("config").out
    assert "_LAMLINT_COMPLETE" in lamlint("completion", "bash").out


def test_a_reader_that_goes_away_is_no_error(project: Path) -> None:
    done = subprocess.run(  # noqa: S602
        f"{sys.executable} -m lamlint rules --output-format json | true",
        shell=True,
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""


SELDOM = {
    "concurrent.futures",
    "difflib",
    "importlib.resources",
    "multiprocessing",
    "pickle",
    "shutil",
    "tempfile",
    "zipfile",
    "lamlint.cli.accepting",
    "lamlint.cli.applying",
    "lamlint.cli.diffing",
    "lamlint.engine.workers.crew",
}
"""What few runs need, and takes long to load."""


def modules(project: Path, *arguments: str, first: str = "", **environment: str) -> set[str]:
    """What a run loads, and the interpreter had not loaded by itself."""
    code = (
        "import sys\n"
        "before = {*sys.modules}\n"
        f"{first}\n"
        f"sys.argv = ['lamlint', *{arguments!r}]\n"
        "from lamlint.__main__ import run\n"
        "run()\n"
        "print('\\n' + ' '.join(sys.modules.keys() - before))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines()[-1].split())


def test_a_start_is_light(project: Path) -> None:
    for arguments in (("--version",), ("--help",), ("check", "--help"), ("rules",)):
        assert modules(project, *arguments).isdisjoint({"libcst", "yaml"}), arguments
    loaded = modules(project, "check", "--no-cache", "template.yaml")
    assert loaded.isdisjoint({"libcst", *SELDOM})


def own(names: set[str]) -> int:
    return sum(name.split(".")[0] == "lamlint" for name in names)


def test_a_start_that_needs_few_modules_loads_few(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """How many there are is what it takes: a number may be raised where that is worth it."""
    assert own(modules(project, "--version")) <= 24
    kept = str(tmp_path_factory.mktemp("kept"))
    cached = {"LAMLINT_NO_CACHE": "0", "LAMLINT_CACHE_DIR": kept}
    day = "import lamlint.cache.memory as memory; memory._today = lambda: '2031-01-01'"
    assert own(modules(project, "check", first=day, **cached)) > 100
    loaded = modules(project, "check", first=day, **cached)
    assert own(loaded) <= 40
    assert loaded.isdisjoint({"yaml", "tomli", "libcst", "lamlint.rule", *SELDOM})


def test_the_summary_of_a_job_is_added_to(project: Path, lamlint: Run) -> None:
    file = project / "summary.md"
    file.write_text("before\n")
    lamlint("check", "--output-format", "github", GITHUB_STEP_SUMMARY=str(file))
    assert file.read_text().startswith("before\n### lamlint\n")
    assert "timeout-over-limit" in file.read_text()
    lamlint("check", GITHUB_STEP_SUMMARY=str(file))
    assert file.read_text().count("### lamlint") == 1


def test_a_summary_that_cannot_be_written_is_told_and_changes_nothing_else(
    project: Path, lamlint: Run
) -> None:
    done = lamlint("check", "--output-format", "github", GITHUB_STEP_SUMMARY=str(project))
    assert done.code == 1
    assert "::error" in done.out
    assert "the step summary cannot be written" in done.err


@pytest.mark.parametrize("form", ["full", "json", "sarif", "github"])
def test_the_lines_around_a_finding_hide_secrets_that_no_rule_was_asked_for(
    project: Path, lamlint: Run, form: str
) -> None:
    password = "vK9#qT2" + "pLw8Zr4x"
    (project / "template.yaml").write_text(
        TEMPLATE + f"      Environment:\n        Variables:\n          DB_PASSWORD: {password}\n"
        "      EphemeralStorage:\n        Size: 1\n"
    )
    (project / "lamlint.toml").write_text(
        'select = ["timeout-over-limit", "ephemeral-storage-out-of-range"]\n'
    )
    done = lamlint("check", "--output-format", form)
    assert "ephemeral-storage-out-of-range" in done.out
    assert password[:6] not in done.out
