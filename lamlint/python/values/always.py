"""What an expression always is, where constants of the code say so: however they get there.

`lamlint.python.values.constants` follows the same ways, but says what is written, to point at
it and to change it: what a template gives a variable, what a class gives an attribute. Code
is only called dead for what cannot be otherwise. So nothing counts here that another deployment
or module may set, or that may be filled, but what the configuration fixes of the environment
variables of a function; and less than a constant is enough, something that is there, whatever
it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.looks import is_only_looked_at, set_from_outside
from lamlint.python.module.running import returns_none
from lamlint.python.module.scope import Binding, How
from lamlint.python.values import gathered
from lamlint.python.values.answered import answered, of_call
from lamlint.python.values.arguments import argument
from lamlint.python.values.asker import Ask, Told
from lamlint.python.values.attributes import (
    field_argument,
    lineage,
    own_frames,
    property_of,
    without_arguments,
)
from lamlint.python.values.builtin import BUILTINS, builtin, is_method, method
from lamlint.python.values.decorators import decorator_names
from lamlint.python.values.filled_fields import filled, is_filled
from lamlint.python.values.kinds import (
    EITHER,
    OPPOSITE,
    UNKNOWN,
    Kind,
    Values,
    agreed,
    among,
    elements,
    same,
    truth,
    union,
)
from lamlint.python.values.kwargs import ABSENT, under
from lamlint.python.values.leads import LOST, of_binding
from lamlint.python.values.objects import (
    Class,
    Edge,
    Frame,
    Library,
    Namespace,
    Own,
    Passing,
    Routine,
    Supplied,
)
from lamlint.python.values.off import truth_of
from lamlint.python.values.overwritten import seen
from lamlint.python.values.sdk import makes_client
from lamlint.python.values.set_attributes import Setting, part, set_by
from lamlint.python.values.tables import entries

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.configured import Configured


_COMPARING: Mapping[type, tuple[Callable[[Values, Values], bool | None], bool]] = {
    cst.Is: (same, False), cst.Equal: (same, False), cst.In: (among, False),
    cst.IsNot: (same, True), cst.NotEqual: (same, True), cst.NotIn: (among, True),
}  # fmt: skip
"""What answers a comparison, and whether the answer is the opposite."""
_NAMES = {"True": True, "False": False, "None": None}
_ENVIRONMENT = frozenset({"os.environ", "os.environ.get", "os.getenv"})
_MADE_EMPTY = {"list": Kind.EMPTY, "dict": Kind.EMPTY, "set": Kind.EMPTY, "str": "", "tuple": ()}
_WRITTEN = (cst.SimpleString, cst.ConcatenatedString, cst.Integer, cst.Float)
_OBJECTS = (cst.Name, cst.Call, cst.Attribute, cst.Lambda)
"""Expressions that are written where an object is handed on."""
_WITH_FIELDS = frozenset(
    {"dataclasses.dataclass", "attr.s", "attr.attrs", "attr.define", "attrs.define"}
    | {"attr.dataclass", "attr.frozen", "attrs.frozen", "attrs.mutable"}
)
_BARE = frozenset(
    {"object", "abc.ABC", "typing.Generic", "typing.Protocol", "typing_extensions.Protocol"}
)
"""Bases that set no attributes."""
_FIELDS = frozenset({"field", "Factory", "ib", "attrib"})
_DEEPEST = 12
_MOST_SET = 12
"""What more places set is not looked at: each of them may lead to all of the others."""
_MOST = 3_000
"""As many expressions one question leads through; real ones up to 2,600."""


def possible(
    analysis: Analysis, node: cst.CSTNode, frame: Frame, told: Told | None = None
) -> Values:
    """All that an expression, evaluated in a frame, may ever be.

    `told` knows of some expressions what they are in one invocation.
    """
    return Question(analysis, told=told).values(node, frame)


class Question:
    """One question, with what is known on the way: ways to a node multiply.

    It is asked of all environments in which the code runs, or of some of them; `differs` says
    whether it has come across a variable that is not the same in each.
    """

    def __init__(
        self,
        analysis: Analysis,
        environments: Sequence[Configured] | None = None,
        told: Told | None = None,
    ) -> None:
        self.analysis = analysis
        self._told = told
        self._environments = analysis.environments if environments is None else environments
        self.differs = False
        self._known: dict[tuple[int, int, int], Values] = {}
        self._set: dict[tuple[int, str, int, int], Values] = {}

    def values(self, node: cst.CSTNode, frame: Frame, depth: int = 0) -> Values:
        """All that an expression, evaluated in a frame, may ever be."""
        if depth > _DEEPEST or self.analysis.exhausted:
            return UNKNOWN
        key = (id(frame), id(node), depth)
        if key not in self._known:
            if len(self._known) >= _MOST:
                return UNKNOWN
            self._known[key] = UNKNOWN  # while it leads back to itself
            self._known[key] = self._values(node, frame, depth)
        return self._known[key]

    @property
    def is_full(self) -> bool:
        """Whether it has led through so much that another one is to be put for what follows."""
        return len(self._known) >= _MOST // 2

    def at(self, depth: int) -> Ask:
        """What an expression may be that is asked for so deep in this question."""
        return lambda node, frame: self.values(node, frame, depth)

    def _values(self, node: cst.CSTNode, frame: Frame, depth: int) -> Values:
        self.analysis.step()
        if self._told is not None:
            found = self._told(node, frame, self.at(depth + 1))
            if found is not None:
                return found
        match node:
            case cst.Name() if node.value in _NAMES:
                return frozenset([_NAMES[node.value]])
            case cst.Name():
                return self._name(node, frame, depth)
            case cst.Attribute():
                return self._attribute(node, frame, depth)
            case cst.NamedExpr():
                return self.values(node.value, frame, depth)
            case cst.BooleanOperation():
                return self._either(node, frame, depth)
            case cst.IfExp():
                return self._chosen(node, frame, depth)
            case cst.UnaryOperation(operator=cst.Not()):
                is_true = truth_of(self.at(depth), frame, node)
                return UNKNOWN if is_true is None else frozenset([is_true])
            case cst.Comparison(comparisons=[comparison]):
                holds = self._compared(node.left, comparison, frame, depth)
                return UNKNOWN if holds is None else frozenset([holds])
            case cst.List() | cst.Tuple() | cst.Set() | cst.Dict():
                return gathered.written(self, node, frame, depth)
            case cst.ListComp() | cst.SetComp() | cst.GeneratorExp():
                return gathered.comprehended(self, node, frame, depth)
            case cst.Call(func=cst.Attribute(value=of, attr=cst.Name(value=name))) if is_method(
                name
            ) and not any(one.star or one.keyword for one in node.args):
                return self._of_text(node, of, name, frame, depth)
            case cst.Call(func=cst.Name(value=name), args=[cst.Arg(star="", keyword=None)]) if (
                name in BUILTINS and self._is_builtin(node.func, frame)
            ):
                return builtin(name, self.values(node.args[0].value, frame, depth))
            case cst.Call() | cst.Subscript() if read := self._variable(node, frame, depth):
                return read
            case cst.Call(
                func=cst.Attribute(value=of, attr=cst.Name(value="get" | "pop")), args=[key, *rest]
            ):
                default = self.values(rest[0].value, frame, depth) if rest else frozenset([None])
                return self._under(of, key.value, default, frame, depth)
            case cst.Subscript(value=of, slice=[cst.SubscriptElement(slice=cst.Index(value=key))]):
                return self._under(of, key, UNKNOWN, frame, depth)
            case cst.Call() if makes_client(self.analysis, node, frame):
                return frozenset([Kind.THERE])
            case cst.Call() if (given := of_call(self, node, frame, depth)) != UNKNOWN:
                return given
            case cst.Call() if self._may_give_nothing(node, frame):
                return frozenset([None, Kind.UNKNOWN])
            case _:
                return frozenset([_literal(node)])

    def _compared(
        self, left: cst.CSTNode, comparison: cst.ComparisonTarget, frame: Frame, depth: int
    ) -> bool | None:
        """What a comparison always is; None when that is not known."""
        ask = _COMPARING.get(type(comparison.operator))
        if ask is None:
            return None
        compare, is_opposite = ask
        here, other = self.values(left, frame, depth), comparison.comparator
        if compare is among and self._is_environment(other, frame):
            holds = self._has(here)
        else:
            holds = compare(here, self.values(other, frame, depth))
        return OPPOSITE[holds] if is_opposite else holds

    def _is_environment(self, node: cst.CSTNode, frame: Frame) -> bool:
        found = self.analysis.things(node, frame)
        return any(isinstance(one, Library) and one.name == "os.environ" for one in found)

    def _has(self, names: Values) -> bool | None:
        """Whether the environment has some variables, by their names: `"URL" in os.environ`."""
        found = [self._fixed(name) if isinstance(name, str) else None for name in names]
        return agreed(None if one is None else agreed(v is not None for v in one) for one in found)

    def _of_text(
        self, node: cst.Call, of: cst.CSTNode, name: str, frame: Frame, depth: int
    ) -> Values:
        """What a method of a text gives, or that of an object by the same name."""
        given = [self.values(one.value, frame, depth) for one in node.args]
        found = method(name, self.values(of, frame, depth), given)
        return of_call(self, node, frame, depth) if found == UNKNOWN else found

    def _is_builtin(self, name: cst.CSTNode, frame: Frame) -> bool:
        """Whether no module gives another meaning to the name of a builtin function."""
        bindings = self.analysis.lookup(name.value, name, frame) if type(name) is cst.Name else ()
        return not any(True for _ in bindings)

    def _variable(self, node: cst.Call | cst.Subscript, frame: Frame, depth: int) -> Values | None:
        """What a variable of the environment is; None for anything else."""
        asked = node.func if isinstance(node, cst.Call) else node.value
        if not any(
            isinstance(one, Library) and one.name in _ENVIRONMENT
            for one in self.analysis.things(asked, frame)
        ):
            return None
        default = None if isinstance(node, cst.Subscript) else argument(node, 1, "default")
        unset = frozenset([None]) if default is None else self.values(default, frame, depth + 1)
        known = self._configured(node, frame, depth)
        if isinstance(node, cst.Subscript):
            return (known or frozenset()) - {None} or frozenset([Kind.TEXT])
        if known is None:
            return unset | {Kind.TEXT}
        return known - {None} | (unset if None in known else frozenset())

    def _configured(
        self, node: cst.Call | cst.Subscript, frame: Frame, depth: int
    ) -> Values | None:
        """What the configuration makes of a variable that is read; None where that is open."""
        match node:
            case cst.Call():
                key = argument(node, 0, "key")
            case cst.Subscript(slice=[cst.SubscriptElement(slice=cst.Index(value=key))]):
                pass
            case _:
                return None
        names = UNKNOWN if key is None else self.values(key, frame, depth) - {None}
        found = [self._fixed(name) if isinstance(name, str) else None for name in names]
        known = [one for one in found if one is not None]
        return union(known) if known and len(known) == len(found) else None

    def _fixed(self, name: str) -> Values | None:
        found = [one.variable(name) for one in self._environments]
        self.differs = self.differs or any(one != found[0] for one in found)
        known = [frozenset[object](one) for one in found if one is not None]
        return union(known) if known and len(known) == len(found) else None

    def _may_give_nothing(self, node: cst.Call, frame: Frame) -> bool:
        """Whether a call leads to a function of the project's own that may return None."""
        return any(
            isinstance(thing, Routine) and returns_none(thing.module, thing.node)
            for thing in self.analysis.things(node.func, frame)
        )

    def _under(
        self, of: cst.CSTNode, key: cst.CSTNode, default: Values, frame: Frame, depth: int
    ) -> Values:
        """What a function's `**kwargs` hold under a key, or what is taken where they lack it.

        Or what a table does, whichever of its entries it is.
        """
        table = entries(self.analysis, of, key, frame)
        if table is not None:
            held = union(self.values(value, home, depth + 1) for value, home in table)
            return held if default == UNKNOWN else held | default
        known = key.evaluated_value if isinstance(key, cst.SimpleString) else None
        found = under(self.analysis, of, known, frame) if isinstance(known, str) else None
        return union(
            default if given is ABSENT else self._given(given, depth, optional=None in default)
            for given in found or [LOST]
        )

    def _either(self, node: cst.BooleanOperation, frame: Frame, depth: int) -> Values:
        """What `a or b` gives: the first where it is true, else the second."""
        decided = isinstance(node.operator, cst.Or)
        left = self.values(node.left, frame, depth)
        found = {value for value in left if truth(value) in (decided, None)}
        if decided and found & EITHER:
            found = found - EITHER | {Kind.THERE}  # it is taken where it is true
        if all(truth(value) is decided for value in left):
            return frozenset(found)
        return frozenset(found) | self.values(node.right, frame, depth)

    def _chosen(self, node: cst.IfExp, frame: Frame, depth: int) -> Values:
        tests = {truth(value) for value in self.values(node.test, frame, depth)}
        sides = [] if tests == {False} else [node.body]
        sides += [] if tests == {True} else [node.orelse]
        return union(self.values(side, frame, depth) for side in sides)

    def _name(self, node: cst.Name, frame: Frame, depth: int) -> Values:
        bindings = list(self.analysis.lookup(node.value, node, frame))
        visible = seen(frame.module, bindings, node)
        found = union(self._bound(binding, home, depth) for binding, home in visible)
        return gathered.as_used(self, found, node, frame, depth)

    def _bound(self, binding: Binding, frame: Frame, depth: int) -> Values:
        if binding.how is How.IMPORT:
            found = self.analysis.codebase.imported(frame.module, binding)
            owner = self.analysis.codebase.module(found[0]) if type(found) is tuple else None
            if owner is None or type(found) is not tuple:
                return UNKNOWN
            return self._member(owner, found[1], depth)
        if binding.how is How.ELEMENT and binding.value is not None and not binding.path:
            return union([elements(self.values(binding.value, frame, depth))])
        default = binding.node.default if isinstance(binding.node, cst.Param) else None
        if binding.how is How.PARAMETER and not self.analysis.ways_into(frame):
            return UNKNOWN  # whoever calls it may give anything
        optional = isinstance(default, cst.Name) and default.value == "None"
        leads = of_binding(self.analysis, binding, frame)
        return union(self._given(lead, depth, optional=optional) for lead in leads)

    def _member(self, module: Module, name: str, depth: int) -> Values:
        members = list(self.analysis.members(module, name))
        found = union(self._bound(binding, home, depth + 1) for binding, home in members)
        return UNKNOWN if self._is_set(name) else gathered.as_kept(self, found, name)

    def _given(self, given: Supplied, depth: int, *, optional: bool) -> Values:
        """What a call gives to a parameter: in the place of `None`, an object."""
        if given.thing is not None:
            return frozenset([Kind.THERE])
        if given.anything or given.node is None or given.frame is None:
            return UNKNOWN
        if given.element:
            return union([elements(self.values(given.node, given.frame, depth + 1))])
        values = self.values(given.node, given.frame, depth + 1)
        there = values == UNKNOWN and optional and isinstance(given.node, _OBJECTS)
        return frozenset([Kind.THERE]) if there else values

    def _attribute(self, node: cst.Attribute, frame: Frame, depth: int) -> Values:
        name = node.attr.value
        found: list[Values] = []
        for owner in self.analysis.things(node.value, frame):
            if isinstance(owner, Namespace):
                found.append(self._member(owner.module, name, depth))
            elif isinstance(owner, Own) and (routine := property_of(self.analysis, owner, name)):
                edge = Edge(frame, node, Passing.NOTHING, owner)
                found.append(answered(self, routine, edge, depth))
            elif isinstance(owner, Own) and is_filled(self.analysis, owner.of):
                found.append(UNKNOWN if self._is_set(name) else self._filled(owner, name, depth))
            elif isinstance(owner, Own | Class) and not self._is_set(name):
                found.append(union(self._of_object(owner, name, depth)))
            else:
                found.append(UNKNOWN)
        return gathered.as_kept(self, union(found), name)

    def _filled(self, owner: Own, name: str, depth: int) -> Values:
        """What a field is that a library fills from the environment."""
        field = filled(self.analysis, owner, name)
        found = [] if field is None else [self._fixed(one) for one in field.variables]
        for one in found:
            if field is None or one is None:
                return UNKNOWN
            if one != {None}:
                return frozenset(map(field.read, map(str, one))) if None not in one else UNKNOWN
        if field is None or field.default is None:
            return UNKNOWN
        return self.values(field.default, field.home, depth + 1)

    def may_be_filled(self, name: str) -> bool:
        """Whether something is put into what a name or attribute holds, anywhere."""
        loaded = tuple(self.analysis.codebase.loaded)
        return not all(is_only_looked_at(module, name) for module in loaded)

    def _is_set(self, name: str) -> bool:
        """Whether an attribute of this name is set from outside of its object, anywhere."""
        loaded = tuple(self.analysis.codebase.loaded)
        return any(
            module.may_set(name) and not set_from_outside(module).isdisjoint({name, "*"})
            for module in loaded
        )

    def _of_object(self, owner: Own | Class, name: str, depth: int) -> Iterator[Values]:
        """What the methods of a class make of an attribute, and what its body does."""
        of = owner.of if isinstance(owner, Own) else owner
        is_set = False
        for current in lineage(self.analysis, of):
            made, of_all = set_by(current, name)
            if len(made) + len(of_all) > _MOST_SET:
                yield UNKNOWN
                return
            is_set = is_set or bool(made or of_all)
            for setting in made:
                homes = own_frames(self.analysis, current, setting[0], owner)
                for home in homes:
                    yield self._setting(setting, home, depth)
                if not homes:
                    of_all = (*of_all, setting)
            if of_all:
                yield self._set_on_all(current, name, of_all, depth)
        for current in lineage(self.analysis, of):
            bindings = current.module.scopes.own(current.node).bindings.get(name, ())
            for binding in bindings:
                if not is_set or binding.value is not None:
                    yield self._of_class(current, binding, owner, depth)
            if bindings:
                return
        if not is_set and isinstance(owner, Own):
            yield self._given_to_field(owner, name, depth)

    def _given_to_field(self, owner: Own, name: str, depth: int) -> Values:
        """What the call that built an object gives to a field that has no default."""
        classes = lineage(self.analysis, owner.of)
        plain = not any(one.module.mentions("__setattr__", "__getattribute__") for one in classes)
        fields = any(
            decorator_names(self.analysis, one.node, one.closure) & _WITH_FIELDS for one in classes
        )
        given = field_argument(self.analysis, owner, name) if plain and fields else None
        if given is None or owner.frame is None:
            return UNKNOWN
        return self.values(given, owner.frame, depth + 1)

    def _set_on_all(self, of: Class, name: str, found: Sequence[Setting], depth: int) -> Values:
        """What methods set an attribute to, whichever object they run on: known once for all."""
        key = (id(of.node), name, len(found), depth)
        if key not in self._set:
            homes = ((one, self.analysis.static(of.module, one[0])) for one in found)
            self._set[key] = union(self._setting(one, home, depth) for one, home in homes)
        return self._set[key]

    def _setting(self, setting: Setting, home: Frame, depth: int) -> Values:
        one = part(*setting[1:])
        return UNKNOWN if one is None else self.values(one, home, depth + 1)

    def _of_class(self, of: Class, binding: Binding, owner: Own | Class, depth: int) -> Values:
        """What a line of a class makes of an attribute: of a field, what the call gives for it."""
        value: cst.CSTNode | None = binding.value
        if isinstance(binding.node, cst.AnnAssign) and self._has_fields(of):
            given = _field(self.analysis, of, binding.name, owner)
            if given is None:
                return UNKNOWN
            if given.node is not None and given.frame is not None:
                return self.values(given.node, given.frame, depth + 1)
            value = _default(value)
        elif binding.how is not How.VALUE or binding.path or self._is_derived(of):
            return UNKNOWN
        return UNKNOWN if value is None else self.values(value, of.closure, depth + 1)

    def _has_fields(self, of: Class) -> bool:
        """Whether the lines of a class are fields that its constructor takes."""
        decorated = decorator_names(self.analysis, of.node, of.closure)
        return bool(decorated & _WITH_FIELDS) or self._is_derived(of)

    def _is_derived(self, of: Class) -> bool:
        """Whether a class has bases of other packages, which may set its attributes too."""
        return any(
            not any(
                isinstance(thing, Class) or (isinstance(thing, Library) and thing.name in _BARE)
                for thing in self.analysis.things(without_arguments(base.value), one.closure)
            )
            for one in lineage(self.analysis, of)
            for base in one.node.bases
        )


def _literal(node: cst.CSTNode) -> object:
    """The constant that is written, or what kind of value it is."""
    if isinstance(node, _WRITTEN):
        value = node.evaluated_value
        return Kind.UNKNOWN if value is None else value
    if isinstance(node, cst.FormattedString):
        written = any(isinstance(part, cst.FormattedStringText) for part in node.parts)
        return Kind.THERE if written else Kind.UNKNOWN
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and not node.args:
        return _MADE_EMPTY.get(node.func.value, Kind.UNKNOWN)
    return Kind.UNKNOWN


def _field(analysis: Analysis, of: Class, name: str, owner: Own | Class) -> Supplied | None:
    """What the call that built an object gives to a field; None when that is not known."""
    if not decorator_names(analysis, of.node, of.closure) & _WITH_FIELDS:
        return None
    if not isinstance(owner, Own) or owner.call is None or owner.leading:
        return None
    if any(given.star or given.keyword is None for given in owner.call.args):
        return None
    given = argument(owner.call, None, name)
    return Supplied() if given is None else Supplied(given, owner.frame)


def _default(value: cst.CSTNode | None) -> cst.CSTNode | None:
    """The default of a field: `= x`, `= field(default=x)`."""
    if not isinstance(value, cst.Call):
        return value
    function = value.func.attr if isinstance(value.func, cst.Attribute) else value.func
    named = isinstance(function, cst.Name) and function.value in _FIELDS
    return argument(value, None, "default") if named else None
