"""What would have been read and was not is told, whatever it is and wherever it lies."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from lamlint.engine.pipeline import Outcome, report_on, run
from lamlint.engine.scope import Request
from lamlint.files import opening
from lamlint.report import render
from tests.checking import rules
from tests.command import CLEAN, Folder

PROJECT = {
    "template.yaml": CLEAN,
    "samconfig.toml": "version = 0.1\n",
    ".env": "STAGE=test\n",
    "src/app.py": "import helper\n\n\ndef handler(event, context):\n    return helper.N\n",
    "src/helper.py": "N = 1\n",
    "src/requirements.txt": "requests\n",
    "scripts/tool.py": "N = 1\n",
}


def large(file: Path) -> None:
    file.write_text(file.read_text() + "#" * 5_100_000)


def link_out_to_nothing(file: Path) -> None:
    file.unlink()
    file.symlink_to("/nothing/of/this/name")


def binary(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\0\1")


def no_text(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"# caf\xe9\n")


def pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def link_out(file: Path) -> None:
    outside = file.parents[2] / file.name
    file.rename(outside)
    file.symlink_to(outside)


def link_to_nothing(file: Path) -> None:
    file.unlink()
    file.symlink_to("nothing")


WAYS: dict[Callable[[Path], None], str] = {
    large: "it is larger than 1 MB",
    binary: "it is a binary file",
    no_text: "it is not utf-8 text",
    pipe: "it is no regular file",
    link_out: "it is a link to a place outside the project",
    link_to_nothing: "it is a link to nothing",
    link_out_to_nothing: "it is a link to nothing",
}
links = pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX systems")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A project of which all is read."""
    made = Folder(tmp_path / "around/project")
    for name, text in PROJECT.items():
        made.write(name, text)
    return made


def checked(folder: Folder, *paths: str, **settings: object) -> tuple[Outcome, ...]:
    names = tuple(str(folder.path / path) for path in paths or (".",))
    return run(Request(names, date(2026, 11, 23), **settings), rules())  # type: ignore[arg-type]


def told(folder: Folder, *paths: str, **settings: object) -> dict[str, str]:
    outcomes = checked(folder, *paths, **settings)
    return {one.span.path: one.reason for outcome in outcomes for one in outcome.unread}


def test_a_project_that_is_read_tells_nothing(folder: Folder) -> None:
    folder.write("src/logo.png", b"\x89PNG\0\1")
    folder.write("src/code.zip", b"PK\3\4\0")
    folder.write("data/large.json", "[" + "1," * 600_000 + "1]")
    folder.write("docs/manual.pdf", b"%PDF\0" * 300_000)
    assert told(folder) == {}


@links
@pytest.mark.parametrize("path", PROJECT)
@pytest.mark.parametrize("spoil", WAYS, ids=lambda way: way.__name__)
def test_what_is_not_read_is_told(folder: Folder, spoil: Callable[[Path], None], path: str) -> None:
    spoil(folder.path / path)
    (only,) = checked(folder)
    reason = WAYS[spoil]
    if spoil is large and path == "template.yaml":
        reason = "it is larger than 5 MB"  # templates may be larger than other files
    assert [(one.span.path, one.reason) for one in only.unread] == [(path, reason)]


@pytest.mark.parametrize("path", [path for path in PROJECT if path.endswith(".py")])
def test_an_encoding_that_nobody_knows_is_told(folder: Folder, path: str) -> None:
    folder.write(path, f"# coding: klingon\n{PROJECT[path]}")
    assert told(folder) == {path: "Python knows no encoding 'klingon'"}


@pytest.mark.parametrize("path", PROJECT)
def test_a_file_that_may_not_be_read_is_told(
    folder: Folder, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = opening.regular

    def refuse(absolute: str) -> object:
        if absolute == str(folder.path / path):
            raise opening.ReadError("permission denied")
        return really(absolute)

    monkeypatch.setattr(opening, "regular", refuse)
    assert told(folder) == {path: "permission denied"}


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("samconfig.toml", "version = \n", "it is no TOML"),
        ("infra/template.yaml", "A: {Type: AWS::Lambda::Function\n", "it is no YAML"),
        (
            "infra/template.yaml",
            "{% if x %}\nA: {Type: AWS::Lambda::Function}\n",
            "it has placeholders",
        ),
    ],
)
def test_what_makes_no_sense_is_told(folder: Folder, path: str, text: str, reason: str) -> None:
    folder.write(path, text)
    reasons = told(folder)
    assert set(reasons) == {path}
    assert reasons[path].startswith(reason)


@pytest.mark.parametrize("uri", ["../../elsewhere", "/opt/code", "~/code"])
def test_code_beyond_the_project_is_told(folder: Folder, uri: str) -> None:
    Folder(folder.path.parent.parent).write("elsewhere/app.py", PROJECT["src/app.py"])
    folder.write("template.yaml", CLEAN.replace("src/", uri))
    reason = f"the code of Hello in {uri} lies outside the project"
    assert told(folder) == {"template.yaml": reason}


@links
def test_a_code_root_that_is_a_link_out_is_told(folder: Folder) -> None:
    (folder.path / "src").rename(folder.path.parent / "src")
    (folder.path / "src").symlink_to("../src")
    assert told(folder) == {"src/": "it is a link to a place outside the project"}


@links
def test_a_folder_of_code_that_is_a_link_out_is_told(folder: Folder) -> None:
    outer = Folder(folder.path.parent)
    outer.write("shared/__init__.py", "N = 1\n")
    (folder.path / "src/shared").symlink_to(outer.path / "shared")
    folder.write("src/app.py", "import shared\n\n\ndef handler(event, context):\n    return 1\n")
    assert "it is a link to a place outside the project" in told(folder).values()


@pytest.mark.skipif(os.name == "nt", reason="patterns are read where git does not list")
def test_patterns_that_do_not_count_are_told(folder: Folder) -> None:
    folder.write(".gitignore", "".join(f"*{number}*x\n" for number in range(100_000)))
    (reason,) = told(folder).values()
    assert "of its patterns" in reason


@pytest.mark.parametrize(
    ("broken", "asked", "expected"),
    [
        ("scripts/tool.py", "src/app.py", False),
        ("scripts/tool.py", "scripts", True),
        ("src/helper.py", "src/app.py", True),
        ("src/helper.py", "scripts", False),
        ("template.yaml", "scripts/tool.py", True),
        ("samconfig.toml", "src/app.py", True),
        (".env", "src/app.py", False),
    ],
)
def test_only_what_concerns_the_paths_asked_for_is_told(
    folder: Folder, broken: str, asked: str, expected: bool
) -> None:
    folder.write("lamlint.toml", "")
    no_text(folder.path / broken)
    assert (broken in told(folder, asked)) is expected


def test_what_is_excluded_is_left_out_on_purpose(folder: Folder) -> None:
    no_text(folder.path / "scripts/tool.py")
    folder.write("lamlint.toml", 'exclude = ["/scripts"]\n')
    assert told(folder) == {}


@pytest.mark.parametrize("form", ["full", "concise", "json", "sarif", "github"])
def test_every_format_tells_it(folder: Folder, form: str) -> None:
    no_text(folder.path / "src/helper.py")
    whole = report_on(checked(folder), rules(), unsafe=False, written=False)
    text = render(form, whole)
    assert "src/helper.py" in text
    assert "it is not utf-8 text" in text


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 0),
        (("--require-read",), 2),
        (("--require-read", "--exit-zero"), 2),
        (("--quiet",), 0),
        (("--quiet", "--require-read"), 2),
        (("--statistics",), 0),
        (("--fix-only",), 0),
        (("--diff", "--require-read"), 2),
        (("--output-format", "json"), 0),
        (("--write-baseline",), 0),
    ],
)
def test_no_option_keeps_it_silent(folder: Folder, options: tuple[str, ...], code: int) -> None:
    no_text(folder.path / "src/helper.py")
    done = folder.run("check", *options)
    assert done.code == code
    line = "Not read: 1 (src/helper.py: it is not utf-8 text). Findings may be missing there."
    assert (done.out + done.err).count(line) == 1


def test_requiring_that_all_is_read_changes_nothing_where_it_is(folder: Folder) -> None:
    assert folder.run("check", "--require-read", "--quiet").code == 0


def test_the_first_are_named_and_the_others_counted(folder: Folder) -> None:
    for number in range(5):
        folder.write(f"scripts/{number}.py", b"\0")
    text = render("full", report_on(checked(folder), rules(), unsafe=False, written=False))
    (line,) = (line for line in text.splitlines() if line.startswith("Not read"))
    assert line.startswith("Not read: 5 (")
    assert line.count("it is a binary file") == 3
    assert "; and 2 more)" in line


def relaxed(outcomes: tuple[Outcome, ...]) -> Iterator[str]:
    return (note.message for outcome in outcomes for note in outcome.relaxed)


@pytest.mark.parametrize(
    ("inner", "told_so"),
    [
        ("", []),
        ('extend-select = ["strict"]', []),
        ('ignore = ["timeout-not-set"]', ["1 rule is off (timeout-not-set)"]),
        ('severity = "error"', ["nothing below error is shown"]),
        ('fail-on = "error"', ["the run fails from error on"]),
        ('exclude = ["x"]', ["files are excluded"]),
        ('[[overrides]]\npath = "x"\nignore = ["secrets"]', ["rules are off for some paths"]),
        ('[[ignore]]\nrule = "timeout-not-set"\npath = "x"', ["single findings are ignored"]),
    ],
)
def test_a_folder_that_is_checked_less_is_told(
    folder: Folder, inner: str, told_so: list[str]
) -> None:
    folder.write("lamlint.toml", "")
    folder.write("scripts/lamlint.toml", inner)
    outcomes = checked(folder)
    assert list(relaxed(outcomes)) == told_so
    text = render("full", report_on(outcomes, rules(), unsafe=False, written=False))
    assert ("scripts/lamlint.toml: " in text) is bool(told_so)
    assert list(relaxed(checked(folder, "scripts"))) == []


IGNORED = {
    "cdk/lib/stack.ts": "const runtime = lambda.Runtime.PYTHON_3_12;\n",
    "lib/stack.py": "from aws_cdk import Stack\n",
    "lib/main.tf": 'resource "aws_lambda_function" "fn" {}\n',
    "lib/serverless.yml": "service: shop\n",
    "lib/template.yaml": CLEAN,
}
UNSAID = {
    "lib/stack.ts": "export const name = 'shop';\n",
    "lib/data.json": '{"a": 1}\n',
    "lib/tool.py": "import boto3\n",
    "lib/main.tf": 'resource "aws_s3_bucket" "b" {}\n',
    "lib/node_modules/x/stack.ts": "lambda.Runtime.PYTHON_3_12;\n",
}


def of_ignored(where: Path, files: dict[str, str]) -> dict[str, str]:
    """What is told of files that a .gitignore file names, in a folder without git."""
    folder = Folder(where)
    for path, text in {".gitignore": "lib/\n", "tool.py": "N = 1\n", **files}.items():
        folder.write(path, text)
    return told(folder)


@pytest.mark.parametrize("path", IGNORED)
def test_what_a_gitignore_names_without_git_is_told_where_it_declares(
    tmp_path: Path, path: str
) -> None:
    found = of_ignored(tmp_path, {path: IGNORED[path]})
    assert list(found) == [path]
    assert "a .gitignore file names it" in found[path]


@pytest.mark.parametrize("path", UNSAID)
def test_what_a_gitignore_names_is_not_told_where_it_declares_nothing(
    tmp_path: Path, path: str
) -> None:
    assert of_ignored(tmp_path, {path: UNSAID[path]}) == {}


def test_what_a_gitignore_names_is_not_told_where_functions_are_found(tmp_path: Path) -> None:
    files = {**PROJECT, "lib/template.yaml": CLEAN}
    assert of_ignored(tmp_path, files) == {}


TERRAFORM = """\
variable "t" {}
resource "aws_lambda_function" "f" {
  function_name = "f"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "x.zip"
  timeout       = var.t
}
"""
DEEP = "[" * 300 + "{password: Kd8fj29!kWq1}" + "]" * 300


@pytest.mark.parametrize(
    ("files", "place", "reason"),
    [
        ({"template.yaml": CLEAN, "src/b.yaml": DEEP}, "src/b.yaml:1", "nested too deeply"),
        (
            {"template.yaml": CLEAN, "src/b.json": DEEP.replace("{", '{"').replace(":", '":')},
            "src/b.json:1",
            "nested too deeply",
        ),
        (
            {"main.tf": TERRAFORM, "terraform.tfvars": "t = 901\nx = {\n"},
            "terraform.tfvars:3",
            "it is no HCL",
        ),
        (
            {"main.tf": TERRAFORM, "env/dev.tfvars": "t = = 3\n"},
            "env/dev.tfvars:1",
            "it is no HCL",
        ),
        (
            {"main.tf": TERRAFORM, "a.auto.tfvars.json": '{"t": 901'},
            "a.auto.tfvars.json:1",
            "it is no JSON",
        ),
        (
            {"main.tf": TERRAFORM, "live/terragrunt.hcl": "inputs = {\n"},
            "live/terragrunt.hcl:2",
            "it is no HCL",
        ),
        (
            {"cdk.json": '{"app": "python3 app.py",', "app.py": "import aws_cdk\n"},
            "cdk.json:1",
            "it is no JSON",
        ),
        ({"cdk.json": '{"app": "python3 app.py",', "app.py": ""}, "cdk.json:1", "it is no JSON"),
    ],
)
def test_what_is_broken_beside_the_code_is_told(
    tmp_path: Path, files: dict[str, str], place: str, reason: str
) -> None:
    folder = Folder(tmp_path)
    for name, text in files.items():
        folder.write(name, text)
    done = folder.run("check", "--require-read")
    assert f"Not read: 1 ({place.removesuffix(':1')}: {reason}" in done.out.replace(
        "it is nested", "nested"
    )
    assert done.code == 2


def test_what_is_whole_or_holds_nothing_to_find_is_not_told(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("main.tf", TERRAFORM)
    folder.write("terraform.tfvars", "t = 30\n")
    folder.write("cdk.json", '{"app": "python3 app.py"}')
    folder.write("sam/template.yaml", CLEAN)
    folder.write("sam/src/app.py", "def handler(event, context):\n    return 1\n")
    folder.write("sam/src/deep.yaml", "[" * 300 + "{a: 1}" + "]" * 300)
    folder.write("sam/src/flat.yaml", "a: [1, {password: 1}]\n")
    assert "Not read" not in folder.run("check", "--require-read").out


@pytest.mark.parametrize(
    ("text", "told_of"),
    [
        ("Resources: [\n", True),
        ('{"Resources": {', True),
        ("Resources: {}\n", False),
        ("steps: [\n", False),
    ],
)
def test_a_broken_template_that_is_named_is_told_whatever_it_declares(
    tmp_path: Path, text: str, told_of: bool
) -> None:
    folder = Folder(tmp_path)
    folder.write("only.yaml", text)
    done = folder.run("check", "--require-read", "only.yaml")
    assert ("Not read: 1 (only.yaml" in done.out) is told_of
    assert done.code == (2 if told_of else 0)
    assert "Not read" not in folder.run("check").out  # nobody says that it is one of ours
