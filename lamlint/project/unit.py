"""A unit of a project: one codebase, with the handlers that are read in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from lamlint.project import resolution
from lamlint.python.module.facts import facts
from lamlint.text import Span
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.model import Function
    from lamlint.project.lookup import Lookup
    from lamlint.python import Codebase, Handler, Module
    from lamlint.python.codebase.clouds import Clouds

_HANDLERS = frozenset({"handler", "lambda_handler"})

T = TypeVar("T")
Failed = Callable[[str, Exception, Span], None]


@dataclass(eq=False)
class Unit:
    """What shares a codebase: the places that templates name, and files without a template.

    Handlers are read when they are asked for, let go by `forget`, and then read again.
    """

    codebase: Codebase
    clouds: Clouds
    failed: Failed
    places: dict[resolution.Place, Sequence[Function]] = field(default_factory=dict)
    files: dict[str, Module] = field(default_factory=dict)
    lookups: dict[str, Lookup] = field(default_factory=dict)
    """What was looked up out of their own code, by the path of a handler's module."""
    _read: dict[resolution.Place, Handler | None] = field(default_factory=dict)
    _resolved: dict[resolution.Place, bool] = field(default_factory=dict)

    def handler_at(self, place: resolution.Place) -> Handler | None:
        """The handler at one of the unit's places, if it leads to a function of the codebase."""
        if place not in self._read:
            self._read[place] = self._configured(place)
            self._resolved[place] = self._read[place] is not None
        return self._read[place]

    def glimpse(
        self, place: resolution.Place, words: Sequence[str], ask: Callable[[Handler], T]
    ) -> T | None:
        """What is asked of the handler at a place, if code that it may run has all of some words.

        It is let go again if it was not read yet.
        """
        if not self._may_run(place, words):
            return None
        held = place in self._read
        parsed = {id(one) for one in self.codebase.loaded if one.is_parsed}
        handler = self.handler_at(place)
        answer = None if handler is None else ask(handler)
        if not held:
            self.let_go(place)
            for module in self.codebase.loaded:
                if id(module) not in parsed:
                    module.forget()
        return answer

    def _may_run(self, place: resolution.Place, words: Sequence[str]) -> bool:
        """Whether a module that the code at a place may run has all of some words in it."""
        from lamlint.python.codebase.outline import possibly_imported

        start = self.module_at(place)
        return start is not None and any(
            all(map(one.mentions, words)) for one in possibly_imported(self.codebase, start)
        )

    def resolves(self, place: resolution.Place) -> bool:
        """Whether there is a handler at one of the unit's places; it is known once it was read."""
        if place not in self._resolved:
            self.handler_at(place)
            self.forget()
        return self._resolved[place]

    def module_at(self, place: resolution.Place) -> Module | None:
        """The module that one of the unit's places names."""
        module = self.codebase.module(place.module)
        if module is None and place.inline is None:
            return self.codebase.module_at(place.path)
        return module

    @cached_property
    def handed_on(self) -> Mapping[str, frozenset[str]]:
        """The handlers that the modules of places import, by the file that each is in.

        Those are handed on under the same name, or called with what the other one is given.
        """
        found: dict[str, set[str]] = {}
        for place in self.places:
            module = None if place.inline is not None else self.module_at(place)
            if module is None:
                continue
            for one in facts(module.source).imports:
                names = (_HANDLERS | {place.attribute}).intersection(one.members)
                owner = self.codebase.module(module.absolute(one.module)) if names else None
                if owner is not None:
                    found.setdefault(owner.path, set()).update(names)
        return {path: frozenset(names) for path, names in found.items()}

    def recognised(self) -> Iterator[Handler]:
        """The functions of the unit's files that are handlers by their signatures."""
        for path in self.files:
            yield from self.recognised_in(path)

    def recognised_in(self, path: str) -> list[Handler]:
        """The functions of one of the unit's files that are handlers by their signatures."""
        from lamlint.python import recognised

        module = self.files[path]
        try:
            own = self.codebase.module_at(path)
            if own is None:
                return []
            found = recognised(self.codebase, own, self._named_in(path))
            return [one for one in found if not self.clouds.run(self.codebase, own, one.name)]
        except Exception as error:  # noqa: BLE001  one module must not hide the others
            self.failed(f"the module {path} could not be read", error, module.source.span(0, 0))
            return []

    def let_go(self, place: resolution.Place) -> None:
        """Forget what one handler reaches; its modules stay, as its neighbours use them."""
        handler = self._read.pop(place, None)
        if handler is not None:
            handler.forget()

    def begin_anew(self) -> None:
        """Let go all that is known of the code: whoever asks next asks the tree."""
        self.forget()
        self._resolved.clear()
        self.clouds = replace(self.clouds)

    def forget(self) -> None:
        """Let go all that was read."""
        for place in tuple(self._read):
            self.let_go(place)
        self.codebase.forget()

    def _named_in(self, path: str) -> frozenset[str]:
        """The functions of a file that templates name."""
        found = filter(None, map(self.handler_at, self.places))
        named = frozenset(one.name for one in found if one.module.path == path)
        return named | self.handed_on.get(path, frozenset())

    def _configured(self, place: resolution.Place) -> Handler | None:
        from lamlint.python import handler_in

        functions = tuple(self.places[place])
        try:
            module = self.module_at(place)
            if module is None:
                return None
            return handler_in(self.codebase, module, place.attribute, functions)
        except Exception as error:  # noqa: BLE001  one handler must not hide the others
            what = f"the handler in {place.path} could not be read"
            self.failed(what, error, functions[0].span)
            return None
