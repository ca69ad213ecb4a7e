"""What the arguments of decorators come out as, when Chalice reads the code to deploy it."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence

from lamlint.dialects import values
from lamlint.dialects.chalice.application import argument
from lamlint.dialects.chalice.code import Code, Module
from lamlint.dialects.outcome import Outcome, Scope, plain
from lamlint.dialects.python_literals import quoted
from lamlint.dialects.tree.node import ScalarNode
from lamlint.model import UNTOLD, Choice, Slot, Value
from lamlint.model.parts import Symbol
from lamlint.text.dataclass import dataclass

_READ_ONLY = frozenset({"os.environ.get", "os.getenv"})
_UNITS = frozenset({"MINUTES", "HOURS", "DAYS"})
_SCHEDULES: Mapping[str, tuple[str, ...]] = {
    "chalice.Rate": ("value", "unit"),
    "chalice.app.Rate": ("value", "unit"),
    "chalice.Cron": ("minutes", "hours", "day_of_month", "month", "day_of_week", "year"),
    "chalice.app.Cron": ("minutes", "hours", "day_of_month", "month", "day_of_week", "year"),
}
NOT_READ = "its expression is not read"


@dataclass(frozen=True, eq=False)
class Texts:
    """Reads texts of the code; `variable` gives what the configuration sets a variable to.

    Chalice sets those before it imports the code.
    """

    code: Code
    scope: Scope
    variable: Callable[[str], Sequence[Outcome]]

    def value(self, module: Module, node: ast.expr) -> Value[str]:
        """The text that an expression comes out as."""
        span = module.span(node)
        return values.value(self.outcomes(module, node), span, values.text, None)

    def outcomes(self, module: Module, node: ast.expr) -> Sequence[Outcome]:
        """What an expression can come out as."""
        home, found = self.code.value(module, node)
        text = self._known(home, found)
        if text is not None:
            return [self._text(module, node, text)]
        name, default = _variable(home, found)
        if name:
            given = self.variable(name)
            if given or default is None:
                return given or [self._unknown(module, node, f"nothing here sets {name}")]
            return self.outcomes(home, default)
        return [self._unknown(module, node, NOT_READ)]

    def expression(self, module: Module, node: ast.expr) -> Value[str]:
        """When a schedule runs, as EventBridge writes it."""
        home, found = self.code.value(module, node)
        if not isinstance(found, ast.Call):
            return _rewritable(self.value(module, node), module, node)
        kind = home.full_name(found.func)
        given = [argument(found, name, at) for at, name in enumerate(_SCHEDULES.get(kind, ()))]
        span = module.span(node)
        words = [self._word(home, one) if one is not None else None for one in given]
        if not given:
            return Value((), span, NOT_READ)
        known = [UNTOLD if word is None else word for word in words]
        written = f"cron({' '.join(known)})" if kind.endswith("Cron") else _rate(*known)
        if None in words:
            return Value((), span, NOT_READ, partly=(Choice(written, span),))
        return values.value([self._text(module, node, written)], span, values.text, None)

    def _known(self, module: Module, node: ast.expr) -> str | None:
        match node:
            case ast.Constant(value=str(text)):
                return text
            case ast.JoinedStr(values=parts):
                inner = [self._part(module, part) for part in parts]
                known = [part for part in inner if part is not None]
                return "".join(known) if len(known) == len(inner) else None
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                both = [self._part(module, left), self._part(module, right)]
                return None if None in both else "".join(filter(None, both))
            case _:
                return None

    def _part(self, module: Module, node: ast.expr) -> str | None:
        """A part of a text; its own parts are plain."""
        if isinstance(node, ast.FormattedValue):
            node = node.value
        home, found = self.code.value(module, node)
        if isinstance(found, ast.Constant) and isinstance(found.value, (str, int)):
            return str(found.value)
        name, default = _variable(home, found)
        texts = {one.text for one in self.variable(name)} if name else set()
        if not texts and isinstance(default, ast.Constant) and isinstance(default.value, str):
            return default.value
        return texts.pop() if len(texts) == 1 else None

    def _word(self, module: Module, node: ast.expr) -> str | None:
        """A field of a schedule: a number, a text, a unit."""
        if isinstance(node, ast.Attribute) and node.attr in _UNITS:
            return node.attr
        return self._part(module, node)

    def _text(self, module: Module, node: ast.expr, text: str) -> Outcome:
        return plain(_place(module, node, text), self.scope)

    def _unknown(self, module: Module, node: ast.expr, reason: str) -> Outcome:
        written = ast.get_source_segment(module.source.text, node) or ""
        return Outcome(None, self.scope, parts=(Symbol(f"${{{written[:200]}}}", reason),))


def _rewritable(value: Value[str], module: Module, node: ast.expr) -> Value[str]:
    """A value where another text can be written, if it is a text that stands there itself."""
    if not isinstance(node, ast.Constant) or not value.known:
        return value
    (choice,) = value.choices
    written = ast.get_source_segment(module.source.text, node) or ""
    slot = Slot(module.span(node), quoted(written))
    return dataclasses.replace(value, choices=(dataclasses.replace(choice, slot=slot),))


def _place(module: Module, node: ast.expr, text: str) -> ScalarNode:
    """A text where an expression stands, which nothing is to write over."""
    span = module.span(node)
    return ScalarNode(module.source, span.start, span.end, text, "'", computed=True, writable=False)


def _rate(number: str, unit: str) -> str:
    lowered = unit.lower()
    return f"rate({number} {lowered.removesuffix('s') if number == '1' else lowered})"


def _variable(module: Module, node: ast.expr) -> tuple[str, ast.expr | None]:
    """The environment variable that an expression reads, and what it is without one."""
    match node:
        case ast.Subscript(value=owner, slice=ast.Constant(value=str(name))):
            return (name, None) if module.full_name(owner) == "os.environ" else ("", None)
        case ast.Call(func=func, args=[ast.Constant(value=str(name)), *others]):
            default = others[0] if others else None
            return (name, default) if module.full_name(func) in _READ_ONLY else ("", None)
        case _:
            return "", None


def listed(node: ast.expr | None) -> Iterator[ast.expr]:
    """The items of a list that is written."""
    if isinstance(node, (ast.List, ast.Tuple)):
        yield from node.elts
