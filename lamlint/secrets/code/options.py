"""Options of the command line that are for a service on this machine where nobody gives others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.secrets.beside import on_this_machine, service_of
from lamlint.secrets.code.use import target, text
from lamlint.secrets.names import Strength, strength
from lamlint.secrets.values import convincing
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.python import Module

_ADDS = "add_argument"
_HOST = Regex(r"(?i)(?:^|[_-])(?:host(?:_?name)?|server|address|url|uri|endpoint|dsn)\Z")


@dataclass(frozen=True, slots=True)
class _Option:
    """An option with a default: the parser it is added to, its name, the literal if it is one."""

    parser: str
    name: str
    default: cst.BaseExpression


def is_option_for_here(module: Module, node: cst.CSTNode) -> bool:
    """Whether a password is the default of an option beside that of a host on this machine.

    `add_argument("--graph-uri", default="bolt://localhost:7687")`, and the same for
    `--graph-pass`: whoever runs it elsewhere gives both. One that a machine made, or that nobody
    takes for a word of an example, may be that of a real account nonetheless.
    """
    options, here = module.syntax.once(is_option_for_here, partial(_options, module))
    own = options.get(id(node))
    if own is None or strength(own.name) is not Strength.PASSWORD or convincing(text(own.default)):
        return False
    return here.get((own.parser, service_of(own.name)), False)


def _options(module: Module) -> tuple[Mapping[int, _Option], Mapping[tuple[str, str], bool]]:
    """The options by their defaults; and whether all hosts of a service are this machine."""
    options = tuple(_found(module))
    here: dict[tuple[str, str], bool] = {}
    for one in options:
        if _HOST.search(one.name):
            service = one.parser, service_of(one.name)
            here[service] = here.get(service, True) and on_this_machine(text(one.default))
    return {id(one.default): one for one in options}, here


def _found(module: Module) -> Iterator[_Option]:
    for call in module.nodes(cst.Call):
        func = call.func
        if not isinstance(func, cst.Attribute) or func.attr.value != _ADDS:
            continue
        names = [text(one.value) for one in call.args if one.keyword is None]
        given = [one.value for one in call.args if one.keyword and one.keyword.value == "default"]
        if names and given:
            yield _Option(target(func.value), max(names, key=len).lstrip("-"), given[0])
