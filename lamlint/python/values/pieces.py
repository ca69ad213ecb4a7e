"""Texts that are parts of others, or one of many: split ones, those that a loop goes over."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import Binding, How
from lamlint.python.values.alternatives import UNKNOWN, Text, either, joined, literal
from lamlint.python.values.arguments import argument
from lamlint.python.values.containers import items, past_pairs
from lamlint.python.values.objects import Class, Container, Frame, Library, Namespace, Thing
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis

_SPLITTING: Mapping[str, Callable[[str, str, int], Sequence[str]]] = {
    "split": str.split,
    "rsplit": str.rsplit,
    "partition": lambda text, by, _: text.partition(by),
    "rpartition": lambda text, by, _: text.rpartition(by),
}
_DEEPEST = 8
_ELSEWHERE = sys.maxsize
_LISTING = frozenset({"pkgutil.iter_modules", "pkgutil.walk_packages"})


@dataclass(frozen=True, slots=True)
class Split:
    """What a split text may be; not the `whole` of it where it may be another text, too."""

    known: tuple[tuple[str, ...], ...]
    whole: bool


def name_of(thing: Thing) -> str | None:
    """The `__name__` of a module, a class."""
    if isinstance(thing, Namespace):
        return thing.module.name
    return thing.node.name.value if isinstance(thing, Class) else None


def of_binding(analysis: Analysis, binding: Binding, frame: Frame) -> Text | None:
    """What a loop, or unpacking a split text, makes of a name; None where it is neither."""
    value = binding.value
    if value is None:
        return None
    if binding.how is How.ELEMENT:
        return _element(analysis, value, binding.path, frame)
    if binding.how is How.VALUE and len(binding.path) == 1 and binding.path[0] is not None:
        return split(analysis, value, binding.path[0], frame)
    return None


def split(analysis: Analysis, node: cst.CSTNode, place: int, frame: Frame) -> Text | None:
    """A part of a text that is split; None where nothing is known to be split."""
    found = parts(analysis, node, frame)
    if found is None:
        return None
    texts = [literal(each[place]) for each in found.known if -len(each) <= place < len(each)]
    return either(texts if found.whole else [*texts, UNKNOWN])


def rejoined(analysis: Analysis, by: str, node: cst.CSTNode, frame: Frame) -> Text | None:
    """Split of a text that are joined again: `".".join(parts[:-1])`."""
    found = parts(analysis, node, frame)
    if found is None:
        return None
    texts = [literal(by.join(each)) for each in found.known]
    return either(texts if found.whole else [*texts, UNKNOWN])


def parts(analysis: Analysis, node: cst.CSTNode, frame: Frame, depth: int = 0) -> Split | None:
    """What an expression holds that is a split text, or some of the parts of one."""
    match node:
        case _ if depth > _DEEPEST:
            return None
        case cst.Name():
            bindings = list(analysis.lookup(node.value, node, frame))
            (only, home) = bindings[0] if len(bindings) == 1 else (None, frame)
            if only is None or only.how is not How.VALUE or only.path or only.value is None:
                return None
            return parts(analysis, only.value, home, depth + 1)
        case cst.Subscript(value=of, slice=[cst.SubscriptElement(slice=cst.Slice() as some)]):
            bounds = [_place(bound) for bound in (some.lower, some.upper)]
            found = parts(analysis, of, frame, depth + 1) if some.step is None else None
            if found is None or bounds[0] is _ELSEWHERE or bounds[1] is _ELSEWHERE:
                return None
            cut = slice(*bounds)
            return Split(tuple(each[cut] for each in found.known), found.whole)
        case cst.Call(func=cst.Attribute(value=of, attr=cst.Name(value=method))):
            return _split(analysis, node, of, method, frame)
        case _:
            return None


def _split(
    analysis: Analysis, node: cst.Call, of: cst.BaseExpression, method: str, frame: Frame
) -> Split | None:
    by, limit = argument(node, 0, "sep"), argument(node, 1, "maxsplit")
    splitting = _SPLITTING.get(method)
    if splitting is None or by is None or not isinstance(limit, cst.Integer | None):
        return None
    separator = analysis.text(by, frame).literal
    base = analysis.text(of, frame)
    if not separator or not base.literals:
        return None
    most = -1 if limit is None else limit.evaluated_value
    known = tuple(tuple(splitting(text, separator, most)) for text in base.literals)
    return Split(known, len(known) == len(base.choices))


def _place(node: cst.CSTNode | None) -> int | None:
    """A written place; one that is not written so is elsewhere."""
    if node is None:
        return None
    sign = -1 if isinstance(node, cst.UnaryOperation) else 1
    number = node.expression if isinstance(node, cst.UnaryOperation) else node
    return sign * number.evaluated_value if isinstance(number, cst.Integer) else _ELSEWHERE


def of_listing(analysis: Analysis, node: cst.Name, frame: Frame) -> Text | None:
    """The `name` of what `pkgutil` lists, where a name is one of those."""
    bindings = list(analysis.lookup(node.value, node, frame))
    (only, home) = bindings[0] if len(bindings) == 1 else (None, frame)
    if only is None or only.how is not How.ELEMENT or only.path or only.value is None:
        return None
    return _listed(analysis, only.value, home)


def _listed(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Text | None:
    """The names of the modules that `pkgutil` lists."""
    if not isinstance(node, cst.Call):
        return None
    callees = analysis.things(node.func, frame)
    if not any(isinstance(one, Library) and one.name in _LISTING for one in callees):
        return None
    prefix = argument(node, 1, "prefix")
    before = literal("") if prefix is None else analysis.text(prefix, frame)
    return joined([before, UNKNOWN])


def _element(
    analysis: Analysis, value: cst.CSTNode, path: tuple[int | None, ...], frame: Frame
) -> Text | None:
    """What a loop over written texts goes over, or over the names of modules."""
    if path == (1,) and (listed := _listed(analysis, value, frame)) is not None:
        return listed
    inner = past_pairs(value, path)
    of, method = _called_on(value)
    keys = (path == (0,) and method == "items") or (not path and method in ("", "keys"))
    if not keys and inner != ():
        return None
    texts = [
        analysis.text(each, thing.frame)
        for thing in analysis.things(of, frame)
        if isinstance(thing, Container)
        for each in (_keys(thing.node) if keys and _is_dict(thing) else items(thing.node, None))
    ]
    return either(texts) if texts else None


def _called_on(node: cst.CSTNode) -> tuple[cst.CSTNode, str]:
    """What a method without arguments is called on, with its name; else the node itself."""
    match node:
        case cst.Call(func=cst.Attribute(value=of, attr=cst.Name(value=method)), args=[]):
            return of, method
        case _:
            return node, ""


def _is_dict(thing: Container) -> bool:
    return isinstance(thing.node, cst.Dict)


def _keys(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for element in node.elements if isinstance(node, cst.Dict) else ():
        if isinstance(element, cst.DictElement):
            yield element.key
