"""What stands before the paths of routes in a part of an application: `/api` of `/api/orders`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame

_INSTEAD = "url_prefix"
"""The keyword of Flask and its like: what a part is registered under goes for its own."""
KEYWORDS = ("prefix", _INSTEAD)
"""The keywords that say it, and hand over nothing that is called."""
_MOUNTING = "mount"
"""The method whose first argument is the path."""
UNKNOWN = "…"


@dataclass(frozen=True, slots=True)
class Prefix:
    """What a part is included under; whether that goes for what the part says itself."""

    text: str = ""
    instead: bool = False

    def below(self, above: str, own: Prefix) -> str:
        """What stands before the routes of a part."""
        return joined(above, self.text if self.instead else joined(self.text, own.text))


def prefix(analysis: Analysis, call: cst.CSTNode, home: Frame) -> Prefix:
    """What a call says that makes a part of an application, or includes it."""
    for word, argument in _named(call) if isinstance(call, cst.Call) else ():
        text = analysis.text(argument, home)
        known = text.literal
        return Prefix(UNKNOWN if known is None else known, word == _INSTEAD)
    return Prefix()


def _named(call: cst.Call) -> Iterator[tuple[str, cst.BaseExpression]]:
    func = call.func
    if isinstance(func, cst.Attribute) and func.attr.value == _MOUNTING and call.args:
        yield _MOUNTING, call.args[0].value
    for argument in call.args:
        word = argument.keyword.value if argument.keyword is not None else ""
        if word in KEYWORDS and not _is_none(argument.value):
            yield word, argument.value


def _is_none(node: cst.BaseExpression) -> bool:
    return isinstance(node, cst.Name) and node.value == "None"


def joined(prefix: str, path: str) -> str:
    """A path below a prefix."""
    return prefix.rstrip("/") + path if path != "/" or not prefix.strip("/") else prefix
