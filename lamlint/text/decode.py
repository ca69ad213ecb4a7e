"""Bytes to text without loss: byte order marks, coding cookies, else UTF-8."""

from __future__ import annotations

import codecs

from lamlint.text.regex import Regex
from lamlint.text.source import Source
from lamlint.text.tree import Unreadable

# The four-byte marks first: that of UTF-32-LE begins with that of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COOKIE = Regex(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK = Regex(rb"[ \t\f]*(?:#.*)?$")


def decode(path: str, data: bytes) -> Source | Unreadable:
    """The text of a file. Only Python files are asked for a coding cookie (PEP 263)."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(path, data[len(mark) :], encoding, bom=True)
    if b"\0" in data:
        return Unreadable(path, "it is a binary file")
    encoding = _cookie(data) if path.endswith((".py", ".pyi")) else "utf-8"
    return _decode(path, data, encoding, bom=False)


def _decode(path: str, data: bytes, encoding: str, *, bom: bool) -> Source | Unreadable:
    try:
        text = data.decode(encoding)
        same = text.encode(encoding) == data
    except LookupError:
        return Unreadable(path, f"Python knows no encoding {encoding!r}")
    except UnicodeError:
        return Unreadable(path, f"it is not {encoding} text")
    if not same:
        return Unreadable(path, f"its {encoding} text could not be written back unchanged")
    return Source(path, text, encoding, bom)


def _cookie(data: bytes) -> str:
    """The encoding that a Python file declares in one of its first two lines."""
    for line in data.splitlines()[:2] if len(data) < 1024 else data[:1024].splitlines()[:2]:
        if found := _COOKIE.match(line):
            name = found.group(1).decode("ascii", "replace")
            normal = name.lower().replace("_", "-")
            return "utf-8" if normal in {"utf8", "utf-8", "utf-8-sig"} else name
        if not _BLANK.match(line):
            break
    return "utf-8"
