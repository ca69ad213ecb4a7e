"""What a repair would write, as a unified diff that `git apply` and `patch -p1` take.

Secrets are covered in it, as in every output; the hunks that show one do not apply.
`render` keeps every character; `shown` is what may reach a terminal or a log.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping

from lamlint.report.runner import inert
from lamlint.report.style import Style
from lamlint.secrets.covering import Words
from lamlint.secrets.redaction import mask
from lamlint.text import Source
from lamlint.text.visible import visible

NO_NEWLINE = "\\ No newline at end of file\n"


def render(
    texts: Mapping[str, str], originals: Mapping[str, Source], secrets: Iterable[str] = ()
) -> str:
    """The difference between files as they are and their new texts, by path.

    `secrets` are texts that are known to be some, and are covered besides.
    """
    known = Words.of([*secrets])
    return "".join(
        line for path in sorted(texts) for line in _file(path, originals[path], texts[path], known)
    )


NOT_APPLIED = "~cannot-be-applied (characters that cannot be seen are shown by signs)"
"""Put to the names of a file, before a space: `patch` reads a name up to there."""


def shown(patch: str, *, named: bool = True, log: bool = False) -> str:
    """The difference of one file as people may be shown it.

    Where that changes it, its names say so, and no program applies it.
    `named` tells whether its names are those of the file, `log` whether a
    runner reads it.
    """
    lines = patch.split("\n")
    told = [_visible(line, log=log) for line in lines]
    if not patch or (named and told == lines):
        return patch
    old, new, *rest = told
    return "\n".join([old + NOT_APPLIED, new + NOT_APPLIED, *rest])


def _visible(line: str, *, log: bool) -> str:
    """A line with what is of no harm: tabs, its line end, the mark at the start of a file."""
    start = 2 if line[1:2] == "\ufeff" else 0
    body = line.rstrip("\r\f")
    text = "\t".join(map(visible, body[start:].split("\t")))
    text = f"{line[:start]}{text}{line[len(body) :]}"
    return inert(text) if log else text


_LOOKS = (("--- a/", "bold"), ("+++ b/", "bold"), ("@@", "cyan"), ("+", "green"), ("-", "red"))


def painted(text: str, style: Style) -> str:
    """A difference in the colours that git gives one; plain where the stream shows none."""
    return "\n".join(_painted(line, style) for line in text.split("\n"))


def _painted(line: str, style: Style) -> str:
    look = next((look for start, look in _LOOKS if line.startswith(start)), None)
    return line if look is None else style.paint(line, look)


def _file(path: str, original: Source, text: str, secrets: Words) -> Iterator[str]:
    bom = "\ufeff" if original.bom else ""
    lines = difflib.unified_diff(
        _lines(bom + _covered(original.text, secrets)),
        _lines(bom + _covered(text, secrets)),
        f"a/{path}",
        f"b/{path}",
    )
    for line in lines:
        if line.endswith("\n"):
            yield line
        else:
            yield f"{line}\n{NO_NEWLINE}"


def _covered(text: str, secrets: Words) -> str:
    return mask(secrets.covered(text))


def _lines(text: str) -> list[str]:
    """Lines with their line feeds; a form feed or a lone carriage return ends none in a diff."""
    lines = text.split("\n")
    return [*(f"{line}\n" for line in lines[:-1]), *([lines[-1]] if lines[-1] else [])]
