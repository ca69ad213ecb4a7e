"""Templates that a build or a packaging wrote repeat others: they are read when asked for."""

from __future__ import annotations

import json
from datetime import date

import pytest

from lamlint.catalog import Catalog
from lamlint.dialects.cloudformation.discovery import templates
from lamlint.model import CodeKind
from lamlint.project import build
from tests.memory import MemoryTree

TEXT = "Resources:\n  Api:\n    Type: AWS::Serverless::Function\n"
FILES = (
    "template.yaml",
    "packaged.yaml",
    ".aws-sam/build/template.yaml",
    "cdk.out/Shop.template.json",
    "cdk.out/assembly-prod/Shop.template.json",
)


def read(target: str) -> set[str]:
    """The templates that are read for what a user asks for."""
    found = templates(MemoryTree(dict.fromkeys(FILES, TEXT)), [target])
    return {path for path, _ in found if path != "template.yaml"}


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("", set()),
        ("src", set()),
        ("packaged.yaml", {"packaged.yaml"}),
        (".aws-sam", {".aws-sam/build/template.yaml"}),
        (".aws-sam/build/template.yaml", {".aws-sam/build/template.yaml"}),
        ("cdk.out", set(FILES[3:])),
        ("cdk.out/assembly-prod", {"cdk.out/assembly-prod/Shop.template.json"}),
        ("cdk.out/asset.12ab", set()),
    ],
)
def test_built_templates_are_read_when_they_are_named(target: str, expected: set[str]) -> None:
    assert read(target) == expected


KEPT = "infra/{folder}/Shop.template.json"


@pytest.mark.parametrize(
    ("folder", "more", "repeats"),
    [
        ("cdk.out.tmp", {}, True),
        ("cdk.out-v4", {}, True),
        ("cdk.output", {}, False),
        ("synthesized", {"infra/synthesized/cdk.out": "{}", "infra/cdk.json": "{}"}, True),
        ("a/b", {"infra/a/b/cdk.out": "{}", "cdk.json": "{}"}, True),
        ("synthesized", {"infra/synthesized/cdk.out": "{}"}, False),
        ("synthesized", {"infra/cdk.json": "{}"}, False),
        ("synthesized", {"infra/synthesized/cdk.out": "{}", "other/cdk.json": "{}"}, False),
    ],
)
def test_what_the_cdk_wrote_of_an_app_repeats_it(
    folder: str, more: dict[str, str], repeats: bool
) -> None:
    kept = KEPT.format(folder=folder)
    tree = MemoryTree({kept: TEXT, **more})
    assert [path for path, _ in templates(tree, ())] == ([] if repeats else [kept])
    for asked in (kept, f"infra/{folder}"):
        assert kept in [path for path, _ in templates(tree, [asked])]


def synthesized(code: dict[str, str], asset: str) -> str:
    properties = {"Code": code, "Handler": "app.handler", "Runtime": "python3.13"}
    kept = {"aws:asset:path": asset, "aws:asset:property": "Code"}
    function = {"Type": "AWS::Lambda::Function", "Properties": properties, "Metadata": kept}
    return json.dumps({"Resources": {"Fn": function}})


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ((), CodeKind.REMOTE),
        (("examples/asset.12ab/app.py",), CodeKind.FOLDER),
        (("examples/asset.12ab",), CodeKind.FILE),
    ],
)
def test_a_template_may_be_kept_without_what_the_cdk_packed(
    more: tuple[str, ...], expected: CodeKind
) -> None:
    text = synthesized({"S3Bucket": "assets", "S3Key": "12ab.zip"}, "asset.12ab")
    tree = MemoryTree({"examples/Shop.template.json": text, **dict.fromkeys(more, "")})
    (function,) = build(tree, (), Catalog(), date(2026, 11, 23)).functions
    assert function.code.kind is expected
