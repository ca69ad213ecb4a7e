"""Secrets in the literals of a Python module."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from lamlint.secrets.badges import in_badge
from lamlint.secrets.holder import Holder, Use, holder
from lamlint.secrets.names import names_secret
from lamlint.secrets.patterns import EXPLAINED
from lamlint.secrets.search import Match, find
from lamlint.secrets.values import authorization, login_password, signing_key, suspicious
from lamlint.text.comments import comments
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.python import Module

_SPOKEN = frozenset({"password", "passphrase", "secret", "token"})
_SHORTEST = 5
_LEAD = 30
"""How long what stands before a token in its literal may be, and be no more than its wrapping."""
_DOCUMENTATION = frozenset(
    {"long_description", "description", "help", "epilog", "usage", "readme", "summary", "__doc__"}
)
"""What holds documentation, which may explain a form by an invented secret, as a comment may."""
_SCHEME = Regex(r"(?i)(?:bearer|basic|token|apikey) \S+$")
_PAIR = Regex(r"(?:^|(?<=[\"'\s;&?]))(?:--)?(?P<name>[A-Za-z][\w-]{2,60})=(?P<value>[^\s\"'&;]+)")


@dataclass(frozen=True, slots=True)
class Literal:
    """A secret in a literal: `title` says what, `name` what holds it; the text is not in here.

    `start` and `end` bound the secret, `node` is the literal, `whole` tells
    that there is nothing else in it. `length` is that of a secret that is
    joined from several literals.
    """

    title: str
    kind: str
    name: str
    start: int
    end: int
    node: cst.CSTNode
    whole: bool
    test: bool = False
    length: int | None = None


def literals(module: Module) -> Iterator[Literal]:
    """The secrets in literals that are values; of comments only tokens that a provider made."""
    shaped = find(module.source.text)
    yield from _in_comments(module, shaped)
    for node in module.nodes(cst.SimpleString, cst.FormattedStringText):
        if _documentation(module, node):
            continue
        # To place a node costs more than to look at it.
        hits = list(_shaped(module, node, shaped)) if shaped else []
        if _explains(module, node):
            yield from (hit for hit in hits if hit.kind not in EXPLAINED)
            continue
        yield from hits
        if not hits and isinstance(node, cst.SimpleString) and len(node.raw_value) >= _SHORTEST:
            yield from _named(module, node)


def _shaped(module: Module, node: cst.CSTNode, shaped: Sequence[Match]) -> Iterator[Literal]:
    """What a literal holds of the secrets that are told by their shape."""
    left, right = inside(module, node)
    for match in shaped:
        if left <= match.start < right:
            whole = isinstance(node, cst.SimpleString) and match.start <= left + _LEAD
            yield Literal(
                match.title,
                match.kind,
                holder(module, node).name,
                match.start,
                min(match.end, right),
                node,
                whole and match.end >= right,
                match.test,
            )


def _in_comments(module: Module, shaped: Sequence[Match]) -> Iterator[Literal]:
    hits = [match for match in shaped if match.kind not in EXPLAINED]
    for start, end in comments(module.source) if hits else ():
        for match in hits:
            if start <= match.start < end:
                title, node = f"{match.title}, commented out,", module.tree
                yield Literal(
                    title, match.kind, "", match.start, match.end, node, False, match.test
                )


def inside(module: Module, node: cst.CSTNode) -> tuple[int, int]:
    """Where the text of a literal starts and ends, without its quotes."""
    start, end = module.offsets(node)
    if isinstance(node, cst.SimpleString):
        return start + len(node.prefix) + len(node.quote), end - len(node.quote)
    return start, end


def _named(module: Module, first: cst.SimpleString) -> Iterator[Literal]:
    """The secret that a literal is, or holds as JSON, told by its name."""
    whole = joined(module, first)
    parts = leaves(whole)
    if not parts or parts[0] is not first:
        return
    single = len(parts) == 1
    value = first.raw_value if single else "".join(str(one.evaluated_value) for one in parts)
    match = None if single else next(iter(find(value)), None)
    held = holder(module, encoded(module, whole))
    if match is not None:
        span = _between(module, parts)
        yield Literal(match.title, match.kind, "", *span, whole, False, match.test, len(value))
    elif _secret(held, value):
        start, end = _between(module, parts)
        if held.use is Use.HEADER and single:
            start += len(value) - len(value.rpartition(" ")[2])  # behind the scheme
        length = None if single else len(value)
        title = _title(held)
        yield Literal(title, "named", held.name, start, end, whole, whole=True, length=length)
    elif single:
        yield from _in_json(module, first)
        yield from _in_pairs(module, first)


def _between(module: Module, parts: Sequence[cst.SimpleString]) -> tuple[int, int]:
    return inside(module, parts[0])[0], inside(module, parts[-1])[1]


def _title(held: Holder) -> str:
    """What a message calls a secret that is told by its name."""
    if held.use is Use.SIGNING:
        return "a key that signs or encrypts"
    name = held.name.lower()
    return f"a {name}" if name in _SPOKEN else f"the value of {held.name}"


def _secret(held: Holder, value: str) -> bool:
    match held.use:
        case Use.LOGIN:
            return login_password(value)
        case Use.HEADER:
            return authorization(value)
        case Use.SIGNING:
            return signing_key(value)
        case Use.KEPT:
            sent = names_secret(held.name) and _SCHEME.match(value)
            return authorization(value) if sent else suspicious(held.name, value)


def _in_json(module: Module, node: cst.SimpleString) -> Iterator[Literal]:
    """The secrets among the values of a JSON object that is written as a literal."""
    value = node.evaluated_value
    if not isinstance(value, str) or not value.lstrip().startswith("{"):
        return
    try:
        waiting: list[object] = [json.loads(value)]
    except (ValueError, RecursionError):
        return
    left, right = inside(module, node)
    while waiting:
        one = waiting.pop()
        pairs = one.items() if isinstance(one, dict) else enumerate(one)  # type: ignore[arg-type]
        for name, inner in pairs:
            if isinstance(inner, (dict, list)):
                waiting.append(inner)
            elif isinstance(inner, str) and suspicious(str(name), inner):
                place = module.source.text.find(inner, left, right)
                if place >= 0:
                    title = f"the value of {name}"
                    end = place + len(inner)
                    yield Literal(title, "named", str(name), place, end, node, whole=False)


def _in_pairs(module: Module, node: cst.SimpleString) -> Iterator[Literal]:
    """The secrets of a command, a query or a form that is written as a literal."""
    for hit in _PAIR.finditer(node.raw_value):
        badge = in_badge(hit.string, hit.start("value"))
        if not badge and suspicious(hit["name"], hit["value"]):
            left = inside(module, node)[0]
            start, end = left + hit.start("value"), left + hit.end("value")
            title = f"the value of {hit['name']}"
            yield Literal(title, "named", hit["name"], start, end, node, whole=False)


def joined(module: Module, node: cst.BaseExpression) -> cst.BaseExpression:
    """The expression of literals side by side, or added, that a literal is a part of."""
    parent = module.parent(node)
    while isinstance(parent, cst.ConcatenatedString) or (
        isinstance(parent, cst.BinaryOperation) and isinstance(parent.operator, cst.Add)
    ):
        node, parent = parent, module.parent(parent)
    return node


def leaves(node: cst.BaseExpression) -> tuple[cst.SimpleString, ...]:
    """The literals that an expression joins, in order; none when it holds anything else."""
    found: list[cst.SimpleString] = []
    waiting: list[cst.BaseExpression] = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, (cst.ConcatenatedString, cst.BinaryOperation)):
            waiting += (one.right, one.left)
        elif isinstance(one, cst.SimpleString):
            found.append(one)
        else:
            return ()
    return tuple(found)


def encoded(module: Module, node: cst.BaseExpression) -> cst.BaseExpression:
    """The call that makes bytes of a literal, or the literal itself."""
    method = module.parent(node)
    if isinstance(method, cst.Attribute) and method.attr.value in ("encode", "strip"):
        call = module.parent(method)
        return call if isinstance(call, cst.Call) and call.func is method else node
    return node


def _explains(module: Module, node: cst.CSTNode) -> bool:
    """Whether a literal is a text for people to read: a description, or what help says."""
    whole = joined(module, node) if isinstance(node, cst.BaseExpression) else node
    parent = module.parent(whole)
    if isinstance(parent, cst.FormattedString):
        whole = joined(module, parent)
    return holder(module, whole).name.lower() in _DOCUMENTATION


def _documentation(module: Module, node: cst.CSTNode) -> bool:
    parent = module.parent(node)
    while isinstance(parent, (cst.ConcatenatedString, cst.FormattedString)):
        parent = module.parent(parent)
    return isinstance(parent, cst.Expr)
