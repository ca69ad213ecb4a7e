"""Fingerprints of findings, and the file of those that are known and left for later.

A fingerprint is the rule, the path from the root, the functions, the
normalised text and the ordinal among equals; it holds no line number, so a
moved line stays known. A second identical finding is new.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from lamlint.errors import LamlintError
from lamlint.files import opening
from lamlint.files.opening import MEGABYTE, ReadError
from lamlint.report.mask import body_of, is_secret
from lamlint.rule import Rule
from lamlint.secrets.covering import covered
from lamlint.secrets.redaction import mask
from lamlint.text import Finding, Source, Span, Tree
from lamlint.text.dataclass import dataclass

DEFAULT_NAME = ".lamlint-baseline.json"
VERSION = 1
LARGEST = 10 * MEGABYTE
"""The largest baseline that is read, in bytes: some fifty thousand findings."""


class BaselineError(LamlintError):
    """A baseline that cannot be used."""


@dataclass(frozen=True, order=True)
class Known:
    """What identifies a finding. `text` is a digest, so that no secret is kept."""

    path: str
    rule: str
    subject: str
    text: str
    ordinal: int

    @property
    def fingerprint(self) -> str:
        """All of it as one short word."""
        return _digest(
            "\0".join([self.rule, self.path, self.subject, self.text, str(self.ordinal)])
        )

    @property
    def rest(self) -> tuple[str, str, str, int]:
        """What stays when the file is moved."""
        return self.rule, self.subject, self.text, self.ordinal


def identify(
    findings: Sequence[Finding], tree: Tree, rules: Mapping[str, Rule]
) -> tuple[Known, ...]:
    """The identities of some findings, in their order."""
    lines = _Lines(tree, [f.span for f in findings if is_secret(rules.get(f.rule))])
    seen: dict[tuple[str, str, str, str], int] = {}
    found = []
    for finding in findings:
        key = (
            finding.span.path,
            finding.rule,
            ", ".join(finding.subjects),
            lines.digest(finding.span, secret=is_secret(rules.get(finding.rule))),
        )
        seen[key] = seen.get(key, 0) + 1
        found.append(Known(*key, seen[key]))
    return tuple(found)


_LONG = 500
"""In lines that are longer, all secrets are covered at once, not each for its own finding."""


class _Lines:
    """Digests of the lines that findings stand on, whatever their white space; each made once.

    A digest of a short secret can be guessed, so none is made of a clear one.
    """

    def __init__(self, tree: Tree, secrets: Iterable[Span]) -> None:
        self.tree = tree
        self.secrets = sorted(set(secrets))
        self.known: dict[tuple[Span, Span | None], str] = {}

    def digest(self, span: Span, *, secret: bool) -> str:
        source = self.tree.read(span.path) if span.path else None
        if not isinstance(source, Source):
            return _digest("")
        start = source.offset(source.position(span.start).line)
        last = source.position(max(span.start, span.end - 1)).line
        lines = Span(span.path, start, max(span.end, source.end(last)))
        own = span if secret else None
        if secret and lines.end - lines.start > _LONG:
            own = lines
        if (lines, own) not in self.known:
            self.known[lines, own] = _digest(self._text(source, lines, own))
        return self.known[lines, own]

    def _text(self, source: Source, lines: Span, own: Span | None) -> str:
        secrets = self._within(lines) if own == lines else [own] if own is not None else []
        places = [
            (start - lines.start, end - lines.start)
            for start, end in (body_of(source, span) for span in secrets)
        ]
        text = source.text[lines.start : lines.end]
        return " ".join(mask(covered(text, places)).split())

    def _within(self, lines: Span) -> Sequence[Span]:
        first = bisect_left(self.secrets, Span(lines.path, lines.start, 0))
        last = bisect_left(self.secrets, Span(lines.path, lines.end, 0))
        return self.secrets[first:last]


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True)
class Matched:
    """Which findings are new, by their place among those given, and which entries are stale."""

    new: tuple[int, ...]
    stale: tuple[Known, ...]


def match(found: Sequence[Known], known: Iterable[Known], exists: Callable[[str], bool]) -> Matched:
    """Compare findings with a baseline: exactly, then by the rest where a file is gone."""
    left = dict.fromkeys(known)
    unmatched = []
    for place, identity in enumerate(found):
        if identity in left:
            del left[identity]
        else:
            unmatched.append(place)
    moved: dict[tuple[str, str, str, int], Known] = {}
    for entry in left:
        if not exists(entry.path):
            moved.setdefault(entry.rest, entry)
    new: list[int] = []
    for place in unmatched:
        if found[place].rest in moved:
            del left[moved.pop(found[place].rest)]
        else:
            new.append(place)
    return Matched(tuple(new), tuple(left))


def read(file: str, name: str) -> tuple[Known, ...]:
    """The entries of a file that people know by a name. Raises BaselineError."""
    return load(stored(file, name), name)


def stored(file: str, name: str) -> bytes:
    """The bytes of a baseline file. Raises BaselineError."""
    try:
        return opening.read(file, LARGEST)
    except ReadError as error:
        raise BaselineError(f"the baseline cannot be read: {error}", name) from None


def load(data: bytes, name: str) -> tuple[Known, ...]:
    """The entries of a baseline file. Raises BaselineError."""
    try:
        document = json.loads(data)
        if document["version"] != VERSION:
            raise BaselineError(f"its version is not {VERSION}; write it again", name)
        return tuple(_entry(entry) for entry in document["findings"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise BaselineError("this is no baseline; write it with --write-baseline", name) from None


def _entry(entry: dict[str, str]) -> Known:
    texts = (entry["path"], entry["rule"], entry["subject"], entry["text"])
    ordinal = int(entry["ordinal"])
    if not all(isinstance(text, str) for text in texts):
        raise TypeError
    return Known(*texts, ordinal)


def dump(known: Collection[Known]) -> bytes:
    """A baseline file: sorted, an entry a line, so that merges are easy."""
    entries = ",\n".join(
        json.dumps(
            {
                "path": each.path,
                "rule": each.rule,
                "subject": each.subject,
                "text": each.text,
                "ordinal": each.ordinal,
            },
            ensure_ascii=True,
        )
        for each in sorted(known)
    )
    body = f"[\n{entries}\n]" if entries else "[]"
    return f'{{"version": {VERSION}, "findings": {body}}}\n'.encode()
