"""What a repair would write, as a unified diff that `git apply` and `patch -p1` take.

Secrets are covered in it, as in every output; the hunks that show one do not apply.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lamlint.report.style import Style
from lamlint.secrets.redaction import cover, mask
from lamlint.text import Source

NO_NEWLINE = "\\ No newline at end of file\n"


def render(
    texts: Mapping[str, str], originals: Mapping[str, Source], secrets: Iterable[str] = ()
) -> str:
    """The difference between files as they are and their new texts, by path.

    `secrets` are texts that are known to be some, and are covered besides.
    """
    known = sorted(secrets, key=len, reverse=True)
    return "".join(
        line for path in sorted(texts) for line in _file(path, originals[path], texts[path], known)
    )


_LOOKS = (("--- a/", "bold"), ("+++ b/", "bold"), ("@@", "cyan"), ("+", "green"), ("-", "red"))


def painted(text: str, style: Style) -> str:
    """A difference in the colours that git gives one; plain where the stream shows none."""
    return "\n".join(_painted(line, style) for line in text.split("\n"))


def _painted(line: str, style: Style) -> str:
    look = next((look for start, look in _LOOKS if line.startswith(start)), None)
    return line if look is None else style.paint(line, look)


def _file(path: str, original: Source, text: str, secrets: Sequence[str]) -> Iterator[str]:
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


def _covered(text: str, secrets: Sequence[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, cover(secret))
    return mask(text)


def _lines(text: str) -> list[str]:
    """Lines with their line feeds; a form feed or a lone carriage return ends none in a diff."""
    lines = text.split("\n")
    return [*(f"{line}\n" for line in lines[:-1]), *([lines[-1]] if lines[-1] else [])]
