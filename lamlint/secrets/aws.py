"""AWS keys in a Python module: given to the SDK, put into the environment, or anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from lamlint.python.rewrite import edits, replace
from lamlint.secrets.code import literals
from lamlint.secrets.patterns import AWS_KEY_ID, AWS_SECRET_KEY
from lamlint.secrets.values import harmless

if TYPE_CHECKING:
    from lamlint.python import Module
    from lamlint.text import Edit

_ARGUMENTS = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token")
_VARIABLES = frozenset({"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"})
_POSITIONS = {
    "boto3.client": 6,
    "boto3.resource": 6,
    "boto3.Session": 0,
    "boto3.session.Session": 0,
    "aioboto3.Session": 0,
}
_LEAST_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Keys:
    """A key in the code; `call` is the SDK's call that it is given to, if any.

    `half` is true for an id without its secret key.
    """

    title: str
    where: str
    start: int
    end: int
    call: cst.Call | None = None
    half: bool = False


def keys(module: Module) -> Iterator[Keys]:
    """The keys of a module: one for a call, and those that stand elsewhere."""
    taken: set[int] = set()
    for call in module.nodes(cst.Call):
        given = [arg for arg in _credentials(module, call) if _literal(arg.value)]
        taken.update(id(arg.value) for arg in given)
        if given:
            start, end = _inside(module, given[0].value)
            yield Keys("an AWS key", "is given to the SDK as a literal", start, end, call)
    for assign in module.nodes(cst.Assign):
        if _environment(module, assign) and _literal(assign.value):
            taken.add(id(assign.value))
            yield Keys("an AWS key", "is put into the environment", *_inside(module, assign.value))
    for found in literals(module):
        if found.kind in (AWS_KEY_ID, AWS_SECRET_KEY) and id(found.node) not in taken:
            half = found.kind == AWS_KEY_ID
            yield Keys(found.title, "stands in the code", found.start, found.end, half=half)


def _credentials(module: Module, call: cst.Call) -> Iterator[cst.Arg]:
    """The arguments of a call that are AWS keys."""
    first = _POSITIONS.get(module.qualified(call) or "")
    for index, arg in enumerate(call.args):
        if arg.star:
            return
        if arg.keyword is not None:
            if arg.keyword.value in _ARGUMENTS:
                yield arg
        elif first is not None and first <= index < first + len(_ARGUMENTS):
            yield arg


def _literal(node: cst.BaseExpression) -> bool:
    """Whether an expression is a text that could be a key, and does not say that it is none."""
    value = node.evaluated_value if isinstance(node, cst.SimpleString) else None
    return isinstance(value, str) and len(value) >= _LEAST_LENGTH and not harmless(value)


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
    return isinstance(name, cst.SimpleString) and name.evaluated_value in _VARIABLES


def without_keys(module: Module, found: Keys) -> tuple[Edit, ...] | None:
    """The edits that drop the keys from the call; None where more than keys would be lost.

    Another endpoint may not be AWS at all, and takes no role.
    """
    call = found.call
    if call is None:
        return None
    dropped = {id(arg) for arg in _credentials(module, call)}
    others = [arg for arg in call.args if id(arg) not in dropped]
    names = {arg.keyword.value for arg in others if arg.keyword is not None}
    positional = [arg for arg in call.args if arg.keyword is None]
    moved = [arg for arg in positional if id(arg) in dropped and arg is not positional[-1]]
    if "endpoint_url" in names or any(id(arg) not in dropped for arg in _after(positional, moved)):
        return None
    if others and others[-1] is not call.args[-1]:
        last = call.args[-1]
        others[-1] = others[-1].with_changes(
            comma=last.comma, whitespace_after_arg=last.whitespace_after_arg
        )
    new = replace(module.tree, module.parent, {call: call.with_changes(args=others)})
    return edits(module, new)


def _after(positional: list[cst.Arg], moved: list[cst.Arg]) -> list[cst.Arg]:
    """The positional arguments behind the first that goes: they would take its place."""
    return positional[positional.index(moved[0]) :] if moved else []
