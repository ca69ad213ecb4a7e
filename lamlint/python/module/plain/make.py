"""Nodes of LibCST's classes that hold some of their fields, and none of their white space."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from lamlint.python.module import cst

Make = Callable[..., Any]
"""Makes nodes of one class from the values of some fields, in the order in which they are named."""
_new = object.__new__


def maker(kind: type[cst.CSTNode], *fields: str) -> Make:
    """What makes nodes of a class; its own constructor makes and checks white space, too."""
    keeps = [getattr(kind, field).__set__ for field in fields]
    return _BY_NUMBER.get(len(keeps), _several)(kind, keeps)


def _none(kind: type[cst.CSTNode], _keeps: Sequence[Make]) -> Make:
    return lambda: _new(kind)


def _one(kind: type[cst.CSTNode], keeps: Sequence[Make]) -> Make:
    (keep,) = keeps

    def make(value: object) -> cst.CSTNode:
        node = _new(kind)
        keep(node, value)
        return node

    return make


def _two(kind: type[cst.CSTNode], keeps: Sequence[Make]) -> Make:
    keep_first, keep_second = keeps

    def make(first: object, second: object) -> cst.CSTNode:
        node = _new(kind)
        keep_first(node, first)
        keep_second(node, second)
        return node

    return make


def _three(kind: type[cst.CSTNode], keeps: Sequence[Make]) -> Make:
    keep_first, keep_second, keep_third = keeps

    def make(first: object, second: object, third: object) -> cst.CSTNode:
        node = _new(kind)
        keep_first(node, first)
        keep_second(node, second)
        keep_third(node, third)
        return node

    return make


def _several(kind: type[cst.CSTNode], keeps: Sequence[Make]) -> Make:
    def make(*values: object) -> cst.CSTNode:
        node = _new(kind)
        for keep, value in zip(keeps, values, strict=True):
            keep(node, value)
        return node

    return make


_BY_NUMBER = {0: _none, 1: _one, 2: _two, 3: _three}
"""Nodes are made by the ten thousand: a loop over their fields would take half of the time."""
