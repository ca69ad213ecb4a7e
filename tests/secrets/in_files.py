"""The secrets that are found in files, and how these are written."""

from __future__ import annotations

from collections.abc import Sequence

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from lamlint.text import Finding
from tests.checking import TODAY
from tests.memory import MemoryTree
from tests.secrets import made

KEY = made.letters(made.ALNUM, 24)
GITHUB, STRIPE = made.TOKENS["github-token"], made.TOKENS["stripe-key"]
PASSWORD = "kT7-vQ2xw!9"
RULES = ("secret-in-configuration", "secret-in-environment", "hardcoded-secret")


def findings(
    files: dict[str, str], *targets: str, rules: Sequence[str] = RULES
) -> tuple[Finding, ...]:
    project = build(MemoryTree(files), targets or (".",), Catalog(), TODAY)
    loaded = registry.load(plugins=False)
    return check(project, [loaded[name] for name in rules])


def template(resources: str = "", parameters: str = "") -> str:
    head = 'AWSTemplateFormatVersion: "2010-09-09"\nTransform: AWS::Serverless-2016-10-31\n'
    return f"{head}Parameters:\n{parameters}  X: {{Type: String}}\nResources:\n{resources}  T: {{Type: AWS::SNS::Topic}}\n"


def resource(kind: str, properties: str) -> str:
    return template(f"  R:\n    Type: {kind}\n    Properties:\n      {properties}\n")


def short(case: tuple[str, str]) -> str:
    return f"{case[0]}:{case[1][-60:]!r}"[:90]
