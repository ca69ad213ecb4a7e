"""Reading a value from the environment in place of a literal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.call_edits import without
from lamlint.python.module import cst
from lamlint.python.rewrite import insertions
from lamlint.secrets.code.asking import fails_without
from lamlint.secrets.code.literals import evaluated, leaves
from lamlint.secrets.code.passed import DEFAULTS, READS
from lamlint.secrets.code.use import text
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.python import Module
    from lamlint.secrets.code.literals import Literal
    from lamlint.text import Edit

_NO_WORD = Regex(r"\W")
_HUMP = Regex(r"(?<=[a-z0-9])(?=[A-Z])")
_VARIABLE = Regex(r"[A-Z][A-Z0-9_]+")
_REBINDS = Regex(
    r"\bas os\b|\bos\s*(?::\s*\w+\s*)?=(?!=)|\bdef os\b|\bclass os\b|\bfor os\b|[(,]\s*os\s*[,)=:]"
)


def from_environment(module: Module, literal: Literal) -> tuple[str, tuple[Edit, ...]] | None:
    """The variable to read a literal's value from, and the edits; None where it is not sound."""
    asking = _asking(module, literal.node)
    if asking is not None:
        return _without_default(module, literal, asking)
    variable = _NO_WORD.sub("_", _HUMP.sub("_", literal.name)).upper()
    replaced = _replaced(module, literal)
    if not literal.whole or replaced is None or not _VARIABLE.fullmatch(variable):
        return None
    value = _value(literal.node)
    if value is None or (isinstance(value, bytes) and replaced is not literal.node):
        return None  # `os.environ.get(…, b"")` is text or bytes, and only one can be kept
    source = module.source
    if source.once(_REBINDS, lambda: _REBINDS.search(source.text) is not None):
        return None
    start, end = module.offsets(replaced)
    as_bytes = ".encode()" if isinstance(value, bytes) else ""
    read = source.edit(start, end, f'os.environ["{variable}"]{as_bytes}')
    imported = source.once(_import_os, lambda: _import_os(module))
    if read is None or imported is None:
        return None
    return variable, (*imported, read)


def _asking(module: Module, node: cst.CSTNode) -> cst.Call | None:
    """The call that reads a variable by its name, and takes a literal where there is none."""
    given = module.parent(node)
    call = module.parent(given) if isinstance(given, cst.Arg) else None
    if not isinstance(call, cst.Call) or module.qualified(call) in READS:
        return None
    first = call.args[0]
    named = first.keyword is None and _VARIABLE.fullmatch(text(first.value)) is not None
    spare = isinstance(given, cst.Arg) and (given.keyword is None or _keyword(given) in DEFAULTS)
    return call if named and spare and first is not given else None


def _keyword(given: cst.Arg) -> str:
    return given.keyword.value if given.keyword is not None else ""


def _without_default(
    module: Module, literal: Literal, call: cst.Call
) -> tuple[str, tuple[Edit, ...]] | None:
    """The edits that leave a default out; None where the call may then give nothing."""
    given = module.parent(literal.node)
    if not isinstance(given, cst.Arg) or not literal.whole or not fails_without(module, call.func):
        return None
    edits = without(module, call, [given])
    return (text(call.args[0].value), edits) if edits else None


def _value(node: cst.CSTNode) -> str | bytes | None:
    """What a literal, or several that are joined, are; None for what no variable can hold."""
    parts = leaves(node) if isinstance(node, cst.BaseExpression) else ()
    values = [evaluated(part) for part in parts]
    texts = [value for value in values if isinstance(value, str)]
    if values and len(texts) == len(values):
        return "".join(texts)
    joined = b"".join(value for value in values if isinstance(value, bytes))
    mixed = not values or bool(texts)
    return None if mixed or not joined.isascii() or not joined.decode().isprintable() else joined


def _replaced(module: Module, literal: Literal) -> cst.CSTNode | None:
    """What gives way to the read: the literal, or the whole call whose default it is."""
    parent = module.parent(literal.node)
    if isinstance(parent, cst.Arg):
        call = module.parent(parent)
        if isinstance(call, cst.Call) and module.qualified(call) in READS:
            is_set = module.qualified(call) == "os.environ.setdefault"
            named = len(call.args) == 2 and text(call.args[0].value) == literal.name
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
    whole = module.whole
    return None if whole is None else insertions(whole, place, [statement], apart=False)
