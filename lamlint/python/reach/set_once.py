"""Attributes that are set once, when their object is made, to what nothing can be put into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.looks import set_from_outside, set_later
from lamlint.python.module.scope import How, dotted, positional
from lamlint.python.values.attributes import assigned
from lamlint.python.values.objects import Class

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame

_READS = frozenset({"os.environ.get", "os.getenv", "environ.get", "getenv"})
_MAPPINGS = frozenset({"os.environ", "environ"})
_WRITTEN = (cst.SimpleString, cst.FormattedString, cst.Integer, cst.Float, cst.Comparison)
_CONSTANTS = frozenset({"True", "False", "None"})
_PLAIN = frozenset({"str", "int", "float", "bool", "None", "Optional"})


def is_set_once(analysis: Analysis, frame: Frame, name: cst.Name) -> bool:
    """Whether `self.table` is asked for, a text or a number that only the constructor sets.

    A test of it does not tell whether something was made before.
    """
    module = frame.module
    attribute, owner = module.parent(name), module.enclosing_class(frame.node)
    if owner is None or not isinstance(attribute, cst.Attribute) or attribute.value is not name:
        return False
    if not isinstance(frame.node, cst.FunctionDef) or not _is_first(frame.node, name):
        return False
    called = attribute.attr.value
    loaded = tuple(analysis.codebase.loaded)
    if any(_is_set_later(one, called) for one in loaded):
        return False
    of = Class(module, owner, frame.closure or frame)
    given = list(assigned(analysis, of, of, called))
    return bool(given) and all(
        not path and _is_plain(home.module, one) for one, home, path in given
    )


def _is_first(function: cst.FunctionDef, name: cst.Name) -> bool:
    first = next(iter(positional(function)), None)
    return first is not None and first.name.value == name.value


def _is_set_later(module: Module, called: str) -> bool:
    """Whether a module sets an attribute of a name other than where an object is made."""
    return module.may_set(called) and (
        called in set_later(module) or "*" in set_from_outside(module)
    )


def _is_plain(module: Module, node: cst.CSTNode) -> bool:
    """Whether an expression gives nothing that could be filled: a text, a number, or None."""
    match node:
        case cst.Name():
            return node.value in _CONSTANTS or _is_plain_parameter(module, node)
        case cst.BooleanOperation():
            return _is_plain(module, node.left) and _is_plain(module, node.right)
        case cst.IfExp():
            return _is_plain(module, node.body) and _is_plain(module, node.orelse)
        case cst.UnaryOperation(operator=cst.Not()):
            return True
        case cst.Call():
            return dotted(node.func) in _READS
        case cst.Subscript():
            return dotted(node.value) in _MAPPINGS
        case _:
            return isinstance(node, _WRITTEN)


def _is_plain_parameter(module: Module, node: cst.Name) -> bool:
    """Whether a name is a parameter of which the annotation says that it is a text or a number."""
    _, bindings = module.scopes.find(node.value, module.scopes.of(node))
    parameters = [one.node for one in bindings if one.how is How.PARAMETER]
    return len(parameters) == len(bindings) > 0 and all(
        isinstance(one, cst.Param) and _says_plain(one) for one in parameters
    )


def _says_plain(parameter: cst.Param) -> bool:
    from lamlint.python.reach.places import names_in

    written = parameter.annotation and parameter.annotation.annotation
    return written is not None and {one.value for one in names_in(written)} <= _PLAIN
