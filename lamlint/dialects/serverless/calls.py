"""Expressions of a service: variables first, then CloudFormation's functions.

The framework replaces its variables before CloudFormation sees any of its own, so that a
reference or a text of `Fn::Sub` may be made of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lamlint.dialects.cloudformation import intrinsics
from lamlint.dialects.cloudformation.references import attribute, reference
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.cloudformation.syntax import intrinsic
from lamlint.dialects.outcome import Outcome, computed, together
from lamlint.dialects.serverless.variables import Variables, has_variables
from lamlint.dialects.tree.node import Entry, MappingNode, Node, ScalarNode, SequenceNode
from lamlint.model import Part, Parts, Symbol
from lamlint.text.regex import Regex

_READS_TEXT = frozenset({"Fn::GetAtt", "Fn::Sub", "Ref"})
"""Functions whose argument is no expression to CloudFormation, and one to the framework."""
_PSEUDO = Regex(r"#\{([A-Za-z][\w.:]{0,200})\}")
"""How a plugin lets plain texts refer to what CloudFormation knows."""


def evaluated(node: Node, scope: Scope, variables: Variables) -> Iterable[Outcome]:
    """What a node can be."""
    call = intrinsic(node)
    if call is None:
        if isinstance(node, ScalarNode) and ("${" in node.text or "#{" in node.text):
            return _text(node, scope, variables)
    elif call[0] in _READS_TEXT and any(map(has_variables, _texts(call[1]))):
        return _called(node, *call, scope, variables)
    return intrinsics.evaluate(node, scope)


def _called(
    node: Node, name: str, argument: Node, scope: Scope, variables: Variables
) -> Iterator[Outcome]:
    """What a function gives, of each of the texts that its argument can be."""
    for filled in _filled(argument, scope, variables):
        if filled.node is None:
            yield filled
            continue
        key = computed(node, name)
        made = MappingNode(
            node.source,
            node.start,
            node.end,
            [Entry(key, filled.node, node.start, node.end)],
            shared=node.shared,
        )
        yield from (one.under(filled.when) for one in intrinsics.evaluate(made, scope))


def _text(node: ScalarNode, scope: Scope, variables: Variables) -> Iterator[Outcome]:
    found = (
        variables.evaluate(node, scope) if has_variables(node) else intrinsics.evaluate(node, scope)
    )
    for one in found:
        yield _with_pseudo(node, one, scope) if "#{" in one.written else one


def _texts(argument: Node) -> list[Node]:
    return argument.items if isinstance(argument, SequenceNode) else [argument]


def _filled(argument: Node, scope: Scope, variables: Variables) -> Iterator[Outcome]:
    """An argument with its variables replaced: each text it can be, or each list of one."""
    if isinstance(argument, ScalarNode):
        for one in variables.evaluate(argument, scope):
            text = computed(argument, one.written)
            yield Outcome(text, scope, one.shared, when=one.when)
    elif isinstance(argument, SequenceNode):
        items = [
            computed(item, scope.outcomes(item)[0].written) if has_variables(item) else item
            for item in argument.items
        ]
        yield Outcome(SequenceNode(argument.source, argument.start, argument.end, items), scope)


def _with_pseudo(node: Node, outcome: Outcome, scope: Scope) -> Outcome:
    """A text with what `#{…}` in it refers to."""
    pieces: list[Iterable[str | Part]] = []
    for part in outcome.parts:
        if isinstance(part, Symbol):
            pieces.append((part,))
            continue
        end = 0
        for match in _PSEUDO.finditer(part.text):
            pieces.append((part.text[end : match.start()],))
            pieces.append(_referred(match[1], scope))
            end = match.end()
        pieces.append((part.text[end:],))
    return together(node, scope, pieces, outcome.when)


def _referred(name: str, scope: Scope) -> Parts:
    found = attribute(name, scope) if "." in name else reference(name, scope)
    return next(iter(found)).parts
