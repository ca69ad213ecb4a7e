"""A project whose every word is made to steer its reader, through every command."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lamlint import __main__
from lamlint.engine import pipeline
from lamlint.engine.scope import Request
from lamlint.rule import Rule
from tests.hostile import BYTES, TEXTS, commands, forged, strange, unseen
from tests.report.official import official_errors

Run = Callable[..., tuple[int, str, str]]
FORMATS = ("full", "concise", "json", "sarif", "github")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each of the texts, with the text wherever a project can have one."""
    root = tmp_path_factory.mktemp("hostile")
    for number, text in enumerate(TEXTS.values()):
        name = text.replace("/", "_").replace("\\", "_")
        folder = root / f"{number}{name}"
        try:
            folder.mkdir()
        except OSError:  # not every system takes every name
            folder = root / str(number)
            folder.mkdir()
        template(folder, text, name)
    (root / os.fsdecode(BYTES)).write_text(CODE.format(text="x", name="x"))
    (root / ".lamlint-baseline.json").write_text(json.dumps(baseline()))
    return root


@pytest.fixture(scope="module")
def read_once() -> Iterator[None]:
    """What is asked again of a project that stays as it is was read before: only reports differ."""
    real, read = pipeline.run, {}

    def run(
        request: Request, rules: Mapping[str, Rule], *where: object
    ) -> tuple[pipeline.Outcome, ...]:
        asked = (os.getcwd(), request, *rules)
        if asked not in read:
            read[asked] = real(request, rules)
        return read[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "run", run)
        yield


def template(folder: Path, text: str, name: str) -> None:
    """A template in JSON, so that every character can be written, and its code."""
    function = {
        "Type": "AWS::Serverless::Function",
        "Properties": {
            "Runtime": "python3.13",
            "FunctionName": text,
            "Handler": "app.handler",
            "CodeUri": "src/",
            "Timeout": 1000,
            "MemorySize": 5,
            "Role": text,
            "Layers": [text, {"Fn::ImportValue": text}],
            "Environment": {"Variables": {text: text, "DB_PASSWORD": f"hunter2{text}"}},
            "Events": {text: {"Type": "SQS", "Properties": {"Queue": text, "BatchSize": 99999}}},
        },
    }
    lost = json.loads(json.dumps(function))
    lost["Properties"] |= {"Handler": f"{text}.{text}", "Runtime": text, "Timeout": text}
    outside = json.loads(json.dumps(function))
    outside["Properties"] |= {"CodeUri": f"{text}/", "MemorySize": {"Ref": text}}
    document = {
        "Transform": "AWS::Serverless-2016-10-31",
        "Parameters": {f"P{text}": {"Type": "String", "Default": text}},
        "Resources": {text: function, f"{text}2": lost, f"{text}3": outside},
    }
    (folder / "template.json").write_text(json.dumps(document))
    (folder / "src").mkdir()
    for module in ("app", name, f"{name}/{name}"):
        file = folder / "src" / f"{module}.py"
        file.parent.mkdir(exist_ok=True)
        file.write_text(CODE.format(text=in_code(text), name=name), "utf-8", "ignore")
    (folder / "src" / "requirements.txt").write_text(f"{text}==1\n-r {text}\nrequests[{text}]\n")


def in_code(text: str) -> str:
    """A text that ends neither a comment nor a string."""
    return "".join(c for c in text if c not in "\r\n\\\"'{}")


CODE = """\
import boto3
import os

PASSWORD = "hunter2{text}secret1"


def handler(event, context):  # lamlint: ignore[{text}] {text}
    table = boto3.resource("{text}").Table("{text}")  # {text}
    client = boto3.client("s3", region_name="{text}")
    os.environ["{text}"] = os.environ["MISSING{text}"]
    return table, client, eval("{text}"), requests.get("http://{text}")
"""


def baseline() -> dict[str, Any]:
    """What was known of files that are gone, or of others."""
    entries = [
        {"path": text, "rule": rule, "subject": text, "text": text, "ordinal": 0}
        for text in TEXTS.values()
        for rule in (text, "timeout-over-limit")
    ]
    return {"version": 1, "findings": entries}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line in this process; gives its code and what it wrote."""

    def started(folder: Path, *arguments: str, log: bool = False) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["lamlint", *arguments])
        monkeypatch.setenv("GITHUB_ACTIONS", "true" if log else "")
        code = __main__.run()
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return started


def safe(out: str, err: str, *, patch: bool = False) -> None:
    """Neither stream steers anything; a patch may hold tabs and ends of lines as they are."""
    plain = out.replace("\t", "").replace("\r\n", "\n") if patch else out
    assert unseen(plain + err) == []
    assert not forged(out + err)
    assert "defect of lamlint" not in err
    assert commands(err) == []


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize("colour", ["never", "always"])
@pytest.mark.parametrize("form", FORMATS)
def test_no_format_of_check_steers(form: str, colour: str, project: Path, run: Run) -> None:
    arguments = ("check", "--extend-select", "all", "--output-format", form, "--color", colour)
    code, out, err = run(project, *arguments, "--verbose", "--baseline", ".lamlint-baseline.json")
    safe(out, err)
    assert not re.search(
        r"\[internal-error\]|[rR]ule(Id)?\": \"internal-error|title=\S+ internal-error", out
    )
    assert code == 1
    assert "PWN" in out
    if form in ("json", "sarif"):
        json.loads(out)
    if form == "sarif":
        assert official_errors(json.loads(out)) == []
        assert "PWN%FF%9B7m.py" in out
    if form == "github":
        assert strange(out) == []


OTHERS: Sequence[tuple[str, ...]] = (
    ("check", "--statistics"),
    ("check", "--statistics", "--output-format", "json"),
    ("functions",),
    ("functions", "--output-format", "json"),
    ("size",),
    ("size", "--output-format", "json"),
    ("config",),
    ("rules",),
    ("rules", "--output-format", "json"),
    ("explain", "timeout-over-limit"),
    ("check", "--output-format", "concise"),
    ("check", "--output-format", "full"),
)


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize("arguments", OTHERS, ids=" ".join)
def test_no_other_command_steers_a_terminal_or_a_log(
    arguments: tuple[str, ...], project: Path, run: Run
) -> None:
    _, out, err = run(project, *arguments, log=True)
    safe(out, err)
    assert commands(out) == []
    if arguments[-1] == "json":
        json.loads(out)


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize("log", [False, True], ids=["terminal", "log"])
def test_no_difference_steers(log: bool, project: Path, run: Run) -> None:
    _, out, err = run(project, "check", "--diff", "--unsafe-fixes", log=log)
    safe(out, err, patch=True)
    assert "PWN" in out
    assert not log or commands(out) == []


@pytest.mark.parametrize("flag", ["--write-baseline", "--add-ignore"])
def test_nothing_said_of_what_is_written_steers(flag: str, tmp_path: Path, run: Run) -> None:
    for number, text in enumerate(TEXTS.values()):
        name = text.replace("/", "_").replace("\\", "_")
        (tmp_path / f"{number}{name}").mkdir()
        template(tmp_path / f"{number}{name}", text, name)
    (tmp_path / "lamlint.toml").write_text("")
    safe(*run(tmp_path, "check", flag)[1:])


@pytest.mark.parametrize("name", TEXTS)
def test_the_summary_of_a_step_is_a_table_still(
    name: str, project: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    (folder,) = [path for path in project.iterdir() if path.name.startswith(place_of(name))]
    run(project, "check", "--output-format", "github", folder.name)
    rows = file.read_text("utf-8").splitlines()[6:]
    assert rows
    assert all(row.startswith("| ") and row.endswith(" |") for row in rows)
    assert all(row.replace("\\|", "").count("|") == 5 for row in rows)
    assert unseen("\n".join(rows)) == []


def place_of(name: str) -> str:
    number = list(TEXTS).index(name)
    return f"{number}{TEXTS[name][:1]}"


CONFIGURATIONS: dict[str, Callable[[str], str]] = {
    "a key": lambda text: f"{text} = 1",
    "a word": lambda text: f"select = [{text}]",
    "a table": lambda text: f"[{text}]\na = 1",
    "a base": lambda text: f"extend = {text}",
    "a baseline": lambda text: f"baseline = {text}",
    "a format": lambda text: f"output-format = {text}",
    "a severity": lambda text: f"severity = {text}",
    "a rule": lambda text: f"[rules.{text}]\na = 1",
    "an option": lambda text: f"[rules.timeout-over-limit]\n{text} = 1",
    "a glob": lambda text: f"[[overrides]]\npath = [{text}]\nselect = [{text}]",
    "an ignore": lambda text: f"[[ignore]]\nrule = {text}\nreason = {text}",
    "no TOML": lambda text: f"x = {text}{text}",
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("place", CONFIGURATIONS)
def test_no_error_about_a_configuration_steers(
    place: str, name: str, tmp_path: Path, run: Run
) -> None:
    text = TEXTS[name]
    # TOML has no escapes of two halves.
    written = "".join(f"\\U{ord(c):08x}" if not c.isalnum() else c for c in text)
    (tmp_path / "lamlint.toml").write_text(CONFIGURATIONS[place](f'"{written}"'), "utf-8")
    code, out, err = run(tmp_path, "check")
    safe(out, err)
    assert code == 2
    assert len(err.splitlines()) == 1
    safe(*run(tmp_path, "config")[1:])


ARGUMENTS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "a command": lambda text: (text,),
    "an option": lambda text: ("check", f"--{text}"),
    "a path": lambda text: ("check", text),
    "a rule": lambda text: ("explain", text),
    "a word": lambda text: ("check", "--select", text),
    "a choice": lambda text: ("check", "--output-format", text),
    "a target": lambda text: ("check", "--output", text),
    "a configuration": lambda text: ("check", "--config", text),
    "a baseline": lambda text: ("check", "--baseline", text),
    "a folder of rules": lambda text: ("rules", "--rules", text),
    "too many": lambda text: ("explain", "timeout-over-limit", text),
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("place", ARGUMENTS)
def test_no_error_about_a_command_line_steers(
    place: str, name: str, tmp_path: Path, run: Run
) -> None:
    code, out, err = run(tmp_path, *ARGUMENTS[place](TEXTS[name]))
    safe(out, err)
    assert code == 2 or place == "a word"


@pytest.mark.parametrize("name", TEXTS)
def test_no_rule_of_a_user_steers(name: str, tmp_path: Path, run: Run) -> None:
    file = tmp_path / "rules" / "mine" / "own.py"
    file.parent.mkdir(parents=True)
    file.write_text(f"raise ValueError({TEXTS[name]!a})\n")
    code, out, err = run(tmp_path, "rules", "--rules", "rules")
    safe(out, err)
    assert code == 2


RULE = """\
from lamlint.model import Function
from lamlint.project import Project
from lamlint.rule import WARNING, rule
from lamlint.text import Fix, Related, Safety

TEXT = {text!a}
__doc__ = f"It is {{TEXT}} so.\\n\\n## {{TEXT}}\\n\\n`{{TEXT}}`\\n\\n```py title=\\"{{TEXT}}\\"\\n{{TEXT}}\\n```\\n"


@rule(severity=WARNING, since=TEXT)
def check(function: "Function", project: "Project"):
    yield function.finding(TEXT, fix=Fix(TEXT, Safety.SAFE, ()))
"""


@pytest.mark.parametrize("name", TEXTS)
def test_what_a_rule_of_a_user_says_does_not_steer(name: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "own_one.py").write_text(RULE.format(text=TEXTS[name]))
    (tmp_path / "template.json").write_text(json.dumps(TEMPLATE))
    (tmp_path / "app.py").write_text("def handler(e, c):\n    return 1\n")
    for form in FORMATS:
        arguments = ("check", "--select", "own-one", "--output-format", form)
        code, out, err = run(tmp_path, *arguments, "--rules", "rules", log=form != "github")
        safe(out, err)
        assert (code, strange(out)) == (1, [])
    for command in (("explain", "own-one"), ("rules",), ("rules", "--output-format", "json")):
        code, out, err = run(tmp_path, *command, "--rules", "rules", log=True)
        safe(out, err)
        assert (code, commands(out), "own-one" in out) == (0, [], True)


@given(text=st.text(st.characters(codec="utf-8", exclude_characters="/"), min_size=1, max_size=20))
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_text_steers(text: str, run: Run) -> None:
    name = text.replace("\0", "")[:20] or "x"
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / f"d{name}"
        folder.mkdir()
        template(folder, text, f"m{name}")
        for form in FORMATS:
            _, out, err = run(folder, "check", "--extend-select", "all", "--output-format", form)
            safe(out, err)
            assert form != "github" or strange(out) == []
            assert form not in ("json", "sarif") or json.loads(out)
        for command in ("functions", "size"):
            safe(*run(folder, command)[1:])
        os.chdir(temporary)


@pytest.mark.parametrize("bad", ["[]", "{", '{"version": "\\u001b[7m", "findings": []}'])
def test_no_error_about_a_baseline_steers(bad: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "a\x1b[7m").write_text(bad)
    code, out, err = run(tmp_path, "check", "--baseline", "a\x1b[7m")
    safe(out, err)
    assert (code, "a␛[7m" in err) == (2, True)


SOURCES = sorted((Path(__main__.__file__).parent).rglob("*.py"))


@pytest.mark.parametrize(
    ("writes", "writing"),
    [
        # The one takes down what is told; what is gone when a run ends passes the other alone.
        # A name in a text is one that code of a project may call.
        (
            r"\bprint\(|\bclick\.s?echo\b|(?<!\")\bsys\.std(?:out|err)\.write\b",
            ["streams", "terminal"],
        ),
        # What was told before is visible as it was, and is told again as it stands.
        (r"\bstreams\.(?:error|out)\(", ["remembered", "terminal"]),
    ],
)
def test_only_one_place_writes_to_the_streams(writes: str, writing: list[str]) -> None:
    found = {path.stem for path in SOURCES if re.search(writes, path.read_text("utf-8"))}
    assert sorted(found) == writing


def test_what_python_warns_of_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "template.json").write_text(json.dumps(TEMPLATE))
    (tmp_path / "app.py").write_text("import os\ndef handler(e, c):\n    os.environ['\\\u202eq']\n")
    code = "import sys, warnings; warnings.simplefilter('always'); sys.argv[1:] = ['check']; "
    done = subprocess.run(
        [sys.executable, "-c", f"{code} from lamlint.__main__ import main; main()"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")


TEMPLATE = {
    "Transform": "AWS::Serverless-2016-10-31",
    "Resources": {
        "F": {
            "Type": "AWS::Serverless::Function",
            "Properties": {"Runtime": "python3.13", "Handler": "app.handler", "CodeUri": "."},
        }
    },
}


@pytest.mark.parametrize("depth", [5_000, 100_000])
def test_toml_nested_too_deep_is_told(depth: int, tmp_path: Path, run: Run) -> None:
    (tmp_path / "lamlint.toml").write_text(f"select = {'[' * depth}{']' * depth}\n")
    code, _, err = run(tmp_path, "check")
    assert (code, err) == (2, "lamlint: lamlint.toml: this is nested too deep to be read\n")


@pytest.mark.parametrize("key", ["extend", "baseline"])
@pytest.mark.parametrize("command", [("check",), ("check", "--write-baseline"), ("config",)])
def test_no_configured_path_holds_a_nul(
    key: str, command: tuple[str, ...], tmp_path: Path, run: Run
) -> None:
    (tmp_path / "lamlint.toml").write_text(f'{key} = "a\\u0000b"\n')
    code, _, err = run(tmp_path, *command)
    assert code == 2
    assert (
        err == f"lamlint: lamlint.toml:1: {key} must be a path, and no path holds a NUL character\n"
    )


@pytest.mark.parametrize("key", ["CodeUri", "Handler", "FunctionName", "Layers", "Role"])
def test_a_nul_in_a_template_is_no_defect(key: str, tmp_path: Path, run: Run) -> None:
    properties = {"Runtime": "python3.13", "Handler": "app.handler", "CodeUri": "."}
    properties[key] = "a\0/b\0.c"
    function = {"Type": "AWS::Serverless::Function", "Properties": properties}
    document = {"Transform": "AWS::Serverless-2016-10-31", "Resources": {"F": function}}
    (tmp_path / "template.json").write_text(json.dumps(document))
    for arguments in (("check",), ("functions",), ("size",)):
        _, out, err = run(tmp_path, *arguments)
        safe(out, err)
        assert "internal-error" not in out
