"""Which folders are distributions of the project's own, and from where their packages import."""

from __future__ import annotations

import posixpath
import re

from lamlint.files.layer_library import is_layer_library
from lamlint.packages.builds import upward
from lamlint.text import Source, Tree
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_DECLARING = ("pyproject.toml", "setup.py", "setup.cfg")
_WORD = Regex(r"(?<=[\"'=\s])[\w.-]{1,200}(?=[\"',\s]|\Z)")
_FOUND = Regex(r"\bfind(?:_namespace)?_packages\s*\(|\bpackages\.find\b|\bfind(?:_namespace)?:")
"""All packages of the folder are part of it."""
_PLACE = Regex(
    r"(?:package[-_]dir|\bwhere|\bfrom|packages)\b[^\n]{0,200}?[\"'=]\s{0,20}(?P<one>[\w./-]+)",
    re.MULTILINE,
)


_TARGET = Regex(r"\bpip3?\s(?:[^\n]{0,400}\s)?(?:-t|--target)[\s=]")
"""A command that installs into a folder, as the content of a layer is made."""


def is_layer(folder: str) -> bool:
    """Whether a folder is what a layer adds to the import path, by its shape."""
    return posixpath.basename(folder) == "python" or is_layer_library(folder)


@dataclass(frozen=True)
class Distributions:
    """The folders of a project with a pyproject.toml or a setup.py."""

    tree: Tree

    def of(self, folder: str, top: str) -> str | None:
        """The file that makes a folder one that a distribution's package is imported from."""
        for home in list(upward(folder))[:3]:
            for name in _DECLARING:
                path = posixpath.join(home, name)
                source = self.tree.read(path) if self.tree.is_file(path) else None
                if isinstance(source, Source) and _gives(source.text, home, folder, top):
                    return path
        return None

    def packed(self, folder: str, top: str) -> str | None:
        """The Dockerfile that makes a package of a distribution, as a layer's content is made.

        It lies beside the distribution, and names its folder and a command that installs there.
        """
        told = self.of(folder, top)
        home = posixpath.dirname(told) if told is not None else ""
        path = posixpath.join(posixpath.dirname(home), "Dockerfile")
        source = self.tree.read(path) if home and self.tree.is_file(path) else None
        if not isinstance(source, Source) or _TARGET.search(source.text) is None:
            return None
        words = (hit[0] for hit in _WORD.finditer(source.text))
        return path if posixpath.basename(home) in words else None


def _gives(text: str, home: str, folder: str, top: str) -> bool:
    """Whether what a file of a folder says makes a package in a folder one of the distribution."""
    inner = posixpath.relpath(folder, home or ".") if folder != home else ""
    if inner == "src":
        return True
    if inner:
        return any(hit["one"].strip("./") == inner for hit in _PLACE.finditer(text))
    spelled = top.lower().replace("-", "_")
    words = (hit[0].lower().replace("-", "_") for hit in _WORD.finditer(text))
    return spelled in words or _FOUND.search(text) is not None
