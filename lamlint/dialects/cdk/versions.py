"""Which major version of the CDK an app is written for: v1 has other modules than v2."""

from __future__ import annotations

from collections.abc import Iterable

from lamlint.text import Source, Tree
from lamlint.text.regex import Regex

FIRST = "CDK v1"
_OF_FIRST = Regex(
    r"(?m)^[ \t]*(?:from[ \t]+aws_cdk\.core[ \t]+import\b|import[ \t]+aws_cdk\.core\b"
    r"|from[ \t]+aws_cdk[ \t]+import[ \t]+(?:\([^()]{0,4000}|[^(\n]{0,1000})\bcore\b)"
    r"|[\"']@aws-cdk/(?:core|aws-lambda)[\"']"
)
"""The core, which is `aws_cdk` itself in v2; and what v2 has in one package, in TypeScript."""


def old(modules: Iterable[str], tree: Tree) -> str:
    """The version of the CDK that some modules import where it is one that is not developed on.

    It has no names for the runtimes that came later.
    """
    sources = (tree.read(path) for path in modules)
    first = any(_is_first(one) for one in sources if isinstance(one, Source))
    return FIRST if first else ""


def _is_first(source: Source) -> bool:
    return source.once(_OF_FIRST, lambda: _OF_FIRST.search(source.text) is not None)
