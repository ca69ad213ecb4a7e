"""Secrets that a configuration writes into the very store where they are to be kept."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.text import Source

_BLOCK = Regex(r"^(?:resource[ \t]+\"(\w{1,100})\"|[a-z_]{1,60}\b)", re.MULTILINE)
"""What begins a block of Terraform at the start of a line, and of which type a resource is."""
_TYPE = Regex(r"[\"']?Type[\"']?[ \t]*:[ \t]*[\"']?(AWS::\w{1,60}::\w{1,60})")
_OF_TERRAFORM = frozenset({"aws_secretsmanager_secret_version", "aws_ssm_parameter"})
_OF_STACKS = frozenset({"AWS::SecretsManager::Secret", "AWS::SSM::Parameter"})
_APPLIED = (
    "replace it, and give the new one by a variable when it is applied, or set it outside of "
    "Terraform"
)
_DEPLOYED = (
    "replace it, and let Secrets Manager make the new one (GenerateSecretString), or set it "
    "outside of the template"
)


def cure_in_store(source: Source, start: int) -> str:
    """What to do with a secret that a configuration puts into a store; empty for all others."""
    if source.path.endswith(".tf"):
        return _APPLIED if _around(_BLOCK, source, start) in _OF_TERRAFORM else ""
    return _DEPLOYED if _around(_TYPE, source, start) in _OF_STACKS else ""


def _around(shape: Regex[str], source: Source, place: int) -> str:
    """What the last of some shapes says that are ahead of a place."""
    hits = source.once(shape, lambda: [(one.end(), one[1] or "") for one in _all(shape, source)])
    before = bisect_right(hits, (place, ""))
    return hits[before - 1][1] if before else ""


def _all(shape: Regex[str], source: Source) -> Iterator[re.Match[str]]:
    return shape.finditer(source.text)
