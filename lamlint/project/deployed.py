"""What is deployed as code of functions, however its path looks: of tests, of examples."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence

from lamlint.files import kinds
from lamlint.files.paths import around
from lamlint.model import Function
from lamlint.project import resolution
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class Deployed:
    """The folders that look like samples and the files that templates, no samples, deploy."""

    roots: frozenset[str]
    files: frozenset[str]

    @classmethod
    def of(
        cls,
        functions: Sequence[Function],
        entry_points: Mapping[resolution.Place, Sequence[Function]],
    ) -> Deployed:
        """What some functions are deployed from, given the places that their handlers lead to."""
        deployed = [one for one in functions if not kinds.is_sample(one.template)]
        return cls(
            frozenset(
                root
                for function in deployed
                for root in (resolution.root_of(function), *resolution.deployed_roots(function))
                if root is not None and kinds.is_sample(f"{root}/")
            ),
            frozenset(
                place.path
                for place, entering in entry_points.items()
                if any(not kinds.is_sample(function.template) for function in entering)
            ),
        )

    def holds(self, path: str) -> bool:
        """Whether a template that is no sample itself takes a file for code of a function."""
        return path in self.files or any(
            not kinds.is_sample(posixpath.relpath(path, root))
            for root in around(path)
            if root in self.roots
        )
