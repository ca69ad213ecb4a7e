"""Which files of a project are templates, and which of them concern the paths given."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from lamlint.text import Tree

_SUFFIXES = (".yaml", ".yml", ".json", ".template")
_WORDS = (b"AWS::Serverless::", b"AWS::Lambda::")


def templates(tree: Tree, targets: Sequence[str]) -> Iterator[str]:
    """The files that may declare functions, wherever they lie."""
    for path in tree.sources():
        wanted = path.endswith(_SUFFIXES) and (path in targets or not _generated(path))
        if wanted and tree.mentions(path, _WORDS):
            yield path


def _generated(path: str) -> bool:
    """Whether a template repeats another one: the output of a build or a packaging."""
    folders = path.split("/")
    if ".aws-sam" in folders or "cdk.out" in folders:
        return True
    return posixpath.basename(path).startswith("packaged")
