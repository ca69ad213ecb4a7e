"""Functions as SAM templates declare them."""

from __future__ import annotations

from datetime import date

from lamlint.catalog import Catalog
from lamlint.dialects.cloudformation.intrinsics import evaluate
from lamlint.dialects.cloudformation.resource import resources
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.tree.node import MappingNode
from lamlint.dialects.tree.yaml import Broken, compose, descendants
from lamlint.model import CodeKind, Origin
from lamlint.project import build
from lamlint.text import Safety, Source
from tests.dialects.thin import TEMPLATE, read
from tests.memory import MemoryTree


def test_globals_are_inherited() -> None:
    (function,) = read(TEMPLATE).functions
    assert function.timeout.only == 1000
    assert function.timeout.choices[0].origin is Origin.INHERITED
    assert function.code.kind is CodeKind.FOLDER
    assert function.code.path == "src"


def test_a_shared_value_is_changed_unsafely() -> None:
    (function,) = read(TEMPLATE).functions
    fix = function.timeout.change(900, "Set the limit", Safety.SAFE)
    assert fix is not None
    assert fix.safety is Safety.UNSAFE
    assert TEMPLATE[fix.edits[0].span.start : fix.edits[0].span.end] == "1000"


def test_an_absent_value_is_written_at_the_function() -> None:
    (function,) = read(TEMPLATE).functions
    fix = function.memory.change(256, "Set the memory", Safety.SAFE)
    assert fix is not None
    (edit,) = fix.edits
    changed = TEMPLATE[: edit.span.start] + edit.text + TEMPLATE[edit.span.end :]
    assert changed == TEMPLATE + "      MemorySize: 256\n"


def test_what_globals_include_from_a_file_is_inherited_too() -> None:
    include = "{Name: AWS::Include, Parameters: {Location: shared.yaml}}"
    template = TEMPLATE.replace("    Timeout: 1000\n", f"    Fn::Transform: {include}\n")
    files = {"template.yaml": template, "shared.yaml": "Timeout: 1000\n", "src/app.py": ""}
    (function,) = build(MemoryTree(files), (), Catalog(), date(2026, 11, 23)).functions
    (choice,) = function.timeout.choices
    assert (choice.value, choice.span.path) == (1000, "shared.yaml")
    assert choice.origin is Origin.INHERITED


def test_items_that_globals_bring_to_a_list_are_inherited_and_its_own_are_not() -> None:
    template = TEMPLATE.replace("    Timeout: 1000\n", "    Layers: [arn:x]\n")
    (function,) = read(template + "      Layers: [arn:y]\n").functions
    origins = [layer.arn.choices[0].origin for layer in function.layers]
    assert origins == [Origin.INHERITED, Origin.WRITTEN]


def test_reading_leaves_a_document_as_it_was_composed() -> None:
    documents = compose(Source("template.yaml", TEMPLATE))
    assert not isinstance(documents, Broken)
    (document,) = documents
    assert isinstance(document, MappingNode)
    before = [node.shared for node in descendants(document)]
    list(resources(Scope("template.yaml", document, MemoryTree({}), evaluate)))
    assert [node.shared for node in descendants(document)] == before
