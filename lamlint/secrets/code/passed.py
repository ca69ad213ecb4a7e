"""Under which name a literal is passed to a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.secrets.calls import KEYS, KEYWORDS_THAT_SIGN, PASSWORDS, TOKENS
from lamlint.secrets.code.use import NOBODY, Holder, Use, named, spoken, target, text
from lamlint.secrets.names import Strength, names_secret, strength
from lamlint.secrets.search import is_local

if TYPE_CHECKING:
    from lamlint.python import Module

READS = ("os.environ.get", "os.getenv", "os.environ.setdefault")
_WRAPPERS = frozenset(
    {
        "str", "bytes", "bytearray", "SecretStr", "SecretBytes", "Secret", "Field", "b64decode",
        "fromhex", "unhexlify", "quote", "quote_plus", "ib", "attrib", "Option", "Argument",
        "Header", "Query", "Cookie", "Form", "Body",
    }
)  # fmt: skip
DEFAULTS = frozenset({"default", "fallback", "default_value", "default_factory", "factory"})
_NAMES = frozenset({"dest", "name", "key", "envvar", "env", "alias", "option"})
"""Keywords that say what the value of a call is called."""
HOSTS = frozenset({"host", "hostname", "server", "hosts", "endpoint"})
_ACCOUNTS = frozenset({"account", "dsn"})
_USERS = frozenset({"user", "username", "uid", "login"})


def passed(module: Module, call: cst.Call, arg: cst.Arg) -> Holder | None:
    """Who holds an argument; None where it is whoever holds the call."""
    if _method(call) in _WRAPPERS and arg is call.args[0] and arg.keyword is None:
        return None
    name = module.qualified(call) or ""
    if arg.keyword is not None:
        return _by_keyword(call, name, arg.keyword.value)
    place = call.args.index(arg)
    if any(one.star or one.keyword for one in call.args[:place]):
        return NOBODY
    return _by_position(call, name, place)


def _by_position(call: cst.Call, name: str, place: int) -> Holder:
    if PASSWORDS.get(name) == place:
        return Holder("password", Use.LOGIN)
    if KEYS.get(name) == place:
        return Holder("secret", Use.SIGNING)
    if TOKENS.get(name) == place:
        return Holder("token")
    if name.endswith("compare_digest"):
        return Holder(spoken(call.args[1 - place].value)) if len(call.args) == 2 else NOBODY
    if place == 0:
        return NOBODY
    before = text(call.args[place - 1].value)
    if place == 1 and _method(call) == "login":
        return Holder("password", Use.LOGIN if "@" in before else Use.KEPT)
    return named(before)


def _by_keyword(call: cst.Call, name: str, word: str) -> Holder | None:
    if word in DEFAULTS:
        return _of_default(call)
    if name in KEYS and word in KEYWORDS_THAT_SIGN:
        return Holder("secret", Use.SIGNING)
    if word == "Value":
        beside = (text(one.value) for one in call.args if _keyword(one) == "Name")
        return Holder(next(beside, "").rpartition("/")[2])
    login = strength(word) is Strength.PASSWORD and _connects(call)
    return Holder(word, Use.LOGIN) if login else named(word)


def _of_default(call: cst.Call) -> Holder | None:
    """The name that a call gives its default: of a variable, an option; none where its holder does.

    `config.get(section, "password", fallback=…)`, `add_argument("-p", "--password", default=…)`.
    """
    says = (one for one in call.args if one.keyword is None or _keyword(one) in _NAMES)
    said = [text(one.value).lstrip("-") for one in says if not one.star]
    return next((Holder(one) for one in reversed(said) if names_secret(one)), None)


def _connects(call: cst.Call) -> bool:
    """Whether a call is given a host that is not this machine, and someone to log in as."""
    given = {_keyword(arg).lower(): arg.value for arg in call.args if arg.keyword is not None}
    if call.args[0].keyword is None and not call.args[0].star and _method(call) == "connect":
        given.setdefault("host", call.args[0].value)
    if given.keys().isdisjoint(HOSTS | _ACCOUNTS) or given.keys().isdisjoint(_USERS):
        return False
    hosts = (value for name, value in given.items() if name in HOSTS)
    return not any(is_local(text(one)) for one in hosts if isinstance(one, cst.SimpleString))


def _keyword(arg: cst.Arg) -> str:
    return arg.keyword.value if arg.keyword is not None else ""


def _method(call: cst.Call) -> str:
    return call.func.attr.value if isinstance(call.func, cst.Attribute) else target(call.func)
