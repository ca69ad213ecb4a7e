"""The characters between brackets in a pattern with wildcards, as git reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

_ASCII = tuple(map(chr, range(1, 128)))
_SPACES = " \t\n\r"
CLASSES: Mapping[str, Callable[[str], bool]] = {
    "alnum": str.isalnum,
    "alpha": str.isalpha,
    "blank": lambda one: one in " \t",
    "cntrl": lambda one: one < " " or one == "\x7f",
    "digit": str.isdigit,
    "graph": lambda one: "!" <= one <= "~",
    "lower": str.islower,
    "print": lambda one: " " <= one <= "~",
    "punct": lambda one: "!" <= one <= "~" and not one.isalnum(),
    "space": lambda one: one in _SPACES,
    "upper": str.isupper,
    "xdigit": lambda one: one in "0123456789abcdefABCDEF",
}


def bracket(glob: str, place: int) -> tuple[frozenset[str], bool, int] | None:
    """The characters of a bracket, whether all others are meant, and where it ends.

    None for one that has no end, or that names a class which there is not.
    """
    place += 1
    negated = glob[place : place + 1] in {"!", "^"}
    place += negated
    found: set[str] = set()
    before = ""
    first = True
    while place < len(glob) and (first or glob[place] != "]"):
        first = False
        if glob.startswith("[:", place) and (end := glob.find("]", place + 2)) != place + 2:
            if end < 0:
                return None
            if glob[end - 1] == ":":
                known = CLASSES.get(glob[place + 2 : end - 1])
                if known is None:
                    return None
                found.update(filter(known, _ASCII))
                before, place = "", end + 1
                continue
        ranged = glob[place] == "-" and before and glob[place + 1 : place + 2] not in ("", "]")
        place += bool(ranged)
        place += glob[place] == "\\"
        one = glob[place : place + 1]
        if not one:
            return None
        found.update(map(chr, range(ord(before), ord(one) + 1)) if ranged else one)
        before = "" if ranged else one
        place += 1
    return (frozenset(found), negated, place + 1) if place < len(glob) else None
