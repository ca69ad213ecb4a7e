"""The words of a module's code: its names, and what it looks up by; no comments, no prose."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lamlint.python.module.facts import tree
from lamlint.text import Regex, Source
from lamlint.text.dataclass import dataclass

_KEY = Regex(r"[\w.-]{1,64}")
"""A word by which something may be looked up, as headers, fields and parameters are."""


@dataclass(frozen=True, slots=True)
class Said:
    """The words of some code.

    `names` are those of variables, functions, parameters and imported modules, `attributes` what
    is taken of something. `texts` are single words in quotes, and `keys` those of them by which
    dicts are written down.
    """

    names: frozenset[str]
    attributes: frozenset[str]
    texts: frozenset[str]
    keys: frozenset[str]


def said(source: Source) -> Said | None:
    """The words of a text; None where it is no Python for this interpreter."""
    return source.once(said, lambda: _said(source))


def _said(source: Source) -> Said | None:
    top = tree(source)
    if top is None:
        return None
    names, attributes, texts, keys = set[str](), set[str](), set[str](), set[str]()
    apart: set[int] = set()
    for node in ast.walk(top):  # those above come before what is in them
        match node:
            case ast.Expr(value=ast.Constant() as alone):
                apart.add(id(alone))
            case ast.Dict():
                written = [one for one in node.keys if isinstance(one, ast.Constant)]
                apart.update(map(id, written))
                keys.update(word for one in written for word in _words(one))
            case ast.Constant() if id(node) not in apart:
                texts.update(_words(node))
            case ast.Attribute(attr=name):
                attributes.add(name)
            case _:
                names.update(_names(node))
    return Said(*map(frozenset, (names, attributes, texts, keys)))


def _words(node: ast.Constant) -> Iterator[str]:
    value = node.value
    if isinstance(value, str) and _KEY.fullmatch(value) is not None:
        yield value


def _names(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name) | ast.arg(arg=name):
            yield name
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
        case ast.alias():
            yield node.name
        case ast.ImportFrom(module=str() as module):
            yield module
        case _:
            return
