"""What reads a variable of the environment, and what it takes where that is not set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.secrets.code.passed import DEFAULTS, READS
from lamlint.secrets.code.use import target, text
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.python import Module

_FAILING = frozenset({"decouple.config"})
_MAKING = frozenset(
    {
        "decouple.AutoConfig", "decouple.Config", "environ.Env", "environs.Env",
        "starlette.config.Config",
    }
)  # fmt: skip
"""What makes a reader of variables that fails for one which is not set."""
_OWN_READER = Regex(
    r"(?i)_?(?:get|read|load|optional|require|required)?_?env(?:iron(?:ment)?)?"
    r"(?:_?(?:var|variable|value|str|string|setting|secret|default|or))*"
)
"""How a function of a project is called that reads one."""
_VARIABLE = Regex(r"[A-Z][A-Z0-9_]+")
_SETTINGS = "BaseSettings"
"""The class of pydantic whose fields are read from the environment, before their defaults."""
_FIELD = "Field"


def fails_without(module: Module, called: cst.BaseExpression) -> bool:
    """Whether a reader of variables fails for one that is not set, if it has no default."""
    if module.qualified(called) in _FAILING:
        return True
    while isinstance(called, cst.Attribute):
        called = called.value
    if not isinstance(called, cst.Name):
        return False
    _, bindings = module.scopes.find(called.value, module.scopes.of(called))
    made = [module.qualified(one.value) for one in bindings if isinstance(one.value, cst.Call)]
    return len(made) == len(bindings) == 1 and made[0] in _MAKING


def reads(module: Module, node: cst.BaseExpression) -> bool:
    """Whether an expression reads a variable, with or without a default."""
    if not isinstance(node, cst.Call) or not node.args:
        return False
    if module.qualified(node) in READS:
        return True
    if node.args[0].keyword is not None or not _VARIABLE.fullmatch(text(node.args[0].value)):
        return False
    own = _OWN_READER.fullmatch(target(node.func)) is not None
    return own or fails_without(module, node.func)


def read_by(module: Module, node: cst.CSTNode) -> cst.BaseExpression | None:
    """The expression that reads a variable, and is a value where there is none."""
    above = module.parent(node)
    if isinstance(above, cst.BooleanOperation):
        is_last = above.right is node and isinstance(above.operator, cst.Or)
        return above if is_last and reads(module, above.left) else None
    call = module.parent(above) if isinstance(above, cst.Arg) else None
    if not isinstance(call, cst.Call) or default_of(call) is not node:
        return None
    return call if reads(module, call) else None


def default_of(call: cst.Call) -> cst.BaseExpression | None:
    """What a call is given to take instead: by its keyword, or behind the name of a variable."""
    named = (one for one in call.args if one.keyword is not None and one.keyword.value in DEFAULTS)
    given = next(named, None)
    if given is None and len(call.args) > 1 and call.args[1].keyword is None:
        given = call.args[1]
    return given.value if given is not None and not given.star else None


def is_instead(module: Module, node: cst.CSTNode) -> bool:
    """Whether a value is only taken where a variable of the environment is not set."""
    return read_by(module, node) is not None or _is_of_settings(module, node)


def instead(module: Module) -> Iterator[tuple[str, cst.BaseExpression]]:
    """All values of a module that are, each with what the variable is called, or the field."""
    for call in module.nodes(cst.Call):
        default = default_of(call)
        if default is not None and reads(module, call):
            yield text(call.args[0].value), default
    for either in module.nodes(cst.BooleanOperation):
        left = either.left if isinstance(either.operator, cst.Or) else None
        if isinstance(left, cst.Call) and reads(module, left):
            yield text(left.args[0].value), either.right
    for field in module.nodes(cst.AnnAssign):
        if field.value is not None and _is_field(module, field):
            yield target(field.target), _within(field.value)


def _is_of_settings(module: Module, node: cst.CSTNode) -> bool:
    """Whether a value is the default of a field that is read from the environment."""
    above = module.parent(node)
    call = module.parent(above) if isinstance(above, cst.Arg) else None
    field = module.parent(call) if isinstance(call, cst.Call) else above
    if not isinstance(field, cst.AnnAssign) or field.value is None:
        return False
    return _within(field.value) is node and _is_field(module, field)


def _within(value: cst.BaseExpression) -> cst.BaseExpression:
    """The default of a field that `Field` describes, or the value itself."""
    if not isinstance(value, cst.Call) or target(value.func) != _FIELD or not value.args:
        return value
    first = value.args[0]
    return first.value if first.keyword is None and not first.star else default_of(value) or value


def _is_field(module: Module, field: cst.AnnAssign) -> bool:
    above: cst.CSTNode | None = field
    while isinstance(above, (cst.AnnAssign, cst.SimpleStatementLine, cst.IndentedBlock)):
        above = module.parent(above)
    return isinstance(above, cst.ClassDef) and any(
        target(base.value) == _SETTINGS for base in above.bases
    )
