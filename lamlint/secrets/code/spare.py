"""What is only taken where nobody sets a variable of the environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.secrets.code.asking import read_by, reads
from lamlint.secrets.code.passed import HOSTS
from lamlint.secrets.code.use import text
from lamlint.secrets.weight import OF_DJANGO

if TYPE_CHECKING:
    from lamlint.python import Module

_HERE = frozenset({"localhost", "127.0.0.1", "::1", "host.docker.internal"})


def is_for_trying(module: Module, node: cst.CSTNode) -> bool:
    """Whether a secret is a default that is not meant for what is deployed.

    It says so by itself, or is for the host that is this machine where no other is set.
    """
    read = read_by(module, node)
    if read is None:
        return False
    if isinstance(node, cst.SimpleString) and text(node).startswith(OF_DJANGO):
        return True
    given = module.parent(read)
    call = module.parent(given) if isinstance(given, cst.Arg) else None
    return isinstance(call, cst.Call) and _is_here(module, call)


def _is_here(module: Module, call: cst.Call) -> bool:
    """Whether a call takes this machine for the host where no variable says another one."""
    hosts = [
        arg.value for arg in call.args if arg.keyword is not None and arg.keyword.value in HOSTS
    ]
    spare = [_spare(module, host) for host in hosts]
    return bool(spare) and _HERE.issuperset(spare)


def _spare(module: Module, node: cst.BaseExpression) -> str:
    """What is taken where the variable that an expression reads is not set."""
    if isinstance(node, cst.BooleanOperation):
        return text(node.right)
    if isinstance(node, cst.Call) and reads(module, node):
        return text(node.args[-1].value) if len(node.args) == 2 else ""
    return ""
