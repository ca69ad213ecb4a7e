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
    "Crypto.Cipher.AES.new": 0,
    "Cryptodome.Cipher.AES.new": 0,
    "itsdangerous.URLSafeSerializer": 0,
    "itsdangerous.URLSafeTimedSerializer": 0,
}
_SIGNS = frozenset(name for name, place in _POSITIONS.items() if "jwt" in name or place == 0)
_KEYWORDS_THAT_SIGN = frozenset({"key", "secret", "secret_key"})
_TOKENS = {"twilio.rest.Client": 1, "github.Github": 0, "gitlab.Gitlab": 1, "telegram.Bot": 0}
_DEFAULTS = frozenset({"get", "setdefault", "pop", "putenv"})
_WRAPPERS = frozenset(
    {
        "str", "bytes", "bytearray", "SecretStr", "SecretBytes", "Secret", "Field", "b64decode",
        "fromhex", "unhexlify", "quote", "quote_plus",
    }
)  # fmt: skip
_CONTAINERS = (cst.List, cst.Set, cst.Tuple)
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
            return _of_key(module, parent)
        case cst.Param() if parent.default is node:
            return Holder(parent.name.value)
        case cst.AnnAssign() | cst.NamedExpr():
            return _named(target(parent.target))
        case cst.Assign() if len(parent.targets) == 1:
            return _named(target(parent.targets[0].target))
        case cst.ComparisonTarget():
            comparison = module.parent(parent)
            return _compared(module, comparison) if comparison else NOBODY
        case cst.IfExp() if parent.test is not node:
            return holder(module, parent)
        case cst.BooleanOperation() if parent.right is node and isinstance(parent.operator, cst.Or):
            read = Holder(_read(module, parent.left))
            return read if read.name else holder(module, parent)
    return NOBODY


def _named(name: str) -> Holder:
    sent = name.lower().removesuffix("token").endswith("authorization")
    return Holder(name, Use.HEADER if sent else Use.KEPT)


def _of_key(module: Module, element: cst.DictElement) -> Holder:
    """The key of a value; the name beside it, or of the whole dictionary where that says more."""
    key = text(element.key)
    whole = module.parent(element)
    if not isinstance(whole, cst.Dict):
        return _named(key)
    if key in ("Value", "value"):
        pairs = (one for one in whole.elements if isinstance(one, cst.DictElement))
        beside = (text(one.value) for one in pairs if text(one.key) in ("Name", "name"))
        return Holder(next(beside, ""))
    if strength(key) is Strength.NONE and key.lower() != "authorization":
        return _one_of(holder(module, whole).name) or _named(key)
    return _named(key)


def _one_of(name: str) -> Holder | None:
    """What one of several is called whose name is a plural of secrets: `API_KEYS`."""
    singular = name[:-1] if name[-1:] in ("s", "S") else ""
    return Holder(singular) if strength(singular) is not Strength.NONE else None


def _argument(module: Module, arg: cst.Arg) -> Holder:
    call = module.parent(arg)
    if not isinstance(call, cst.Call):
        return NOBODY
    name = module.qualified(call) or ""
    if _method(call) in _WRAPPERS and (arg is call.args[0] or _keyword(arg) == "default"):
        return holder(module, call)
    if arg.keyword is not None:
        return _keyword_argument(call, name, arg.keyword.value)
    place = call.args.index(arg)
    if any(one.star or one.keyword for one in call.args[:place]):
        return NOBODY
    return _positional(call, name, place)


def _positional(call: cst.Call, name: str, place: int) -> Holder:
    if _POSITIONS.get(name) == place:
        return Holder("secret", Use.SIGNING) if name in _SIGNS else Holder("password", Use.LOGIN)
    if _TOKENS.get(name) == place:
        return Holder("token")
    if name == "getattr" and place == len(call.args) - 1 == 2:
        return Holder(text(call.args[1].value))
    if len(call.args) != 2 or place != 1:
        return NOBODY
    first, method = call.args[0].value, _method(call)
    if name == "hmac.compare_digest":
        return Holder(_spoken(first))
    if name in READS or method in _SETTERS or method in _DEFAULTS:
        return _named(text(first))
    if method != "login":
        return NOBODY
    return Holder("password", Use.LOGIN if "@" in text(first) else Use.KEPT)


def _keyword(arg: cst.Arg) -> str:
    return arg.keyword.value if arg.keyword is not None else ""


def _keyword_argument(call: cst.Call, name: str, word: str) -> Holder:
    if name in READS or word == "fallback":
        return Holder(text(call.args[-2 if word == "fallback" and len(call.args) > 1 else 0].value))
    if name in _SIGNS and word in _KEYWORDS_THAT_SIGN:
        return Holder("secret", Use.SIGNING)
    if word == "Value":
        beside = (text(one.value) for one in call.args if _keyword(one) == "Name")
        return Holder(next(beside, "").rpartition("/")[2])
    login = strength(word) is Strength.PASSWORD and _connects(call)
    return Holder(word, Use.LOGIN) if login else _named(word)


def _connects(call: cst.Call) -> bool:
    """Whether a call is given a host that is not this machine, and someone to log in as."""
    given = {_keyword(arg).lower(): arg.value for arg in call.args if arg.keyword is not None}
    if call.args[0].keyword is None and not call.args[0].star and _method(call) == "connect":
        given.setdefault("host", call.args[0].value)
    if given.keys().isdisjoint(_HOSTS | _ACCOUNTS) or given.keys().isdisjoint(_USERS):
        return False
    hosts = (value for name, value in given.items() if name in _HOSTS)
    return not any(is_local(text(one)) for one in hosts if isinstance(one, cst.SimpleString))


def _method(call: cst.Call) -> str:
    return call.func.attr.value if isinstance(call.func, cst.Attribute) else target(call.func)


def _element(module: Module, element: cst.Element) -> Holder:
    """A name and a password as a pair, or one of several values that are assigned at once."""
    pair = module.parent(element)
    if not isinstance(pair, _CONTAINERS):
        return NOBODY
    around = module.parent(pair)
    if isinstance(around, cst.ComparisonTarget) and isinstance(around.operator, cst.In):
        comparison = module.parent(around)
        return (
            _named(_spoken(comparison.left)) if isinstance(comparison, cst.Comparison) else NOBODY
        )
    if not isinstance(pair, cst.Tuple):
        return _one_of(holder(module, pair).name) or NOBODY
    place = pair.elements.index(element)
    if isinstance(around, cst.Arg) and around.keyword is not None:
        login = around.keyword.value in _LOGIN_TUPLES and len(pair.elements) == 2 and place == 1
        return Holder("password", Use.LOGIN) if login else NOBODY
    if isinstance(around, cst.Assign) and len(around.targets) == 1:
        names = around.targets[0].target
        if isinstance(names, cst.Tuple) and len(names.elements) == len(pair.elements):
            return _named(target(names.elements[place].value))
    return _one_of(holder(module, pair).name) or NOBODY


def _compared(module: Module, comparison: cst.CSTNode) -> Holder:
    """What a literal is compared with: a secret that is asked for is one that is known."""
    if not isinstance(comparison, cst.Comparison) or len(comparison.comparisons) != 1:
        return NOBODY
    equal = isinstance(comparison.comparisons[0].operator, (cst.Equal, cst.NotEqual))
    asserted = any(isinstance(one, cst.Assert) for one in module.ancestors(comparison))
    return NOBODY if asserted or not equal else _named(_spoken(comparison.left))


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
