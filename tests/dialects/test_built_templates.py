"""Templates that a build or a packaging wrote repeat others: they are read when asked for."""

from __future__ import annotations

import pytest

from lamlint.dialects.cloudformation.discovery import templates
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
