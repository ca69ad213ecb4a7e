"""A secret beside which the comment of another scanner stands was looked at, and stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import Folder, project
from tests.secrets import made

RULES = (
    "hardcoded-secret",
    "secret-in-environment",
    "secret-in-configuration",
    "timeout-over-limit",
)
SECRETS = [made.letters(made.ALNUM, 24 + n) for n in range(20)]
LET = [
    "# pragma: allowlist secret",
    "# pragma: whitelist secret",
    "# pragma:allowlist secret",
    "# nosec",
    "# nosec B105",
    "# nosec: B105,B106",
    "# nosec a key of the test account",
    "# gitleaks:allow",
    "# trufflehog:ignore",
    "# ggignore",
    "# noqa: S105",
    "# noqa: E501, S106",
    "# type: ignore  # nosec",
    "# checkov:skip=CKV_SECRET_6: made up",
]
NOT_LET = [
    "# nosec B603",
    "# noqa",
    "# noqa: E501",
    "# not for secrets",
    "# pragma: no cover",
    "# pragma: allowlist nextline secret",
    "# checkov:skip=CKV_AWS_116: not needed",
]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made_up = project(tmp_path)
    made_up.write("lamlint.toml", f"select = {json.dumps(RULES)}\n")
    return made_up


def code(comments: list[str]) -> str:
    lines = [
        f'API_TOKEN_{n} = "{SECRETS[n]}"  {comment}\nother_{n} = None'
        for n, comment in enumerate(comments)
    ]
    return "\n".join(lines) + "\n"


def told(folder: Folder) -> list[str]:
    return [one for one in folder.check().found if "secret" in one]


def test_what_another_scanner_is_told_to_let_is_counted_and_not_shown(folder: Folder) -> None:
    folder.write("src/settings.py", code(LET))
    done = folder.check()
    assert [one for one in done.found if "secret" in one] == []
    assert done.document["summary"]["suppressed"] == len(LET)
    assert not any(secret in str(done.document) for secret in SECRETS)


def test_another_comment_lets_nothing(folder: Folder) -> None:
    folder.write("src/settings.py", code(NOT_LET))
    assert len(told(folder)) == len(NOT_LET)


def test_a_comment_may_stand_above(folder: Folder) -> None:
    above = "# pragma: allowlist nextline secret\n"
    folder.write("src/settings.py", f'{above}API_TOKEN = "{SECRETS[0]}"\nTOKEN = "{SECRETS[1]}"\n')
    assert told(folder) == ["src/settings.py:3 hardcoded-secret"]


def test_a_comment_is_read_however_far_behind_an_address_it_stands(folder: Folder) -> None:
    address = "https://example.com/" + "a/" * 400
    line = f'address = "{address}"; token = "{SECRETS[0]}"'
    folder.write("src/settings.py", f"{line}  # gitleaks:allow\n")
    assert told(folder) == []
    folder.write("src/settings.py", f"{line}\n")
    assert told(folder) == ["src/settings.py:1 hardcoded-secret"]


def test_only_secrets_are_let(folder: Folder) -> None:
    text = (folder.path / "template.yaml").read_text()
    folder.write("template.yaml", text.replace("Timeout: 1000", "Timeout: 1000  # nosec"))
    assert folder.check().found == ["template.yaml:9 timeout-over-limit"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("template.yaml", "{head}      Environment:\n        Variables:\n          API_TOKEN: {0}  # gitleaks:allow\n"),
        (".env.prod", "API_TOKEN={0} # gitleaks:allow\n"),
    ],
)  # fmt: skip
def test_in_configuration_too(folder: Folder, path: str, text: str) -> None:
    head = (folder.path / "template.yaml").read_text()
    written = text.format(SECRETS[0], head=head)
    folder.write(path, written)
    assert told(folder) == []
    folder.write(path, written.replace("gitleaks", "nothing"))
    assert len(told(folder)) == 1
