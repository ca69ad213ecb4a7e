"""What variables come out as: literals, what sources answer, texts with variables in them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import NamedTuple, TypeAlias

from lamlint.dialects.cloudformation.references import literal
from lamlint.dialects.cloudformation.scope import MANY, Scope
from lamlint.dialects.outcome import TOO_LONG, Outcome, plain, together
from lamlint.dialects.serverless.data_files import DataFiles
from lamlint.dialects.serverless.syntax import Constant, Reference, Source, Text, Variable, parse
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode
from lamlint.model import Literal, Parts, Symbol
from lamlint.model.condition import IN_ANY, Case, Fact, both, possible
from lamlint.text.dataclass import dataclass, replace

STAGE = Reference("opt", (), ("stage",))
"""How the stage is asked for on the command line, which nobody gives here."""
_STAGE = Reference("sls", (), ("stage",))
_OWN_SYNTAX = "${{"
"""How variables begin where old services write them in another way (`variableSyntax`)."""
_MOST_PIECES = 500
"""Texts with more variables, and pieces between them, are unknown."""
_DEEPEST = 25
"""Variables that lead deeper into each other are unknown."""
_MOST_ANSWERS = 4 * MANY
"""Sources that have more answers, those that lack a value included, are not heard to the end."""
_TOO_MANY = "it can be too many things"
_SHOWN = 500
"""How much of a variable is shown."""


class Missing(NamedTuple):
    """That a source has no answer, why, and where that is so: what comes behind it stands in."""

    reason: str
    when: Case = IN_ANY


Answer: TypeAlias = "Outcome | Missing"
Ask: TypeAlias = "Callable[[Reference, Place], Iterator[Answer]]"


@dataclass(frozen=True)
class Place:
    """Where a variable stands: the scalar, its scope, and what evaluates the variables there.

    `written` is the variable itself, as the text has it.
    """

    node: ScalarNode
    scope: Scope
    variables: Variables
    written: str

    def unknown(self, reason: str, *targets: str) -> Outcome:
        """The outcome of a variable that is not known; wherever it is written so, it is the same.

        `targets` are what it stands for in other services, too.
        """
        written = self.written[:_SHOWN]
        symbol = Symbol(written, reason, frozenset({self.identity, *targets}), place=self.node)
        return Outcome(None, self.scope, True, (symbol,))

    @property
    def identity(self) -> str:
        """What is the same wherever the variable is written so in its service."""
        return self.own(self.written)

    def own(self, what: str) -> str:
        """The identity of something that is the same in this service only."""
        return f"{self.scope.template}:{''.join(what.split())[:_SHOWN]}"

    def as_written(self, text: Text) -> str:
        """A text with its variables as they stand there."""
        whole = self.node.text
        return "".join(
            piece if isinstance(piece, str) else whole[piece.start : piece.end] for piece in text
        )


@dataclass(eq=False)
class Variables:
    """The variables of one service.

    `root` is its configuration, `ask` answers for the sources, `data_files` lists files.
    """

    root: MappingNode
    ask: Ask
    data_files: DataFiles
    given: MappingNode | None = None
    """Parameters that the service gets from where it is deployed with others."""
    stacks: Mapping[str, Scope] = field(default_factory=dict)
    """The stacks of the services of the repository, by their names."""
    depth: int = field(default=0, init=False)
    """How deep variables lead into each other, long addresses counted as several."""

    def evaluate(self, node: ScalarNode, scope: Scope) -> Iterator[Outcome]:
        """What a text with variables can be."""
        place = Place(node, scope, self, node.text)
        pieces = parse(node.text)
        (first, *others) = pieces or ("",)
        if pieces is None:
            yield place.unknown("its variables stand too deep in each other")
        elif _OWN_SYNTAX in node.text:
            yield place.unknown("its variables are in a syntax of the service's own")
        elif isinstance(first, Variable) and not others:
            yield from self.one(first, place)
        elif first == node.text:
            yield literal(node, scope)
        else:
            yield from _together(self.texts(pieces, place), place)

    def one(self, variable: Variable, place: Place) -> Iterator[Outcome]:
        """What a variable can be."""
        written = place.node.text[variable.start : variable.end]
        place = replace(place, written=written)
        if self.depth >= _DEEPEST:
            yield place.unknown("it leads too deep into other variables")
            return
        self.depth += 1
        try:
            answers = few(self._answers(variable.sources, place, IN_ANY), place)
            if STAGE in variable.sources:
                answers = list(self._stages(answers, place))
        finally:
            self.depth -= 1
        yield from _told(answers, place)

    def _stages(self, answers: Sequence[Answer], place: Place) -> Iterator[Answer]:
        """Answers that say which stage is deployed to; without any, the service's own."""
        known = [one for one in answers if isinstance(one, Outcome)]
        for one in known or self.ask(_STAGE, place):
            yield as_stage(one, place) if isinstance(one, Outcome) else one

    def texts(self, pieces: Text, place: Place) -> Iterator[Outcome]:
        """What a text with variables in it can be, as outcomes of which only the parts count."""
        if len(pieces) > _MOST_PIECES:
            yield place.unknown(TOO_LONG)
            return
        found = [Outcome(None, place.scope)]
        for piece in pieces:
            each = [_text(piece, place)] if isinstance(piece, str) else self.one(piece, place)
            found = list(_followed(found, list(each)))
            if len(found) > MANY:
                yield place.unknown(_TOO_MANY)
                return
        yield from found

    def _answers(self, sources: Sequence[Source], place: Place, when: Case) -> Iterator[Answer]:
        """What some sources answer, each where those before it have no answer."""
        if not sources:
            return
        first, *rest = sources
        lacking: dict[Case, Missing] = {}
        for one in self._source(first, place):
            joined = both(when, one.when)
            if isinstance(one, Missing):
                lacking.setdefault(joined, one)
            elif possible(joined):
                yield one.under(joined)
        for joined, missing in itertools.islice(lacking.items(), MANY):
            if possible(joined):
                yield from self._answers(rest, place, joined) if rest else (missing,)

    def _source(self, source: Source, place: Place) -> Iterator[Answer]:
        match source:
            case Constant():
                yield _written(source, place)
            case Variable():
                yield from self.one(source, place)
            case Reference():
                yield from self.ask(source, place)


def few(answers: Iterator[Answer], place: Place) -> list[Answer]:
    """Some answers, where they are not too many."""
    found = list(itertools.islice(answers, _MOST_ANSWERS + 1))
    return found if len(found) <= _MOST_ANSWERS else [place.unknown(_TOO_MANY)]


def stage(scope: Scope) -> str:
    """The identity of the stage of a service."""
    return scope.identity("stage")


def as_stage(outcome: Outcome, place: Place) -> Outcome:
    """An outcome that says which stage is deployed to."""
    targets = outcome.targets | {stage(place.scope)}
    marked = replace(outcome, targets=targets, shared=True)
    return marked if outcome.text is None else marked.under(in_stage(outcome.text, place.scope))


def in_stage(name: str, scope: Scope, holds: bool = True) -> Case:
    """The case that a service is deployed to a stage, or to another."""
    return frozenset({Fact(stage(scope), name, holds)})


def _text(text: str, place: Place) -> Outcome:
    return Outcome(None, place.scope, parts=(Literal(text),))


def _written(constant: Constant, place: Place) -> Outcome:
    """A literal of a variable, at its place in the file where that can be told."""
    node = place.node
    quoted = 1 if node.style in ("'", '"') else 0
    inside = node.source.text[node.start + quoted : node.end - quoted]
    exact = inside == node.text and not node.computed
    start = node.start + quoted + constant.start if exact else node.start
    end = node.start + quoted + constant.end if exact else node.end
    made = ScalarNode(
        node.source, start, end, constant.text, constant.quote, shared=node.shared, writable=exact
    )
    return plain(made, place.scope)


def _followed(found: Sequence[Outcome], each: Sequence[Outcome]) -> Iterator[Outcome]:
    """Some beginnings of a text, each followed by what can come next there."""
    for start in found:
        for end in each:
            when = both(start.when, end.when)
            if possible(when):
                parts = (*start.parts, *_parts(end))
                targets = start.targets | end.targets
                yield Outcome(None, start.scope, parts=parts, when=when, targets=targets)


def _parts(outcome: Outcome) -> Parts:
    if outcome.absent:
        return (Literal(""),)
    return outcome.parts or (Symbol("${?}", "it is no text"),)


def _together(found: Iterable[Outcome], place: Place) -> Iterator[Outcome]:
    """Texts as outcomes at the place where they stand."""
    made = [together(place.node, place.scope, (one.parts,), one.when) for one in found]
    if not made:
        yield place.unknown("no stage is known in which it has a value")
        return
    yield from _same(made, place)


def _told(answers: Sequence[Answer], place: Place) -> Iterator[Outcome]:
    """What a variable can be: what is known of it, else why nothing is."""
    found = [one for one in answers if isinstance(one, Outcome)]
    yield from _same(found, place)
    if not found:
        reasons = [one.reason for one in answers if isinstance(one, Missing)]
        yield place.unknown(reasons[0] if reasons else "none of its sources is known")


def _same(found: Sequence[Outcome], place: Place) -> Iterator[Outcome]:
    """What a variable can be: whichever it is, it is the same wherever it is written so."""
    own = frozenset({place.identity} if len(found) > 1 else ())
    yield from (replace(one, targets=one.targets | own) for one in found)


def has_variables(node: Node) -> bool:
    """Whether a scalar may have variables of the framework in it."""
    return isinstance(node, ScalarNode) and "${" in node.text
