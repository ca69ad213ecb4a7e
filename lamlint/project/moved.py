"""Where code may have moved to whose folder is not there any more."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from lamlint.files import kinds
from lamlint.model import Function
from lamlint.project import resolution
from lamlint.project.away import handler_string, may_lead
from lamlint.text import Source, Tree
from lamlint.text.dataclass import dataclass

_MOST = 3
"""Of more files nobody can say that one of them is meant."""
_ALIKE = 200
"""And of more of one name none is looked at."""


@dataclass(frozen=True, eq=False)
class Moved:
    """Answers for the files of a project; `entries` are those that its functions run."""

    tree: Tree
    entries: Collection[str]

    def of(self, function: Function) -> Sequence[str]:
        """The files that a function's handler names elsewhere and that no function runs.

        Of several the nearest to where the code should lie; none where those are many.
        """
        code, handler = function.code.path, handler_string(function)
        found = [*self._named(handler)] if handler else []
        nearest = max((_shared(code, path) for path in found), default=0)
        near = [path for path in found if _shared(code, path) == nearest]
        return near if len(near) <= _MOST else ()

    def _named(self, handler: str) -> Iterator[str]:
        """The files that a handler string may name by their paths, and that have what it names."""
        named = resolution.split(handler)
        module, attribute = named if named is not None else ("", "")
        for name in dict.fromkeys(map(posixpath.basename, resolution.candidates("", module))):
            free = self._free.get(name, ())
            for path in free if len(free) <= _ALIKE else ():
                source = self.tree.read(path) if may_lead(handler, path, attribute) else None
                if isinstance(source, Source) and resolution.defines(source, attribute) is True:
                    yield path

    @cached_property
    def _free(self) -> Mapping[str, Sequence[str]]:
        """The Python files that no function runs by their names, tests and examples aside."""
        found: dict[str, list[str]] = {}
        for path in self.tree.sources():
            if path.endswith(".py") and path not in self.entries and not kinds.is_sample(path):
                found.setdefault(posixpath.basename(path), []).append(path)
        return found


def _shared(code: str, path: str) -> int:
    """How many folders two paths share, from the root on."""
    return len(posixpath.commonprefix([code.split("/"), path.split("/")]))
