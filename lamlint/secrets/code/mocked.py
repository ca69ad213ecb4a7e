"""Whether a literal is an answer that a test makes up, or what it expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.secrets.code.use import target
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.python import Module

_ANSWERS = frozenset({"return_value", "side_effect", "wraps", "new", "new_callable"})
_STANDS_IN = Regex(r"(?i)(?:^|_)(?:mock|fake|stub|patch)|(?:mock|stub|fake)(?:er|ed|s)?$")
_ANSWERED = frozenset(
    {
        "add_response", "add_responses", "add_client_error", "register_uri", "add_callback", "call",
        "Response", "respond",
    }
)  # fmt: skip
_LIBRARIES = ("responses.", "requests_mock.", "respx.", "httpretty.", "unittest.mock.")


def mocked(module: Module, node: cst.CSTNode) -> bool:
    """Whether a literal stands in the answer of a mock, in a stand-in, or in an assertion."""
    return any(_made_up(module, one) for one in module.ancestors(node))


def _made_up(module: Module, one: cst.CSTNode) -> bool:
    match one:
        case cst.Assert():
            return True
        case cst.Arg():
            return one.keyword is not None and one.keyword.value in _ANSWERS
        case cst.Assign():
            return any(target(each.target) in _ANSWERS for each in one.targets)
        case cst.FunctionDef() | cst.ClassDef():
            return _STANDS_IN.search(one.name.value) is not None
        case cst.Call():
            return _answers(module, one)
        case _:
            return False


def _answers(module: Module, call: cst.Call) -> bool:
    name = target(call.func)
    if name in _ANSWERED or name.lower().startswith("assert") or _STANDS_IN.search(name):
        return True
    owner = call.func.value if isinstance(call.func, cst.Attribute) else None
    known = (module.qualified(call) or "").startswith(_LIBRARIES)
    return known or (owner is not None and _STANDS_IN.search(target(owner)) is not None)
