"""What the code registers with applications, by decorators, by calls and by constructors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from lamlint.catalog.frameworks import Application, Moment, frameworks
from lamlint.python.module import cst
from lamlint.python.module.scope import FUNCTIONS, How
from lamlint.python.reach.held import MIDDLEWARE, as_application, held
from lamlint.python.reach.prefixes import KEYWORDS, Prefix, prefix
from lamlint.python.reach.registered import (
    ROUTING,
    Registered,
    handed,
    max_moment,
    owner_of,
    path_of,
    sentence,
)
from lamlint.python.reach.spoken import Spoken, spoken
from lamlint.python.values.applied import applied
from lamlint.python.values.decorators import decorated, decorator_name
from lamlint.python.values.objects import (
    Class,
    Edge,
    Instance,
    Own,
    Passing,
    Routine,
    Step,
    Thing,
)
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame


@dataclass(slots=True)
class Node:
    """An application with what is registered with it, and what it includes."""

    row: Application
    made: Instance
    own: Prefix
    registered: list[Registered] = field(default_factory=list)
    includes: dict[int, Prefix] = field(default_factory=dict)
    open: bool = False
    """Whether it includes something that is not known."""


class Registering:
    """Finds what the code of some modules registers with applications."""

    def __init__(self, analysis: Analysis, modules: Sequence[Module]) -> None:
        self._analysis = analysis
        self._modules = modules
        self.nodes: dict[int, Node] = {}
        self.loose: list[Registered] = []
        """Registered with an application that is handed around: with whichever there is."""
        self.handed: dict[int, Prefix] = {}
        """What an application includes that is handed around."""
        self.by_row: dict[str, list[Registered]] = {}
        """Registered with any application of a kind: by a decorator that names none."""
        self._looked = False

    def of(self, made: Instance) -> Node | None:
        """What is known of an application; it is looked at when it is first met."""
        known = self.nodes.get(id(made.call))
        if known is not None:
            return known
        row = frameworks().application(made.constructor)
        if row is None:
            return None
        own = prefix(self._analysis, made.call, made.frame)
        node = self.nodes[id(made.call)] = Node(row, made, own)
        for argument in made.call.args:
            word = argument.keyword.value if argument.keyword is not None else ""
            self._hand(node, argument.value, made.frame, made.call, row.moment(word))
            if row.part and not word:
                self._join(node, argument.value, made.frame)  # `Api(app)`
        self._listed(node)
        return node

    def _listed(self, node: Node) -> None:
        """Register what modules list under the names that an application looks for."""
        for module in self._modules if node.row.lists or node.row.names_in else ():
            home = self._analysis.module_frame(module)
            bound = module.scopes.module.bindings
            for binding in (one for name in node.row.lists for one in bound.get(name, ())):
                if binding.value is not None:
                    self._hand(node, binding.value, home, binding.node, Moment.INVOCATION)
            for binding in (one for name in node.row.names_in for one in bound.get(name, ())):
                for thing in self._named_in(binding.value):
                    step = Step(module, binding.node, handed(node.row, Moment.INVOCATION, thing))
                    found = Registered(thing, Moment.INVOCATION, step, node.row.methods)
                    node.registered.append(found)

    def _named_in(self, node: cst.BaseExpression | None) -> Iterator[Class]:
        """The classes of the codebase that a list holds the full names of."""
        for element in node.elements if isinstance(node, (cst.List, cst.Tuple)) else ():
            text = element.value
            name = text.evaluated_value if isinstance(text, cst.SimpleString) else None
            owner, _, last = name.rpartition(".") if isinstance(name, str) else ("", "", "")
            module = self._analysis.codebase.module(owner) if owner else None
            for thing in self._analysis.member(module, last) if module is not None else ():
                if isinstance(thing, Class):
                    yield thing

    def look(self) -> None:
        """Find what all modules register."""
        if self._looked:
            return
        self._looked = True
        for module in self._modules:
            for definition in module.nodes(cst.FunctionDef, cst.ClassDef):
                if isinstance(definition, (cst.FunctionDef, cst.ClassDef)):
                    for decorator in definition.decorators:
                        self._decorator(module, definition, decorator)
            for call in module.nodes(cst.Call):
                self._call(module, call)

    @cached_property
    def _spoken(self) -> Spoken:
        """What may register anything at all."""
        return spoken(self._modules)

    def _home(self, module: Module, node: cst.CSTNode) -> Frame:
        for ancestor in module.ancestors(node):
            if isinstance(ancestor, FUNCTIONS):
                return self._of_method(module, ancestor) or self._analysis.static(module, ancestor)
        return self._analysis.module_frame(module)

    def _homes(self, module: Module, node: cst.CSTNode, target: cst.BaseExpression) -> list[Frame]:
        """The frames in which a target may mean something: as imports run its function, too."""
        home = self._home(module, node)
        function = module.enclosing_function(node)
        if function is None or self._means(target, home):
            return [home]
        runs = applied(self._analysis, module, function)
        return [one for one in runs if self._means(target, one)] or [home]

    def _means(self, target: cst.BaseExpression, home: Frame) -> bool:
        """Whether it is known what a target is: a thing, or a method of an application."""
        return bool(self._analysis.things(target, home)) or any(self._owners(target, home, ()))

    def _of_method(self, module: Module, node: cst.FunctionDef | cst.Lambda) -> Frame | None:
        """The frame of a method, as any object of its class runs it."""
        owner = module.enclosing_class(node)
        if owner is None:
            return None
        home = self._analysis.module_frame(module)
        edge = Edge(None, None, Passing.NOTHING, Own(Class(module, owner, home), None, None))
        return self._analysis.inline(module, node, home, edge)

    # --- decorators

    def _decorator(
        self, module: Module, definition: cst.FunctionDef | cst.ClassDef, decorator: cst.Decorator
    ) -> None:
        for home in self._homes(module, definition, decorator.decorator):
            self._decorated(module, definition, decorator, home)

    def _decorated(
        self,
        module: Module,
        definition: cst.FunctionDef | cst.ClassDef,
        decorator: cst.Decorator,
        home: Frame,
    ) -> None:
        expression = decorator.decorator
        step = Step(module, decorator, sentence(module, expression, definition.name.value))
        things = self._analysis.things(expression, home)
        for thing, owner, method in self._owners(expression, home, things):
            node = None if owner is None else self.of(owner)
            if node is None:
                row = frameworks().decorating(decorator_name(thing))
                if row is not None:
                    of_row = self.by_row.setdefault(row.calls, [])
                    of_row += [
                        Registered(made, Moment.INVOCATION, step, ())
                        for made in self._defined(module, definition, home)
                    ]
                continue
            moment = node.row.moment(method)
            for made in self._defined(module, definition, home):
                path = path_of(expression)
                node.registered.append(Registered(made, moment, step, node.row.methods, path))
            if isinstance(expression, cst.Call):
                for argument in expression.args:
                    word = argument.keyword.value if argument.keyword is not None else ""
                    self._hand(node, argument.value, home, expression, node.row.moment(word))
        if not things and self._is_handed_around(module, expression):
            for made in self._defined(module, definition, home):
                self.loose.append(Registered(made, Moment.INVOCATION, step, ()))

    def _owners(
        self, expression: cst.BaseExpression, home: Frame, things: Sequence[Thing]
    ) -> Iterator[tuple[Thing, Instance | None, str]]:
        """The applications whose methods some things are; those of a class of the code, too."""
        yield from ((thing, *owner_of(thing)) for thing in things)
        func = expression.func if isinstance(expression, cst.Call) else expression
        if isinstance(func, cst.Attribute):
            for thing in self._analysis.things(func.value, home):
                own = as_application(self._analysis, thing) if isinstance(thing, Own) else None
                if own is not None:
                    yield thing, own, func.attr.value

    def _defined(
        self, module: Module, definition: cst.FunctionDef | cst.ClassDef, home: Frame
    ) -> Iterator[Thing]:
        """What a definition makes: a method of one object for each request; else as decorated."""
        if isinstance(definition, cst.ClassDef):
            yield Class(module, definition, home)
            return
        routine = Routine(module, definition, home)
        yield from (t for t in decorated(self._analysis, routine) if isinstance(t, (Routine, Own)))

    def _is_handed_around(self, module: Module, expression: cst.CSTNode) -> bool:
        """Whether it is `@app.get(…)` of an `app` that a function around it is given."""
        target = expression.func if isinstance(expression, cst.Call) else expression
        if not isinstance(target, cst.Attribute) or target.attr.value not in ROUTING:
            return False
        if not isinstance(target.value, cst.Name):
            return False
        _, bindings = module.scopes.find(target.value.value, module.scopes.of(target))
        return any(binding.how is How.PARAMETER for binding in bindings)

    # --- calls

    def _call(self, module: Module, call: cst.Call) -> None:
        func, methods = call.func, self._spoken.methods
        if isinstance(func, cst.Attribute) and func.attr.value in methods and call.args:
            self._by_method(module, call, func)
        elif isinstance(func, cst.Call) and isinstance(func.func, cst.Attribute):
            if func.func.attr.value in methods and call.args:
                self._by_method(module, call, func.func)  # `app.command("/x")(run)`

    def _by_method(self, module: Module, call: cst.Call, func: cst.Attribute) -> None:
        if isinstance(module.parent(call), cst.Decorator):
            return
        for home in self._homes(module, call, func):
            self._by_method_in(call, func, home)

    def _by_method_in(self, call: cst.Call, func: cst.Attribute, home: Frame) -> None:
        things = self._analysis.things(func, home)
        for _, owner, method in self._owners(func, home, things):
            node = None if owner is None else self.of(owner)
            if node is None or method not in node.row.registers | node.row.joins:
                continue
            for argument in call.args:
                if method in node.row.joins:
                    self._join(node, argument.value, home)
                    continue
                word = argument.keyword.value if argument.keyword is not None else method
                if word not in KEYWORDS:
                    moment = max_moment(node.row.moment(method), node.row.moment(word))
                    self._hand(node, argument.value, home, call, moment)
        if not things and self._spoken.parts:
            self._handed_around(call, home)

    def _handed_around(self, call: cst.Call, home: Frame) -> None:
        """`app.include_router(router)` with an `app` that a function is given."""
        for argument in call.args:
            for one in held(self._analysis, argument.value, home):
                node = self.of(one) if isinstance(one, Instance) else None
                if node is not None and node.row.part:
                    given = prefix(self._analysis, call, home)
                    self.handed.setdefault(id(node.made.call), given)

    def _join(self, node: Node, argument: cst.BaseExpression, home: Frame) -> None:
        """Note that an application becomes part of another one: `Api(app)`."""
        for thing in self._analysis.things(argument, home):
            other = self.of(thing) if isinstance(thing, Instance) else None
            if other is not None:
                other.includes.setdefault(id(node.made.call), Prefix())

    def _hand(
        self,
        node: Node,
        argument: cst.BaseExpression,
        home: Frame,
        call: cst.CSTNode,
        moment: Moment,
    ) -> None:
        """Register what an argument holds."""
        known = False
        for thing in held(self._analysis, argument, home, node.row.methods or MIDDLEWARE):
            known = True
            owner = owner_of(thing)[0] if isinstance(thing, Instance) else None
            if owner is not None:
                made_with = call is node.made.call
                given = Prefix() if made_with else prefix(self._analysis, call, home)
                self._include(node, owner, given)
            elif not isinstance(thing, Instance):
                words = handed(node.row, moment, thing)
                step = Step(home.module, call, words)
                node.registered.append(Registered(thing, moment, step, node.row.methods))
        if not known and _is_name(argument) and not self._analysis.things(argument, home):
            node.open = node.open or _includes(call)

    def _include(self, node: Node, made: Instance, given: Prefix) -> None:
        other = self.of(made)
        if other is not None and other is not node:
            node.includes.setdefault(id(made.call), given)


def _includes(call: cst.CSTNode) -> bool:
    func = call.func if isinstance(call, cst.Call) else None
    return isinstance(func, cst.Attribute) and func.attr.value.startswith(
        ("include", "register_b", "mount", "add_namespace")
    )


def _is_name(node: cst.CSTNode) -> bool:
    return isinstance(node, (cst.Name, cst.Attribute, cst.Call, cst.Subscript))
