"""Whether code keeps what it makes for later invocations, in whatever form.

The common shape of all memos: a test asks a place that outlives the call (a
module's variable, a class, an object that is kept), and something is written
to the same place.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import How, positional
from lamlint.python.reach.asked import tests
from lamlint.python.reach.handed_out import hands_out_one
from lamlint.python.reach.own_cache import is_only_called
from lamlint.python.reach.places import (
    CLASS,
    class_of,
    names_in,
    names_written,
    root_of,
    set_on_classes,
)
from lamlint.python.reach.rebound import is_rebound_elsewhere
from lamlint.python.reach.set_anew import is_set_anew
from lamlint.python.reach.set_once import is_set_once
from lamlint.python.values.attributes import lineage
from lamlint.python.values.caches import keeps
from lamlint.python.values.containers import item
from lamlint.python.values.decorators import decorator_names
from lamlint.python.values.objects import Class, Container, Frame, Own, Routine

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis


class Memo:
    """Answers for one handler which places outlive a call, and which calls are guarded by one."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self._bare: set[int] | None = None
        self._guarded: dict[tuple[int, int], bool] = {}
        self._asking: dict[tuple[int, int, int], bool] = {}

    def kept(self, frame: Frame, node: cst.CSTNode) -> bool:
        """Whether every way to a node leads through a memo."""
        if self._bare is None:
            self._bare = set()
            self._find_bare(self._bare)
        return id(frame) not in self._bare or self.guarded(frame, node)

    def _find_bare(self, bare: set[int]) -> None:
        """Collect the frames that some way reaches without passing a memo.

        An object that is made in a frame not found so far is taken to be kept: all that
        was concluded of it is asked again as long as further frames are found.
        """
        frames = list(self.analysis.reached.values())
        changed = True
        while changed:
            changed = False
            self._guarded.clear()
            self._asking.clear()
            for frame in frames:
                if id(frame) not in bare and any(self._open(edge, bare) for edge in frame.edges):
                    bare.add(id(frame))
                    changed = True

    def _open(self, edge: object, bare: set[int]) -> bool:
        from lamlint.python.values.objects import Edge

        if not isinstance(edge, Edge):
            return False
        if edge.caller is None:
            return not edge.cached
        if id(edge.caller) not in bare:
            return False
        if edge.cached and (not isinstance(edge.receiver, Own) or self.long_lived(edge.receiver)):
            return False
        return edge.site is None or not self.guarded(edge.caller, edge.site)

    def is_bare(self, frame: Frame) -> bool:
        """Whether some way reaches a frame without passing a memo."""
        return not self.kept(frame, frame.node)

    def guarded(self, frame: Frame, node: cst.CSTNode) -> bool:
        """Whether a memo in its own function keeps a node from running on each call."""
        key = (id(frame), id(node))
        if key not in self._guarded:
            self._guarded[key] = False
            self._guarded[key] = self._is_guarded(frame, node)
        return self._guarded[key]

    def _is_guarded(self, frame: Frame, node: cst.CSTNode) -> bool:
        written = self._written(frame)
        asked = any(self._asks_for(frame, test, written) for test in tests(frame, node))
        return asked or self._set_default(frame, node)

    def _set_default(self, frame: Frame, node: cst.CSTNode) -> bool:
        """`cache.setdefault(key, node)`."""
        for ancestor in frame.module.ancestors(node):
            if ancestor is frame.node or isinstance(ancestor, cst.BaseStatement):
                return False
            if isinstance(ancestor, cst.Call) and isinstance(ancestor.func, cst.Attribute):
                if ancestor.func.attr.value == "setdefault":
                    root = root_of(ancestor.func.value)
                    if isinstance(root, cst.Name):
                        return self._outlives(frame, root)
                    return class_of(root) is not None
        return False

    def _asks_for(
        self, frame: Frame, test: cst.CSTNode, written: frozenset[str], steps: int = 0
    ) -> bool:
        """Whether a test names a place that outlives the call, and that is among some.

        Locals are followed to theirs. What a name leads to is asked last: it costs most.
        """
        key = (id(frame), id(test), steps)
        if key not in self._asking:
            self._asking[key] = any(
                (name.value in ("globals", "vars") and "globals()" in written)
                or (self._leads_to(frame, name, written, steps) and not self._is_code(frame, name))
                for name in names_in(test)
            )
        return self._asking[key]

    def _leads_to(self, frame: Frame, name: cst.Name, written: frozenset[str], steps: int) -> bool:
        """Whether a name is that of such a place, or a local that is made of one."""
        if _is_asked_for_its_class(frame.module, name):
            return CLASS in written
        if self._outlives(frame, name):
            if (
                name.value not in written
                or is_set_once(self.analysis, frame, name)
                or is_set_anew(self.analysis, frame, name)
                or is_rebound_elsewhere(frame, name)
                or is_only_called(frame.module, name)
            ):
                return False
            asked = self._asked_by_method(frame, name) if steps < 2 else None
            return asked is None or any(
                self._leads_to(home, one, self._written(home), steps + 1) for home, one in asked
            )
        if _is_set_on_class(frame, name):
            return CLASS in written
        return steps < 2 and any(
            (class_of(binding.value) is not None and name.value in written)  # `cls = type(self)`
            or self._asks_for(frame, binding.value, written, steps + 1)
            for binding, home in self.analysis.lookup(name.value, name, frame)
            if home is frame and binding.how is How.VALUE and binding.value is not None
        )

    def _asked_by_method(
        self, frame: Frame, name: cst.Name
    ) -> Sequence[tuple[Frame, cst.Name]] | None:
        """What a method of the project asks its object for, where a name is that object's.

        None where no method is called, or one that is not known.
        """
        module = frame.module
        attribute = module.parent(name)
        call = None if attribute is None else module.parent(attribute)
        if not isinstance(call, cst.Call) or call.func is not attribute:
            return None
        asked: list[tuple[Frame, cst.Name]] = []
        for thing in self.analysis.things(call.func, frame) or (None,):
            home = isinstance(thing, Routine) and self.analysis.by_function.get(id(thing.node))
            if not home or not isinstance(home.node, cst.FunctionDef):
                return None
            own = {one.name.value for one in positional(home.node)[:1]}
            asked += [(home, one) for one in names_in(home.node.body) if one.value in own]
        return asked

    def _is_code(self, frame: Frame, name: cst.Name) -> bool:
        """Whether functions and classes are asked for, or what holds only such.

        `if kind not in HANDLERS` asks for nothing that is kept.
        """
        things = self.analysis.things(name, frame)
        held = (one for thing in things for one in item(self.analysis, thing, None))
        bindings = self.analysis.lookup(name.value, name, frame)
        asked = isinstance(frame.module.parent(name), cst.Attribute)  # what is kept on it
        own = not asked and all(binding.how is How.VALUE for binding, _ in bindings)
        itself = (thing for thing in things if own and not isinstance(thing, Container))
        code = None
        for code in chain(held, itself):
            if not isinstance(code, (Routine, Class)):
                return False
        return code is not None

    def _outlives(self, frame: Frame, name: cst.Name) -> bool:
        """Whether what hangs on a name is still there at the next invocation."""
        module = frame.module
        scope, bindings = module.scopes.find(name.value, module.scopes.of(name))
        if not bindings:
            return False
        if scope.is_module:
            return True
        if scope.is_class:
            return False
        first = bindings[0]
        if first.how is How.PARAMETER and isinstance(first.node, cst.Param):
            shared = _is_shared(self.analysis, frame, name)
            return shared or self._parameter_outlives(frame, first.node)
        # A variable of an enclosing function that is not run by the handler: made at import.
        return scope.node is not frame.node and not any(
            reached.node is scope.node for reached in self.analysis.reached.values()
        )

    def _parameter_outlives(self, frame: Frame, parameter: cst.Param) -> bool:
        node = frame.node
        if isinstance(parameter.default, (cst.Dict, cst.List)):
            return True
        if not isinstance(node, cst.FunctionDef) or positional(node)[:1] != [parameter]:
            return False
        owner = frame.module.enclosing_class(node)
        if owner is None:
            return False
        if node.name.value == "__new__" or _is_class_method(node):
            return True
        if _shares_its_state(self.analysis, Class(frame.module, owner, frame.closure or frame)):
            return True
        receivers = [edge.receiver for edge in frame.edges if isinstance(edge.receiver, Own)]
        return all(self.long_lived(receiver) for receiver in receivers)

    def long_lived(self, made: Own) -> bool:
        """Whether an object is still there at the next invocation."""
        if made.call is None or made.frame is None or made.frame.is_module:
            return True
        if is_single(self.analysis, made.of) or hands_out_one(self.analysis, made.of):
            return True
        reached = self.analysis.by_function.get(id(made.frame.node))
        if reached is None:
            return True
        if self._bare is not None and id(reached) not in self._bare:
            return True
        return self.guarded(reached, made.call)

    def _written(self, frame: Frame) -> frozenset[str]:
        """The names whose places code of a frame's module writes from within functions."""
        make = partial(names_written, frame.module)
        return frame.module.syntax.once("names written", make)


def _is_asked_for_its_class(module: Module, name: cst.Name) -> bool:
    """Whether a name stands in `type(self)` or `self.__class__`: a class is kept."""
    above = module.parent(name)
    outer = module.parent(above) if isinstance(above, cst.Arg) else above
    return outer is not None and class_of(outer) is name


def _is_set_on_class(frame: Frame, name: cst.Name) -> bool:
    """Whether `self.client` is set on the class only, never on an object."""
    module = frame.module
    attribute = module.parent(name)
    if not isinstance(attribute, cst.Attribute) or module.enclosing_class(frame.node) is None:
        return False
    of_class, others = module.syntax.once("set on classes", partial(set_on_classes, module))
    return attribute.attr.value in of_class - others


def _is_shared(analysis: Analysis, frame: Frame, name: cst.Name) -> bool:
    """Whether `self.cache` is a container of the class: written there, never set on an object."""
    module = frame.module
    attribute = module.parent(name)
    owner = module.enclosing_class(frame.node)
    if not isinstance(attribute, cst.Attribute) or owner is None:
        return False
    called = attribute.attr.value
    classes = lineage(analysis, Class(module, owner, frame.closure or frame))
    if any(_sets(each.module, called) for each in classes):
        return False
    return any(
        isinstance(binding.value, (cst.Dict, cst.List, cst.Call))
        for each in classes
        for binding in each.module.scopes.own(each.node).bindings.get(called, ())
    )


def _shares_its_state(analysis: Analysis, of: Class) -> bool:
    """Whether all objects of a class have the attributes of one: `self.__dict__ = self._state`."""
    return any(
        _sets(one.module, "__dict__")
        for one in lineage(analysis, of)
        if one.module.mentions("__dict__")
    )


def _sets(module: Module, attribute: str) -> bool:
    """Whether a module assigns to an attribute of some name."""
    return attribute in module.syntax.once(_attributes_set, partial(_attributes_set, module))


def _attributes_set(module: Module) -> frozenset[str]:
    targets = (target.target for target in module.nodes(cst.AssignTarget))
    return frozenset(one.attr.value for one in targets if isinstance(one, cst.Attribute))


def is_single(analysis: Analysis, of: Class) -> bool:
    """Whether calling a class may give the same object again.

    The metaclass of it, or of a base, has a `__call__`, or a decorator keeps what the class gave.
    """
    return _is_kept(analysis, of) or any(
        _has_single_metaclass(analysis, one) for one in lineage(analysis, of)
    )


def _is_kept(analysis: Analysis, of: Class) -> bool:
    names = decorator_names(analysis, of.node, of.closure) | {
        thing.node.name.value
        for decorator in of.node.decorators
        for thing in analysis.things(decorator.decorator, of.closure)
        if isinstance(thing, Routine) and isinstance(thing.node, cst.FunctionDef)
    }
    return any(keeps(name) or "singleton" in name.lower() for name in names)


def _has_single_metaclass(analysis: Analysis, of: Class) -> bool:
    return any(
        keyword.keyword is not None
        and keyword.keyword.value == "metaclass"
        and isinstance(thing, Class)
        and any(
            "__call__" in own.module.scopes.own(own.node).bindings
            for own in lineage(analysis, thing)
        )
        for keyword in of.node.keywords
        for thing in analysis.things(keyword.value, of.closure)
    )


def _is_class_method(node: cst.FunctionDef) -> bool:
    return any(
        isinstance(d.decorator, cst.Name) and d.decorator.value == "classmethod"
        for d in node.decorators
    )
