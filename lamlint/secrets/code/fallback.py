"""Keys that a program signs with on somebody's own machine, where no other one is given to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.secrets.beside import on_this_machine
from lamlint.secrets.code.asking import instead, is_instead
from lamlint.secrets.code.use import text
from lamlint.secrets.names import names_own_key
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.python import Module

_DEBUGS = Regex(r"(?i)(?:\w{1,40}_)?debug(?:_mode)?")
_DEPLOYED = Regex(r"(?i)(?:\w{1,40}_)?(?:is_)?prod(?:uction)?")
_STAGE = Regex(r"(?i)(?:\w{1,40}_)?(?:env|environment|stage)(?:_name)?")
_TRUE, _FALSE = frozenset({"true", "1", "yes", "on"}), frozenset({"false", "0", "no", "off"})
_OWN = frozenset({"dev", "develop", "development", "local"})


def is_fallback(module: Module, node: cst.CSTNode, name: str) -> bool:
    """Whether a key that the program makes up itself is its default beside others for running here.

    They are hosts that are this machine, `DEBUG` that is true, a stage for development.
    """
    return (
        names_own_key(name)
        and is_instead(module, node)
        and module.syntax.once(is_fallback, lambda: _runs_here(module))
    )


def _runs_here(module: Module) -> bool:
    return any(_is_for_here(name, _value(default)) for name, default in instead(module))


def _is_for_here(name: str, value: str) -> bool:
    low = value.lower()
    return (
        on_this_machine(value)
        or (_DEBUGS.fullmatch(name) is not None and low in _TRUE)
        or (_DEPLOYED.fullmatch(name) is not None and low in _FALSE)
        or (_STAGE.fullmatch(name) is not None and low in _OWN)
    )


def _value(node: cst.BaseExpression) -> str:
    """What a default is, as a variable would say it."""
    match node:
        case cst.Name(value=word) | cst.Integer(value=word):
            return word
        case _:
            return text(node)
