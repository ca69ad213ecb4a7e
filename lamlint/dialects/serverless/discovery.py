"""Which files of a project are services, and which of them concern the paths given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lamlint.dialects.dialect import SERVERLESS
from lamlint.dialects.nearness import Nearness, nearness
from lamlint.dialects.tree.node import MappingNode
from lamlint.text import Source, Tree
from lamlint.text.regex import Regex

_PROVIDER = Regex(r"""^[ \t]{0,40}\{?[ \t]*["']?provider["']?[ \t]*:""", re.MULTILINE)
_SKIPPED = frozenset({".serverless", "node_modules"})
"""Folders in which what a build or a package has left lies."""


def services(tree: Tree, targets: Sequence[str]) -> Iterator[tuple[str, Nearness]]:
    """The files that may be services and concern the targets; all of them without any."""
    for path in tree.sources():
        if SERVERLESS.claims(path) and _SKIPPED.isdisjoint(path.split("/")):
            yield path, nearness(path, targets, tree)


def clearly_meant(source: Source) -> bool:
    """Whether a text that is no YAML is nevertheless a service, or becomes one."""
    return _PROVIDER.search(source.text) is not None


def is_service(root: MappingNode) -> bool:
    """Whether a document says who provides the functions that it has, and under which name."""
    return "provider" in root.table and ("service" in root.table or "functions" in root.table)
