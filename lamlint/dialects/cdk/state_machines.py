"""State machines of an app: what their states run, as the definition says that the CDK makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field

from lamlint.dialects.amazon_states import Reader, Written, substitutions, tasks
from lamlint.dialects.cdk.code import Home
from lamlint.dialects.cdk.kinds import pair
from lamlint.dialects.cdk.machine import choices
from lamlint.dialects.cdk.objects import Made, Thing, construct
from lamlint.dialects.cdk.template import Template, given, is_taken
from lamlint.dialects.cloudformation.references import resource_targets
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.machines import Machine
from lamlint.dialects.properties import Properties
from lamlint.model import Literal, Parts
from lamlint.text.dataclass import dataclass

_MACHINE = "aws_stepfunctions.StateMachine"
_LIBRARY = ".aws_stepfunctions"
_RUNS = "Runs"
_NAMES = "Names"
_TASKS = {
    "LambdaInvoke": ("lambda_function", None),
    "RunLambdaTask": ("lambda_function", 0),
    "InvokeFunction": ("lambda_function", 0),
    "StepFunctionsStartExecution": ("state_machine", None),
}
"""What runs something: the argument that it is, and its place."""
_SPOKEN = frozenset({"jsonata", "json_path"})
"""Methods of a state's class that make one, in one of the two languages of expressions."""
_EACH = frozenset({"iterator", "item_processor"})
"""Methods that say what is done for each item of a list."""
_BEHIND = frozenset({"next", "when", "otherwise", "add_catch", "branch"})
"""Methods that put states behind another one, or in it."""
_CHAINS = frozenset({"start", "from_chainable", "sequence"})
"""What makes a chain of one or several things."""
_DEEPEST = 100


@dataclass(eq=False)
class StateMachines:
    """The state machines of an app, and how its states follow each other, by their calls.

    `each` is what is done for each item, by the call of the map; `reached` are the calls that
    make what is in any machine.
    """

    template: Template
    home: Home
    found: tuple[Made, ...]
    following: dict[int, list[Made]] = field(default_factory=dict)
    each: dict[int, list[Thing]] = field(default_factory=dict)
    reached: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, calls: Sequence[Made], template: Template, home: Home) -> StateMachines:
        """Those of an app, by all its calls."""
        own = tuple(one for one in calls if pair(one) == _MACHINE and not is_taken(one))
        made = cls(template, home, own)
        for call in calls if own else ():
            made._note(call)
        return made

    def _note(self, call: Made) -> None:
        """Keep what a call says of the order of states."""
        name = call.name.rpartition(".")[2]
        if call.receiver is None:
            if name in _CHAINS and _LIBRARY in call.name:
                for one, other in zip(call.positional, call.positional[1:], strict=False):
                    self._follow(one, other)
            return
        said = [*call.positional, *(one.value for one in call.named.values())]
        if name in _BEHIND:
            for one in said:
                self._follow(call.receiver, one)
        elif name in _EACH:
            for state in _last(call.receiver):
                self.each.setdefault(id(state), []).extend(said)

    def _follow(self, one: Thing, other: Thing) -> None:
        for state in _last(one):
            self.following.setdefault(id(state), []).extend(_first(other))

    def all(self, scope: Scope) -> Iterator[Machine]:
        """All of them, as they are told of in every dialect."""
        for made in self.found:
            name, place = self.template.logical.get(id(made), ""), made.block.span
            found = tuple(tasks(self._definition(made, scope), scope, place))
            identities = resource_targets(name, scope)
            yield Machine(name.rpartition("/")[2], identities, found, place, place)

    def _definition(self, made: Made, scope: Scope) -> Written:
        body = given(made, "definition", "definition_body")
        if not isinstance(body, Made):
            return ()
        first = given(body, "path", "definition", place=0)
        if first is None or not body.name.endswith((".from_file", ".from_string")):
            return self._states(list(_first(body)), scope, set())
        lowering = self.template.lowering(made)
        listed = given(made, "definition_substitutions")
        entries = {_NAMES: lowering.node(listed)} if listed is not None else {}
        written = Properties(lowering.mapping(made.at, entries), scope, made.at.span)
        reader = Reader(scope, scope.tree, substitutions(written, _NAMES))
        if body.name.endswith(".from_string"):
            return reader.of(scope.outcomes(lowering.node(first))[0])
        path = self.home.path(first)
        return () if path is None else reader.of_file(path)

    def _states(self, waiting: list[Made], scope: Scope, seen: set[int], depth: int = 0) -> Written:
        """All states that some lead to, each called by the identity of its call.

        The CDK takes none for two places of one machine: those that are `seen` are not read again.
        """
        states: dict[str, Written] = {}
        while waiting and depth < _DEEPEST:
            made = waiting.pop()
            if id(made) in seen:
                continue
            seen.add(id(made))
            self.reached.add(id(made))
            behind = self.following.get(id(made), ())
            state: dict[str, Written] = {"Resource": self._runs(made, scope)}
            state["Choices"] = [{"Next": (Literal(str(id(one))),)} for one in behind]
            each = [state for one in self.each.get(id(made), ()) for state in _first(one)]
            if each:
                state["ItemProcessor"] = self._states(each, scope, seen, depth + 1)
            states[str(id(made))] = state
            waiting.extend(behind)
        return {"States": states}

    def _runs(self, made: Made, scope: Scope) -> Parts:
        """What names that which a state runs."""
        inner = given(made, "task")
        if isinstance(inner, Made):
            self.reached.add(id(inner))
            return self._runs(inner, scope)
        argument, place = _TASKS.get(_kind(made), ("", None))
        thing = given(made, argument, place=place)
        if thing is None:
            return ()
        lowering = self.template.lowering(made)
        node = lowering.mapping(made.at, {_RUNS: lowering.function(thing)})
        (found, *others) = Properties(node, scope, made.at.span).outcomes(_RUNS)
        return () if others else found.parts


def _kind(made: Made) -> str:
    """The class of a state; empty where a call of its library makes none."""
    *_, one, other = ("", "", *made.name.split("."))
    name = one if other in _SPOKEN else other
    return name if made.receiver is None and name[:1].isupper() and _LIBRARY in made.name else ""


def _first(thing: Thing) -> Iterator[Made]:
    """The states with which a state or a chain of them begins."""
    return _ends(thing, _what_begins)


def _last(thing: Thing) -> Iterator[Made]:
    """The states with which a state or a chain of them ends."""
    return _ends(thing, _what_ends)


def _ends(thing: Thing, inner: Callable[[Made], Thing | None]) -> Iterator[Made]:
    waiting, seen = [thing], set[int]()
    while waiting:
        for one, _ in choices(waiting.pop()):
            made = construct(one)
            if not isinstance(made, Made) or id(made) in seen:
                continue
            seen.add(id(made))
            further = inner(made)
            if further is not None:
                waiting.append(further)
            elif _kind(made):
                yield made


def _what_begins(made: Made) -> Thing | None:
    return made.receiver or next(iter(_chained(made)), None)


def _what_ends(made: Made) -> Thing | None:
    if made.receiver is None:
        return next(iter(_chained(made)[::-1]), None)
    return made.positional[0] if made.name == "next" and made.positional else made.receiver


def _chained(made: Made) -> tuple[Thing, ...]:
    """What a chain is made of; nothing of any other call."""
    is_chain = made.receiver is None and made.name.rpartition(".")[2] in _CHAINS
    return made.positional if is_chain else ()
