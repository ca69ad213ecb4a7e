"""Whether a call can be bound to a function's parameters: if not, it raises ahead of the first."""

from __future__ import annotations

from lamlint.python.module import cst
from lamlint.python.module.scope import positional
from lamlint.python.values.objects import Routine


def fits(call: cst.Call, routine: Routine) -> bool:
    """Whether a function of a module may take what a call gives; True where that is not known.

    A decorator may change what is taken; a method's first argument is given unseen.
    """
    node = routine.node
    if not isinstance(node, cst.FunctionDef) or node.decorators or routine.leading:
        return True
    if routine.guessed or routine.receiver is not None or any(arg.star for arg in call.args):
        return True
    if routine.module.enclosing_class(node) is not None:
        return True
    return _binds(call, node)


def _binds(call: cst.Call, node: cst.FunctionDef) -> bool:
    given = sum(arg.keyword is None for arg in call.args)
    named = {arg.keyword.value for arg in call.args if arg.keyword is not None}
    places, only_named = positional(node), list(node.params.kwonly_params)
    if given > len(places) and not isinstance(node.params.star_arg, cst.Param):
        return False
    known = {one.name.value for one in (*places, *only_named)}
    if node.params.star_kwarg is None and not named <= known:
        return False
    needed = [*places[given:], *only_named]
    return all(one.default is not None or one.name.value in named for one in needed)
