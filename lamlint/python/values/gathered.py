"""What lists, sets and dicts hold: as they are written, and as lines of a function add to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.looks import is_only_looked_at, looks_at
from lamlint.python.values.anywhere import may_be_filled
from lamlint.python.values.builtin import together
from lamlint.python.values.kinds import UNKNOWN, Kind, Many, Values, elements, truth, union

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.module.scope import Scope
    from lamlint.python.values.asker import Asker
    from lamlint.python.values.objects import Frame

_MOST = 32
"""Of longer lists it is not known what is in them."""
_ONE = frozenset({"append", "add"})
_ALL = frozenset({"extend", "update"})
_LESS = frozenset({"remove", "discard", "pop", "clear"})
Listed = cst.List | cst.Tuple | cst.Set | cst.Dict
Comprehension = cst.ListComp | cst.SetComp | cst.GeneratorExp


def written(asked: Asker, node: Listed, frame: Frame, depth: int) -> Values:
    """What a list, tuple, set or dict is that is written; of a dict its keys."""
    if not node.elements:
        return frozenset([() if isinstance(node, cst.Tuple) else Kind.EMPTY])
    plain: list[cst.BaseExpression] = []
    for one in node.elements:
        if isinstance(one, cst.DictElement):
            plain.append(one.key)
        elif isinstance(one, cst.Element):
            plain.append(one.value)
    if len(plain) < len(node.elements) or len(plain) > _MOST:
        return frozenset([Kind.THERE if plain else Kind.UNKNOWN])
    each = [asked.values(one, frame, depth) for one in plain]
    must = union(one for one in each if len(one) == 1) if each else frozenset[object]()
    return frozenset([Many(union(each), must - {*Kind}, some=True)])


def comprehended(asked: Asker, node: Comprehension, frame: Frame, depth: int) -> Values:
    """What a comprehension gives that goes over one thing."""
    loop = node.for_in
    if loop.inner_for_in is not None or loop.asynchronous is not None:
        return UNKNOWN
    over = asked.values(loop.iter, frame, depth)
    if over == {Kind.EMPTY} or over == {()}:
        return frozenset([Kind.EMPTY])
    kept = [
        {truth(one) for one in asked.values(condition.test, frame, depth)} for condition in loop.ifs
    ]
    if {False} in kept:
        return frozenset([Kind.EMPTY])
    may = asked.values(node.elt, frame, depth)
    whole = all(one == {True} for one in kept)
    some = whole and all(isinstance(one, Many) and one.some for one in over)
    must = may if some and len(may) == 1 and not may & {*Kind} else frozenset[object]()
    return frozenset([Many(may, must, some)])


def as_kept(asked: Asker, found: Values, name: str) -> Values:
    """What a name or attribute holds to which anybody may add: no more is known of its elements."""
    if not any(isinstance(one, Many) or one is Kind.EMPTY for one in found):
        return found
    return _open(found) if may_be_filled(asked.analysis, name) else found


def as_used(asked: Asker, found: Values, node: cst.Name, frame: Frame, depth: int) -> Values:
    """What a name holds where it is read, with what lines of its function put into it."""
    if not any(isinstance(one, Many) or one is Kind.EMPTY for one in found):
        return found
    module = frame.module
    scope, bindings = module.scopes.find(node.value, module.scopes.of(node))
    if not bindings or scope.is_module or scope.is_class:
        return as_kept(asked, found, node.value)
    if is_only_looked_at(module, node.value):
        return found
    for use in _uses(module, scope, node.value):
        changed = _changed(asked, module, use, found, frame, depth)
        if changed is None:
            return _open(found)
        found = changed
    return found


def _open(found: Values) -> Values:
    """What is left where somebody may add to what is held."""
    if Kind.EMPTY in found:
        return UNKNOWN
    return frozenset(_of_open(one) if isinstance(one, Many) else one for one in found)


def _of_open(one: Many) -> Kind:
    return Kind.THERE if one.some else Kind.UNKNOWN


def _uses(module: Module, scope: Scope, name: str) -> list[cst.Name]:
    return [
        use
        for use in module.syntax.once("names by text", lambda: _by_text(module)).get(name, ())
        if module.scopes.find(name, module.scopes.of(use))[0] is scope
    ]


def _by_text(module: Module) -> dict[str, list[cst.Name]]:
    found: dict[str, list[cst.Name]] = {}
    for one in module.nodes(cst.Name):
        found.setdefault(one.value, []).append(one)
    return found


def _changed(
    asked: Asker, module: Module, use: cst.Name, found: Values, frame: Frame, depth: int
) -> Values | None:
    """What a name holds after one use of it; None where that may be anything."""
    above = module.parent(use)
    if looks_at(module, use) or isinstance(above, cst.Return):
        return found
    call = module.parent(above) if isinstance(above, cst.Attribute) else None
    if not isinstance(call, cst.Call) or not isinstance(above, cst.Attribute):
        return None
    method = above.attr.value
    if call.func is not above or any(one.star or one.keyword for one in call.args):
        return None
    if method in _LESS:
        return frozenset(
            Many(one.may, frozenset(), some=False) if isinstance(one, Many) else one
            for one in found
        )
    if method not in _ONE | _ALL or len(call.args) != 1:
        return None
    given = asked.values(call.args[0].value, frame, depth)
    added = given if method in _ONE else elements(given)
    if not all(isinstance(one, Many) or one is Kind.EMPTY for one in found):
        return None
    return frozenset(together(one, added) for one in found)
