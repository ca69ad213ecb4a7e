"""What a test gives to code that is to take secrets out of a text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.secrets.code.literals import Literal, inside
from lamlint.secrets.code.use import target, text
from lamlint.secrets.made_up import of_nobody
from lamlint.secrets.patterns import URL_PASSWORD
from lamlint.secrets.weight import NAMED

if TYPE_CHECKING:
    from lamlint.python import Module

_ABSENT = "assertNotIn"


def is_redacted(module: Module, literal: Literal) -> bool:
    """Whether a test says of a made-up secret that it must not be in what comes out.

    `out = redact("…")`, `assert "…" not in out`, in one function. What a provider made may be a
    real one all the same; so may the password of a host that somebody can have.
    """
    if literal.kind != NAMED and not (
        literal.kind == URL_PASSWORD and _is_of_nobody(module, literal)
    ):
        return False
    absent = module.syntax.once(is_redacted, partial(_absent, module))
    secret = module.source.text[literal.start : literal.end]
    function = _function(module, literal.node)
    return function is not None and (function, secret) in absent


def _is_of_nobody(module: Module, literal: Literal) -> bool:
    """Whether the host behind the password of an address is one that nobody can have."""
    _, end = inside(module, literal.node)
    host = module.source.text[literal.end : end].partition("@")[2]
    return of_nobody(host.partition("/")[0].partition(":")[0])


def _absent(module: Module) -> frozenset[tuple[cst.FunctionDef, str]]:
    """The texts that tests want nowhere in something, each with the function that says so."""
    return frozenset(
        (function, said)
        for node, said in _wanted_nowhere(module)
        if said and (function := _function(module, node)) is not None
    )


def _wanted_nowhere(module: Module) -> Iterator[tuple[cst.CSTNode, str]]:
    for one in module.nodes(cst.Assert):
        test = one.test
        if isinstance(test, cst.Comparison) and len(test.comparisons) == 1:
            (only,) = test.comparisons
            if isinstance(only.operator, cst.NotIn):
                yield one, text(test.left)
    for call in module.nodes(cst.Call):
        if target(call.func) == _ABSENT and call.args:
            yield call, text(call.args[0].value)


def _function(module: Module, node: cst.CSTNode) -> cst.FunctionDef | None:
    above = module.ancestors(node)
    return next((one for one in above if isinstance(one, cst.FunctionDef)), None)
