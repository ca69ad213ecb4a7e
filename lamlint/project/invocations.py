"""The calls by which the code of a project invokes its functions, by names made up as it runs.

A name of which parts are not known is that of the one function that has the known ones in its
own. Where several have them, it may be that of each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from lamlint.files import kinds
from lamlint.model import Function, Often, Parts, Variable, taken_from, whole
from lamlint.project.itself import INVOKING, waits_for_nothing
from lamlint.project.spelled import may_be, names_of, spellings, surely_is
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python import Call, Handler
    from lamlint.text import Tree

_MOST = 500
"""As many names that are known in part are compared with those of all functions."""
WORDS = (".invoke", "FunctionName")
"""What stands in code that invokes a function."""
_CODE = (".py", ".yml", ".yaml", ".json", ".template", ".tf")
"""How files are called in which Python may stand."""
_Means: TypeAlias = "tuple[frozenset[str], tuple[str, ...], bool, bool]"
Called: TypeAlias = "tuple[tuple[Parts, ...], bool]"
"""What a call may name, and whether it waits for the answer."""


@dataclass(frozen=True)
class Invoked:
    """A call by which functions invoke another one, or themselves.

    `named` are the identities of what it may name, `spelled` the texts that are known at least in
    part; all that it may name are among these where it is `told`. `callers` are the functions
    that run it, by their ids, with how often they run: many may have one handler.
    """

    callers: Mapping[str, Often]
    named: frozenset[str]
    spelled: tuple[str, ...]
    told: bool
    waits: bool

    def often(self, function: Function) -> Often:
        """How often the callers run that are not a function itself, at most."""
        own = self.callers.get(function.id)
        often = (Often.OFTEN, Often.UNTOLD)
        return next((one for one in often if self._each[one] > (one is own)), Often.SELDOM)

    @cached_property
    def _each(self) -> Counter[Often]:
        return Counter(self.callers.values())


@dataclass(frozen=True)
class Invocations:
    """The calls of a project's functions that invoke functions, by the ids of those.

    Each is there with whether that function alone can be meant.
    """

    by_function: Mapping[str, Sequence[tuple[Invoked, bool]]]

    @classmethod
    def of(
        cls,
        functions: Sequence[Function],
        every: Iterable[tuple[Sequence[Function], Sequence[Called]]],
        runs: Callable[[Function], Often],
    ) -> Invocations:
        """What some functions are invoked by, given what the code of each handler invokes.

        `runs` says how often a function runs.
        """
        names = _Names(functions)
        found: dict[str, list[tuple[Invoked, bool]]] = {}
        for one in _every(every, runs):
            meant = names.meant(one)
            for function in meant:
                alone = one.told and len(meant) == 1 and _is_surely(one, function)
                found.setdefault(function.id, []).append((one, alone))
        return cls(found)

    def __call__(self, function: Function) -> Sequence[tuple[Invoked, bool]]:
        """The calls that may invoke a function."""
        return self.by_function.get(function.id, ())


@dataclass(frozen=True, eq=False)
class _Names:
    """What functions may be called."""

    functions: Sequence[Function]
    _alike: dict[str, tuple[Function, ...]] = field(default_factory=dict)

    def meant(self, call: Invoked) -> tuple[Function, ...]:
        """The functions that a call may invoke, each once."""
        named = (one for name in call.named for one in self._by_identity.get(name, ()))
        spelled = (one for name in call.spelled for one in self._spelled(name))
        return tuple({one.id: one for one in (*named, *spelled)}.values())

    def _spelled(self, name: str) -> tuple[Function, ...]:
        if name not in self._alike and len(self._alike) < _MOST:
            self._alike[name] = tuple(
                one for one, own in self._each if any(may_be(name, other) for other in own)
            )
        return self._alike.get(name, ())

    @cached_property
    def _each(self) -> tuple[tuple[Function, tuple[str, ...]], ...]:
        return tuple((one, names_of(one)) for one in self.functions if not one.library)

    @cached_property
    def _by_identity(self) -> Mapping[str, Sequence[Function]]:
        """The functions by what means one of them."""
        found: dict[str, list[Function]] = {}
        for one in self.functions:
            for name in one.physical_name.targets | {one.id}:
                found.setdefault(name, []).append(one)
        return found


def speaking(tree: Tree, folders: Iterable[str]) -> Iterator[str]:
    """The files of some folders, tests aside, whose code may invoke a function by its name."""
    words = [(word.encode(),) for word in WORDS]
    for folder in folders:
        for path in tree.sources(folder):
            is_code = path.endswith(_CODE) and not kinds.is_test(path)
            if is_code and all(tree.mentions(path, word) for word in words):
                yield path


def calls(handler: Handler) -> tuple[Called, ...]:
    """What the code of a handler invokes."""
    return tuple(
        (call.text("FunctionName").choices, not waits_for_nothing(call))
        for call in handler.calls(INVOKING, handed=True)
        if call.service == "lambda" and _runs(call)
    )


def _runs(call: Call) -> bool:
    return "DryRun" not in call.text("InvocationType").literals


def _every(
    every: Iterable[tuple[Sequence[Function], Sequence[Called]]],
    runs: Callable[[Function], Often],
) -> Iterator[Invoked]:
    """Each call once, whoever runs it and wherever it stands, if it names the same."""
    found: dict[_Means, dict[str, Often]] = {}
    for callers, called in every:
        for caller in callers if called else ():
            if not caller.library:
                often = runs(caller)
                for choices, waits in called:
                    found.setdefault((*_means(caller, choices), waits), {})[caller.id] = often
    return (Invoked(callers, *means) for means, callers in found.items())


def _means(
    caller: Function, choices: tuple[Parts, ...]
) -> tuple[frozenset[str], tuple[str, ...], bool]:
    """The identities, and the texts, of what a call may name; and whether these are all."""
    each = [(_named(one, caller), spellings(one, caller)) for one in choices]
    return (
        frozenset().union(*(named for named, _ in each)),
        tuple(dict.fromkeys(name for _, names in each for name in names)),
        all(named or names for named, names in each),
    )


def _named(choice: Parts, caller: Function) -> frozenset[str]:
    """The identities of what a text names: its own, or those of the variable that it is."""
    given, text = taken_from(choice), whole(choice)
    if isinstance(given, Variable):
        value = caller.environment.variables.get(given.name)
        return frozenset() if value is None else value.targets
    return frozenset() if text is None else frozenset({text})


def _is_surely(call: Invoked, function: Function) -> bool:
    if not call.named.isdisjoint(function.physical_name.targets | {function.id}):
        return True
    own = names_of(function)
    return any(may_be(one, two) and surely_is(one, two) for one in call.spelled for two in own)
