"""Keeps secrets out of reports: whatever shows a line shows it masked.

A masked text is as long as the clear one, so places stay where they are.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field

from lamlint.rule import Rule
from lamlint.secrets.covering import Words, covered
from lamlint.secrets.redaction import mask
from lamlint.text import Finding, Source, Span, Unreadable
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_LITERAL = Regex(r"""(?P<open>[A-Za-z]{0,2}(?:\"{3}|'{3}|["']))(?P<body>.*)""", re.DOTALL)
_QUOTES = "\"'"
_SHORTEST_WORD = 6


@dataclass(frozen=True)
class Mask:
    """The secrets of a run, and the texts of its files without them."""

    spans: Mapping[str, frozenset[Span]]
    words: Words
    read: Callable[[str], Source | Unreadable]
    _masked: dict[str, Source | None] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)
    """Messages and notes: most are told of many places."""

    @classmethod
    def of(
        cls,
        findings: Iterable[Finding],
        rules: Mapping[str, Rule],
        read: Callable[[str], Source | Unreadable],
    ) -> Mask:
        """The mask for the secrets that some findings are about."""
        spans: dict[str, set[Span]] = {}
        words: set[str] = set()
        for finding in findings:
            if not is_secret(rules.get(finding.rule)):
                continue
            source = read(finding.span.path)
            if isinstance(source, Source) and finding.span.start < finding.span.end:
                spans.setdefault(finding.span.path, set()).add(finding.span)
                words.add(_body(source.text[finding.span.start : finding.span.end]))
        kept = Words.of([word for word in words if len(word) >= _SHORTEST_WORD])
        return cls({path: frozenset(found) for path, found in spans.items()}, kept, read)

    def source(self, path: str) -> Source | None:
        """The masked text of a file; None when it is not a text that can be shown."""
        if path not in self._masked:
            found = self.read(path) if path else None
            self._masked[path] = self._cover(found) if isinstance(found, Source) else None
        return self._masked[path]

    def text(self, text: str) -> str:
        """Any other text, with the secrets of the run covered wherever they stand in it."""
        if text not in self._texts:
            self._texts[text] = self._without(text)
        return self._texts[text]

    def _without(self, text: str) -> str:
        return mask(self.words.covered(text))

    def _cover(self, source: Source) -> Source:
        places = (body_of(source, span) for span in self.spans.get(source.path, ()))
        return dataclasses.replace(source, text=self._without(covered(source.text, places)))


def body_of(source: Source, span: Span) -> tuple[int, int]:
    """The place of what stands between the quotes of a literal."""
    literal = source.text[span.start : span.end]
    body = _body(literal)
    start = span.start + literal.find(body)
    return start, start + len(body)


def is_secret(rule: Rule | None) -> bool:
    """Whether the findings of a rule stand on a secret."""
    return rule is not None and rule.secret


def _body(text: str) -> str:
    """What stands between the quotes of a literal; the text itself when it has none."""
    literal = _LITERAL.fullmatch(text)
    return literal["body"].rstrip(_QUOTES) if literal else text
