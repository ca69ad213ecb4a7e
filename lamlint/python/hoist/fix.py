"""The fix that moves a construction to module level, so that it is made once an environment.

What moves goes after all that it needs, keeps its comments and types, and
takes along the imports and plain values of its function that it is made of.
Where the move could change what a handler returns, there is no fix.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.hoist.comments import Comments
from lamlint.python.hoist.place import after_import, after_value, place
from lamlint.python.hoist.plan import Form, Plan
from lamlint.python.hoist.planning import may_change, may_move, plans, shared
from lamlint.python.hoist.remove import removals, without_item
from lamlint.python.hoist.view import View, view_of
from lamlint.python.module import cst
from lamlint.python.module.walk import descendants
from lamlint.python.rewrite import Change, edits, insertions, replace
from lamlint.text import Edit, Fix, Safety
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.catalog.constructors import Constructors
    from lamlint.python.module.module import Module

_WIDE = Regex(r"[ \t]{2,}")


def hoist(
    module: Module,
    call: cst.Call,
    constructors: Constructors,
    *,
    always: bool,
    beside: Iterable[Module] = (),
) -> Fix | None:
    """The fix for one construction; `always`: the handler makes it on every path.

    Many handlers may reach the same construction; its fix is worked out once. `beside` are
    the modules that run with it, whose functions may set what it reads.
    """
    movable = module.syntax.once(
        ("may move", id(call)), lambda: _may_move(module, call, constructors)
    )
    if not movable or module.whole is None:
        return None
    whole, call = module.whole, module.twin(call)
    make = partial(_hoist, whole, call, constructors, always=always)
    fix: Fix | None = whole.syntax.once(("hoist", id(call), always), make)
    if fix is None:
        return None
    plan = plans(whole, constructors)[call]
    others = (one for one in beside if one is not module)
    return None if any(may_change(one, plan, constructors) for one in others) else fix


def _may_move(module: Module, call: cst.Call, constructors: Constructors) -> bool:
    try:
        return may_move(module, call, constructors)
    except RecursionError:
        return False


def _hoist(
    module: Module, call: cst.Call, constructors: Constructors, *, always: bool
) -> Fix | None:
    try:
        plan = plans(module, constructors).get(call)
        if plan is None or (plan.needs.raising and not always):
            return None
        return _fix(view_of(module, constructors), plan)
    except RecursionError:
        return None


def _fix(view: View, plan: Plan) -> Fix | None:
    there = place(view, plan)
    made = None if there is None else _edits(view, plan, *there)
    if there is None or not made:
        return None
    thing = plan.row.thing.removeprefix("a ").removeprefix("an ")
    title = f"Move the {thing} to module level"
    if plan.key in plan.kept:
        title = f"Use the {thing} that the module has"
    # What two fixes bring in at the head must not come between each other's lines, and
    # what both make is written by the first: the second then finds it in the module.
    group = "the head" if plan.needs.imports or there[0] == 0 else shared(view, plan)
    return Fix(title, Safety.UNSAFE, made, f"{group} of {view.module.path}" if group else "")


def _edits(view: View, plan: Plan, index: int, imports_index: int) -> tuple[Edit, ...] | None:
    module = view.module
    names = dict(_renamings(view, plan))
    taken = _taken_out(view, plan)
    if taken is None:
        return None
    changed = edits(module, replace(module.tree, module.parent, {**names, **taken}))
    ordered = sorted(plan.needs.imports, key=list(module.nodes(cst.Import, cst.ImportFrom)).index)
    imports = [_bare(view, node) for node in ordered]
    if imports and not after_import(view, imports_index, ordered[0]):
        imports[0] = _led(imports[0])
    new = list(_statements(view, plan))
    first = bool(imports) and index == imports_index
    if new and (first or (index and not after_value(view, index))):
        new[0] = _led(new[0])
    added_imports = insertions(module, imports_index, imports)
    behind = 2 if new and index == 0 else 0
    added = insertions(module, index, new, apart=not first, behind=behind)
    if changed is None or added is None or added_imports is None:
        return None
    return (*added_imports, *added, *changed)


def _renamings(view: View, plan: Plan) -> Iterator[tuple[cst.CSTNode, Change]]:
    """Every use of what moves, by its new name; and the arguments that the object needs."""
    for node, binding in plan.needs.values.items():
        owner = view.module.scopes.of(node)
        if plan.names[node] != binding.name:
            for use in view.readers(binding.name, owner):
                yield use, use.with_changes(value=plan.names[node])
    if plan.binding is not None and plan.names[plan.binding.node] != plan.binding.name:
        for use in view.readers(plan.binding.name, plan.scope):
            yield use, use.with_changes(value=plan.names[plan.binding.node])
    given = {argument.keyword.value for argument in plan.call.args if argument.keyword is not None}
    starred = any(argument.star for argument in plan.call.args)
    missing = [pair for pair in plan.row.keywords if pair[0] not in given and not starred]
    if missing and plan.call.args:
        last = plan.call.args[-1]
        yield last, [last.with_changes(comma=_COMMA), *_arguments(missing)]


_COMMA = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
_NO_SPACE = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))


def _arguments(pairs: list[tuple[str, str]]) -> list[cst.Arg]:
    return [
        cst.Arg(cst.parse_expression(value), keyword=cst.Name(name), equal=_NO_SPACE)
        for name, value in pairs
    ]


def _taken_out(view: View, plan: Plan) -> dict[cst.CSTNode, Change] | None:
    """The changes that leave the function without what moves."""
    moved: list[cst.CSTNode] = [*plan.needs.imports, *plan.needs.values]
    changes: dict[cst.CSTNode, Change] = {}
    if plan.form is Form.INLINE:
        changes[plan.expression] = cst.Name(plan.names[plan.expression])
    elif plan.binding is not None and plan.form is Form.ASSIGNED:
        moved.append(plan.binding.node)
    elif plan.binding is not None:
        item = cst.ensure_type(plan.binding.node, cst.WithItem)
        statement = cst.ensure_type(view.module.parent(item), cst.With)
        dropped = without_item(view, statement, item)
        if dropped is None or moved:
            return None
        changes.update(dropped)
    staying = Comments(view, plan).staying
    lines = {node: view.module.parent(node) for node in moved}
    others = {
        view.module.parent(other.binding.node)
        for other in plans(view.module, view.constructors).values()
        if other.form is Form.ASSIGNED and other.binding is not None
    }
    gone = removals(
        view,
        {
            line: staying(node)
            for node, line in lines.items()
            if isinstance(line, cst.SimpleStatementLine)
        },
        others,
    )
    return None if gone is None else {**changes, **gone}


def _statements(view: View, plan: Plan) -> Iterator[cst.SimpleStatementLine]:
    """What is to stand at module level: values first, then the construction."""
    for node in (*plan.needs.values, plan.key):
        if node not in plan.kept:
            yield _statement(view, plan, node)


def _statement(view: View, plan: Plan, node: cst.CSTNode) -> cst.SimpleStatementLine:
    names = dict(_renamings(view, plan))
    if isinstance(node, (cst.Assign, cst.AnnAssign)):
        line = _renamed(view, node, plan.names[node], names)
        return line.with_changes(leading_lines=Comments(view, plan).going(node))
    value = replace(plan.expression, view.module.parent, names)
    return cst.SimpleStatementLine(
        [cst.Assign([cst.AssignTarget(cst.Name(plan.names[node]))], value)]
    )


def _renamed(
    view: View, node: cst.Assign | cst.AnnAssign, name: str, names: dict[cst.CSTNode, Change]
) -> cst.SimpleStatementLine:
    line = _bare(view, node)
    target = node.targets[0].target if isinstance(node, cst.Assign) else node.target
    changes: dict[cst.CSTNode, Change] = {**names, target: cst.Name(name)}
    if isinstance(node, cst.AnnAssign) and not _evaluable(view, node.annotation.annotation):
        code = view.module.tree.code_for_node(node.annotation.annotation)
        quote = "'" if '"' in code else '"'
        changes[node.annotation.annotation] = cst.SimpleString(f"{quote}{code}{quote}")
    (statement,) = line.body
    new = replace(statement, view.module.parent, changes)
    return line.with_changes(body=[_unaligned(new)])


def _unaligned(statement: cst.BaseSmallStatement) -> cst.BaseSmallStatement:
    """An assignment without what only fitted it to the lines around it."""
    if not isinstance(statement, cst.Assign):
        return statement
    (target,) = statement.targets
    space = cst.SimpleWhitespace(" ")
    spaces = {
        name: space
        for name in ("whitespace_before_equal", "whitespace_after_equal")
        if _WIDE.fullmatch(getattr(target, name).value)
    }
    return statement.with_changes(
        targets=[target.with_changes(**spaces)], semicolon=cst.MaybeSentinel.DEFAULT
    )


def _evaluable(view: View, annotation: cst.BaseExpression) -> bool:
    """Whether an annotation, which a function never evaluates, can be evaluated by the module."""
    if isinstance(annotation, cst.SimpleString) or "from __future__ import annotations" in (
        view.module.source.text
    ):
        return True
    for node in descendants(annotation):
        if isinstance(node, cst.Name) and node in view.uses(node.value):
            owner, bindings = view.owner(node)
            if bindings and not (owner.is_module and all(map(view.direct, bindings))):
                return False
    return True


def _bare(view: View, node: cst.CSTNode) -> cst.SimpleStatementLine:
    """The line of a statement with its comments and without the gaps around them."""
    line = cst.ensure_type(view.module.parent(node), cst.SimpleStatementLine)
    comments = [each for each in line.leading_lines if each.comment is not None]
    return line.with_changes(leading_lines=comments)


def _led(line: cst.SimpleStatementLine) -> cst.SimpleStatementLine:
    return line.with_changes(leading_lines=[cst.EmptyLine(indent=False), *line.leading_lines])
