"""What a stack's code says of a construct after it was made, brought to the construct."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field

from lamlint.dialects.cdk.kinds import pascal, snake
from lamlint.dialects.cdk.machine import choices, mixed
from lamlint.dialects.cdk.messaging import TELLS
from lamlint.dialects.cdk.nodes import STANDS_FOR
from lamlint.dialects.cdk.objects import (
    Items,
    Keyed,
    Made,
    Member,
    Nothing,
    Part,
    Plain,
    Thing,
    construct,
)
from lamlint.dialects.cdk.place import Place
from lamlint.dialects.cdk.template import given
from lamlint.model.condition import Case, both
from lamlint.text.dataclass import dataclass

_KNOWN = ("aws_cdk", "constructs", "cdk_nag")
"""Libraries that change nothing of a function that they are given."""
_VARIABLE = "Environment.Variables."
_PROPERTIES = "Properties."
_DEEPEST = 50
"""How many names a path into a resource may have: none of CloudFormation has nearly as many."""
_OWN_RESOURCE = ((), ("default_child", "node"))
"""How a construct's resource is got at: it is one itself, or by `node.default_child`."""
ATTRIBUTE = "="
"""What stands for a method where an attribute of a resource is set: no method is called so."""


@dataclass(frozen=True, slots=True)
class Override:
    """What a property of a construct's resource is set to in the template, by its path there.

    Nothing takes it out. `case` is what holds where it is set. One that is `typed` is set as the
    resource's class has it, with keys as they are in the language of the stack.
    """

    path: tuple[str, ...]
    key: Place
    value: Thing
    case: Case
    typed: bool = False


@dataclass(eq=False)
class Additions:
    """What is added to constructs: variables of functions, statements of roles, by who has them.

    `policies` are managed ones; both are kept by the identity of the construct that has the role.
    `overrides` are properties of what is made in the template, by the construct.
    """

    variables: dict[int, Keyed] = field(default_factory=dict)
    statements: dict[int, list[Thing]] = field(default_factory=dict)
    policies: dict[int, list[Thing]] = field(default_factory=dict)
    overrides: dict[int, list[Override]] = field(default_factory=dict)


def receivers(thing: Thing | None) -> Iterator[tuple[Made, Case]]:
    """The constructs that a thing can be, through what stands for them."""
    if thing is None:
        return
    for one, case in choices(thing):
        known = construct(one)
        while isinstance(known, Part) and known.name in STANDS_FOR:
            known = construct(known.of)
        if isinstance(known, Made):
            yield known, case


def holders(thing: Thing | None) -> Iterator[tuple[Made, Case]]:
    """The functions and roles whose rights are meant: of `fn.role`, the function."""
    if thing is None:
        return
    for one, case in choices(thing):
        known = construct(one)
        if isinstance(known, Part) and known.name in ("role", "grant_principal", "execution_role"):
            known = construct(known.of)
        if isinstance(known, Made):
            role = given(known, "role")
            inner = construct(role) if role is not None else None
            yield (inner if isinstance(inner, Made) else known), case


def collect(calls: Sequence[Made]) -> Additions:
    """What all calls of methods say."""
    additions = Additions()
    for call in calls:
        if _is_foreign(call):
            _handed_over(call, additions)
        if call.receiver is not None:
            known = _METHODS.get(call.name)
            if known is not None:
                known(call, additions)
    return additions


def _is_foreign(call: Made) -> bool:
    """Whether a call is one of a library that may change what it is given."""
    made = call
    while isinstance(made.receiver, Made):
        made = made.receiver
    return made.receiver is None and made.name.partition(".")[0] not in _KNOWN


def _handed_over(call: Made, additions: Additions) -> None:
    """What another library makes or is given: it may set further variables."""
    additions.variables.setdefault(id(call), Keyed({}, call.at)).whole = False
    for thing in (*call.positional, *(one.value for one in call.named.values())):
        for one in _inside(thing):
            for made, _ in receivers(one):
                additions.variables.setdefault(id(made), Keyed({}, call.at)).whole = False


def _inside(thing: Thing) -> Sequence[Thing]:
    match thing:
        case Items():
            return thing.values
        case Keyed():
            return [one.value for one in thing.members.values()]
        case _:
            return (thing,)


def _overridden(call: Made, additions: Additions) -> None:
    """`fn.node.default_child.add_property_override(path, value)`."""
    path = given(call, "property_path", place=0)
    _override(call, path, _plain(path), _set_to(call), additions)


def _overridden_anywhere(call: Made, additions: Additions) -> None:
    """`fn.node.default_child.add_override("Properties.Timeout", value)`; elsewhere it sets none."""
    path = given(call, "path", place=0)
    written = _plain(path)
    if not written or written.startswith(_PROPERTIES):
        _override(call, path, written.removeprefix(_PROPERTIES), _set_to(call), additions)


def _deleted(call: Made, additions: Additions) -> None:
    """`fn.node.default_child.add_property_deletion_override(path)`."""
    path = given(call, "property_path", place=0)
    _override(call, path, _plain(path), Nothing(call.at), additions)


def _deleted_anywhere(call: Made, additions: Additions) -> None:
    """`fn.node.default_child.add_deletion_override("Properties.Timeout")`."""
    path = given(call, "path", place=0)
    written = _plain(path)
    if not written or written.startswith(_PROPERTIES):
        nothing = Nothing(call.at)
        _override(call, path, written.removeprefix(_PROPERTIES), nothing, additions)


def _attribute(call: Made, additions: Additions) -> None:
    """`fn.node.default_child.memory_size = 512`: what stands in the template by that name."""
    made, is_own = _resource(call.receiver)
    name = given(call, "name", place=0)
    of_resource = made is not None and (call.receiver is not made or _is_resource(made))
    if is_own and of_resource:
        written = pascal(snake(_plain(name)))
        _override(call, name, written, _set_to(call), additions, typed=True)


def _tells(call: Made, additions: Additions) -> None:
    """`bucket.enable_event_bridge_notification()`."""
    yes = Plain("true", call.at)
    for made, case in receivers(call.receiver):
        override = Override(TELLS, call.at, yes, both(case, call.case))
        additions.overrides.setdefault(id(made), []).append(override)


def _is_resource(made: Made) -> bool:
    return made.name.rpartition(".")[2].startswith("Cfn")


def _override(
    call: Made,
    path: Thing | None,
    written: str,
    value: Thing | None,
    additions: Additions,
    *,
    typed: bool = False,
) -> None:
    """Note what a property is set to; where that cannot be told, it is not known any more."""
    made, is_own = _resource(call.receiver)
    if made is None:
        return
    steps = tuple(written.split("."))
    if written.startswith(_VARIABLE) and path is not None and value is not None:
        known = additions.variables.setdefault(id(made), Keyed({}, call.at))
        known.members[written.removeprefix(_VARIABLE)] = Member(path.at, value)
    elif is_own and path is not None and value is not None and _is_told(steps):
        override = Override(steps, path.at, value, call.case, typed)
        additions.overrides.setdefault(id(made), []).append(override)
    else:
        made.named.pop(snake(steps[0]), None)
        made.whole = False


def _resource(thing: Thing | None) -> tuple[Made | None, bool]:
    """The construct that is meant; whether its own resource is, not one that it has beside it."""
    names: list[str] = []
    while isinstance(thing, Part):
        names.append(thing.name)
        thing = construct(thing.of)
    return (thing if isinstance(thing, Made) else None), tuple(names) in _OWN_RESOURCE


def _is_told(steps: Sequence[str]) -> bool:
    """Whether a property is one that the template says all of."""
    if len(steps) > _DEEPEST:
        return False
    plain = all(step and not step.isdigit() and "\\" not in step for step in steps)
    return plain and steps[0] != "Code"


def _set_to(call: Made) -> Thing | None:
    """What a property is set to: an object at the end of a call may be its named arguments."""
    return given(call, "value", place=1) or call.options


def _plain(thing: Thing | None) -> str:
    return str(thing.value) if isinstance(thing, Plain) else ""


def _variable(call: Made, additions: Additions) -> None:
    """`fn.add_environment(key, value)`."""
    name = given(call, "key", place=0)
    value = given(call, "value", place=1)
    for made, case in receivers(call.receiver):
        known = additions.variables.setdefault(id(made), Keyed({}, call.at))
        if not isinstance(name, Plain) or value is None:
            known.whole = False
            continue
        before = known.members.get(name.value)
        old = before.value if before is not None else Nothing(name.at)
        when = both(case, call.case)
        known.members[name.value] = Member(name.at, mixed(old, value, when) if when else value)


def _statement(call: Made, additions: Additions) -> None:
    """`fn.add_to_role_policy(statement)`, `role.add_to_policy(statement)`."""
    statement = given(call, "statement", place=0)
    for made, _ in holders(call.receiver):
        if statement is not None:
            additions.statements.setdefault(id(made), []).append(statement)


def _managed(call: Made, additions: Additions) -> None:
    """`role.add_managed_policy(policy)`."""
    policy = given(call, "policy", place=0)
    for made, _ in holders(call.receiver):
        if policy is not None:
            additions.policies.setdefault(id(made), []).append(policy)


def _attached(call: Made, additions: Additions) -> None:
    """`role.attach_inline_policy(Policy(…, statements=[…]))`."""
    policy = construct(given(call, "policy", place=0) or call)
    listed = given(policy, "statements") if isinstance(policy, Made) else None
    for made, _ in holders(call.receiver):
        own = additions.statements.setdefault(id(made), [])
        own.extend(listed.values if isinstance(listed, Items) else [policy])


def _more(argument: str) -> Callable[[Made, Additions], None]:
    """`statement.add_actions(…)`: more in a list of a statement."""

    def add(call: Made, _additions: Additions) -> None:
        for made, _ in receivers(call.receiver):
            known = given(made, argument)
            values = list(known.values) if isinstance(known, Items) else []
            listed = Items([*values, *call.positional], call.at, call.whole)
            made.named[argument] = Member(call.at, listed)

    return add


def _everything(call: Made, _additions: Additions) -> None:
    """`statement.add_all_resources()`: `resources=["*"]`."""
    for made, _ in receivers(call.receiver):
        every = Items([Plain("*", call.at, written=True)], call.at)
        made.named["resources"] = Member(call.at, every)


_METHODS: Mapping[str, Callable[[Made, Additions], None]] = {
    "add_environment": _variable,
    "add_property_override": _overridden,
    "add_override": _overridden_anywhere,
    "add_property_deletion_override": _deleted,
    "add_deletion_override": _deleted_anywhere,
    ATTRIBUTE: _attribute,
    "enable_event_bridge_notification": _tells,
    "add_to_role_policy": _statement,
    "add_to_policy": _statement,
    "add_to_principal_policy": _statement,
    "add_managed_policy": _managed,
    "attach_inline_policy": _attached,
    "add_actions": _more("actions"),
    "add_not_actions": _more("not_actions"),
    "add_resources": _more("resources"),
    "add_not_resources": _more("not_resources"),
    "add_all_resources": _everything,
    "add_layers": _more("layers"),
}
"""Methods that say more of a function, a role or a statement."""
