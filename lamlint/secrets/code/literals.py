"""Secrets in the literals of a Python module."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from lamlint.python.module import cst
from lamlint.secrets.code.holder import holder
from lamlint.secrets.code.use import Holder, Use
from lamlint.secrets.names import names_secret, says_invented
from lamlint.secrets.patterns import EXPLAINED
from lamlint.secrets.search import Match, find, shaped
from lamlint.secrets.texts import held
from lamlint.secrets.values import authorization, login_password, signing_key, suspicious
from lamlint.secrets.weight import NAMED
from lamlint.text.comments import comments
from lamlint.text.dataclass import dataclass
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
_INVENTED = EXPLAINED | {NAMED}
_SCHEME = Regex(r"(?i)(?:bearer|basic|token|apikey) \S+$")
LEAVES = (cst.SimpleString, cst.FormattedStringText)
Leaf: TypeAlias = "cst.SimpleString | cst.FormattedStringText"
"""A literal, or all that stands in an f-string without names."""


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


def literals(module: Module) -> tuple[Literal, ...]:
    """The secrets in literals that are values; of comments only tokens that a provider made."""
    return module.syntax.once(literals, lambda: tuple(_literals(module)))


def _literals(module: Module) -> Iterator[Literal]:
    shapes = shaped(module.source)
    yield from _in_comments(module, shapes)
    for node in module.nodes(*LEAVES):
        if _documentation(module, node):
            continue
        # To place a node costs more than to look at it.
        found = list(_shaped(module, node, shapes)) if shapes else []
        if not found and isinstance(node, LEAVES) and len(raw(node)) >= _SHORTEST:
            found = list(_named(module, node))
        if found and _explains(module, node):
            found = [one for one in found if one.kind not in _INVENTED]
        yield from found


def _shaped(module: Module, node: cst.CSTNode, shaped: Sequence[Match]) -> Iterator[Literal]:
    """What a literal holds of the secrets that are told by their shape."""
    left, right = inside(module, node)
    for match in shaped:
        if left <= match.start < right:
            whole = isinstance(node, cst.SimpleString) and match.start <= left + _LEAD
            name = holder(module, node).name
            if match.kind in EXPLAINED and says_invented(name):
                continue
            yield Literal(
                match.title,
                match.kind,
                name,
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


def _named(module: Module, first: Leaf) -> Iterator[Literal]:
    """The secret that a literal is, or holds in a text, told by its name."""
    whole = joined(module, first)
    parts = leaves(whole)
    if not parts:
        yield from _beside(module, first, whole)
    if not parts or parts[0] is not first:
        return
    single = len(parts) == 1
    if not single and any(find(raw(part)) for part in parts):
        return  # it is told at its part
    value = raw(first) if single else "".join(str(evaluated(one)) for one in parts)
    match = None if single else next(iter(find(value)), None)
    holds = holder(module, encoded(module, whole))
    if match is not None:
        span = _between(module, parts)
        yield Literal(match.title, match.kind, "", *span, whole, False, match.test, len(value))
    elif _secret(holds, value.strip("\\\n ")):
        start, end = _between(module, parts)
        if holds.use is Use.HEADER and single:
            start += len(value) - len(value.rpartition(" ")[2])  # behind the scheme
        length = None if single else len(value)
        title = _title(holds)
        yield Literal(title, NAMED, holds.name, start, end, whole, whole=True, length=length)
    elif single:
        yield from _inside(module, first)


def _between(module: Module, parts: Sequence[Leaf]) -> tuple[int, int]:
    return inside(module, parts[0])[0], inside(module, parts[-1])[1]


def _title(holds: Holder) -> str:
    """What a message calls a secret that is told by its name."""
    if holds.use is Use.SIGNING:
        return "a key that signs or encrypts"
    if holds.written:
        return f"one of {holds.written}"
    name = holds.name.lower()
    return f"a {name}" if name in _SPOKEN else f"the value of {holds.name}"


def _secret(holds: Holder, value: str) -> bool:
    match holds.use:
        case Use.LOGIN:
            return login_password(value)
        case Use.HEADER:
            return authorization(value)
        case Use.SIGNING:
            return signing_key(value)
        case Use.KEPT:
            sent = names_secret(holds.name) and _SCHEME.match(value)
            return authorization(value) if sent else suspicious(holds.name, value)


def _inside(module: Module, node: Leaf) -> Iterator[Literal]:
    """The secrets of a text that holds names and values of its own."""
    for one in held(raw(node)):
        left = inside(module, node)[0]
        title = f"the value of {one.name}"
        start, end = left + one.start, left + one.end
        yield Literal(title, NAMED, one.name, start, end, node, whole=False)


def _beside(module: Module, leaf: Leaf, whole: cst.CSTNode) -> Iterator[Literal]:
    """The secrets of a literal that something unknown stands beside, which may complete its end."""
    last: cst.CSTNode = whole
    while not isinstance(last, LEAVES):
        match last:
            case cst.ConcatenatedString() | cst.BinaryOperation():
                last = last.right
            case cst.FormattedString(parts=[*_, end]):
                last = end
            case _:
                break
    right = inside(module, leaf)[1]
    yield from (one for one in _inside(module, leaf) if last is leaf or one.end < right)


def joined(module: Module, leaf: cst.CSTNode) -> cst.CSTNode:
    """The expression of literals side by side, or added, that a literal is a part of."""
    parent = module.parent(leaf)
    node: cst.CSTNode = leaf
    while isinstance(parent, (cst.FormattedString, cst.ConcatenatedString)) or (
        isinstance(parent, cst.BinaryOperation) and isinstance(parent.operator, cst.Add)
    ):
        node, parent = parent, module.parent(parent)
    return node


def leaves(node: cst.CSTNode) -> tuple[Leaf, ...]:
    """The literals that an expression joins, in order; none when it holds anything else."""
    found: list[Leaf] = []
    waiting: list[cst.CSTNode] = [node]
    while waiting:
        one = waiting.pop()
        match one:
            case cst.SimpleString() | cst.FormattedStringText():
                found.append(one)
            case cst.ConcatenatedString() | cst.BinaryOperation():
                waiting += (one.right, one.left)
            case cst.FormattedString():
                waiting += reversed(one.parts)
            case _:
                return ()
    return tuple(found)


def raw(leaf: Leaf) -> str:
    """A literal as it is written, without its quotes."""
    return leaf.raw_value if isinstance(leaf, cst.SimpleString) else leaf.value


def evaluated(leaf: Leaf) -> str | bytes:
    """What a literal is when it runs."""
    if isinstance(leaf, cst.SimpleString):
        return leaf.evaluated_value
    return leaf.value.replace("{{", "{").replace("}}", "}")


def encoded(module: Module, node: cst.CSTNode) -> cst.CSTNode:
    """The call that makes bytes of a literal, or the literal itself."""
    method = module.parent(node)
    if isinstance(method, cst.Attribute) and method.attr.value in ("encode", "strip"):
        call = module.parent(method)
        return call if isinstance(call, cst.Call) and call.func is method else node
    return node


def _explains(module: Module, node: cst.CSTNode) -> bool:
    """Whether a literal is a text for people to read: a description, or what help says."""
    return holder(module, joined(module, node)).name.lower() in _DOCUMENTATION


def _documentation(module: Module, node: cst.CSTNode) -> bool:
    parent = module.parent(node)
    while isinstance(parent, (cst.ConcatenatedString, cst.FormattedString)):
        parent = module.parent(parent)
    return isinstance(parent, cst.Expr)
