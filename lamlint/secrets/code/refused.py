"""Lists of what nobody may have: passwords that are too weak, keys that were withdrawn."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.secrets.code.use import target

if TYPE_CHECKING:
    from lamlint.python import Module

_CALLS = (cst.Arg, cst.Call)


def is_refused(module: Module, group: cst.BaseExpression) -> bool:
    """Whether what is found in a list is refused: `if password in WORDS: raise …`.

    Where it lets in, what is not found is refused, and that is no such list.
    """
    parent = module.parent(group)
    if isinstance(parent, cst.ComparisonTarget):
        return _refuses(module, parent)
    while isinstance(parent, _CALLS):  # `frozenset({…})`
        parent = module.parent(parent)
    match parent:
        case cst.Assign(targets=[one]):
            return target(one.target) in _names(module)
        case cst.AnnAssign():
            return target(parent.target) in _names(module)
        case _:
            return False


def _names(module: Module) -> frozenset[str]:
    """The names of lists that are only asked whether they hold what is refused then."""
    return module.syntax.once(_names, lambda: _only_refused(module))


def _only_refused(module: Module) -> frozenset[str]:
    refused = Counter(
        name
        for one in module.nodes(cst.ComparisonTarget)
        if (name := target(one.comparator)) and _refuses(module, one)
    )
    if not refused:
        return frozenset()
    spoken = Counter(one.value for one in module.nodes(cst.Name))
    return frozenset(name for name, times in refused.items() if spoken[name] == times + 1)


def _refuses(module: Module, asked: cst.ComparisonTarget) -> bool:
    """Whether a test ends with an error, or with False, where it finds its value in a list."""
    test = module.parent(asked)
    if not isinstance(test, cst.Comparison) or len(test.comparisons) != 1:
        return False
    above = module.parent(test)
    while isinstance(above, cst.BooleanOperation):
        above = module.parent(above)
    match asked.operator, above:
        case cst.In(), cst.If():
            return _ends_badly(above.body)
        case cst.NotIn(), cst.Assert():
            return True
        case _:
            return False


def _ends_badly(body: cst.BaseSuite) -> bool:
    last = body.body[-1] if body.body else None
    match last.body[-1] if isinstance(last, cst.SimpleStatementLine) else last:
        case cst.Raise() | cst.Return(value=cst.Name(value="False")):
            return True
        case _:
            return False
