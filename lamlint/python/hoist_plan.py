"""Which constructions of a module can move to module level, and under what names."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from keyword import iskeyword
from typing import TYPE_CHECKING

import libcst as cst

from lamlint.python.hoist_needs import DERIVED, Looker, Needs
from lamlint.python.hoist_uses import usable
from lamlint.python.hoist_view import View, descendants
from lamlint.python.scope import Binding, How, Scope

if TYPE_CHECKING:
    from lamlint.catalog.constructors import Constructor, Constructors
    from lamlint.python.module import Module

_THREADS = ("ThreadPool", "threading", "concurrent.futures")
_FORKS = ("multiprocessing", "os.fork", "ProcessPool")
_DYNAMIC = frozenset({"exec", "eval", "locals", "vars"})
_MAKERS = frozenset({"client", "resource", "create_client"})


Names = Mapping[cst.CSTNode, str]


class Form(Enum):
    """How the construction stands in its function."""

    ASSIGNED = "assigned"
    ENTERED = "entered"
    """In a `with` that closes it at the end."""
    INLINE = "inline"


@dataclass(frozen=True, eq=False)
class Plan:
    """One construction, the expression that moves, and the names it and its values will have."""

    call: cst.Call
    row: Constructor
    expression: cst.BaseExpression
    form: Form
    scope: Scope
    binding: Binding | None
    needs: Needs
    names: Mapping[cst.CSTNode, str] = field(default_factory=dict)
    """The module-level name of each moved statement or, inline, of the expression."""
    kept: frozenset[cst.CSTNode] = frozenset()
    """Those that the module already has, under that name."""


@functools.lru_cache(maxsize=4)
def plans(module: Module, constructors: Constructors) -> Mapping[cst.Call, Plan]:
    """A plan for every construction in a function that can move.

    All are named together, so that no two take one name, however many are made.
    """
    view = View(module, constructors)
    if any(map(view.uses, _DYNAMIC)):
        return {}
    taken: dict[str, str] = {}
    found: dict[cst.Call, Plan] = {}
    for call in module.nodes(cst.Call):
        row = _row(view, call)
        plan = _plan(view, call, row) if row is not None and row.hoist.sound else None
        named = _named(view, plan, taken) if plan is not None else None
        if named is not None:
            found[call] = named
    return found


def _row(view: View, call: cst.Call) -> Constructor | None:
    """The catalogue's row of a call, clients of sessions included."""
    row = view.row(call)
    if row is not None or not isinstance(call.func, cst.Attribute):
        return row
    made = call.func.attr.value
    if made not in _MAKERS or not Looker(view, call.func.value).sdk(call.func):
        return None
    name = "boto3.session.Session." if made != "create_client" else "botocore.session.Session."
    return view.constructors.get(name + made)


def _plan(view: View, call: cst.Call, row: Constructor) -> Plan | None:
    text = view.module.source.text
    threaded = any(word in text for word in _THREADS) and not row.names[0].endswith("client")
    if view.module.enclosing_function(call) is None or any(word in text for word in _FORKS):
        return None
    expression = _extended(view, call)
    scope = view.module.scopes.of(expression)
    look = Looker(view, expression)
    if scope.is_module or scope.is_class or not look.fine or (threaded and row.kind == "sdk"):
        return None
    if view.sets_environment and (look.needs.environment or row.kind == "sdk"):
        return None
    if not _unconditioned(view, expression, look.needs):
        return None
    form, binding = _form(view, expression, scope, row)
    if binding is None:
        sound = form is Form.INLINE and usable(view, expression, row)
    else:
        readers = view.readers(binding.name, scope)
        sound = all(usable(view, reader, row) for reader in readers)
    return Plan(call, row, expression, form, scope, binding, look.needs) if sound else None


def _extended(view: View, call: cst.Call) -> cst.BaseExpression:
    """The construction with what it makes of itself at once: `resource("dynamodb").Table(x)`."""
    found: cst.BaseExpression = call
    while True:
        attribute = view.module.parent(found)
        if not isinstance(attribute, cst.Attribute) or attribute.attr.value not in DERIVED:
            return found
        above = view.module.parent(attribute)
        if not isinstance(above, cst.Call) or above.func is not attribute:
            return found
        if not Looker(view, above).fine:
            return found
        found = above


def _unconditioned(view: View, expression: cst.BaseExpression, needs: Needs) -> bool:
    """Whether nothing decides that the construction would work."""
    conditions = list(view.conditions(expression))
    for condition in conditions:
        words = {
            node.value if isinstance(node, cst.Name) else str(node.evaluated_value)
            for node in descendants(condition)
            if isinstance(node, (cst.Name, cst.SimpleString))
        }
        if words & needs.words:
            return False
    return not (needs.raising and (conditions or view.guarded(expression)))


def _form(
    view: View, expression: cst.BaseExpression, scope: Scope, row: Constructor
) -> tuple[Form, Binding | None]:
    above = view.module.parent(expression)
    if isinstance(above, (cst.Assign, cst.AnnAssign)):
        targets = above.targets if isinstance(above, cst.Assign) else (above,)
        names = [each.target.value for each in targets if isinstance(each.target, cst.Name)]
        if not names:
            return Form.INLINE, None
        binding = view.single(scope, names[0], How.VALUE)
        line = view.module.parent(above)
        alone = isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1
        return Form.ASSIGNED, binding if alone and len(targets) == 1 else None
    if isinstance(above, cst.WithItem):
        statement = view.module.parent(above)
        plain = isinstance(statement, cst.With) and statement.asynchronous is None
        name = above.asname.name if above.asname is not None else None
        if not plain or not row.closes or not isinstance(name, cst.Name):
            return Form.ENTERED, None
        return Form.ENTERED, view.single(scope, name.value, How.ENTERED)
    if isinstance(above, cst.NamedExpr):
        return Form.ASSIGNED, None
    return Form.INLINE, None


def _named(view: View, plan: Plan, taken: dict[str, str]) -> Plan | None:
    """The plan with a free name for all that it moves."""
    names: dict[cst.CSTNode, str] = {}
    kept: set[cst.CSTNode] = set()
    new = dict(taken)
    for node, binding in plan.needs.values.items():
        code = _signature(view, plan, node.value, names)
        owner = view.module.scopes.of(node)
        candidates = _numbered([binding.name])
        if not _choose(view, node, owner, code, candidates, new, names, kept):
            return None
    key = plan.expression if plan.binding is None else plan.binding.node
    code = _signature(view, plan, plan.expression, names)
    candidates = _candidates(plan)
    if not _choose(view, key, plan.scope, code, candidates, new, names, kept):
        return None
    taken.update(new)
    return Plan(
        plan.call, plan.row, plan.expression, plan.form, plan.scope, plan.binding, plan.needs,
        names, frozenset(kept),
    )  # fmt: skip


def _signature(view: View, plan: Plan, code: cst.CSTNode | None, names: Names) -> str:
    """The code of an expression as it will stand at module level, renamed values told."""
    text = "" if code is None else view.module.tree.code_for_node(code)
    values = plan.needs.values.items()
    renamed = [names[node] for node, own in values if names.get(node, own.name) != own.name]
    return f"{text} {renamed}" if renamed else text


def _choose(
    view: View,
    node: cst.CSTNode,
    owner: Scope,
    code: str,
    candidates: Iterator[str],
    taken: dict[str, str],
    names: dict[cst.CSTNode, str],
    kept: set[cst.CSTNode],
) -> bool:
    for name in candidates:
        if taken.get(name, code) != code:
            continue
        there = view.module.scopes.module.bindings.get(name, [])
        if there and not _same(view, there, code):
            continue
        own = node if name in owner.bindings and owner.bindings[name][0].node is node else None
        shadowed = (own is None and name in owner.bindings) or any(
            name in above.bindings for above in view.scopes_above(owner)
        )
        if shadowed or view.unresolved(name):
            continue
        taken[name] = code
        names[node] = name
        if there:
            kept.add(node)
        return True
    return False


def _same(view: View, bindings: list[Binding], code: str) -> bool:
    """Whether the module has just that value already, under one name that never changes."""
    if len(bindings) != 1 or bindings[0].how is not How.VALUE or bindings[0].path:
        return False
    value, node = bindings[0].value, bindings[0].node
    if value is None or not view.module.scopes.of(node).is_module:
        return False
    return view.module.tree.code_for_node(value) == code


def _candidates(plan: Plan) -> Iterator[str]:
    """The names it may have, the nicest first: its own, then by service and by what it is."""
    own = plan.binding.name if plan.binding is not None else ""
    service, variable = _service(plan), own or plan.row.variable
    names = [own] if own else []
    if plan.expression is not plan.call:
        function = cst.ensure_type(plan.expression, cst.Call).func
        derived = cst.ensure_type(function, cst.Attribute).attr.value.lower()
        names += [derived, f"{service}_{derived}"]
    elif service:
        names.append(variable if variable.startswith(service) else f"{service}_{variable}")
        if not own:
            names.insert(0, service)
    names.append(variable)
    free = [name for name in dict.fromkeys(names) if name.isidentifier() and not iskeyword(name)]
    return _numbered(free)


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
