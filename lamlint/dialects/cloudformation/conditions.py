"""What is known where a condition of a template is met, or is not."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace

from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.cloudformation.syntax import intrinsic
from lamlint.dialects.tree.node import Node, ScalarNode, SequenceNode
from lamlint.model.condition import IN_ANY, Case, Fact, both

_DEEPEST = 10
"""Of conditions that are made of others, and those of others, only so many are looked into."""


def case(name: str, met: bool, scope: Scope, depth: int = 0) -> Case:
    """What holds where a condition is met, or is not: itself, and what it is made of."""
    known = scope.cases.get((name, met))
    if known is not None:
        return known
    fact = Fact(scope.identity(f"Conditions.{name}"), "met", met)
    own = frozenset({fact})
    section = scope.section("Conditions")
    node = section.get(name) if section is not None else None
    if node is None or depth > _DEEPEST:
        return own
    scope.cases[name, met] = own  # all there is to a condition that leads to itself
    joined = both(own, _implied(node, met, scope, depth))
    if joined and replace(fact, holds=not met) not in joined:
        scope.cases[name, met] = joined
    return scope.cases[name, met]


def _implied(node: Node, met: bool, scope: Scope, depth: int) -> Case:
    """What holds where an expression of conditions is true, or is false."""
    name, argument = intrinsic(node) or ("", node)
    items = argument.items if isinstance(argument, SequenceNode) else []
    match name:
        case "Condition" if isinstance(argument, ScalarNode):
            return case(argument.text.strip(), met, scope, depth + 1)
        case "Fn::Not" if len(items) == 1:
            return _implied(items[0], not met, scope, depth)
        case "Fn::And" | "Fn::Or" if met is (name == "Fn::And"):
            known = (_implied(item, met, scope, depth) for item in items)
            return functools.reduce(both, known, IN_ANY)
        case "Fn::Equals" if len(items) == 2:
            return _equal(items, met, scope)
        case _:
            return IN_ANY


def _equal(items: Sequence[Node], met: bool, scope: Scope) -> Case:
    """What holds where a parameter is, or is not, what is written."""
    named = [name for item in items if (name := _parameter(item, scope))]
    texts = [i.text for i in items if isinstance(i, ScalarNode) and intrinsic(i) is None]
    if len(named) != 1 or len(texts) != 1:
        return IN_ANY
    known = Fact(scope.identity(named[0]), texts[0], met)
    values = _values(named[0], scope)
    if values and (texts[0] not in values if met else values == {texts[0]}):
        return frozenset({known, replace(known, holds=not met)})  # which is never so
    return frozenset({known})


def _values(name: str, scope: Scope) -> frozenset[str]:
    """All that a parameter can be: what it allows, or is given; nothing where that is open."""
    if name in scope.bound:
        given, outer = scope.bound[name]
        texts = [one.text for one in outer.outcomes(given)]
    else:
        declared = scope.parameter(name)
        allowed = declared.get("AllowedValues") if declared is not None else None
        items = allowed.items if isinstance(allowed, SequenceNode) else []
        texts = [one.text if isinstance(one, ScalarNode) else None for one in items]
    known = [text for text in texts if text is not None]
    return frozenset(known) if len(known) == len(texts) else frozenset()


def _parameter(node: Node, scope: Scope) -> str:
    """The parameter that a node refers to; empty for anything else."""
    name, argument = intrinsic(node) or ("", node)
    if name != "Ref" or not isinstance(argument, ScalarNode):
        return ""
    referred = argument.text.strip()
    return referred if scope.parameter(referred) is not None else ""
