"""Suppressions and baselines are told to be of no use only where all was read that they need."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from lamlint.engine import pipeline
from lamlint.text import Safety
from tests.engine.outcomes import lay_out, outcome

Change = Callable[[dict[str, str]], None]

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Metadata: {lamlint: {ignore: [memory-out-of-range]}}
    Properties:
      Runtime: python3.13
      CodeUri: src/
      Handler: app.handler
      Timeout: 900  # lamlint: ignore[timeout-over-limit] a long report
  Other:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      CodeUri: other/
      Handler: app.handler
      Timeout: 900  # lamlint: ignore[timeout-over-limit] another one
"""
APP = """\
import store

def handler(event, context):
    return store.rows()  # lamlint: ignore[connection-in-handler] once a day
"""
STORE = """\
import os

TOKEN = os.environ["TOKEN"]  # lamlint: ignore[hardcoded-secret] made up

def rows():
    return []  # lamlint: ignore[connection-in-handler] once a day
"""
FILES = {
    "lamlint.toml": '[[ignore]]\nrule = "timeout-over-limit"\nfunction = "Hello"\n',
    "template.yaml": TEMPLATE,
    "src/app.py": APP,
    "src/store.py": STORE,
    "other/app.py": "def handler(event, context):\n    return 1\n",
}
METADATA, HELLO, OTHER = "template.yaml:5", "template.yaml:10", "template.yaml:17"
ENTRY = "lamlint.toml:2"
CODE, HELPER, SECRET = "src/app.py:4", "src/store.py:6", "src/store.py:3"
EVERY = {METADATA, HELLO, OTHER, ENTRY, CODE, HELPER, SECRET}
ON_HELLO = {METADATA, HELLO, CODE, HELPER, ENTRY}


def unused(done: pipeline.Outcome) -> set[str]:
    read = done.reading.project.tree.read
    found = [f.span for f in done.settled.shown if f.rule == "unused-ignore"]
    return {f"{s.path}:{read(s.path).position(s.start).line}" for s in found}  # type: ignore[union-attr]


def put(path: str, text: str) -> Change:
    return lambda files: files.update({path: text})


def swap(path: str, old: str, new: str) -> Change:
    def change(files: dict[str, str]) -> None:
        assert old in files[path]
        files[path] = files[path].replace(old, new)

    return change


def rest(*silent: str) -> set[str]:
    return EVERY - set(silent)


TEMPLATES = {SECRET}
"""What is told where not all templates were read."""
LACKING: dict[str, tuple[Change, set[str]]] = {
    "a broken line of the template": (
        swap("template.yaml", "      CodeUri: src/", "\tCodeUri: src/"),
        TEMPLATES,
    ),
    "a template that ends too early": (
        put("template.yaml", TEMPLATE + '  "Last\n'),
        TEMPLATES,
    ),
    "another template that is broken": (
        put("infra/stack.yaml", TEMPLATE.replace("Type:", "Type: [")),
        TEMPLATES,
    ),
    "a template of another tool": (
        put("infra/stack.yaml", "{% if x %}\n" + TEMPLATE.partition("  Other")[0]),
        TEMPLATES,
    ),
    "a template that is too large": (
        put("infra/stack.yaml", TEMPLATE.replace("  # lamlint", "  # ") + "#" * 5_100_000),
        TEMPLATES,
    ),
    "the parameters of a deployment": (put("samconfig.toml", "[default\n"), TEMPLATES),
    "a handler's module that does not parse": (
        swap("src/app.py", "import store", "import store ("),
        EVERY - ON_HELLO,
    ),
    "a module that a handler imports": (
        swap("src/store.py", "def rows()", "def rows("),
        EVERY - ON_HELLO - {SECRET},
    ),
    "a module that may be imported": (
        put("src/more.py", "def more(:\n"),
        EVERY - ON_HELLO,
    ),
    "a module in an encoding that is not there": (
        put("src/more.py", "# coding: nonsense\n"),
        EVERY - ON_HELLO,
    ),
    "a module that is too large": (
        put("src/more.py", "#" * 1_100_000),
        EVERY - ON_HELLO,
    ),
    "a handler that is not there": (
        swap("template.yaml", "src/\n      Handler: app.", "src/\n      Handler: apps."),
        EVERY - ON_HELLO,
    ),
    "a function that is not there": (
        swap("src/app.py", "def handler", "def handle"),
        EVERY - ON_HELLO,
    ),
    "a handler that cannot be known": (
        swap("template.yaml", "src/\n      Handler: app.handler", "src/\n      Handler: !Ref H"),
        EVERY - ON_HELLO,
    ),
    "code that is not there": (
        swap("template.yaml", "CodeUri: src/", "CodeUri: source/"),
        EVERY - ON_HELLO,
    ),
    "code outside of what is read": (
        swap("template.yaml", "CodeUri: src/", "CodeUri: ../../elsewhere/"),
        EVERY - ON_HELLO,
    ),
    "code of another project below": (
        put("infra/lamlint.toml", ""),
        EVERY - {CODE, HELPER, ENTRY},
    ),
}
"""What is missing, and what is told of then."""

TWINS: dict[str, Change] = {
    "nothing": put("README.md", "nothing\n"),
    "a broken test": put("tests/test_app.py", "def test(:\n"),
    "a broken script beside the code": put("scripts/tool.py", "def tool(:\n"),
    "a broken file that is no template": put("docs/page.yaml", "a: [\n"),
    "a function of another language": put(
        "template.yaml",
        TEMPLATE
        + TEMPLATE.partition("  Other:")[2]
        .replace("python3.13", "nodejs22.x")
        .join(["  Script:", ""])
        .replace("# lamlint: ignore[timeout-over-limit] another one", ""),
    ),
}


@pytest.mark.parametrize("name", LACKING)
def test_what_lacks_something_is_not_told_to_be_of_no_use(name: str, tmp_path: Path) -> None:
    change, told = LACKING[name]
    files = dict(FILES)
    change(files)
    lay_out(tmp_path, files)
    assert unused(outcome(tmp_path)) == told


@pytest.mark.parametrize("name", TWINS)
def test_what_lacks_nothing_is_told(name: str, tmp_path: Path) -> None:
    files = dict(FILES)
    TWINS[name](files)
    lay_out(tmp_path, files)
    assert unused(outcome(tmp_path)) == EVERY


@pytest.mark.parametrize("name", LACKING)
def test_a_fix_removes_no_comment_that_lacks_something(name: str, tmp_path: Path) -> None:
    change, told = LACKING[name]
    files = dict(FILES)
    change(files)
    lay_out(tmp_path, files)
    done = outcome(tmp_path, fix=Safety.SAFE)
    assert done.repair is not None
    removed = {
        (path, number)
        for path, text in done.repair.texts.items()
        for number, line in enumerate(files[path].split("\n"), 1)
        if "# lamlint" in line and line not in text.split("\n")
    }
    assert {f"{path}:{number}" for path, number in removed} == told - {METADATA, ENTRY}


Put = Callable[[Path], None]
CLOSED: dict[str, Put] = {
    "a link that leads out": lambda path: path.symlink_to("/etc/passwd"),
    "a link to nothing": lambda path: path.symlink_to("nowhere.py"),
    "a link to nothing outside": lambda path: path.symlink_to("/nowhere/it.py"),
    "a pipe": os.mkfifo,
}
"""What stands in the place of a file, and is not read."""


@pytest.mark.parametrize("kind", CLOSED)
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("src/more.py", EVERY - ON_HELLO),
        ("src/more/__init__.py", EVERY - ON_HELLO),
        ("src/store.py", EVERY - ON_HELLO - {SECRET}),
        ("src/test_more.py", EVERY),
        ("src/more.txt", EVERY),
        ("docs/more.py", EVERY),
    ],
)
def test_what_is_no_file_of_the_project_lacks(
    kind: str, name: str, told: set[str], tmp_path: Path
) -> None:
    imported = "import more, store" if "more" in name else "import store"
    app = APP.replace("import store", f"try:\n    {imported}\nexcept ImportError:\n    pass")
    files = {**FILES, "src/app.py": app}
    lay_out(tmp_path, {path: text for path, text in files.items() if path != name})
    line = "src/app.py:7"
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    CLOSED[kind](tmp_path / name)
    assert unused(outcome(tmp_path)) == {line if one == CODE else one for one in told}
    done = outcome(tmp_path, fix=Safety.SAFE)
    assert done.repair is not None
    fixed = {path for path in done.repair.texts if path.startswith("src/")}
    assert fixed == {one.partition(":")[0] for one in told if one.startswith("src/")}


LEADING: dict[str, tuple[str, set[str]]] = {
    "nothing": ("", set()),
    "a module that no file is known for": ("import corp_lib\n", {HELPER}),
    "a part of a package without one": ("from corp.lib import run\n", {HELPER}),
    "names that code makes up": (
        "import importlib\nimportlib.import_module(print())\n",
        {HELPER},
    ),
    "a module that need not be there": (
        "try:\n    import orjson\nexcept ImportError:\n    orjson = None\n",
        set(),
    ),
    "what the runtime has": ("import boto3\n", set()),
    "what requirements name": ("import requests\n", set()),
    "what it leads to, too": ("import corp_lib, store\n", set()),
}


@pytest.mark.parametrize("name", LEADING)
def test_what_is_not_known_may_lead_to_files_that_nothing_needs(name: str, tmp_path: Path) -> None:
    lines, silent = LEADING[name]
    app = f"def handler(event, context):\n    return 1  # {APP.partition('# ')[2]}"
    files = {**FILES, "src/app.py": lines + app, "src/requirements.txt": "requests==2.32.0\n"}
    lay_out(tmp_path, files)
    code = f"src/app.py:{lines.count(chr(10)) + 2}"
    assert unused(outcome(tmp_path)) == (EVERY - {CODE} - silent) | {code}


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        (("src", "template.yaml"), rest(ENTRY)),
        (("template.yaml",), {METADATA, HELLO, OTHER}),
        (("src/app.py",), {CODE}),
        (("src/store.py",), {SECRET, HELPER}),
    ],
)
def test_paths_that_leave_nothing_out_are_told_of(
    paths: tuple[str, ...], told: set[str], tmp_path: Path
) -> None:
    lay_out(tmp_path, FILES)
    assert unused(outcome(tmp_path, paths)) == told - {ENTRY}


@pytest.mark.parametrize("further", ["infra/stack.yaml", "services/one/template.yaml"])
def test_paths_that_leave_a_template_out_are_not(further: str, tmp_path: Path) -> None:
    lay_out(tmp_path, {**FILES, further: TEMPLATE.replace("  # lamlint", "  # ")})
    assert unused(outcome(tmp_path, ("src",))) == {SECRET}


def test_the_standard_input_is_told_of_as_its_file_would_be(tmp_path: Path) -> None:
    lay_out(tmp_path, FILES)
    told = outcome(tmp_path, ("src/store.py",), stdin=STORE.encode())
    assert unused(told) == {SECRET, HELPER}
    broken = outcome(tmp_path, ("src/store.py",), stdin=STORE.replace("rows()", "rows(").encode())
    assert unused(broken) == set()


def test_handlers_that_are_not_asked_for_may_lead_to_a_module(tmp_path: Path) -> None:
    files = {**FILES, "template.yaml": "", "src/store.py": STORE, "lib/jobs.py": APP}
    lay_out(tmp_path, files)
    assert unused(outcome(tmp_path, ("src/store.py",))) == {SECRET}


def test_no_comment_is_told_of_where_no_handler_leads(tmp_path: Path) -> None:
    lay_out(tmp_path, {"src/store.py": STORE})
    assert unused(outcome(tmp_path)) == {SECRET}


def test_a_defect_of_a_rule_leaves_all_comments_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    lay_out(tmp_path, FILES)
    monkeypatch.setattr("lamlint.python.reach.handler.Handler.calls", broken)
    done = outcome(tmp_path)
    assert "internal-error" in {finding.rule for finding in done.settled.shown}
    assert unused(done) == set()


def test_a_template_that_makes_too_much_is_not_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined = '!Join ["", [a, b]]'
    lay_out(tmp_path, {**FILES, "template.yaml": f"{TEMPLATE}      Description: {joined}\n"})
    assert unused(outcome(tmp_path)) == EVERY
    monkeypatch.setattr("lamlint.dialects.budget.MOST_MADE", 0)
    assert unused(outcome(tmp_path)) == {SECRET}


def test_a_package_whose_size_is_not_known_is_not_told_of(tmp_path: Path) -> None:
    line = "CodeUri: src/  # lamlint: ignore[package-too-large] measured by hand"
    files = {**FILES, "template.yaml": TEMPLATE.replace("CodeUri: src/", line)}
    lay_out(tmp_path, files)
    assert "template.yaml:8" in unused(outcome(tmp_path))
    lay_out(tmp_path, {"src/requirements.txt": "pandas==2.3.0\n"})
    assert "template.yaml:8" not in unused(outcome(tmp_path))


def test_inline_code_that_does_not_parse_is_not_told_of(tmp_path: Path) -> None:
    inline = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: |
        def handler(event, context):
            return 1  # lamlint: ignore[connection-in-handler, hardcoded-secret]
"""
    lay_out(tmp_path, {"template.yaml": inline})
    assert unused(outcome(tmp_path)) == {"template.yaml:10"}
    lay_out(tmp_path, {"template.yaml": inline.replace("context):", "context:")})
    assert unused(outcome(tmp_path)) == set()
