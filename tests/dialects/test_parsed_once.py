"""Each file of the configuration is parsed once, whichever dialects and readings ask for it."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import tree_sitter
import yaml

from lamlint.dialects.reading import read
from lamlint.files.disk import DiskTree
from tests.benchmarks.dialects import MADE, make

SERVICES = 3


class Parses:
    """Counts how often each text is parsed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.texts: Counter[str] = Counter()
        for where in (yaml, ast):
            monkeypatch.setattr(where, "parse", self._noting(where.parse))
        plain = tree_sitter.Parser

        class Parser:
            def __init__(parser, *given: Any) -> None:  # noqa: N805  the other one is in use
                parser.parse = self._noting(plain(*given).parse)

        monkeypatch.setattr(tree_sitter, "Parser", Parser)

    def _noting(self, parse: Any) -> Any:
        def noted(text: Any, *rest: Any, **named: Any) -> Any:
            self.texts[text if isinstance(text, str) else text.decode()] += 1
            return parse(text, *rest, **named)

        return noted


def project(folder: Path, *dialects: str) -> DiskTree:
    """A project that declares functions in some ways."""
    for dialect in dialects:
        make(folder / dialect, dialect, SERVICES)
    return DiskTree(str(folder), boundary=str(folder))


@pytest.mark.parametrize("dialect", MADE)
def test_a_file_is_parsed_once(
    dialect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = project(tmp_path, dialect)
    parses = Parses(monkeypatch)
    assert len(read(tree, ()).functions) >= SERVICES
    assert parses.texts.total() >= SERVICES
    files = Counter(path.read_text() for path in tmp_path.rglob("*") if path.is_file())
    assert {text for text, times in parses.texts.items() if times > max(files[text], 1)} == set()


def test_another_reading_parses_nothing_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = project(tmp_path, "cloudformation", "serverless", "terraform")
    first = read(tree, ())
    parses = Parses(monkeypatch)
    assert [one.id for one in read(tree, ()).functions] == [one.id for one in first.functions]
    assert not parses.texts


def test_another_reading_parses_the_modules_of_an_app_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their trees are large, and are let go as soon as the apps are read."""
    tree = project(tmp_path, "cdk")
    first = read(tree, ())
    parses = Parses(monkeypatch)
    assert [one.id for one in read(tree, ()).functions] == [one.id for one in first.functions]
    files = Counter(path.read_text() for path in tmp_path.rglob("*") if path.is_file())
    assert {text for text, times in parses.texts.items() if times > files[text]} == set()


def test_what_only_exports_is_parsed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A template that others import from is looked at twice: it may declare functions, too."""
    function = "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n"
    (tmp_path / "a.yaml").write_text(f"{function}      Role: !ImportValue Role\n")
    (tmp_path / "b.yaml").write_text(
        "Description: of AWS::Lambda::Function and others\n"
        "Outputs:\n  Role: {Value: r, Export: {Name: Role}}\n"
    )
    parses = Parses(monkeypatch)
    read(DiskTree(str(tmp_path), boundary=str(tmp_path)), ())
    assert set(parses.texts.values()) == {1}
