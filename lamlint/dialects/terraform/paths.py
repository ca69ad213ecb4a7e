"""Where the paths of expressions lead: to files of the project, and to nothing else."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lamlint.dialects.terraform.scope import Scope
from lamlint.files.paths import around, normal


def places(text: str, scope: Scope) -> Iterator[str]:
    """The paths in the project that a path may mean, the one that Terraform takes first.

    Terraform starts from the folder in which it runs; where that is another one than that of
    the root module (`-chdir`, a script), people write paths from the module, or from above.
    """
    written = text.replace("\\", "/")
    if not written or written.startswith(("/", "~")) or "://" in written:
        return
    root, beside = scope.use.root, scope.use.beside
    copied = () if beside is None else (beside,)
    folders = (*copied, root, scope.module.folder, *around(root), "")
    yield from dict.fromkeys(normal(posixpath.join(one, written)) for one in folders)
