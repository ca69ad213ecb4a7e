"""The Python API: what it gives, what it raises, and that it stays what users rely on."""

from __future__ import annotations

import dataclasses
import inspect
import pickle
import runpy
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import lamlint
from lamlint import api
from lamlint.api import ConfigError, RegistryError, Report, Safety, Severity, UsageError, check
from tests.command import CHECKOUT, Folder, project
from tests.repository.readme import snippets

EXAMPLE = CHECKOUT / "fixtures" / "projects" / "photo-album"
TYPED = Path(__file__).with_name("example.py")
"""What the README shows, where the type checker sees it."""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A project with a timeout of 1,000 seconds on line 9 of its template."""
    return project(tmp_path)


def found(report: Report) -> list[str]:
    return [
        f"{finding.place.path}:{finding.place.line} {finding.rule}" for finding in report.findings
    ]


def test_a_finding_is_told_in_full(folder: Folder) -> None:
    (finding,) = check(root=folder.path).findings
    assert (finding.rule, finding.family, finding.severity) == (
        "timeout-over-limit",
        "limits",
        Severity.ERROR,
    )
    assert str(finding.place) == "template.yaml:9:16"
    assert finding.functions == ("Hello",)
    assert finding.url.endswith("#timeout-over-limit")


def test_a_report_counts_what_was_looked_at(folder: Folder) -> None:
    report = check(root=folder.path)
    assert (report.files, report.functions, report.worst) == (3, 1, Severity.ERROR)
    assert report.version == lamlint.__version__


def test_what_was_not_read_is_told(folder: Folder) -> None:
    folder.write("src/other.py", b"# coding: nothing-of-the-kind\n")
    (note,) = check(root=folder.path).unread
    assert (note.place.path, note.place.line) == ("src/other.py", 1)
    assert "nothing-of-the-kind" in note.message


def test_nothing_found_is_no_severity(folder: Folder) -> None:
    report = check(root=folder.path, ignore=["timeout-over-limit"])
    assert (report.findings, report.worst) == ((), None)


def _as_json(report: Report) -> Iterator[dict[str, Any]]:
    """The findings as the JSON report has them."""
    for finding in report.findings:
        fields = dataclasses.asdict(finding)
        related = [("place", note) for note in fields.pop("related")]
        flow = [("call", note) for note in fields.pop("flow")]
        fix = fields["fix"]
        if fix is not None:
            fix["safety"] = finding.fix.safety.label if finding.fix else ""
            fix["edits"] = [{**edit.pop("place"), **edit} for edit in fix["edits"]]
        yield {
            **fields.pop("place"),
            **fields,
            "severity": finding.severity.label,
            "functions": list(finding.functions),
            "related": [
                {"kind": kind, **note.pop("place"), **note} for kind, note in (*related, *flow)
            ],
        }


def test_it_says_what_the_command_line_says(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "album")
    told = Folder(tmp_path / "album").check().document
    report = check(root=tmp_path / "album")
    assert list(_as_json(report)) == told["findings"]
    assert len(report.findings) == told["summary"]["findings"] > 1
    assert report.files == told["summary"]["files"]


SETTINGS: Mapping[str, tuple[dict[str, Any], list[str]]] = {
    "nothing": ({}, ["template.yaml:9 timeout-over-limit"]),
    "a path as text": ({"paths": "template.yaml"}, ["template.yaml:9 timeout-over-limit"]),
    "a Path": ({"paths": Path("template.yaml")}, ["template.yaml:9 timeout-over-limit"]),
    "other paths": ({"paths": ["src"]}, []),
    "no path": ({"paths": []}, []),
    "one rule": ({"select": ["memory-out-of-range"]}, []),
    "a word that is no list": ({"ignore": "timeout-over-limit"}, []),
    "no rule": ({"select": ()}, []),
    "a severity": ({"severity": Severity.ERROR}, ["template.yaml:9 timeout-over-limit"]),
    "a configuration": ({"config": "other.toml"}, []),
    "a baseline": ({"baseline": "known.json"}, []),
    "own rules": ({"rules": ["own"], "select": ["house"]}, ["template.yaml:9 slow"]),
}

OWN_RULE = '''"""The function is slow."""
from collections.abc import Iterator
from lamlint.model import Function
from lamlint.project import Project
from lamlint.rule import WARNING, rule
from lamlint.text import Finding

@rule(severity=WARNING, since="1.0")
def check(function: Function, project: Project) -> Iterator[Finding]:
    yield function.timeout.finding("it is slow")
'''


@pytest.mark.parametrize(("settings", "expected"), SETTINGS.values(), ids=SETTINGS)
def test_an_argument_does_what_its_option_does(
    folder: Folder, settings: dict[str, Any], expected: list[str]
) -> None:
    folder.write("other.toml", 'ignore = ["timeout-over-limit"]\n')
    folder.write("own/house/slow.py", OWN_RULE)
    folder.run("check", "--write-baseline", "--baseline", "known.json")
    assert found(check(root=folder.path, **settings)) == expected


def test_the_day_can_be_given(folder: Folder) -> None:
    folder.write("template.yaml", folder.read("template.yaml").replace("3.13", "3.9"))
    days = (date(2024, 1, 1), date(2026, 1, 1))
    first, second = (
        check(root=folder.path, select=["deprecated-runtime"], today=day) for day in days
    )
    assert (found(first), found(second)) == ([], ["template.yaml:6 deprecated-runtime"])


def test_paths_are_told_from_the_root_that_is_given(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.path / "src")
    assert found(check("..")) == ["../template.yaml:9 timeout-over-limit"]
    assert found(check(root="..")) == ["template.yaml:9 timeout-over-limit"]


ERRORS: Mapping[str, tuple[dict[str, Any], type[api.LamlintError], str, int, str]] = {
    "a path": ({"paths": "gone.py"}, UsageError, "gone.py", 0, "no such file"),
    "a configuration": ({"config": "gone.toml"}, UsageError, "gone.toml", 0, "no such"),
    "a line of it": ({"config": "bad.toml"}, ConfigError, "bad.toml", 2, "'slect'"),
    "no TOML": ({"config": "worse.toml"}, ConfigError, "worse.toml", 1, "no TOML"),
    "a word": ({"select": ["no-such-rule"]}, ConfigError, "", 0, "'no-such-rule'"),
    "a baseline": ({"baseline": "bad.toml"}, api.BaselineError, "bad.toml", 0, "no baseline"),
    "rules": ({"rules": ["src/none"]}, RegistryError, "src/none", 0, "no such folder"),
    "a size": ({"max_file_size": 0}, UsageError, "", 0, "at least 1"),
}


@pytest.mark.parametrize(("settings", "kind", "path", "line", "what"), ERRORS.values(), ids=ERRORS)
def test_what_cannot_be_done_is_told_with_its_place(
    folder: Folder,
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, Any],
    kind: type[api.LamlintError],
    path: str,
    line: int,
    what: str,
) -> None:
    folder.write("bad.toml", 'ignore = []\nslect = ["all"]\n')
    folder.write("worse.toml", "=\n")
    monkeypatch.chdir(folder.path)
    with pytest.raises(kind) as raised:
        check(**settings)
    error = raised.value
    assert (error.path, error.line) == (path, line)
    assert what in error.what
    place = path + (f":{line}" if line else "")
    assert str(error) == (f"{place}: {error.what}" if place else error.what)
    sent = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (type(sent), sent.args) == (kind, error.args)


def test_a_report_is_plain_data() -> None:
    report = check(root=EXAMPLE)
    assert pickle.loads(pickle.dumps(report)) == report  # noqa: S301
    assert hash(report) == hash(check(root=EXAMPLE))


def test_no_secret_is_in_a_report(folder: Folder) -> None:
    folder.write("src/app.py", 'PASSWORD = "hJ7kd9Qp2mZx4vB"\n')
    report = check(root=folder.path, select=["secrets"])
    (finding,) = report.findings
    assert "hJ7kd9Qp2mZx4vB" not in repr(report)
    assert finding.fix is not None
    assert finding.fix.safety is Safety.UNSAFE


def test_what_python_says_of_the_code_is_not_passed_on(folder: Folder) -> None:
    folder.write("src/app.py", 'def handler(event, context):\n    return "\\d" is event\n')
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert found(check(root=folder.path)) == ["template.yaml:9 timeout-over-limit"]


CONTRACT = {
    api.Report: "findings unread relaxed unsized suppressed baselined files functions version",
    api.Finding: ("rule family severity place message functions related flow fix url fingerprint"),
    api.Place: "path line column end_line end_column",
    api.Note: "place message",
    api.Fix: "title safety edits",
    api.Edit: "place text",
}


@pytest.mark.parametrize("kind", CONTRACT, ids=lambda kind: kind.__name__)
def test_no_field_is_taken_away_or_moved(kind: Any) -> None:
    names = [field.name for field in dataclasses.fields(kind)]
    known = CONTRACT[kind].split()
    assert names[: len(known)] == known
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(kind.__new__(kind), names[0], None)


def test_all_arguments_but_the_paths_are_named() -> None:
    first, *others = inspect.signature(check).parameters.values()
    assert first.name == "paths"
    assert {one.kind for one in others} == {inspect.Parameter.KEYWORD_ONLY}


@pytest.mark.parametrize("name", api.__all__)
def test_what_is_named_is_documented(name: str) -> None:
    assert inspect.getdoc(getattr(api, name))


def test_the_example_of_the_readme_is_typed() -> None:
    (shown,) = (text for text in snippets("python") if "lamlint.api" in text)
    assert TYPED.read_text(encoding="utf-8") == shown


def test_the_example_of_the_readme_runs(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder.path)
    runpy.run_path(str(TYPED))
    assert capsys.readouterr().out.startswith("template.yaml:9:16 timeout-over-limit ")
    folder.write("lamlint.toml", "ignor = []\n")
    with pytest.raises(SystemExit, match=r"^lamlint: lamlint.toml:1: there is no option 'ignor'"):
        runpy.run_path(str(TYPED))


@pytest.mark.parametrize(
    ("statement", "light"),
    [
        ("import lamlint", ("click", "yaml", "libcst", "lamlint.text", "dataclasses")),
        (
            "import lamlint.api",
            ("click", "yaml", "libcst", "concurrent.futures", "multiprocessing"),
        ),
    ],
)
def test_importing_is_light(statement: str, light: tuple[str, ...]) -> None:
    code = f"import sys; {statement}; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert set(done.stdout.split()).isdisjoint(light)
