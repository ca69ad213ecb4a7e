"""What a path is as the code of a function: a folder, a file, an archive, or nothing yet."""

from __future__ import annotations

from lamlint.model import CodeKind
from lamlint.text import Tree

ARCHIVES = (".zip", ".jar", ".war")


def kind_at(path: str, tree: Tree) -> CodeKind:
    """What is there, as the code of a function."""
    if path in ("", "..") or tree.is_folder(path):
        return CodeKind.FOLDER
    if tree.is_file(path):
        return CodeKind.ARCHIVE if path.endswith(ARCHIVES) else CodeKind.FILE
    return CodeKind.MISSING
