"""A project as the rules of one job see it: what they ask of it is noted.

What a question stands on is told here question by question. Of any other nobody can say on what
its answer depends: a job that puts one is done anew each time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import field
from functools import partial
from typing import Any, TypeAlias

from lamlint.engine.known.standing import standing
from lamlint.files import asking
from lamlint.files.asking import Answer
from lamlint.files.missing import Names
from lamlint.files.overheard import ASKED, Overheard, Uses, path_of, unheard
from lamlint.model import Function
from lamlint.project import Project
from lamlint.python import Handler
from lamlint.text.dataclass import dataclass

_FREE = frozenset({"catalog", "tree"})
"""The same in each run of a version; and what notes by itself what it is asked."""
_PARTS: Mapping[str, tuple[str, ...]] = {
    **{
        name: (name,)
        for name in ("beside", "dangling", "failure_targets", "functions", "invoked_often",
                     "invoking", "left_out", "replaced", "resources", "roles", "targets", "today",
                     "variables")
    },
    "named": ("resources",),
    "queue": ("resources",),
    "queues": ("resources",),
    "users": ("functions",),
    "may_run": ("_untied",),
}  # fmt: skip
"""What is asked for as a whole, or answered from parts of the project that are read as such."""
_OF_PATHS = frozenset(
    {
        "declared",
        "is_elsewhere",
        "is_kept",
        "is_passed_over",
        "is_sample",
        "is_script",
        "is_set_aside",
        "is_targeted",
        "is_test",
        "is_test_data",
    }
)
"""What can be said of a path."""
_OF_FUNCTIONS = frozenset({"handler_of", "lookup_of", "needed", "resolves"})
"""What is read of the code of a function."""
_PART, _TIE = "part", "tie"
LACKS, BOUNDARY = "lacks", "boundary"
"""Whether a folder lacks a name still, and what no path of the project leads out of."""
_Place: TypeAlias = "tuple[str, bool, bool]"
"""Where a path leads, whether that is a folder, and whether one may go there."""


@dataclass(frozen=True)
class Standing:
    """What stands for the parts of a project, each worked out once."""

    project: Project
    _known: dict[tuple[str, bytes], str] = field(default_factory=dict)
    _places: dict[str, tuple[_Place, Names]] = field(default_factory=dict)

    def of(self, part: str, key: bytes) -> str:
        """What stands for a part, by its name. Raises TypeError for what is no plain data."""
        if (part, key) not in self._known:
            with unheard():
                self._known[part, key] = standing(getattr(self.project, part), key)
        return self._known[part, key]

    def tie(self, function: str, key: bytes) -> str:
        """What stands for the file that is tied to a function, if one is."""
        return standing(self.project.ties.get(function), key)

    def answer(self, question: str, about: str, key: bytes) -> Answer:
        """The answer to a question that was noted."""
        if question == _PART:
            return self.of(about, key)
        if question == _TIE:
            return self.tie(about, key)
        if question in _OF_PATHS:
            found: bool = getattr(self.project, question)(about)
            return found
        if question == BOUNDARY:
            tree = self.project.tree
            return standing(tree.boundary.folder if isinstance(tree, Overheard) else None, key)
        if question == LACKS:
            there, token = json.loads(about)
            return self._lacks(there, token, key)
        return ASKED[question](self.project.tree, about, key)

    def path_of(self, question: str, about: str) -> str | None:
        """The path that a question is about, if it is about one."""
        if question in _OF_PATHS:
            return about
        return path_of(question, about) if question in ASKED else None

    def _lacks(self, there: str, token: str, key: bytes) -> str:
        """What stands for all on which it depends that nothing is found of some name there."""
        place, names = self._at(there, key)
        return standing((*place, token not in names.tokens), key)

    def names(self, there: str, key: bytes) -> Names:
        """What lies in a folder; in what is none lies nothing."""
        return self._at(there, key)[1]

    def _at(self, there: str, key: bytes) -> tuple[_Place, Names]:
        if there not in self._places:
            is_folder = asking.is_folder(there)
            found = asking.entries(there) if is_folder else ()
            place = asking.real(there), is_folder, asking.passable(there)
            self._places[there] = place, Names(frozenset(one.name for one in found), key)
        return self._places[there]


class Heard:
    """A project whose questions are noted.

    `own` are the functions whose code is read with the job's own, and that has been let go
    before: all that is read of it is asked of the tree.
    """

    def __init__(self, standing: Standing, uses: Uses, own: frozenset[str]) -> None:
        self._standing, self._project = standing, standing.project
        self._uses, self._own = uses, own

    def __getattr__(self, name: str) -> Any:
        """What the project has of that name."""
        if name in _OF_PATHS:
            return partial(self._of_path, name)
        if name in _OF_FUNCTIONS:
            return partial(self._of_function, name)
        if name in _PARTS:
            for part in _PARTS[name]:
                self._note(part)
        elif name not in _FREE:
            self._uses.torn.add(name)
        return getattr(self._project, name)

    def _note(self, part: str) -> None:
        try:
            self._uses.note(_PART, part, self._standing.of(part, self._uses.key))
        except TypeError:
            self._uses.torn.add(part)

    def _of_path(self, name: str, path: str) -> bool:
        answer: bool = getattr(self._project, name)(path)
        self._uses.note(name, path, answer)
        return answer

    def _of_function(self, name: str, function: Function) -> Any:
        self._mind(name, function)
        ask: Callable[[Function], Any] = getattr(self._project, name)
        return ask(function)

    def _mind(self, name: str, function: Function) -> None:
        """Note where the code of a function is; of another one's, that it was asked for."""
        if function.id not in self._own:
            self._uses.torn.add(name)
        self._tie(function)

    def _tie(self, function: Function) -> None:
        self._uses.note(_TIE, function.id, self._standing.tie(function.id, self._uses.key))

    def triggered(self, function: Function) -> Any:
        """What runs for the triggers of a function."""
        self._mind("triggered", function)
        if function.also_runs or any(one.runs for one in function.events):
            self._uses.torn.add("triggered")  # that code may be another unit's
        return self._project.triggered(function)

    def obstacles(self, function: Function) -> Any:
        """What keeps the code of a function from running on a newer Python."""
        self._mind("obstacles", function)
        self._note("_filled")
        return self._project.obstacles_anew(function)

    def declared_at(self, subject: object, names: Collection[str] = ()) -> Any:
        """Where templates declare a function, or a handler to be one, or that none does so."""
        if isinstance(subject, Handler):
            for function in subject.functions:
                self._tie(function)
            if subject.by_signature:
                self._note("_untied")
        return self._project.declared_at(subject, names)
