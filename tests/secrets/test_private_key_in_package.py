"""How sure it is that a file of secrets is packed."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from lamlint.text import Severity
from tests.memory import MemoryTree

SECRETS = "DB_PASSWORD=" + "kT7-vQ2xw!9" + "\n"
SAM = """\
Resources:
  Sign:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: src/, Handler: app.handler, Runtime: python3.13}
"""
MADE = SAM + "    Metadata: {BuildMethod: makefile}\n"
PLAIN = """\
Resources:
  Sign:
    Type: AWS::Lambda::Function
    Properties: {Code: src/, Handler: app.handler, Runtime: python3.13}
"""
LAYERED = """\
Resources:
  Sign:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: code/, Handler: app.handler, Runtime: python3.13, Layers: [!Ref Keys]}
  Keys:
    Type: AWS::Serverless::LayerVersion
    Properties: {ContentUri: src/}
"""
BUILT = LAYERED + "    Metadata: {BuildMethod: python3.13}\n"


@pytest.mark.parametrize(
    ("template", "path", "severity"),
    [
        (SAM, "src/.env", Severity.WARNING),  # sam build copies all but a few names
        (SAM, "src/config/.env", Severity.WARNING),
        (SAM, "src/.env.production", Severity.ERROR),
        (SAM.replace("python3.13", "nodejs22.x"), "src/.env", Severity.ERROR),
        (MADE, "src/.env", Severity.ERROR),
        (PLAIN, "src/.env", Severity.ERROR),
        (LAYERED, "src/.env", Severity.ERROR),
        (BUILT, "src/.env", Severity.WARNING),
    ],
)
def test_a_file_that_a_build_leaves_out_is_a_warning(
    template: str, path: str, severity: Severity
) -> None:
    files = {"template.yaml": template, "src/app.py": "", "code/app.py": "", path: SECRETS}
    built = build(MemoryTree(files), [""], Catalog(), date(2026, 11, 23))
    (found,) = check(built, [registry.load()["private-key-in-package"]])
    assert found.severity is severity
