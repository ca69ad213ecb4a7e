"""What a state machine runs, by its definition in the Amazon States Language.

A definition is written as an object of the configuration's own language, or as a text of JSON or
YAML, in it or in a file. Either way each of its texts comes out as parts, some of which stand for
what the configuration declares.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from lamlint.dialects.machines import Task
from lamlint.dialects.outcome import Outcome, Scope
from lamlint.dialects.properties import Properties
from lamlint.dialects.qualified import unqualified
from lamlint.dialects.rounds import in_rounds
from lamlint.dialects.tree.node import MappingNode, Node, SequenceNode
from lamlint.dialects.tree.yaml import Broken, compose
from lamlint.dialects.values import targets_of
from lamlint.files.paths import normal
from lamlint.model import Literal, Part, Parts, Symbol, Value, written
from lamlint.model.parts import merged
from lamlint.text import Source, Span, Tree
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

Written: TypeAlias = "dict[str, Written] | list[Written] | Parts"
"""A value of a definition: an object, a list, or the parts of a text."""
Given: TypeAlias = "Mapping[str, Parts]"
"""What names in a definition stand for: DefinitionSubstitutions."""
_DEEPEST = 60
_MOST = 400_000
"""So many characters a definition may have; the service takes a megabyte of text."""
_MARK = "\ue000"
"""What is put around the number of a part that is not known, in a text that is read as JSON."""
_MARKED = Regex(f"{_MARK}([0-9]{{1,6}}){_MARK}")
_NAME = Regex(r"\$\{([\w.-]{1,255})\}")
_SERVICE = ":states:::"
"""What is in the name of a service's call: of none of the account."""
_NAMING = ("FunctionName", "StateMachineArn")


def tasks(definition: Written, scope: Scope, place: Span) -> Iterator[Task]:
    """The tasks of a definition that may be functions or machines, wherever they are nested."""
    yield from _tasks(definition, scope, place, 0, repeated=False)


def _tasks(
    machine: Written, scope: Scope, place: Span, depth: int, *, repeated: bool
) -> Iterator[Task]:
    states = machine.get("States") if isinstance(machine, dict) else None
    if not isinstance(states, dict) or depth > _DEEPEST:
        return
    rounds = in_rounds({name: [*_following(state)] for name, state in states.items()})
    for name, state in states.items():
        if not isinstance(state, dict):
            continue
        again = repeated or name in rounds
        for named in _named(state):
            targets = targets_of((Outcome(None, scope, parts=unqualified(named)),))
            yield Task(Value((), place, "it is a task", targets), again)
        for inner, each in _inside(state):
            yield from _tasks(inner, scope, place, depth + 1, repeated=again or each)


def _named(state: Mapping[str, Written]) -> Iterator[Parts]:
    """What a state may name that it runs: itself, or as what it asks a service to run."""
    yield from (one for one in _text(state.get("Resource")) if _SERVICE not in written(one))
    for key in ("Parameters", "Arguments"):
        given = state.get(key)
        for name in _NAMING if isinstance(given, dict) else ():
            yield from _text(given.get(name) if isinstance(given, dict) else None)


def _text(found: Written | None) -> Iterator[Parts]:
    if isinstance(found, tuple):
        yield found


def _inside(state: Mapping[str, Written]) -> Iterator[tuple[Written, bool]]:
    """The machines in a state, and whether each is run for each item of a list."""
    for key in ("Iterator", "ItemProcessor"):
        if key in state:
            yield state[key], True
    branches = state.get("Branches")
    yield from ((one, False) for one in (branches if isinstance(branches, list) else ()))


def _following(state: Written) -> Iterator[str]:
    """The names of the states that may be next."""
    if not isinstance(state, dict):
        return
    for key in ("Next", "Default"):
        yield from _known(state.get(key))
    for key in ("Choices", "Catch"):
        listed = state.get(key)
        for one in listed if isinstance(listed, list) else ():
            yield from _known(one.get("Next") if isinstance(one, dict) else None)


def _known(found: Written | None) -> Iterator[str]:
    if isinstance(found, tuple) and len(found) == 1 and isinstance(found[0], Literal):
        yield found[0].text


# --- from what is written to the values of a definition


@dataclass(frozen=True)
class Reader:
    """Reads what a definition is written in; `given` are the names that it may use.

    What a text of it has is counted as made of the file whose names are in the scope.
    """

    scope: Scope
    tree: Tree
    given: Given

    def of(self, one: Outcome) -> Written:
        """The definition that an expression comes out as: an object, or a text that holds one."""
        if isinstance(one.node, MappingNode):
            return self._value(one, 0)
        parts = self._filled(one.parts)
        return self._composed(parts) if parts else ()

    def of_file(self, path: str) -> Written:
        """The definition in a file of the project."""
        source = self.tree.read(path) if self.tree.is_file(path) else None
        if not isinstance(source, Source) or len(source.text) > _MOST:
            return ()
        return self._composed(self._filled((Literal(source.text),)))

    def beside(self, path: str, template: str) -> Written:
        """The definition in a file whose path a template gives, from its own folder."""
        return self.of_file(normal(posixpath.join(posixpath.dirname(template), path)))

    def _value(self, one: Outcome, depth: int) -> Written:
        node, scope = one.node, one.scope
        if depth > _DEEPEST or not scope.affords(nodes=1):
            return ()
        if isinstance(node, MappingNode):
            return {e.name: self._value(scope.outcomes(e.value)[0], depth + 1) for e in node}
        if isinstance(node, SequenceNode):
            return [self._value(scope.outcomes(each)[0], depth + 1) for each in node.items]
        return self._filled(one.parts)

    def _composed(self, parts: Parts) -> Written:
        """The object that a text holds; what is not known in it is marked while it is read."""
        text = "".join(
            f"{_MARK}{place}{_MARK}" if isinstance(part, Symbol) else part.text
            for place, part in enumerate(parts)
        )
        if len(text) > _MOST:
            return ()
        documents = compose(Source("definition", text))
        root = None if isinstance(documents, Broken) else next(iter(documents), None)
        return self._plain(root, parts, 0) if isinstance(root, MappingNode) else ()

    def _plain(self, node: Node, parts: Parts, depth: int) -> Written:
        if depth > _DEEPEST or not self.scope.affords(nodes=1):
            return ()
        if isinstance(node, MappingNode):
            return {each.name: self._plain(each.value, parts, depth + 1) for each in node}
        if isinstance(node, SequenceNode):
            return [self._plain(each, parts, depth + 1) for each in node.items]
        return _unmarked(node.text, parts)

    def _filled(self, parts: Parts) -> Parts:
        """Parts, with those in the place of names for which others are given.

        Nothing where a definition gets too long by that.
        """
        if not self.given:
            return parts
        found: list[Part] = []
        left = _MOST
        for each in (one for part in parts for one in _substituted(part, self.given)):
            left -= 1 if isinstance(each, Symbol) else len(each.text)
            if left < 0:
                return ()
            found.append(each)
        return merged(found)


def _unmarked(text: str, parts: Parts) -> Parts:
    """A text, with what is not known in the place of its marks; others may write marks, too."""
    pieces = enumerate(_MARKED.split(text))
    return merged(_meant(one, parts) if place % 2 else Literal(one) for place, one in pieces)


def _meant(number: str, parts: Parts) -> Part:
    part = parts[int(number)] if int(number) < len(parts) else None
    return part if isinstance(part, Symbol) else Literal(number)


def _substituted(part: Part, given: Given) -> Iterator[Part]:
    if isinstance(part, Symbol):
        yield part
        return
    for number, piece in enumerate(_NAME.split(part.text)):
        if number % 2 == 0:
            yield Literal(piece)
        else:
            yield from given.get(piece, (Literal(f"${{{piece}}}"),))


def substitutions(given: Properties, key: str = "DefinitionSubstitutions") -> Given:
    """What the names in a definition stand for, by a mapping of them."""
    listed = given.child(key)
    found: dict[str, Parts] = {}
    for entry in listed.mapping if listed is not None else ():
        outcomes: Sequence[Outcome] = listed.outcomes(entry.name) if listed is not None else ()
        if len(outcomes) == 1 and outcomes[0].parts:
            found[entry.name] = outcomes[0].parts
    return found
