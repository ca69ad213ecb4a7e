"""Rules that come from elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.command import CHECKOUT, Folder, project

RULE = '''\
"""The function has a name."""

from lamlint.model import Function
from lamlint.project import Project
from lamlint.rule import WARNING, rule


@rule(severity=WARNING, since="1")
def check(function: "Function", project: "Project"):
    yield function.finding("it has a name")
'''


def test_an_installed_package_brings_rules(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    site = Folder(tmp_path / "site")
    site.write("acme_rules/__init__.py", "")
    site.write("acme_rules/naming/__init__.py", "")
    site.write("acme_rules/naming/has_a_name.py", RULE)
    site.write(
        "acme_rules-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: acme-rules\nVersion: 1\n"
    )
    path = {"PYTHONPATH": f"{CHECKOUT}{os.pathsep}{site.path}"}
    assert "has-a-name" not in folder.start("rules", environment=path).out
    site.write("acme_rules-1.dist-info/entry_points.txt", "[lamlint.rules]\nacme = acme_rules\n")
    arguments = ("check", "--output-format", "json", "--extend-select", "has-a-name")
    done = folder.start(*arguments, environment=path)
    assert "template.yaml:3 has-a-name" in done.found


def test_two_rules_of_one_name_end_the_run(tmp_path: Path) -> None:
    folder = project(tmp_path)
    folder.write("own/timeout_over_limit.py", RULE)
    done = folder.run("check", "--rules", "own")
    assert done.code == 2
    assert "two rules are named timeout-over-limit" in done.err


def test_a_rule_need_not_postpone_its_annotations(tmp_path: Path) -> None:
    folder = project(tmp_path)
    folder.write("mine/has_a_name.py", RULE.replace('"Function"', "Function"))
    done = folder.check("--rules", "mine", "--extend-select", "has-a-name")
    assert "template.yaml:3 has-a-name" in done.found


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ("", "the type of the first parameter of check says what the rule looks at"),
        ("function, project", "and has to be one of Function, Handler,"),
        ("function: str, project: Project", "and has to be one of Function, Handler,"),
        ("function: Function", "check is called with (function, project), and takes 1"),
        ("project: Project, more: int", "check is called with (project), and takes 2"),
    ],
)
def test_a_check_that_cannot_be_called_is_told(
    tmp_path: Path, parameters: str, sentence: str
) -> None:
    folder = project(tmp_path)
    taken = 'function: "Function", project: "Project"'
    folder.write("mine/has_a_name.py", RULE.replace(taken, parameters))
    done = folder.check("--rules", "mine")
    assert done.code == 2
    assert "has_a_name.py: " in done.err
    assert sentence in done.err


SEES_TOKENS = '''\
"""A token of the company stands in the code."""

from lamlint.project import Project
from lamlint.python import Module
from lamlint.rule import WARNING, rule
from lamlint.text import Finding


@rule(severity=WARNING, since="1"MORE)
def check(module: Module, project: Project):
    place = module.source.text.find("acme" + "-")
    if place >= 0:
        yield Finding("a token of the company", module.source.span(place, place + 17))
'''


@pytest.mark.parametrize(
    ("more", "places", "is_shown"),
    [
        ("", ["src/app.py:3"], True),
        (", sees_every_module=True", ["src/app.py:3", "tests/test_app.py:1"], True),
        (", sees_every_module=True, secret=True", ["src/app.py:3", "tests/test_app.py:1"], False),
    ],
)
def test_a_rule_from_elsewhere_says_what_it_sees_and_what_may_be_shown(
    tmp_path: Path, more: str, places: list[str], is_shown: bool
) -> None:
    folder = project(tmp_path)
    folder.write("mine/tokens.py", SEES_TOKENS.replace("MORE", more))
    folder.write(
        "src/app.py", "# one\n# two\nKEY = 'acme-123456abcdef'\n\ndef handler(event, _): ...\n"
    )
    folder.write("tests/test_app.py", "KEY = 'acme-123456abcdef'\n")
    done = folder.check("--rules", "mine", "--select", "tokens")
    assert done.found == [f"{place} tokens" for place in places]
    shown = folder.run("check", "--rules", "mine", "--select", "tokens").out
    assert ("123456abcdef" in shown) is is_shown
