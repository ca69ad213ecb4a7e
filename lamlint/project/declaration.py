"""Which lines of templates make a handler one, or that none does."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from lamlint.model import Function
from lamlint.project.away import may_lead, may_run, told_folder
from lamlint.project.tie import Tie
from lamlint.text import Related, Span

if TYPE_CHECKING:
    from lamlint.python import Handler

_NOT_KNOWN = "where its code lies is not known"
_MOST = 3
"""As many functions are named that may run a handler."""


def handler_declared(
    handler: Handler,
    untied: Mapping[str, Sequence[Function]],
    ties: Mapping[str, Tie],
    names: Collection[str] = (),
) -> tuple[Related, ...]:
    """The lines that name a handler; of one that was recognised, those that may name it.

    `untied` are the functions whose code is not known, by the last name of their module; `names`
    those of the handler that are meant, where not all are.
    """
    if handler.by_signature:
        return _recognised(handler, untied)
    return tuple(
        Related(_naming(one, handler), f"{one.name} runs {handler.name}{_why(ties.get(one.id))}")
        for one in handler.functions
        if not names or one.name in names
    )


def _naming(function: Function, handler: Handler) -> Span:
    """Where a template names the handler of a function, of the several that it may have."""
    choices = function.handler.choices
    path, name = handler.span.path, handler.name
    leading = (one.span for one in choices if may_lead(one.value, path, name))
    return next(leading, choices[0].span if choices else function.span)


def _why(tie: Tie | None) -> str:
    """Why code is taken for a function's, where its template does not say so."""
    return "" if tie is None else f" ({tie.why})"


def _recognised(handler: Handler, untied: Mapping[str, Sequence[Function]]) -> tuple[Related, ...]:
    name, path = handler.name, handler.span.path
    by = "its signature" if handler.entry.is_function else "what it is"
    found = tuple(islice(may_run(untied, path, name), _MOST))
    if not found:
        which = f"which function {name} is the handler of is not known"
        return (Related(handler.span, f"{which}: it is taken for a handler by {by}"),)
    taken = f"{name} is taken for a handler by {by}"
    return tuple(
        Related(
            one.handler.span,
            f"{_called(one)} may run it; {_where(one)}: {taken}",
        )
        for one in found
    )


def _where(function: Function) -> str:
    told = told_folder(function.code)
    return f"its code is to lie in {told}, which is not here" if told else _NOT_KNOWN


def _called(function: Function) -> str:
    """What a function is called, or the file that declares it where its name is computed."""
    return f"a function of {function.template}" if "${" in function.name else function.name
