"""Text, places in it, and changes to it. Knows nothing of Lambda."""

from lamlint.text.change import Change, Joined
from lamlint.text.defect import INTERNAL_ERROR, internal_error
from lamlint.text.edit import Edit, Fix, Safety, together
from lamlint.text.finding import Finding, Loosely, Related, Severity
from lamlint.text.listing import listed
from lamlint.text.regex import Regex
from lamlint.text.source import Host, Piece, Source
from lamlint.text.span import Position, Span
from lamlint.text.tree import Entry, Tree, Unreadable
from lamlint.text.unread import Unread

__all__ = [
    "INTERNAL_ERROR",
    "Change",
    "Edit",
    "Entry",
    "Finding",
    "Fix",
    "Host",
    "Joined",
    "Loosely",
    "Piece",
    "Position",
    "Regex",
    "Related",
    "Safety",
    "Severity",
    "Source",
    "Span",
    "Tree",
    "Unread",
    "Unreadable",
    "internal_error",
    "listed",
    "together",
]
