"""From handler strings to the Python functions that they mean."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lamlint import resolution
from lamlint.text import Span, Tree

if TYPE_CHECKING:
    from lamlint.model import Function
    from lamlint.python import Codebase, Handler, Module

_TWO_PARAMETERS = re.compile(
    r"^def[ \t]+\w+[ \t]*\([^()]*(?:event|evt)[^()]*,[^()]*\)", re.MULTILINE | re.IGNORECASE
)

Failed = Callable[[str, Exception, Span], None]


@dataclass(frozen=True)
class Codebases:
    """The codebases of a project; functions that import from the same folders share one."""

    tree: Tree
    _by_roots: dict[tuple[str, ...], Codebase] = field(default_factory=dict)
    _inline: dict[str, Codebase] = field(default_factory=dict)

    def of_function(self, function: Function) -> Codebase | None:
        """The codebase of a function; None when its code is not in the project."""
        from lamlint.python import Codebase

        root = resolution.root_of(function)
        if function.code.inline is not None:
            if function.id not in self._inline:
                inline = {resolution.INLINE_MODULE: function.code.inline}
                roots = tuple(resolution.layer_roots(function))
                self._inline[function.id] = Codebase(self.tree, roots, inline)
            return self._inline[function.id]
        return None if root is None else self.of_roots((root, *resolution.layer_roots(function)))

    def of_roots(self, roots: tuple[str, ...]) -> Codebase:
        """The codebase that looks for modules in some folders, in their order."""
        from lamlint.python import Codebase

        if roots not in self._by_roots:
            self._by_roots[roots] = Codebase(self.tree, roots)
        return self._by_roots[roots]


def configured(
    entry_points: Mapping[resolution.Place, Sequence[Function]],
    codebases: Codebases,
    failed: Failed,
) -> Iterator[Handler]:
    """The handlers that templates name."""
    from lamlint.python import handler_in

    for place, functions in entry_points.items():
        codebase = codebases.of_function(functions[0])
        if codebase is None:
            continue
        try:
            module = codebase.module(place.module)
            if module is None and place.inline is None:
                module = codebase.module_at(place.path)
            handler = (
                handler_in(codebase, module, place.attribute, tuple(functions))
                if module is not None
                else None
            )
        except Exception as error:  # noqa: BLE001  one handler must not hide the others
            failed(f"the handler in {place.path} could not be read", error, functions[0].span)
            continue
        if handler is not None:
            yield handler


def recognised(
    modules: Mapping[str, Module],
    taken: Callable[[str], bool],
    codebases: Codebases,
    failed: Failed,
) -> Iterator[Handler]:
    """The handlers that no template names, by their signatures, where no function's code lies."""
    from lamlint.python import Handler, signature_handlers

    for path, module in modules.items():
        if not _TWO_PARAMETERS.search(module.source.text) or taken(path):
            continue
        codebase = codebases.of_roots(tuple(dict.fromkeys((posixpath.dirname(path), ""))))
        try:
            own = codebase.module_at(path)
            if own is not None:
                for definition in signature_handlers(own):
                    yield Handler(codebase, own, definition)
        except Exception as error:  # noqa: BLE001  one module must not hide the others
            failed(f"the module {path} could not be read", error, module.source.span(0, 0))
