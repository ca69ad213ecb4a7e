"""What is told of a file that declares functions, or may, and cannot be read."""

from __future__ import annotations

from lamlint.dialects import filled_in
from lamlint.dialects.tree.yaml import Broken
from lamlint.files.kinds import is_test
from lamlint.text import Finding, Severity, Source, Span, Tree, Unread
from lamlint.text.dataclass import dataclass

UNREADABLE = "unreadable-template"


@dataclass(frozen=True)
class Kind:
    """What a kind of file cannot be, and what that costs; where it is perhaps none, only why."""

    cost: str
    note: str
    bare: bool = False
    """Whether no placeholder of another tool can be read outside of quotes."""


TEMPLATE = Kind(
    "this template cannot be read ({}), so none of its functions is checked", "it is no YAML: {}"
)
SETTINGS = Kind(
    "these settings cannot be read ({}), so none of their functions is checked",
    "they cannot be read: {}",
)
MODULE = Kind(
    "this file cannot be wholly read ({} from here on), so what it declares is not checked",
    "{}",
    bare=True,
)


def told(
    kind: Kind, source: Source, broken: Broken, tree: Tree, *, meant: bool = True
) -> tuple[Finding, ...]:
    """The finding for a file that is meant to declare functions; any other is not read, no more.

    What tests try to read may be broken on purpose, what is written for another tool is none of
    ours, and what else is filled in before it is deployed is whole only then.
    """
    place = _place(source, broken)
    form = filled_in.placeholder(source, broken, bare=kind.bare)
    told_of = meant and not is_test(source.path) and "{{" not in source.path
    if form:
        tree.unread.add(Unread(place, f"it has placeholders ({form}) that are filled in first"))
    elif not told_of:
        tree.unread.add(Unread(place, kind.note.format(broken.reason)))
    if not told_of or (form and filled_in.is_of_another_tool(source)):
        return ()
    if form:
        return (_filled_in(form, place),)
    message = f"{kind.cost.format(broken.reason)}: mend what is written here"
    return (Finding(message, place, severity=Severity.ERROR, rule=UNREADABLE),)


def _filled_in(form: str, place: Span) -> Finding:
    return Finding(
        filled_in.message(form),
        place,
        severity=Severity.INFORMATION,
        rule=UNREADABLE,
        cause=filled_in.CAUSE,
        also=form,
    )


def _place(source: Source, broken: Broken) -> Span:
    """From where a text cannot be read to the end of the line."""
    start = min(broken.offset, len(source.text))
    return source.span(start, max(start, source.end(source.position(start).line)))
