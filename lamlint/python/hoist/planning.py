"""Which constructions of a module can move to module level, and under what names."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from lamlint.python.hoist.names import Naming
from lamlint.python.hoist.needs import DERIVED, Looker, Needs
from lamlint.python.hoist.plan import Form, Plan
from lamlint.python.hoist.uses import usable
from lamlint.python.hoist.view import View, view_of
from lamlint.python.module import cst
from lamlint.python.module.scope import Binding, How, Scope
from lamlint.python.module.walk import descendants
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.catalog.constructors import Constructor, Constructors
    from lamlint.python.module.module import Module

_THREADS = ("ThreadPool", "threading", "concurrent.futures")
_FORKS = ("multiprocessing", "os.fork", "ProcessPool")
_DYNAMIC = frozenset({"exec", "eval", "locals", "vars"})
_MAKERS = frozenset({"client", "resource", "create_client"})


@functools.lru_cache(maxsize=4)
def plans(module: Module, constructors: Constructors) -> Mapping[cst.Call, Plan]:
    """A plan for every construction in a function that can move.

    All are named together, so that no two take one name, however many are made.
    """
    view = view_of(module, constructors)
    if any(map(view.uses, _DYNAMIC)):
        return {}
    naming = Naming(view)
    found: dict[cst.Call, Plan] = {}
    for call in module.nodes(cst.Call):
        plan = _unnamed(view, call)
        named = naming.named(plan) if plan is not None else None
        if named is not None:
            found[call] = named
    return found


def may_move(module: Module, call: cst.Call, constructors: Constructors) -> bool:
    """Whether one construction can move if a name is found: its plan reads no white space.

    That is known by the tree of the analysis, before the whole text is parsed for edits.
    """
    view = _shared_view(module, constructors)
    return _unnamed(view, call) is not None and not any(map(view.uses, _DYNAMIC))


@functools.lru_cache(maxsize=2)
def _shared_view(module: Module, constructors: Constructors) -> View:
    """What is found out for one construction of a module serves the next."""
    return view_of(module, constructors)


def _unnamed(view: View, call: cst.Call) -> Plan | None:
    row = _row(view, call)
    return _plan(view, call, row) if row is not None and row.hoist.sound else None


def shared(view: View, plan: Plan) -> str:
    """A name that what this plan moves will share with what another function makes; or nothing."""
    own = {name for node, name in plan.names.items() if node not in plan.kept}
    named = view.once("named", lambda: _by_name(plans(view.module, view.constructors).values()))
    return min((name for name in own if named[name] - plan.names.keys()), default="")


def may_change(module: Module, plan: Plan, constructors: Constructors) -> bool:
    """Whether a function of another module sets what a plan's construction reads when it is made.

    What no function has set yet is not there while the modules are imported. A variable whose
    name is not known may be any that the construction reads by itself.
    """
    if _SETTING.search(module.source.text) is None:
        return False
    view = view_of(module, constructors)
    return _may_change(view, plan.needs, plan.row, any_name=plan.needs.environment)


_SETTING = Regex(r"environ\b.{0,80}=|environ\.(?:update|setdefault|pop|clear)\b|putenv|load_dotenv")
"""What is written where a module may set variables of the environment."""


def _may_change(view: View, needs: Needs, row: Constructor, *, any_name: bool = True) -> bool:
    sdk = row.kind == "sdk"
    read = needs.words if needs.environment else ()
    asked = needs.environment or sdk
    return asked and view.may_set(read, sdk=sdk, any_name=any_name)


def _by_name(found: Iterable[Plan]) -> dict[str, set[cst.CSTNode]]:
    """What the plans of a module move under each name."""
    named: dict[str, set[cst.CSTNode]] = {}
    for plan in found:
        for node, name in plan.names.items():
            named.setdefault(name, set()).add(node)
    return named


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
    if _may_change(view, look.needs, row):
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
