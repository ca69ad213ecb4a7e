"""What the files of settings of a project declare, as far as they are read."""

from __future__ import annotations

from dataclasses import field

from lamlint.dialects.dialect import Declared, failed
from lamlint.dialects.settings.files import root_of
from lamlint.dialects.tree.node import MappingNode
from lamlint.dialects.tree.yaml import Broken
from lamlint.dialects.unreadable import SETTINGS, told
from lamlint.model import Function
from lamlint.text import Finding, Tree, Unreadable
from lamlint.text.dataclass import dataclass


@dataclass
class Found:
    """What was found so far, and what is wrong with it."""

    tree: Tree
    functions: list[Function] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)

    def root(self, path: str) -> MappingNode | None:
        """The settings in a file; None where they cannot be read, which is told."""
        source = self.tree.read(path)
        if isinstance(source, Unreadable):
            self.left_out.add(path)
            return None
        root = root_of(source)
        if isinstance(root, Broken):
            self.left_out.add(path)
            self.problems += told(SETTINGS, source, root, self.tree)
            return None
        return root

    def failed(self, path: str, error: Exception, root: MappingNode) -> None:
        """Tell that a file could not be read to its end."""
        self.problems.append(failed(path, error, root.span))

    @property
    def declared(self) -> Declared:
        """All of it."""
        return Declared(
            functions=tuple(self.functions),
            roles=tuple(one.role for one in self.functions if one.role is not None),
            problems=tuple(self.problems),
            left_out=frozenset(self.left_out),
        )
