"""Secrets in the literals of a Python module, and how to read them from the environment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from lamlint.python.rewrite import insertions
from lamlint.secrets.search import find
from lamlint.secrets.values import suspicious

if TYPE_CHECKING:
    from lamlint.python import Module
    from lamlint.text import Edit

_READS = ("os.environ.get", "os.getenv", "os.environ.setdefault")
_REBINDS = re.compile(
    r"\bas os\b|\bos\s*(?::\s*\w+\s*)?=(?!=)|\bdef os\b|\bclass os\b|\bfor os\b|[(,]\s*os\s*[,)=:]"
)


@dataclass(frozen=True, slots=True)
class Literal:
    """A secret in a literal: `title` says what, `name` what holds it; the text is not in here.

    `start` and `end` bound the secret, `node` is the literal, `whole` tells
    that there is nothing else in it.
    """

    title: str
    kind: str
    name: str
    start: int
    end: int
    node: cst.CSTNode
    whole: bool
    test: bool = False


def literals(module: Module) -> Iterator[Literal]:
    """The secrets in literals that are values: no documentation, no comments."""
    shaped = find(module.source.text)
    for node in module.nodes(cst.SimpleString, cst.FormattedStringText):
        if _documentation(module, node):
            continue
        start, end = module.offsets(node)
        if isinstance(node, cst.SimpleString):
            left = start + len(node.prefix) + len(node.quote)
            right = end - len(node.quote)
        else:
            left, right = start, end
        name = _holder(module, node)
        hits = [match for match in shaped if left <= match.start < right]
        for match in hits:
            whole = isinstance(node, cst.SimpleString) and match.start <= left + 30
            whole = whole and match.end >= right
            yield Literal(
                match.title, match.kind, name, match.start, min(match.end, right), node,
                whole, match.test,
            )  # fmt: skip
        if (
            not hits
            and isinstance(node, cst.SimpleString)
            and not isinstance(node.evaluated_value, bytes)
        ):
            value = module.source.text[left:right]
            if suspicious(name, value):
                title = f"the value of {name}"
                yield Literal(title, "named", name, left, right, node, whole=True)


def _documentation(module: Module, node: cst.CSTNode) -> bool:
    parent = module.parent(node)
    while isinstance(parent, (cst.ConcatenatedString, cst.FormattedString)):
        parent = module.parent(parent)
    return isinstance(parent, cst.Expr)


def _holder(module: Module, node: cst.CSTNode) -> str:
    """The name under which a literal is kept or passed; empty when there is none."""
    child, parent = node, module.parent(node)
    if isinstance(parent, cst.Arg):
        return _argument(module, parent)
    if isinstance(parent, cst.DictElement) and parent.value is child:
        return _text(parent.key)
    if isinstance(parent, cst.Param) and parent.default is child:
        return parent.name.value
    if isinstance(parent, cst.AnnAssign):
        return _target(parent.target)
    if isinstance(parent, cst.Assign) and len(parent.targets) == 1:
        return _target(parent.targets[0].target)
    return ""


def _argument(module: Module, arg: cst.Arg) -> str:
    if arg.keyword is not None:
        call = module.parent(arg)
        default = isinstance(call, cst.Call) and module.qualified(call) in _READS
        return _text(call.args[0].value) if default and isinstance(call, cst.Call) else (
            arg.keyword.value
        )  # fmt: skip
    call = module.parent(arg)
    if not isinstance(call, cst.Call) or len(call.args) != 2 or call.args[1] is not arg:
        return ""
    return _text(call.args[0].value) if module.qualified(call) in _READS else ""


def _target(target: cst.BaseExpression) -> str:
    if isinstance(target, cst.Name):
        return target.value
    if isinstance(target, cst.Attribute):
        return target.attr.value
    if isinstance(target, cst.Subscript) and len(target.slice) == 1:
        index = target.slice[0].slice
        return _text(index.value) if isinstance(index, cst.Index) else ""
    return ""


def _text(node: cst.BaseExpression) -> str:
    value = node.evaluated_value if isinstance(node, cst.SimpleString) else None
    return value if isinstance(value, str) else ""


def from_environment(module: Module, literal: Literal) -> tuple[str, tuple[Edit, ...]] | None:
    """The variable to read a literal's value from, and the edits; None where it is not sound."""
    variable = re.sub(r"\W", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", literal.name)).upper()
    replaced = _replaced(module, literal)
    if not literal.whole or replaced is None or not re.fullmatch(r"[A-Z][A-Z0-9_]+", variable):
        return None
    if _REBINDS.search(module.source.text):
        return None
    start, end = module.offsets(replaced)
    read = module.source.edit(start, end, f'os.environ["{variable}"]')
    imported = _import_os(module)
    if read is None or imported is None:
        return None
    return variable, (*imported, read)


def _replaced(module: Module, literal: Literal) -> cst.CSTNode | None:
    """What gives way to the read: the literal, or the whole call whose default it is."""
    parent = module.parent(literal.node)
    if isinstance(parent, cst.Arg):
        call = module.parent(parent)
        if isinstance(call, cst.Call) and module.qualified(call) in _READS:
            is_set = module.qualified(call) == "os.environ.setdefault"
            named = len(call.args) == 2 and _text(call.args[0].value) == literal.name
            return call if named and not is_set and literal.name.isupper() else None
        return literal.node if parent.keyword is not None else None
    if isinstance(parent, cst.Assign) and isinstance(
        parent.targets[0].target, (cst.Name, cst.Attribute)
    ):
        return literal.node
    if isinstance(parent, cst.AnnAssign):
        return literal.node
    return None


def _import_os(module: Module) -> tuple[Edit, ...] | None:
    """The edits that import os at the top; none where the module does so already."""
    body = module.tree.body
    place = 0
    for index, statement in enumerate(body):
        if not isinstance(statement, cst.SimpleStatementLine):
            break
        first = statement.body[0]
        if isinstance(first, cst.Import) and any(
            name.evaluated_name == "os" and name.asname is None
            for part in statement.body
            if isinstance(part, cst.Import)
            for name in part.names
        ):
            return ()
        if isinstance(first, cst.ImportFrom) and isinstance(first.module, cst.Name):
            if first.module.value == "__future__":
                place = index + 1
        elif index == 0 and isinstance(first, cst.Expr):
            place = 1
    statement = cst.SimpleStatementLine([cst.Import([cst.ImportAlias(cst.Name("os"))])])
    if place >= len(body):
        return None
    following = body[place]
    if isinstance(following, cst.SimpleStatementLine) and isinstance(
        following.body[0], (cst.Import, cst.ImportFrom)
    ):
        start = module.offsets(following)[0]
        edit = module.source.edit(start, start, f"import os{module.source.newline}")
        return None if edit is None else (edit,)
    return insertions(module.source, module.tree, place, [statement], apart=False)
