"""Functions that something else of the project runs on a schedule than what declares them.

Scripts make rules of EventBridge, workflows of GitHub and DAGs of Airflow invoke functions by
their names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lamlint.files import kinds
from lamlint.model import Choice, EventKind, EventSource, Function, Invocation, Value
from lamlint.model.schedule import schedule
from lamlint.project.scheduled import code, scripts, workflows
from lamlint.project.scheduled.schedules import Scheduled
from lamlint.project.spelled import may_be, names_of, surely_is, tells
from lamlint.text import Source, Tree, Unread
from lamlint.text.dataclass import replace

_SCRIPTS = (".sh", ".bash", ".zsh", "makefile", "justfile")
_WORKFLOWS = (".yml", ".yaml")
_MOST = 200
"""So many schedules are compared with the names of all functions."""
_NOT_TOLD = "what runs it is no part of a template"


def with_schedules(functions: Sequence[Function], tree: Tree) -> tuple[Function, ...]:
    """The functions, each with the schedules that scripts, workflows and DAGs surely give it."""
    if not functions:
        return ()
    events: dict[str, list[EventSource]] = {}
    called = [(each, names_of(each)) for each in functions]
    for one in _compared(tree):
        meant = [each for each, own in called if _is_called(own, one.function)]
        if len(meant) == 1 and all(map(schedule, one.expressions)):
            events.setdefault(meant[0].id, []).extend(_events(one, meant[0]))
    return tuple(
        replace(one, scheduled=tuple(events[one.id])) if one.id in events else one
        for one in functions
    )


def _compared(tree: Tree) -> Iterator[Scheduled]:
    """The schedules whose names are compared; where there are more, that is told."""
    for number, one in enumerate(_found(tree)):
        if number == _MOST:
            reason = f"only in part: more than {_MOST} schedules are made in this project"
            tree.unread.add(Unread(one.span, reason))
            return
        if tells(one.function):
            yield one


def _is_called(own: Sequence[str], name: str) -> bool:
    """Whether a function has a name, as far as both are known."""
    return any(may_be(name, one) and surely_is(name, one) for one in own)


def _events(found: Scheduled, function: Function) -> Iterator[EventSource]:
    for expression in found.expressions:
        yield EventSource(
            name=function.name,
            kind=EventKind.SCHEDULE,
            function=function.id,
            source=Value((), found.span, _NOT_TOLD),
            mapping=False,
            expression=Value((Choice(expression, found.span),), found.span),
            filters=(),
            span=found.span,
            block=found.span,
            own_invocation=Invocation.SYNCHRONOUS if found.waits else Invocation.ASYNCHRONOUS,
        )


def _found(tree: Tree) -> Iterator[Scheduled]:
    """What files of a project schedule that are no tests and no documentation."""
    for path in tree.sources():
        low = path.lower()
        if low.endswith(_SCRIPTS) and _speaks(tree, path, scripts.WORDS):
            read = scripts.of_script
        elif path.startswith(workflows.FOLDER) and low.endswith(_WORKFLOWS):
            if not _speaks(tree, path, workflows.WORDS):
                continue
            read = workflows.of_workflow
        elif low.endswith(".py") and _speaks(tree, path, code.WORDS):
            read = code.of_code
        else:
            continue
        source = tree.read(path)
        if isinstance(source, Source):
            yield from read(source, tree)


def _speaks(tree: Tree, path: str, words: tuple[bytes, ...]) -> bool:
    return not kinds.is_sample(path) and tree.mentions(path, words)
