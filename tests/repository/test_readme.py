"""What the README shows is true: every command, snippet and link in it."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
import tomli
import yaml

from lamlint import __version__
from lamlint.config.reading import KEYS
from tests.command import CLEAN, Folder
from tests.repository.checkout import ROOT
from tests.repository.readme import README, snippets

EXAMPLE = ROOT / "fixtures" / "projects" / "photo-album"


def commands() -> list[str]:
    """The calls of lamlint that the shell snippets and the sentences show."""
    lines = [
        line.partition("#")[0].strip() for text in snippets("sh") for line in text.splitlines()
    ]
    said = re.findall(r"`(lamlint [^`]+)`", README)
    return sorted({line for line in lines + said if line.startswith("lamlint ")})


@pytest.fixture
def example(tmp_path: Path) -> Folder:
    """The example project, with the folders and files that the commands speak of."""
    shutil.copytree(EXAMPLE, tmp_path / "album")
    folder = Folder(tmp_path / "album")
    folder.write("own/house/timeout_over_a_minute.py", own_rule())
    return folder


def own_rule() -> str:
    (text,) = (text for text in snippets("python") if "@rule" in text)
    return text


@pytest.mark.parametrize("command", commands())
def test_a_command_does_what_it_says(example: Folder, command: str) -> None:
    done = example.run(*shlex.split(command)[1:])
    assert done.code in (0, 1), done.err
    assert done.out or done.err


def test_there_are_commands_to_try() -> None:
    assert {shlex.split(command)[1] for command in commands()} == {
        "check",
        "clean",
        "config",
        "explain",
        "functions",
        "size",
    }


def test_the_sizes_are_those_of_the_example(example: Folder) -> None:
    (shown,) = (text for text in snippets("text") if text.startswith("Function "))
    assert example.run("size").out == shown


def test_the_first_day_goes_as_it_says(example: Folder) -> None:
    (start,) = (text for text in snippets("sh") if "--write-baseline" in text)
    told, quiet = (text for text in snippets("text") if "baseline" in text)
    example.run("check", "--fix")
    for line in start.splitlines():
        done = example.run(*shlex.split(line.partition("#")[0])[1:])
    assert done.err == told
    (line,) = re.findall(r"or (baseline = .*)", told)
    example.write("lamlint.toml", f"{line}\n")
    (example.path / "own/house/timeout_over_a_minute.py").unlink()
    assert example.run("check").out == quiet


@pytest.mark.parametrize("key", KEYS)
def test_every_key_of_a_configuration_is_named(key: str) -> None:
    assert re.search(rf"`{key}\b|^{key} = |\btool\.lamlint\.{key}\b", README, re.MULTILINE)


def test_the_configuration_is_valid(example: Folder) -> None:
    (text,) = snippets("toml")
    options = tomli.loads(text)["tool"]["lamlint"].keys() - {"extend-select", "overrides", "rules"}
    assert options
    for name, prefix in (("pyproject.toml", "tool.lamlint"), ("lamlint.toml", "")):
        (example.path / "lamlint.toml").unlink(missing_ok=True)
        written = (
            text if prefix else text.replace("[tool.lamlint]\n", "").replace("tool.lamlint.", "")
        )
        example.write(name, written)
        done = example.run("config")
        assert (done.code, done.err) == (0, "")
        assert f"configuration  {name}\n" in done.out
        for option in options:
            assert re.search(rf"^{option} .*# {name}", done.out, re.MULTILINE), done.out


def test_the_rule_of_ones_own_finds_something(example: Folder) -> None:
    done = example.check("--rules", "own", "--select", "house")
    assert done.found == ["template.yaml:64 timeout-over-a-minute"]


def test_the_comment_suppresses(example: Folder) -> None:
    (comment,) = (text for text in snippets("python") if "lamlint: ignore" in text)
    comment = re.sub(r"until=\d+", "until=9999", comment)
    example.write("template.yaml", CLEAN)
    example.write(
        "src/app.py",
        f"import boto3\n\n\ndef handler(event, context):\n    {comment}    return s3.x()\n",
    )
    done = example.check("--select", "connection-in-handler,unused-ignore")
    assert done.found == []
    assert done.document["summary"]["suppressed"] == 1


def test_the_metadata_suppresses(example: Folder) -> None:
    (entry,) = re.findall(r"`(Metadata: \{.*?\})`", README)
    entry = entry.replace("rule-name", "timeout-over-limit")
    late = CLEAN.replace("900", "901").replace("    Properties:", f"    {entry}\n    Properties:")
    example.write("template.yaml", late)
    assert example.check("--select", "timeout-over-limit,unused-ignore").found == []


def test_the_hooks_are_those_of_the_repository() -> None:
    (text,) = (text for text in snippets("yaml") if "hooks:" in text)
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert set(re.findall(r"- id: (\S+)", text)) == {hook["id"] for hook in hooks}
    (repository,) = yaml.safe_load(text)["repos"]
    assert repository["rev"] == f"v{__version__}"


def test_the_workflow_gives_the_action_inputs_that_it_has() -> None:
    (text,) = (text for text in snippets("yaml") if "jobs:" in text)
    action: Any = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    step = yaml.safe_load(text)["jobs"]["lamlint"]["steps"][-1]
    assert step["uses"].endswith(f"@v{__version__}")
    assert step["with"].keys() <= action["inputs"].keys()


def test_links_lead_to_files() -> None:
    links = re.findall(r"\]\(([^)]+)\)", README)
    assert len(links) > 5
    files = [link for link in links if "://" not in link and not link.startswith("#")]
    assert [file for file in files if not (ROOT / file).exists()] == []
    assert {link[1:] for link in links if link.startswith("#")} <= headings()


def headings() -> set[str]:
    """The anchors of the headings."""
    return {
        re.sub(r"[^\w -]", "", title).strip().lower().replace(" ", "-")
        for title in re.findall(r"^#+ (.+)$", README, re.MULTILINE)
    }


def test_pages_link_to_headings_that_are_there() -> None:
    pages = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
    anchors = set(re.findall(r"github\.com/lamlint/lamlint#([\w-]+)", pages))
    assert anchors
    assert anchors <= headings()
