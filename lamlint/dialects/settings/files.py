"""Files of settings as trees that know where each part stands."""

from __future__ import annotations

from lamlint.dialects.tree.node import MappingNode
from lamlint.dialects.tree.yaml import Broken, compose
from lamlint.text import Finding, Severity, Source

UNREADABLE = "unreadable-template"


def root_of(source: Source) -> MappingNode | Finding:
    """What stands at the top of a file of JSON or YAML; what is wrong where it is no mapping."""
    documents = compose(source)
    if isinstance(documents, Broken):
        return _unreadable(source, documents)
    first = documents[0] if documents else None
    if not isinstance(first, MappingNode):
        return _unreadable(source, Broken("there are no settings in it", 0))
    return first


def _unreadable(source: Source, broken: Broken) -> Finding:
    """The finding from where a text cannot be read to the end of the line."""
    start = min(broken.offset, len(source.text))
    end = max(start, source.end(source.position(start).line))
    return Finding(
        f"these settings cannot be read ({broken.reason}), so none of their functions is checked: "
        "mend what is written here",
        source.span(start, end),
        severity=Severity.ERROR,
        rule=UNREADABLE,
    )
