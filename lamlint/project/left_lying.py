"""Templates that no script names, while one names another of their folder: older ones, mostly."""

from __future__ import annotations

import posixpath
from functools import cached_property

from lamlint.files import kinds
from lamlint.text import Source, Tree
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_ENDINGS = (
    ".sh", ".ps1", ".mk", ".bat", ".cmd", ".toml", "makefile", "justfile", "jenkinsfile",
    "package.json", "taskfile.yml", "taskfile.yaml", "buildspec.yml", "buildspec.yaml",
    ".gitlab-ci.yml",
)  # fmt: skip
_WORKFLOWS = ".github/workflows/"
_NAME = Regex(r"[\w.-]+")


@dataclass(frozen=True, eq=False)
class LeftLying:
    """What scripts, workflows and the settings of tools say of the templates of a project."""

    tree: Tree

    def holds(self, template: str, other: str) -> bool:
        """Whether something deploys another template of a folder by its name, and nothing this."""
        folder, name = posixpath.split(template)
        beside, second = posixpath.split(other)
        return folder == beside and second in self._said and name not in self._said

    @cached_property
    def _said(self) -> frozenset[str]:
        """All words that may be names of files."""
        return frozenset(
            name
            for path in self.tree.sources()
            if path.lower().endswith(_ENDINGS) or _WORKFLOWS in path
            if not kinds.is_test(path) and isinstance(source := self.tree.read(path), Source)
            for name in _NAME.findall(source.text)
        )
