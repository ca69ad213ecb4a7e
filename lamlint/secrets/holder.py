"""Under which name a literal is kept, passed, sent or compared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import libcst as cst

from lamlint.secrets.names import Strength, strength
from lamlint.secrets.search import is_local

if TYPE_CHECKING:
    from lamlint.python import Module

READS = ("os.environ.get", "os.getenv", "os.environ.setdefault")
_LOGIN_TUPLES = frozenset({"auth", "basic_auth", "http_auth", "credentials"})
_SETTERS = frozenset({"add_header", "putheader", "set_header"})
_POSITIONS = {
    "requests.auth.HTTPBasicAuth": 1,
    "requests.auth.HTTPDigestAuth": 1,
    "httpx.BasicAuth": 1,
    "aiohttp.BasicAuth": 1,
    "pymysql.connect": 2,
    "MySQLdb.connect": 2,
    "ftplib.FTP": 2,
    "jwt.encode": 1,
    "jwt.decode": 1,
    "jose.jwt.encode": 1,
    "jose.jwt.decode": 1,
    "hmac.new": 0,
    "cryptography.fernet.Fernet": 0,
    "itsdangerous.URLSafeSerializer": 0,
    "itsdangerous.URLSafeTimedSerializer": 0,
}
_SIGNS = frozenset(name for name, place in _POSITIONS.items() if "jwt" in name or place == 0)
_HOSTS = frozenset({"host", "hostname", "server", "hosts", "endpoint"})
_ACCOUNTS = frozenset({"account", "dsn"})
_USERS = frozenset({"user", "username", "uid", "login"})


class Use(Enum):
    """What is done with a literal, as far as it says more than the name does."""

    KEPT = "kept"
    LOGIN = "login"
    """It opens a connection: whatever is no placeholder is a password."""
    SIGNING = "signing"
    """It signs or encrypts."""
    HEADER = "header"
    """It is sent as the header `Authorization`."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The name of a literal, and what is done with it; an empty name when nothing is known."""

    name: str = ""
    use: Use = Use.KEPT


NOBODY = Holder()


def holder(module: Module, node: cst.CSTNode) -> Holder:
    """What holds a literal, or the expression it is the value of."""
    parent = module.parent(node)
    match parent:
        case cst.Arg():
            return _argument(module, parent)
        case cst.Element():
            return _element(module, parent)
        case cst.DictElement() if parent.value is node:
            return _named(text(parent.key))
        case cst.Param() if parent.default is node:
            return Holder(parent.name.value)
        case cst.AnnAssign() | cst.NamedExpr():
            return _named(target(parent.target))
        case cst.Assign() if len(parent.targets) == 1:
            return _named(target(parent.targets[0].target))
        case cst.ComparisonTarget():
            comparison = module.parent(parent)
            return _compared(module, comparison) if comparison else NOBODY
        case cst.BooleanOperation() if parent.right is node and isinstance(parent.operator, cst.Or):
            read = Holder(_read(module, parent.left))
            return read if read.name else holder(module, parent)
    return NOBODY


def _named(name: str) -> Holder:
    return Holder(name, Use.HEADER if name.lower().endswith("authorization") else Use.KEPT)


def _argument(module: Module, arg: cst.Arg) -> Holder:
    call = module.parent(arg)
    if not isinstance(call, cst.Call):
        return NOBODY
    name = module.qualified(call) or ""
    if arg.keyword is not None:
        word = arg.keyword.value
        if name in READS:
            return Holder(text(call.args[0].value))
        login = strength(word) is Strength.PASSWORD and _connects(call)
        return Holder(word, Use.LOGIN) if login else _named(word)
    if any(one.star or one.keyword for one in call.args[: call.args.index(arg)]):
        return NOBODY
    place = call.args.index(arg)
    if _POSITIONS.get(name) == place:
        return Holder("secret", Use.SIGNING) if name in _SIGNS else Holder("password", Use.LOGIN)
    if len(call.args) != 2 or place != 1:
        return NOBODY
    if name in READS:
        return Holder(text(call.args[0].value))
    if name == "hmac.compare_digest":
        return Holder(_spoken(call.args[0].value))
    method = call.func.attr.value if isinstance(call.func, cst.Attribute) else ""
    if method in _SETTERS:
        return _named(text(call.args[0].value))
    mails = method == "login" and "@" in text(call.args[0].value)
    return Holder("password", Use.LOGIN) if mails else NOBODY


def _connects(call: cst.Call) -> bool:
    """Whether a call is given a host that is not this machine, and someone to log in as."""
    given = {arg.keyword.value.lower(): arg.value for arg in call.args if arg.keyword is not None}
    if given.keys().isdisjoint(_HOSTS | _ACCOUNTS) or given.keys().isdisjoint(_USERS):
        return False
    hosts = (value for name, value in given.items() if name in _HOSTS)
    return not any(is_local(text(one)) for one in hosts if isinstance(one, cst.SimpleString))


def _element(module: Module, element: cst.Element) -> Holder:
    """A name and a password as a pair, or one of several values that are assigned at once."""
    pair = module.parent(element)
    if not isinstance(pair, cst.Tuple):
        return NOBODY
    place = pair.elements.index(element)
    around = module.parent(pair)
    if isinstance(around, cst.Arg) and around.keyword is not None:
        login = around.keyword.value in _LOGIN_TUPLES and len(pair.elements) == 2 and place == 1
        return Holder("password", Use.LOGIN) if login else NOBODY
    if isinstance(around, cst.Assign) and len(around.targets) == 1:
        names = around.targets[0].target
        if isinstance(names, cst.Tuple) and len(names.elements) == len(pair.elements):
            return _named(target(names.elements[place].value))
    return NOBODY


def _compared(module: Module, comparison: cst.CSTNode) -> Holder:
    """What a literal is compared with: a secret that is asked for is one that is known."""
    if not isinstance(comparison, cst.Comparison) or len(comparison.comparisons) != 1:
        return NOBODY
    equal = isinstance(comparison.comparisons[0].operator, (cst.Equal, cst.NotEqual))
    asserted = any(isinstance(one, cst.Assert) for one in module.ancestors(comparison))
    return NOBODY if asserted or not equal else Holder(_spoken(comparison.left))


def _spoken(node: cst.BaseExpression) -> str:
    """What an expression calls its value: a name, a key, the argument of `get`."""
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute) and node.args:
        return text(node.args[0].value) if node.func.attr.value == "get" else ""
    return target(node)


def _read(module: Module, node: cst.BaseExpression) -> str:
    """The variable of the environment that an expression reads."""
    if isinstance(node, cst.Call) and node.args and module.qualified(node) in READS:
        return text(node.args[0].value)
    return ""


def target(node: cst.BaseExpression) -> str:
    """The name that an assignment gives its value: of a variable, an attribute, a key."""
    if isinstance(node, cst.Name):
        return node.value
    if isinstance(node, cst.Attribute):
        return node.attr.value
    if isinstance(node, cst.Subscript) and len(node.slice) == 1:
        index = node.slice[0].slice
        return text(index.value) if isinstance(index, cst.Index) else ""
    return ""


def text(node: cst.BaseExpression) -> str:
    """The text of a plain literal; empty for all else."""
    value = node.evaluated_value if isinstance(node, cst.SimpleString) else None
    return value if isinstance(value, str) else ""
