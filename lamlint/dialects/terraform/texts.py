"""The functions of Terraform that make texts and numbers of others."""

from __future__ import annotations

import base64
import itertools
import posixpath
from collections.abc import Callable, Sequence

from lamlint.dialects.outcome import Outcome, together
from lamlint.dialects.terraform.conditions import number, shown
from lamlint.dialects.terraform.scope import Scope, parts_of
from lamlint.dialects.tree.node import Node, SequenceNode
from lamlint.model.parts import Literal, Parts, Symbol
from lamlint.text.regex import Regex

_VERB = Regex(r"%(?:[-+ 0#]{0,5}[0-9]{0,5}(?:\.[0-9]{0,5})?)([%sdvqft])")
Piece = Callable[[Node, Sequence[Outcome], Scope], "Outcome | None"]


def _format(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    """`format`, of arguments that need not be known."""
    if not given or given[0].text is None:
        return None
    pieces: list[Parts] = []
    left = list(given[1:])
    end = 0
    written = given[0].text
    for verb in _VERB.finditer(written):
        pieces.append((Literal(written[end : verb.start()]),))
        end = verb.end()
        if verb[1] == "%":
            pieces.append((Literal("%"),))
            continue
        if not left:
            return None
        one = left.pop(0)
        if verb[0] in ("%s", "%d", "%v"):
            pieces.append(parts_of(one))
        elif one.text is not None and number(one.text) is not None and verb[1] in "df":
            pieces.append((Literal(verb[0] % (number(one.text) or 0)),))
        else:
            pieces.append((Symbol(f"${{{verb[0]}}}", "its format is not evaluated"),))
    pieces.append((Literal(written[end:]),))
    return together(node, scope, pieces)


def _join(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    if len(given) != 2 or given[0].text is None or not isinstance(given[1].node, SequenceNode):
        return None
    between: Parts = (Literal(given[0].text),)
    items: list[Parts] = []
    for item in given[1].node.items:
        found = given[1].scope.outcomes(item)
        if len(found) != 1:
            return None
        items.append(parts_of(found[0]))
    pieces = itertools.chain.from_iterable((between, one) for one in items)
    return together(node, scope, itertools.islice(pieces, 1, None))


PIECES: dict[str, Piece] = {"format": _format, "join": _join}
"""What makes texts of parts that need not be known."""


def _replace(text: str, old: str, new: str) -> str | None:
    """`replace`; patterns of the project are never run."""
    pattern = len(old) > 1 and old.startswith("/") and old.endswith("/")
    return None if pattern else text.replace(old, new)


def _substr(text: str, start: str, length: str) -> str:
    first, count = int(start), int(length)
    return text[first:] if count < 0 else text[first:][:count]


def _numbers(choose: Callable[..., float]) -> Callable[..., str | None]:
    def chosen(*texts: str) -> str | None:
        found = [number(text) for text in texts]
        known = [one for one in found if one is not None]
        return shown(choose(*known)) if known and len(known) == len(found) else None

    return chosen


def _decoded(text: str) -> str:
    return base64.b64decode(text, validate=True).decode()


def _title(text: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in text.split(" "))


PLAIN: dict[str, Callable[..., str | None]] = {
    "abs": _numbers(abs),
    "base64decode": _decoded,
    "base64encode": lambda text: base64.b64encode(text.encode()).decode(),
    "basename": posixpath.basename,
    "ceil": _numbers(lambda one: -(-one // 1)),
    "chomp": lambda text: text.rstrip("\r\n"),
    "dirname": lambda text: posixpath.dirname(text) or ".",
    "endswith": lambda text, end: "true" if text.endswith(end) else "false",
    "floor": _numbers(lambda one: one // 1),
    "indent": lambda width, text: text.replace("\n", "\n" + " " * min(int(width), 99)),
    "lower": lambda text: text.lower(),
    "max": _numbers(lambda *all_of: max(all_of)),
    "min": _numbers(lambda *all_of: min(all_of)),
    "replace": _replace,
    "startswith": lambda text, begin: "true" if text.startswith(begin) else "false",
    "strcontains": lambda text, part: "true" if part in text else "false",
    "strrev": lambda text: text[::-1],
    "substr": _substr,
    "title": _title,
    "trim": lambda text, cut: text.strip(cut),
    "trimprefix": lambda text, cut: text.removeprefix(cut),
    "trimspace": lambda text: text.strip(),
    "trimsuffix": lambda text, cut: text.removesuffix(cut) if cut else text,
    "upper": lambda text: text.upper(),
}
"""What makes a text of texts that are known; a ValueError where it cannot."""
