"""Keys among headers that were copied from a browser: those of another site's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.secrets.code.use import text
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.python import Module

_KEY = Regex(r"(?i)(?:^|[-_])api[-_]?key$")
_FROM = frozenset({"origin", "referer"})
_BROWSER = "Mozilla/"


def is_copied(module: Module, node: cst.CSTNode, name: str) -> bool:
    """Whether a key of an API is sent as a browser sends it, from a page that shows it to all.

    Not so a token: it may be that of who signed in.
    """
    if not _KEY.search(name):
        return False
    element = module.parent(node)
    headers = module.parent(element) if isinstance(element, cst.DictElement) else None
    if not isinstance(headers, cst.Dict):
        return False
    pairs = [one for one in headers.elements if isinstance(one, cst.DictElement)]
    known = {text(one.key).lower(): text(one.value) for one in pairs}
    return known.get("user-agent", "").startswith(_BROWSER) and not _FROM.isdisjoint(known)
