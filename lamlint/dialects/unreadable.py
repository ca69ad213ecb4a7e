"""What is told of a file that declares functions, or may, and cannot be read."""

from __future__ import annotations

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


TEMPLATE = Kind(
    "this template cannot be read ({}), so none of its functions is checked", "it is no YAML: {}"
)
SETTINGS = Kind(
    "these settings cannot be read ({}), so none of their functions is checked",
    "they cannot be read: {}",
)
MODULE = Kind(
    "this file cannot be wholly read ({} from here on), so what it declares is not checked", "{}"
)


def told(
    kind: Kind, source: Source, broken: Broken, tree: Tree, *, meant: bool = True
) -> tuple[Finding, ...]:
    """The finding for a file that is meant to declare functions; any other is not read, no more.

    What tests try to read may be broken on purpose.
    """
    place = _place(source, broken)
    if not meant or is_test(source.path):
        tree.unread.add(Unread(place, kind.note.format(broken.reason)))
        return ()
    message = f"{kind.cost.format(broken.reason)}: mend what is written here"
    return (Finding(message, place, severity=Severity.ERROR, rule=UNREADABLE),)


def _place(source: Source, broken: Broken) -> Span:
    """From where a text cannot be read to the end of the line."""
    start = min(broken.offset, len(source.text))
    return source.span(start, max(start, source.end(source.position(start).line)))
