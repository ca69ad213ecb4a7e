"""The baseline: what is known stays known where it moves, and nothing else does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import CLEAN, TEMPLATE, Folder, project

KNOWN = ("--baseline", ".lamlint-baseline.json")
SECRET = "Zq7" + "vX2mP9" + "kL4wR8tB"  # built: this file holds nothing that looks like a secret
SECOND = TEMPLATE.partition("Resources:\n")[2].replace("Hello", "Other")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = project(tmp_path)
    assert made.run("check", "--write-baseline").code == 0
    return made


def test_what_is_known_is_counted_and_not_shown(folder: Folder) -> None:
    done = folder.check(*KNOWN)
    assert (done.code, done.found) == (0, [])
    assert done.document["summary"]["baselined"] == 1


def test_a_configured_baseline_lies_beside_its_configuration(folder: Folder) -> None:
    configured = folder.read("lamlint.toml") + 'baseline = ".lamlint-baseline.json"\n'
    folder.write("lamlint.toml", configured)
    assert Folder(folder.path / "src").check("..").code == 0


def test_a_moved_file_is_known_by_the_rest(folder: Folder) -> None:
    (folder.path / "template.yaml").rename(folder.path / "stack.yaml")
    done = folder.check(*KNOWN)
    assert (done.code, done.found, done.err) == (0, [], "")


def test_a_copied_file_is_new(folder: Folder) -> None:
    folder.write("copy.yaml", TEMPLATE)
    assert folder.check(*KNOWN).found == ["copy.yaml:9 timeout-over-limit"]


def test_a_second_equal_finding_is_new(folder: Folder) -> None:
    folder.write("template.yaml", TEMPLATE + SECOND)
    assert folder.check(*KNOWN).code == 1


def test_how_many_findings_are_told_as_one_is_said(folder: Folder) -> None:
    folder.write("lamlint.toml", 'select = ["deprecated-runtime"]\n')
    folder.write("template.yaml", (TEMPLATE + SECOND).replace("python3.13", "python3.8"))
    assert folder.check().document["summary"]["findings"] == 1
    assert "wrote 2 findings (told as 1) into" in folder.run("check", "--write-baseline").err


def test_what_is_found_no_more_is_told_unless_quiet(folder: Folder) -> None:
    folder.write("template.yaml", CLEAN)
    told = folder.run("check", *KNOWN)
    assert told.code == 0
    assert "timeout-over-limit in template.yaml" in told.err
    quiet = folder.run("check", "--quiet", *KNOWN)
    assert (quiet.out, quiet.err) == ("", "")


def test_rules_and_paths_that_were_not_asked_for_are_not_stale(folder: Folder) -> None:
    folder.write("template.yaml", CLEAN)
    assert folder.run("check", "--select", "memory-out-of-range", *KNOWN).err == ""
    assert folder.run("check", "src", *KNOWN).err == ""


def test_writing_for_some_paths_keeps_what_is_known_of_others(folder: Folder) -> None:
    before = folder.read(".lamlint-baseline.json")
    assert folder.run("check", "--write-baseline", "src").code == 0
    assert folder.read(".lamlint-baseline.json") == before


@pytest.mark.parametrize("text", ["", "[]", '{"version": 9, "findings": []}', '{"version": 1}'])
def test_what_is_no_baseline_is_told(folder: Folder, text: str) -> None:
    folder.write(".lamlint-baseline.json", text)
    done = folder.run("check", *KNOWN)
    assert done.code == 2
    assert done.err.startswith("lamlint: .lamlint-baseline.json: ")


def test_fingerprints_are_the_same_everywhere_and_from_every_folder(folder: Folder) -> None:
    folder.write("inner/template.yaml", TEMPLATE)
    here = {f["fingerprint"] for f in folder.check().document["findings"]}
    inner = Folder(folder.path / "inner").check().document["findings"]
    assert {f["fingerprint"] for f in inner} < here
    sarif = folder.run("check", "--output-format", "sarif").document["runs"][0]["results"]
    assert {result["partialFingerprints"]["lamlint/v1"] for result in sarif} == here


def test_no_digest_is_made_of_a_clear_secret(tmp_path: Path) -> None:
    made = project(tmp_path)
    made.write("lamlint.toml", 'select = ["hardcoded-secret"]\n')
    texts = []
    # Digests of two secrets that look alike when they are masked cannot differ.
    for secret in (SECRET, SECRET[:4] + SECRET[:3:-1]):
        made.write("src/app.py", f'password = "{secret}"\n')
        assert made.check().found == ["src/app.py:1 hardcoded-secret"]
        made.run("check", "--write-baseline")
        texts.append(json.loads(made.read(".lamlint-baseline.json"))["findings"][0]["text"])
    assert texts[0] == texts[1]
