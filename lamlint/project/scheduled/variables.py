"""The variables of a shell script, or of a workflow: what stands for them in its commands."""

from __future__ import annotations

from collections.abc import Mapping

from lamlint.model import UNTOLD
from lamlint.text.regex import Regex

_ASSIGNED = Regex(
    r"(?m)^[ \t]{0,40}(?:export |local |readonly )?([A-Za-z_]\w{0,80})="
    r"(\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'|[^\s;#\"']{0,300})"
)
_ENTRY = Regex(r"(?m)^[ \t]{1,40}([A-Z_][A-Z0-9_]{0,80}):[ \t]{1,20}([^#\n]{1,300})")
"""An entry of `env:`: variables are written in capitals there."""
_EXPRESSION = Regex(r"\$\{\{[ \t]{0,9}([^{}\n]{1,200})\}\}")
_USED = Regex(r"\$\{([^{}\n]{1,200})\}|\$(\w{1,80})")
_BY_DEFAULT = Regex(r"\w{1,80}:?-([\w./:-]{1,200})")
_ASKED = Regex(
    r"\$\(\s{0,9}aws lambda get-function[\w-]{0,20}\s[^\n]{0,200}?--function-name[ =]"
    r"[\"']?([\w${}-]{1,140})"
)
_CONTINUED = Regex(r"\\\r?\n")
"""Where a command goes on in the next line."""
_DEEPEST = 4
"""So many variables are named by each other."""
_LONGEST = 500


def variables(text: str) -> Mapping[str, str]:
    """The values that are written once, by their names."""
    text = on_one_line(text)
    found: dict[str, set[str]] = {}
    for one in _ASSIGNED.finditer(text):
        asked = _ASKED.match(text, one.start(2) + (text[one.start(2)] == '"'))
        value = f":function:{asked[1]}" if asked else one[2].strip("\"'")
        found.setdefault(one[1], set()).add(value)
    for one in _ENTRY.finditer(text):
        found.setdefault(one[1], set()).add(one[2].strip().strip("\"'"))
    known = {name: values.pop() for name, values in found.items() if len(values) == 1}
    for _ in range(_DEEPEST):
        known = {name: _short(filled(value, known)) for name, value in known.items()}
    return known


def on_one_line(command: str) -> str:
    """A command without breaks of its line, and with no space in what a workflow puts in."""
    plain = _CONTINUED.sub(" ", command)
    return _EXPRESSION.sub(lambda one: f"${{{''.join(one[1].split())}}}", plain)


def filled(text: str, known: Mapping[str, str]) -> str:
    """A text with the values of its variables, and `UNTOLD` for those that are not known."""
    cut = text.find("$(")
    plain = text if cut < 0 else f"{text[:cut]}{UNTOLD}"
    return _USED.sub(lambda one: _value(one[1] or one[2], known), plain)


def _value(name: str, known: Mapping[str, str]) -> str:
    plain = name.removeprefix("env.")
    if plain in known:
        return known[plain]
    default = _BY_DEFAULT.fullmatch(name)
    return default[1] if default else UNTOLD


def _short(value: str) -> str:
    """A value, unless it is longer than any name is: values that hold others may double."""
    return value if len(value) <= _LONGEST else UNTOLD
