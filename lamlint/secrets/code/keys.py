"""AWS keys in a Python module: given to the SDK, put into the environment, or anywhere."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.python.call_edits import without
from lamlint.python.module import cst
from lamlint.secrets.calls import AWS_KEYS, AWS_KEYWORDS, AWS_VARIABLES
from lamlint.secrets.code.literals import literals
from lamlint.secrets.code.use import text
from lamlint.secrets.patterns import AWS_KEY_ID, AWS_SECRET_KEY
from lamlint.secrets.search import find
from lamlint.secrets.values import entropy, fake, harmless
from lamlint.secrets.weight import NAMED, near
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.python import Module
    from lamlint.text import Edit

_OF_STS = "ASIA"
"""What the ids of temporary keys begin with, by the guide of IAM on unique identifiers."""
_LEAST_LENGTH = 12
_SECRET = Regex(r"[A-Za-z0-9/+]{40}")
_SECRET_ENTROPY = 4.0
_SPELLED = Regex(r"[A-Za-z]+(?:[_-][A-Za-z]+)+|[A-Za-z][a-z]+(?:[A-Z][a-z]+){2,}")
"""Words: a value that names what belongs there, as `AWS_ACCESS_KEY_ID` and `accessKeyId` do."""


@dataclass(frozen=True, slots=True)
class Keys:
    """A key in the code; `call` is the SDK's call that it is given to, if any.

    `kind` is the form that it has, if any; `pair` is true where the other half stands beside it.
    It is `temporary` where its id, here or beside it, is one that STS gives, for hours.
    """

    title: str
    where: str
    start: int
    end: int
    node: cst.CSTNode
    call: cst.Call | None = None
    kind: str = NAMED
    pair: bool = False
    temporary: bool = False

    @property
    def half(self) -> bool:
        """Whether it is an id, which is said to have its secret key elsewhere."""
        return self.kind == AWS_KEY_ID and self.call is None


def keys(module: Module) -> Iterator[Keys]:
    """The keys of a module: one for a call, and those that stand elsewhere."""
    taken: set[int] = set()
    for call in module.nodes(cst.Call):
        given = [arg for arg in _credentials(module, call) if _literal(arg.value)]
        taken.update(id(arg.value) for arg in given)
        if given:
            start, end = _inside(module, given[0].value)
            forms = {_form(text(arg.value)) for arg in given}
            pair = {AWS_KEY_ID, AWS_SECRET_KEY} <= forms
            kind = next((one for one in (AWS_SECRET_KEY, AWS_KEY_ID) if one in forms), NAMED)
            where = "is given to the SDK as a literal"
            fleeting = any(_is_temporary(arg.value) for arg in given)
            yield Keys("an AWS key", where, start, end, given[0].value, call, kind, pair, fleeting)
        elif halves := _side_by_side(call):
            taken.update(map(id, halves))
            where, place = "is given as a literal", _inside(module, halves[0])
            fleeting = _is_temporary(halves[0])
            yield Keys("an AWS key", where, *place, halves[0], None, AWS_SECRET_KEY, True, fleeting)
    for assign in module.nodes(cst.Assign):
        if _environment(module, assign) and _literal(assign.value):
            taken.add(id(assign.value))
            where, place = "is put into the environment", _inside(module, assign.value)
            kind, fleeting = _form(text(assign.value)), _is_temporary(assign.value)
            yield Keys("an AWS key", where, *place, assign.value, kind=kind, temporary=fleeting)
    found = [one for one in literals(module) if one.kind in (AWS_KEY_ID, AWS_SECRET_KEY)]
    ids = [one for one in found if one.kind == AWS_KEY_ID]
    for one in found:
        if id(one.node) not in taken:
            pair = any(other.kind != one.kind and near(one.start, other.start) for other in found)
            if pair and one.kind == AWS_KEY_ID:
                continue  # the secret key beside it is told, and disabled with it
            beside = [each for each in ids if each is one or near(one.start, each.start)]
            heads = [module.source.text.startswith(_OF_STS, each.start) for each in beside]
            yield Keys(
                one.title,
                "stands in the code",
                one.start,
                one.end,
                one.node,
                kind=one.kind,
                pair=pair,
                temporary=bool(heads) and all(heads),
            )


def _is_temporary(node: cst.BaseExpression) -> bool:
    return text(node).startswith(_OF_STS)


def _form(value: str) -> str:
    """The half of a pair of keys that a text has the form of."""
    if _SECRET.fullmatch(value) and entropy(value) >= _SECRET_ENTROPY and not fake(value):
        return AWS_SECRET_KEY
    return AWS_KEY_ID if any(one.kind == AWS_KEY_ID for one in find(value)) else NAMED


def _credentials(module: Module, call: cst.Call) -> Iterator[cst.Arg]:
    """The arguments of a call that are AWS keys."""
    first = AWS_KEYS.get(module.qualified(call) or "")
    for index, arg in enumerate(call.args):
        if arg.star:
            return
        if arg.keyword is not None:
            if arg.keyword.value in AWS_KEYWORDS:
                yield arg
        elif first is not None and first <= index < first + len(AWS_KEYWORDS):
            yield arg


def _side_by_side(call: cst.Call) -> Sequence[cst.BaseExpression]:
    """Both halves of a key that some call is given by position, whatever it calls."""
    values = [arg.value for arg in call.args if isinstance(arg.value, cst.SimpleString)]
    for first, second in itertools.pairwise(values):
        if _form(text(first)) == AWS_KEY_ID and _form(text(second)) == AWS_SECRET_KEY:
            return first, second
    return ()


def _literal(node: cst.BaseExpression) -> bool:
    """Whether an expression is a text that could be a key, and does not say that it is none."""
    value = node.evaluated_value if isinstance(node, cst.SimpleString) else None
    if not isinstance(value, str) or len(value) < _LEAST_LENGTH:
        return False
    return not harmless(value) and not _SPELLED.fullmatch(value)


def _inside(module: Module, node: cst.BaseExpression) -> tuple[int, int]:
    start, end = module.offsets(node)
    if isinstance(node, cst.SimpleString):
        return start + len(node.prefix) + len(node.quote), end - len(node.quote)
    return start, end


def _environment(module: Module, assign: cst.Assign) -> bool:
    target = assign.targets[0].target
    if not isinstance(target, cst.Subscript) or module.qualified(target.value) != "os.environ":
        return False
    index = target.slice[0].slice
    name = index.value if isinstance(index, cst.Index) else None
    return isinstance(name, cst.SimpleString) and name.evaluated_value in AWS_VARIABLES


def without_keys(module: Module, found: Keys) -> tuple[Edit, ...] | None:
    """The edits that drop the keys from the call; None where more than keys would be lost.

    Another endpoint may not be AWS at all, and takes no role.
    """
    call = found.call
    if call is None:
        return None
    dropped = list(_credentials(module, call))
    names = {arg.keyword.value for arg in call.args if arg.keyword is not None}
    return None if "endpoint_url" in names else without(module, call, dropped)
