"""The commands of a script for PowerShell, in the words of a shell of Unix."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lamlint.project.packing.script import Words, lines
from lamlint.text.regex import Regex

_VARIABLE = Regex(r"\$\{?(?P<name>[A-Za-z_]\w{0,80})\}?")
_ASSIGNED = Regex(r"^\$(?P<name>[A-Za-z_]\w{0,80})[ \t]{0,9}=[ \t]{0,9}(?P<value>\S[^\n]{0,400})$")
_EACH = Regex(
    r"^foreach[ \t]{0,9}\([ \t]{0,9}\$(?P<name>\w{1,80})[ \t]{1,9}in[ \t]{1,9}"
    r"(?P<over>[^{\n]{1,400})\)",
    re.IGNORECASE,
)
_INNER = Regex(r"\((?P<inside>[^()\n]{1,400})\)(?:\.Path\b|\.FullName\b)?")
_WORD = Regex(
    r"\"(?P<double>[^\"\n]{0,400})\"|'(?P<single>[^'\n]{0,400})'|(?P<bare>[^\s,;|\"'()@]+)"
)
_NAMES = {
    "compress-archive": ("zip", "-rj"),
    "copy-item": ("cp", "-r"),
    "cp": ("cp", "-r"),
    "move-item": ("mv",),
    "set-location": ("cd",),
    "cd": ("cd",),
    "push-location": ("pushd",),
    "pop-location": ("popd",),
    "new-item": ("mkdir",),
    "mkdir": ("mkdir",),
}
_FIRST = ("-path", "-literalpath")
_TO = ("-destinationpath", "-destination")
_VALUED = ("-itemtype", "-compressionlevel", "-exclude", "-include", "-filter", "-name")
_OWN = {"psscriptroot": "__own", "pwd": "__here"}


def commands(text: str) -> Iterator[Words]:
    """The commands that pack, copy and go elsewhere, with the variables and loops around them."""
    blocks: list[str] = []
    for line in lines(text, "`"):
        body, number = line.text.strip(), line.number
        for _ in range(body.startswith("}") and bool(blocks)):
            if blocks.pop() == "each":
                yield Words(("done",), number, "", False)
        each, assigned = _EACH.match(body), _ASSIGNED.match(body)
        if each is not None:
            blocks.append("each")
            over = _words(each["over"])
            yield Words(("for", each["name"].lower(), "in", *over), number, "", False)
        elif assigned is not None:
            value = _value(assigned["value"])
            yield Words(("=", assigned["name"].lower(), f'"{value}"'), number, "", False)
        elif body and not body.startswith("#"):
            blocks += ["other"] * body.endswith("{")
            words = _command(body)
            if words:
                yield Words(words, number, "", False)


def _command(body: str) -> tuple[str, ...]:
    """One command: what it takes, then where it puts that."""
    given = _words(body)
    name = given[0].lower() if given else ""
    if name not in _NAMES:
        return tuple(given)
    taken: list[str] = []
    to = ""
    option = ""
    for word in given[1:]:
        if word.startswith("-") and len(word) > 1 and not word[1].isdigit():
            option = word.lower()
        elif option in _TO:
            to, option = word, ""
        elif option not in _VALUED:
            taken.append(word)
            option = option if option in _FIRST else ""
        else:
            option = ""
    if not to and name in ("compress-archive", "copy-item", "cp", "move-item") and len(taken) > 1:
        to = taken.pop()
    start = _NAMES[name]
    return (*start, to, *taken) if start[0] == "zip" else (*start, *taken, *filter(None, [to]))


def _words(text: str) -> list[str]:
    """The words of a command; what stands in brackets is one, as far as it is known."""
    for _ in range(4):
        text = _INNER.sub(lambda hit: f'"{_value(hit["inside"])}"', text)
    hits = _WORD.finditer(text)
    return [_spelled(next(part for part in hit.groups() if part is not None)) for hit in hits]


def _value(text: str) -> str:
    """What an expression gives: a path that is joined, or the folder above one."""
    words = _words(text)
    name, *given = words or [""]
    plain = [word for word in given if not word.startswith("-")]
    match name.lower():
        case "join-path":
            return "/".join(plain)
        case "split-path" if plain:
            return f"{plain[0]}/.."
        case "resolve-path" | "get-item" if plain:
            return plain[0]
        case "get-location":
            return "${__here}"
        case _:
            return " ".join(words)


def _spelled(word: str) -> str:
    """A word with the variables and slashes of a shell of Unix."""

    def variable(hit: re.Match[str]) -> str:
        name = hit["name"].lower()
        return "${" + _OWN.get(name, name) + "}"

    return _VARIABLE.sub(variable, word).replace("\\", "/")
