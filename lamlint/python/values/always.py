"""What an expression always is, where constants of the code say so: however they get there.

`lamlint.python.values.constants` follows the same ways, but says what is written, to point at
it and to change it: what a template gives a variable, what a class gives an attribute. Code
is only called dead for what cannot be otherwise. So nothing counts here that another deployment
or module may set, or that may be filled, but what the configuration fixes of the environment
variables of a function; and less than a constant is enough, something that is there, whatever
it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.values import gathered
from lamlint.python.values.asker import Ask, Told
from lamlint.python.values.called import called
from lamlint.python.values.compared import chosen, compared, either
from lamlint.python.values.configured import Configured, Variables
from lamlint.python.values.held import held
from lamlint.python.values.kinds import UNKNOWN, Kind, Values
from lamlint.python.values.named import named
from lamlint.python.values.off import truth_of
from lamlint.python.values.under_keys import under_key
from lamlint.python.values.variables import variable

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame

_NAMES = {"True": True, "False": False, "None": None}
_WRITTEN = (cst.SimpleString, cst.ConcatenatedString, cst.Integer, cst.Float)
_DEEPEST = 12
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

    It is asked of all environments in which the code runs, or of some of them.
    """

    def __init__(
        self,
        analysis: Analysis,
        environments: Sequence[Configured] | None = None,
        told: Told | None = None,
    ) -> None:
        self.analysis = analysis
        self._told = told
        self.variables = Variables(analysis.environments if environments is None else environments)
        self.set_on_all: dict[tuple[int, str, int, int], Values] = {}
        self._known: dict[tuple[int, int, int], Values] = {}

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
                return named(self, node, frame, depth)
            case cst.Attribute():
                return held(self, node, frame, depth)
            case cst.Call():
                return called(self, node, frame, depth)
            case cst.Subscript():
                return self._subscript(node, frame, depth)
            case cst.NamedExpr():
                return self.values(node.value, frame, depth)
            case cst.BooleanOperation():
                return either(self, node, frame, depth)
            case cst.IfExp():
                return chosen(self, node, frame, depth)
            case cst.UnaryOperation(operator=cst.Not()):
                is_true = truth_of(self.at(depth), frame, node)
                return UNKNOWN if is_true is None else frozenset([is_true])
            case cst.Comparison(comparisons=[comparison]):
                holds = compared(self, node.left, comparison, frame, depth)
                return UNKNOWN if holds is None else frozenset([holds])
            case cst.List() | cst.Tuple() | cst.Set() | cst.Dict():
                return gathered.written(self, node, frame, depth)
            case cst.ListComp() | cst.SetComp() | cst.GeneratorExp():
                return gathered.comprehended(self, node, frame, depth)
            case _:
                return frozenset([_literal(node)])

    def _subscript(self, node: cst.Subscript, frame: Frame, depth: int) -> Values:
        """What is held under a key; of the environment, what the variable is."""
        read = variable(self, node, frame, depth)
        if read:
            return read
        match node.slice:
            case [cst.SubscriptElement(slice=cst.Index(value=key))]:
                return under_key(self, node.value, key, UNKNOWN, frame, depth)
            case _:
                return UNKNOWN


def _literal(node: cst.CSTNode) -> object:
    """The constant that is written, or what kind of value it is."""
    if isinstance(node, _WRITTEN):
        value = node.evaluated_value
        return Kind.UNKNOWN if value is None else value
    if isinstance(node, cst.FormattedString):
        written = any(isinstance(part, cst.FormattedStringText) for part in node.parts)
        return Kind.THERE if written else Kind.UNKNOWN
    return Kind.UNKNOWN
