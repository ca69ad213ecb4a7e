"""The key that a site of Django signs with where nobody sets its variable, however it looks."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.secrets.values import suspicious
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

SPARE_KEY = "SECRET_KEY"
_READ = Regex(
    rf"(?m)^{SPARE_KEY}[ \t]{{0,9}}=[ \t]{{0,9}}os\.(?:environ\.get|getenv)\([ \t]{{0,9}}"
    r"u?[\"'](?P<variable>\w{1,80})[\"'][ \t]{0,9},[ \t]{0,9}(?:default=)?"
    r"u?(?P<quote>[\"'])(?P<key>[^\"'\\\n]{8,200})(?P=quote)[ \t]{0,9}\)"
)


@dataclass(frozen=True, slots=True)
class SpareKey:
    """Where it stands, and the variable that is asked for first."""

    variable: str
    start: int
    end: int


def spare_keys(text: str) -> Iterator[SpareKey]:
    """The keys of a module that do not look like one: others are told of wherever they stand."""
    for hit in _READ.finditer(text) if SPARE_KEY in text else ():
        if not suspicious(hit["variable"], hit["key"]):
            yield SpareKey(hit["variable"], *hit.span("key"))
