"""A file whose text is made to hurt expressions is checked with work that grows with it.

Each is checked as the command line does it, masked texts included, short, twice and four
times as long. Calls are counted, and the characters that expressions go through.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from lamlint.engine.suppression.directives import directives
from lamlint.report.mask import Mask
from lamlint.text import Source
from tests.checking import reader, rules
from tests.counting import assert_grows_with_it
from tests.patterns.attacks import Attack

LENGTHS = (3_000, 6_000, 12_000)
HANDLER = "def handler(event, context):\n    return 1\n"
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  One:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: src, Handler: app.handler, Runtime: python3.13}
"""
INLINE = """\
Resources:
  One:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: python3.13
      Code:
        ZipFile: """
SAMCONFIG = "[default.deploy.parameters]\nparameter_overrides = '"

LETTERS = "qmzkwpxrtvhsgnbjylcd" * 3
CODE, SETTINGS, WANTED = "src/app.py", "src/.env", "src/requirements.txt"
DOCKER, SCRIPT, DECLARED = "src/Dockerfile", "Makefile", "template.yaml"

TEXTS = {
    "passwords of small letters": (CODE, "", f'db_password = "{LETTERS}!"\n', ""),
    "a long password": (CODE, 'db_password = "', LETTERS, '!"\n'),
    "a long password of words": (CODE, 'db_password = "', "qmZKwpXR", '!"\n'),
    "authorization before spaces": (CODE, "# authorization", " ", "\n"),
    "an equals sign before line ends": (CODE, "# =", "\n", ""),
    "ignore comments without an end": (CODE, "", "# lamlint: ignore[", "\n"),
    "ignore comments with words": (CODE, "", "# lamlint: x [a,", "\n"),
    "an ignore comment before spaces": (CODE, "# lamlint: ignore", " ", "[\n"),
    "a comment of names": (CODE, "# ", "password", "\n"),
    "a comment of tokens": (CODE, "# ", "token, ", "\n"),
    "a comment of brackets": (CODE, "# password = ", "[", "\n"),
    "a comment of signs": (CODE, "# secret ", "=", "\n"),
    "comments of beginnings of keys": (CODE, "", "# -----BEGIN PRIVATE KEY-----\n", ""),
    "a string of addresses": (CODE, 'x = "', "https://aaaa?a&sp=", '&sig="\n'),
    "a string of connections": (CODE, 'x = "', "server=a;", 'password="\n'),
    "a string of a data source": (CODE, 'x = "', "ab=a ", 'password=a"\n'),
    "a string of a name and spaces": (CODE, 'x = "password', " ", '"\n'),
    "a string of escapes": (CODE, 'password = "', "\\n", '"\n'),
    "a string of versions": (CODE, 'api_key = "v', "1.", '!"\n'),
    "a string of braces": (CODE, 'token = "', "{1", '"\n'),
    "a string of JSON": (CODE, "x = '{\"password\":", " ", "\"a\"}'\n"),
    "strings without an end": (CODE, "", "x = 'aa://", "\n"),
    "a long name": (CODE, "", "password_", " = 1\n"),
    "a handler of many parameters": (CODE, "def f(event", ", a", "\n"),
    "requirements of spaces": (WANTED, "a", " ", "b\n"),
    "requirements of blank lines": (WANTED, "", "\n", "a\n"),
    "an include of equals signs": (WANTED, "-r", "=", "\n"),
    "an index of equals signs": (WANTED, "-i", " =", "\n"),
    "settings behind spaces": (SETTINGS, "", " ", "PASSWORD=a\n"),
    "settings in one line": (SETTINGS, "", "PASSWORD=ab12!xyz ", "\n"),
    "settings in a comment": (SETTINGS, "# ", "PASSWORD=ab12!xyz ", "\n"),
    "settings of names": (SETTINGS, "", "password", "\n"),
    "settings of quotes": (SETTINGS, "", 'PASSWORD="\\"', "\n"),
    "a Dockerfile of continued lines": (DOCKER, "", "ENV A=b \\\n", ""),
    "a Dockerfile of spaces": (DOCKER, "ENV", " ", "A\n"),
    "a Dockerfile of backslashes": (DOCKER, "ENV A=", "\\", "\n"),
    "a script of redirections": (SCRIPT, "a:\n\tuv export ", ">=", "\n"),
    "a script of variables": (SCRIPT, "a:\n\tuv export -o ", "$A-", "/requirements.txt\n"),
    "parameters in one line": ("samconfig.toml", SAMCONFIG, "A=b ", "'\n"),
    "a table behind spaces": ("pyproject.toml", "[ a", " ", "\n"),
    "a project of blank lines": ("pyproject.toml", "[ tool", "\n", ""),
    "code of spaces": (DECLARED, f'{INLINE}"a', " ", 'b"\n'),
    "code of blank lines": (DECLARED, f'{INLINE}"a', " \n", 'b"\n'),
    "code behind a comment": (DECLARED, f"{INLINE}| #", ">0 #", "\n          a\n"),
    "code of tags": (DECLARED, f"{INLINE}!Sub '", "${!a", "'\n"),
    "tags in one line": (DECLARED, f"{TEMPLATE}Metadata: [", "!Ref a, ", "]\n"),
    "an anchor of anchors": (DECLARED, f"{TEMPLATE}Metadata: &", "&", " a\n"),
    "a folder of angles": (DECLARED, TEMPLATE.replace("src", '"<'), "<", '"\n'),
    "a runtime of digits": (DECLARED, f"{INLINE}a\n      Runtime: python", "1", "\n"),
    "an event in one line": ("events/a.json", '{"password": "', "a1", '"'),
}  # fmt: skip


@pytest.mark.parametrize(("path", "first", "again", "last"), TEXTS.values(), ids=TEXTS)
def test_a_text_is_checked_with_work_that_grows_with_it(
    path: str, first: str, again: str, last: str, tmp_path: Path
) -> None:
    made = Attack(first, again, last)
    folders = [lay(tmp_path / str(length), {path: made.text(length)}) for length in LENGTHS]
    assert_grows_with_it(*(lambda folder=folder: check(folder) for folder in folders))


def lay(folder: Path, files: dict[str, str]) -> Path:
    for name, text in {DECLARED: TEMPLATE, CODE: HANDLER, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def check(folder: Path) -> None:
    """Check a project, and mask its files for a frame."""
    read = reader(folder, None)({})
    mask = Mask.of(read.findings, rules(), read.project.tree.read)
    for path in read.project.tree.sources():
        mask.source(path)


@pytest.mark.parametrize(
    "again", ["# lamlint: ignore[", "# lamlint: x [a,", "# lamlint: ", "# ", " ["]
)
def test_ignore_comments_are_read_with_work_that_grows_with_them(again: str) -> None:
    made = Attack("# lamlint: ignore", again, "\n")
    sources = [Source(CODE, made.text(4 * length)) for length in LENGTHS]
    assert_grows_with_it(*(lambda source=source: directives(source) for source in sources))
