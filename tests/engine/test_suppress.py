"""Suppressing: comments, metadata and the configuration; and those that suppress nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import CLEAN, CONFIGURATION, TEMPLATE, Folder, project

RULE = "timeout-over-limit"
OTHER = TEMPLATE.partition("Resources:\n")[2].replace("Hello", "Other")
FOUND = [f"template.yaml:9 {RULE}"]
INLINE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Timeout: 3
      MemorySize: 512
      InlineCode: |
        import boto3

        def handler(event, context):
            return boto3.client("s3").list_buckets()  # lamlint: ignore[{}] once a day
"""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return project(tmp_path)


def marked(comment: str, text: str = TEMPLATE) -> str:
    return text.replace("Timeout: 1000", f"Timeout: 1000  # lamlint: {comment}")


@pytest.mark.parametrize(
    "text",
    [
        marked(f"ignore[{RULE}]"),
        marked(f"ignore[memory-not-set, {RULE}] a reason"),
        marked(f"ignore[{RULE}] until=2999-01-01"),
        TEMPLATE.replace("      Timeout", f"      # lamlint: ignore[{RULE}]\n      Timeout"),
        TEMPLATE.replace("  Hello:", f"  Hello:  # lamlint: ignore[{RULE}]"),
        TEMPLATE.replace(
            "    Properties:", f"    Metadata: {{lamlint: {{ignore: [{RULE}]}}}}\n    Properties:"
        ),
    ],
)
def test_what_is_suppressed_is_counted_and_not_shown(folder: Folder, text: str) -> None:
    folder.write("template.yaml", text)
    done = folder.check()
    assert done.found == []
    assert done.document["summary"]["suppressed"] == 1


@pytest.mark.parametrize(
    ("comment", "sentence"),
    [
        (f"ignore[{RULE}] until=2020-01-01", "ended on 2020-01-01"),
        (f"ignore[{RULE}] until=soon", "until=soon is no date"),
        ("ignore", "must name its rules"),
        ("ignore[]", "must name its rules"),
        ("ignore[timeout-over-limt]", "did you mean timeout-over-limit?"),
        (f"disable[{RULE}]", "knows no comment 'disable'"),
        ("ignore[memory-out-of-range]", "no memory-out-of-range is found here"),
    ],
)
def test_a_comment_that_suppresses_nothing_says_why(
    folder: Folder, comment: str, sentence: str
) -> None:
    folder.write("template.yaml", marked(comment))
    told = {f["rule"]: f["message"] for f in folder.check().document["findings"]}
    assert set(told) == {RULE, "unused-ignore"}
    assert sentence in told["unused-ignore"]


def test_what_looks_like_a_comment_in_a_string_is_none(folder: Folder) -> None:
    text = f'TEXT = "# lamlint: ignore[{RULE}]"\n\ndef handler(event, context):\n    return TEXT\n'
    folder.write("src/app.py", text)
    assert folder.check().found == FOUND


def test_metadata_covers_its_function_alone(folder: Folder) -> None:
    metadata = f"    Metadata: {{lamlint: {{ignore: [{RULE}]}}}}\n    Properties:"
    folder.write("template.yaml", TEMPLATE.replace("    Properties:", metadata) + OTHER)
    (found,) = folder.check().document["findings"]
    assert found["functions"] == ["Other"]


def test_unused_metadata_is_told(folder: Folder) -> None:
    metadata = f"    Metadata: {{lamlint: {{ignore: [{RULE}]}}}}\n    Properties:"
    folder.write("template.yaml", CLEAN.replace("    Properties:", metadata))
    assert folder.check().found == ["template.yaml:5 unused-ignore"]


@pytest.mark.parametrize(
    ("entry", "left"),
    [
        ('path = "template.yaml"', []),
        ('path = "*.yaml"', []),
        ('function = "Hello"', []),
        ('path = "template.yaml"\nfunction = "Hello"\nreason = "long"', []),
        ('path = "template.yaml"\nexpires = 2999-01-01', []),
        ('path = "template.yaml"\nexpires = 2020-01-01', [*FOUND, "lamlint.toml:3 unused-ignore"]),
        ('path = "other.yaml"', [*FOUND, "lamlint.toml:3 unused-ignore"]),
        ('function = "Other"', [*FOUND, "lamlint.toml:3 unused-ignore"]),
    ],
)
def test_the_configuration_suppresses_by_path_and_function(
    folder: Folder, entry: str, left: list[str]
) -> None:
    folder.write("lamlint.toml", f'{CONFIGURATION}[[ignore]]\nrule = "{RULE}"\n{entry}\n')
    assert sorted(folder.check().found) == sorted(left)


def test_a_function_of_several_is_taken_out_of_a_finding_on_all(folder: Folder) -> None:
    folder.write(
        "lamlint.toml", f'{CONFIGURATION}[[ignore]]\nrule = "{RULE}"\nfunction = "Hello"\n'
    )
    shared = (TEMPLATE + OTHER).replace("      Timeout: 1000\n", "")
    header = "Globals:\n  Function:\n    Timeout: 1000\nResources:\n"
    folder.write("template.yaml", shared.replace("Resources:\n", header))
    (found,) = folder.check().document["findings"]
    assert found["functions"] == ["Other"]


def test_comments_in_inline_code_suppress_and_are_told(folder: Folder) -> None:
    folder.write("lamlint.toml", 'select = ["connection-in-handler", "unused-ignore"]\n')
    folder.write("template.yaml", INLINE.format("connection-in-handler"))
    assert folder.check().found == []
    unused = INLINE.format("connection-in-handler").replace(
        'boto3.client("s3").list_buckets()', "1"
    )
    folder.write("template.yaml", unused)
    assert folder.check().found == ["template.yaml:14 unused-ignore"]
    assert folder.run("check", "--fix").code == 0
    assert folder.read("template.yaml").endswith("        return 1\n")


def test_fixing_keeps_the_names_that_are_of_use(folder: Folder) -> None:
    folder.write("template.yaml", marked(f"ignore[memory-out-of-range, {RULE}] why"))
    assert folder.check().found == ["template.yaml:9 unused-ignore"]
    folder.run("check", "--fix")
    assert folder.read("template.yaml") == marked(f"ignore[{RULE}] why")


def test_an_ignore_is_added_to_one_that_is_there(folder: Folder) -> None:
    folder.write("template.yaml", marked("ignore[unknown-runtime] why"))
    folder.write("lamlint.toml", f'select = ["{RULE}"]\n')
    assert folder.run("check", "--add-ignore").code == 0
    assert folder.read("template.yaml") == marked(f"ignore[unknown-runtime, {RULE}] why")


def test_json_cannot_hold_comments_and_is_told(folder: Folder) -> None:
    (folder.path / "template.yaml").unlink()
    properties = (
        '{"Runtime": "python3.13", "CodeUri": "src/", "Handler": "app.handler", "Timeout": 1000}'
    )
    text = f'{{"Resources": {{"A": {{"Type": "AWS::Serverless::Function", "Properties": {properties}}}}}}}'
    folder.write("template.json", text)
    done = folder.run("check", "--add-ignore")
    assert "template.json: timeout-over-limit cannot be suppressed by a comment" in done.err
    assert folder.read("template.json") == text


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (".env", "DB_PASSWORD=kT7-vQ2xw!9"),
        ("Dockerfile", "ENV DB_PASSWORD=kT7-vQ2xw!9"),
        ("deploy/prod.env", "DB_PASSWORD=kT7-vQ2xw!9"),
    ],
)
def test_settings_take_a_comment_on_a_line_of_its_own(folder: Folder, path: str, line: str) -> None:
    rule = "secret-in-configuration"
    folder.write("template.yaml", CLEAN)
    folder.write(path, f"{line}\n")
    assert folder.check("--select", rule).found == [f"{path}:1 {rule}"]
    folder.write(path, f"# lamlint: ignore[{rule}] only for the local database\n{line}\n")
    assert folder.check("--select", rule).found == []
    folder.write(path, f"{line} # lamlint: ignore[{rule}]\n")
    assert folder.check("--select", rule).found == [f"{path}:1 {rule}"]
