"""What a repair would write, as a unified diff that `git apply` and `patch -p1` take.

Secrets are covered in it, as in every output; the hunks that show one say that
they do not apply. `render` keeps every character; `shown` is what may reach a
terminal or a log.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lamlint.report.runner import inert
from lamlint.report.terminal.style import Style
from lamlint.secrets.covering import Words
from lamlint.secrets.redaction import mask
from lamlint.text import Source
from lamlint.text.dataclass import dataclass
from lamlint.text.visible import visible

NO_NEWLINE = "\\ No newline at end of file\n"
_CONTEXT = 3
_COVERED = " a secret is covered here, so this does not apply"


@dataclass(frozen=True)
class Patch:
    """The difference of one file; no text where nothing changes.

    `covered` are the first and the last line, as the file is now, of each hunk
    that shows a covered secret: no program applies it.
    """

    text: str
    covered: tuple[tuple[int, int], ...] = ()


def render(
    texts: Mapping[str, str], originals: Mapping[str, Source], secrets: Iterable[str] = ()
) -> str:
    """The difference between files as they are and their new texts, by path.

    `secrets` are texts that are known to be some, and are covered besides.
    """
    known = Words.of([*secrets])
    return "".join(patch(path, originals[path], texts[path], known).text for path in sorted(texts))


def patch(name: str, original: Source, text: str, secrets: Words) -> Patch:
    """The difference between a file as it is and its new text, under some name.

    Where only added lines show a covered secret, a program would write what
    covers it: then the names in the difference are those of no file.
    """
    old, new = _lines_of(original, original.text, secrets), _lines_of(original, text, secrets)
    matcher = difflib.SequenceMatcher(None, old.clear, new.clear)
    hunks = [_hunk(group, old, new) for group in matcher.get_grouped_opcodes(_CONTEXT)]
    if not hunks:
        return Patch("")
    mark = NOT_TO_BE_WRITTEN if any(hunk.would_be_written for hunk in hunks) else ""
    names = f"--- a/{name}{mark}\n+++ b/{name}{mark}\n"
    covered = tuple(hunk.lines for hunk in hunks if hunk.covered)
    return Patch(names + "".join(hunk.text for hunk in hunks), covered)


NOT_TO_BE_WRITTEN = "~cannot-be-applied (secrets are covered)"
"""Put to the names of a file like the next one."""

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
    return unapplied("\n".join(told))


def unapplied(patch: str) -> str:
    """The difference of one file under names that no program finds."""
    old, new, *rest = patch.split("\n")
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


@dataclass(frozen=True)
class _Lines:
    """The lines of a file, and the same as they may be shown."""

    clear: Sequence[str]
    shown: Sequence[str]

    def covers(self, start: int, end: int) -> bool:
        """Whether a secret is covered in some lines."""
        return self.clear[start:end] != self.shown[start:end]


@dataclass(frozen=True)
class _Hunk:
    text: str
    lines: tuple[int, int]
    covered: bool
    would_be_written: bool
    """Whether a program would take it, and write what covers a secret."""


def _lines_of(original: Source, text: str, secrets: Words) -> _Lines:
    bom = "\ufeff" if original.bom else ""
    return _Lines(_lines(bom + text), _lines(bom + mask(secrets.covered(text))))


def _hunk(group: Sequence[tuple[str, int, int, int, int]], old: _Lines, new: _Lines) -> _Hunk:
    """Some changes that lie near each other, with the lines around them."""
    (_, start, _, new_start, _), (_, _, end, _, new_end) = group[0], group[-1]
    refused, added = old.covers(start, end), new.covers(new_start, new_end)
    note = _COVERED if refused or added else ""
    head = f"@@ -{_range(start, end)} +{_range(new_start, new_end)} @@{note}\n"
    lines = (_ended(line) for line in _changes(group, old.shown, new.shown))
    return _Hunk(
        head + "".join(lines),
        (min(start + 1, end), end),
        covered=bool(note),
        would_be_written=added and not refused,
    )


def _changes(
    group: Iterable[tuple[str, int, int, int, int]], old: Sequence[str], new: Sequence[str]
) -> Iterator[str]:
    for tag, start, end, new_start, new_end in group:
        if tag == "equal":
            yield from (f" {line}" for line in old[start:end])
        else:
            yield from (f"-{line}" for line in old[start:end])
            yield from (f"+{line}" for line in new[new_start:new_end])


def _range(start: int, end: int) -> str:
    """Lines as a unified diff counts them: of none, the line before."""
    length = end - start
    return str(start + 1) if length == 1 else f"{start + bool(length)},{length}"


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n{NO_NEWLINE}"


def _lines(text: str) -> list[str]:
    """Lines with their line feeds; a form feed or a lone carriage return ends none in a diff."""
    lines = text.split("\n")
    return [*(f"{line}\n" for line in lines[:-1]), *([lines[-1]] if lines[-1] else [])]
