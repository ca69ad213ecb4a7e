"""The names under which what moves will stand at module level."""

from __future__ import annotations

import ast
from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from keyword import iskeyword
from typing import TYPE_CHECKING

from lamlint.python.hoist.uses import usable
from lamlint.python.module import cst
from lamlint.python.module.scope import Binding, How
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.hoist.plan import Plan
    from lamlint.python.hoist.view import View


@dataclass
class Naming:
    """Names all that moves in a module, so that no two things take one name.

    `taken` has what stands under each name so far. AWS clients that are made
    alike are one: they share a name, as they do with one that the module has.
    """

    view: View
    taken: dict[str, str] = field(default_factory=dict)
    alike: dict[str, list[str]] = field(default_factory=dict)
    """The names that are taken for each code."""

    def named(self, plan: Plan) -> Plan | None:
        """The plan with a free name for all that it moves."""
        one = _One(self.view, plan, ChainMap({}, self.taken), self.alike)
        for node, binding in plan.needs.values.items():
            readers = self.view.readers(binding.name, self.view.module.scopes.of(node))
            if not one.choose(node, readers, node.value, _numbered([binding.name])):
                return None
        readers = [] if plan.binding is None else self.view.readers(plan.binding.name, plan.scope)
        if not one.choose(plan.key, readers, plan.expression, _candidates(self.view, plan)):
            return None
        for name, code in one.taken.maps[0].items():
            if name not in self.taken:
                self.alike.setdefault(code, []).append(name)
            self.taken[name] = code
        return replace(plan, names=one.names, kept=frozenset(one.kept))


@dataclass
class _One:
    """The names of one plan, while they are chosen."""

    view: View
    plan: Plan
    taken: ChainMap[str, str]
    """What this plan takes, before what the others have taken."""
    alike: Mapping[str, Sequence[str]]
    names: dict[cst.CSTNode, str] = field(default_factory=dict)
    kept: set[cst.CSTNode] = field(default_factory=set)

    def choose(
        self,
        node: cst.CSTNode,
        readers: Sequence[cst.CSTNode],
        value: cst.CSTNode | None,
        candidates: Iterator[str],
    ) -> bool:
        """Take the first of some names that is free for a node and all that reads it."""
        code = self._signature(value)
        for name in (*self._alike(node, code), *candidates):
            there = self.view.module.scopes.module.bindings.get(name, [])
            if self.taken.get(name, code) != code or (there and not self._same(there, code)):
                continue
            if any(self._shadowed(name, place, node) for place in (node, *readers)):
                continue
            if not there and self.view.unresolved(name):
                continue
            self.taken[name] = code
            self.names[node] = name
            if there:
                self.kept.add(node)
            return True
        return False

    def _signature(self, node: cst.CSTNode | None) -> str:
        """The code of an expression as it will stand at module level, renamed values told."""
        text = "" if node is None else written(self.view, node)
        values = self.plan.needs.values.items()
        renamed = [self.names[each] for each, own in values if self._is_renamed(each, own.name)]
        return f"{text} {renamed}" if renamed else text

    def _is_renamed(self, node: cst.CSTNode, name: str) -> bool:
        return self.names.get(node, name) != name

    def _alike(self, node: cst.CSTNode, code: str) -> Iterator[str]:
        """The names of AWS clients that are made just so."""
        if node is not self.plan.key or self.plan.row.kind != "sdk":
            return
        for name, binding in self.view.once("made", self._made).get(code, ()):
            if self._is_fit(name, binding):
                yield name
        yield from self.alike.get(code, ())

    def _made(self) -> dict[str, list[tuple[str, Binding]]]:
        """What the module calls for a name that it binds once, by its code."""
        found: dict[str, list[tuple[str, Binding]]] = {}
        for name, bindings in self.view.module.scopes.module.bindings.items():
            value = self._value(bindings)
            if isinstance(value, cst.Call):
                found.setdefault(written(self.view, value), []).append((name, bindings[0]))
        return found

    def _is_fit(self, name: str, binding: Binding) -> bool:
        """Whether an object of the module is there for all, and nothing is done to it."""
        scope = self.view.module.scopes.module
        return self.view.direct(binding) and all(
            usable(self.view, reader, self.plan.row) for reader in self.view.readers(name, scope)
        )

    def _same(self, bindings: Sequence[Binding], code: str) -> bool:
        """Whether the module has just that value already, under one name that never changes."""
        value = self._value(bindings)
        return value is not None and written(self.view, value) == code

    def _value(self, bindings: Sequence[Binding]) -> cst.BaseExpression | None:
        """What the module gives to a name that it binds once."""
        if len(bindings) != 1 or bindings[0].how is not How.VALUE or bindings[0].path:
            return None
        in_module = self.view.module.scopes.of(bindings[0].node).is_module
        return bindings[0].value if in_module else None

    def _shadowed(self, name: str, place: cst.CSTNode, own: cst.CSTNode) -> bool:
        """Whether a name means something else where it is to be read."""
        scope = self.view.module.scopes.of(place)
        return any(
            name in each.bindings and each.bindings[name][0].node is not own
            for each in (scope, *self.view.scopes_above(scope))
            if not each.is_module
        )


def written(view: View, node: cst.CSTNode) -> str:
    """The code of an expression, however it is quoted and laid out."""
    return view.once(("written", node), lambda: _written(view, node))


def _written(view: View, node: cst.CSTNode) -> str:
    code = view.module.tree.code_for_node(node)
    try:
        return ast.unparse(ast.parse(f"({code}\n)", mode="eval"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return code


_SAY_NOTHING = frozenset({"client", "resource", "connection", "conn", "instance", "_"})


def _attribute(view: View, plan: Plan) -> str:
    """What the object is called where it is stored: `self._orders = …`."""
    above = view.module.parent(plan.expression)
    target = above.targets[0].target if isinstance(above, cst.Assign) else None
    if not isinstance(target, cst.Attribute) or plan.binding is not None:
        return ""
    name = target.attr.value.strip("_")
    return "" if name in _SAY_NOTHING else name


def _candidates(view: View, plan: Plan) -> Iterator[str]:
    """The names it may have, the nicest first: its own, then by service and by what it is."""
    attribute = _attribute(view, plan)
    own = plan.binding.name if plan.binding is not None else ""
    service, variable = _service(plan), own or plan.row.variable
    names = [name for name in (own, attribute) if name]
    if plan.expression is not plan.call:
        function = cst.ensure_type(plan.expression, cst.Call).func
        derived = cst.ensure_type(function, cst.Attribute).attr.value.lower()
        names += [derived, f"{service}_{derived}"]
    elif service:
        names.append(_joined(service, variable))
        if not own:
            names.insert(1 if attribute else 0, service)
    names.append(variable)
    free = [name for name in dict.fromkeys(names) if name.isidentifier() and not iskeyword(name)]
    return _numbered(free)


def _joined(service: str, variable: str) -> str:
    """A name of both, without what both say: `timestream_influxdb`, `influxdb_client`."""
    ahead, behind = service.split("_"), variable.split("_")
    if behind[: len(ahead)] == ahead:
        return variable
    sizes = range(len(ahead), 0, -1)
    shared = next((size for size in sizes if ahead[-size:] == behind[:size]), 0)
    return "_".join([*ahead, *behind[shared:]])


def _numbered(names: list[str]) -> Iterator[str]:
    yield from names
    for number in range(2, 100):
        yield from (f"{name}_{number}" for name in names)


def _service(plan: Plan) -> str:
    """The AWS service of a client, as a variable would be called."""
    if plan.row.kind != "sdk" or not plan.call.args:
        return ""
    first = plan.call.args[0].value
    if not isinstance(first, cst.SimpleString):
        return ""
    return str(first.evaluated_value).replace("-", "_")
