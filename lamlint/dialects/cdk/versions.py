"""Which major version of the CDK an app is written for: v1 has other modules than v2."""

from __future__ import annotations

from collections.abc import Iterable

from lamlint.text import Source, Tree
from lamlint.text.regex import Regex

FIRST = "CDK v1"
_OF_FIRST = Regex(
    r"(?m)^[ \t]{0,40}(?:from|import)[ \t]{1,9}aws_cdk\.core\b"
    r"|[\"']@aws-cdk/(?:core|aws-lambda)[\"']"
)
"""The core, which is `aws_cdk` itself in v2; and what v2 has in one package, in TypeScript."""
_TAKEN = Regex(
    r"(?m)^[ \t]{0,40}from[ \t]{1,9}aws_cdk[ \t]{1,9}import[ \t]{0,9}"
    r"(?:\((?P<several>[^()]{0,4000})|(?P<plain>[^(\s][^\n]{0,1000}))"
)
"""What is imported of the package itself."""
_CORE = Regex(r"\bcore\b")


def old(modules: Iterable[str], tree: Tree) -> str:
    """The version of the CDK that some modules import where it is one that is not developed on.

    It has no names for the runtimes that came later.
    """
    sources = (tree.read(path) for path in modules)
    first = any(_is_first(one) for one in sources if isinstance(one, Source))
    return FIRST if first else ""


def _is_first(source: Source) -> bool:
    return source.once(_OF_FIRST, lambda: _imports_first(source.text))


def _imports_first(text: str) -> bool:
    taken = (hit["several"] or hit["plain"] or "" for hit in _TAKEN.finditer(text))
    return _OF_FIRST.search(text) is not None or any(_CORE.search(names) for names in taken)
