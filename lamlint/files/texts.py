"""What the files of a project say: their texts, and whether they hold some words."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import field
from typing import TYPE_CHECKING

from lamlint.files import asking, opening
from lamlint.files.opening import ReadError
from lamlint.files.places import LEADS_NOWHERE
from lamlint.files.seen import Seen
from lamlint.text import Source, Unreadable
from lamlint.text.dataclass import dataclass
from lamlint.text.decode import decode

if TYPE_CHECKING:
    from lamlint.files.limits import Limits
    from lamlint.files.places import Places

BEGINNING = 200_000
"""How much of a file is looked at, in bytes, that is too large to be read."""


@dataclass(frozen=True, eq=False)
class Texts:
    """The texts of the files at some places, each read once."""

    places: Places
    limits: Limits
    _texts: dict[str, Source | Unreadable] = field(default_factory=dict)
    _seen: Seen = field(default_factory=Seen)

    def read(self, path: str, worth: Callable[[Source], bool] | None = None) -> Source | Unreadable:
        """The text of a file, decoded by its byte order mark or coding cookie, else UTF-8.

        One that is too large to be read unasked is read if it is `worth` it, then and from then on.
        """
        path = posixpath.normpath(path)
        known = self._texts.get(path)
        if worth is not None and not isinstance(known, Source):
            large = self._text(path, max(self.limits.worth, self.limits.of(path)))
            if isinstance(large, Source) and worth(large):
                known = self._texts[path] = large
            elif known is None and isinstance(large, Unreadable):
                known = self._keep(path, large)  # no smaller limit is why
        return known or self._keep(path, self._text(path, self.limits.of(path)))

    def _keep(self, path: str, text: Source | Unreadable) -> Source | Unreadable:
        self._texts[path] = text
        if isinstance(text, Unreadable):
            self._tell(text)
        return text

    def _text(self, path: str, limit: int) -> Source | Unreadable:
        data = self._bytes(path, limit)
        return decode(path, data) if isinstance(data, bytes) else data

    def _tell(self, unreadable: Unreadable) -> None:
        """Tell of what cannot be read, unless nothing is there."""
        absolute = self.places.absolute(unreadable.path)
        # Whether something lies outside is not asked.
        if not self.places.within.names(absolute) or asking.lexists(absolute):
            self.places.miss(unreadable.path, unreadable.reason)

    def _bytes(self, path: str, limit: int) -> bytes | Unreadable:
        absolute = self.places.absolute(path)
        if not self.places.inside(path):
            return Unreadable(path, self.places.why_not_inside(path))
        try:
            return opening.read(absolute, limit)
        except ReadError as error:
            if asking.is_link(absolute) and not asking.exists(absolute):
                return Unreadable(path, LEADS_NOWHERE)
            return Unreadable(path, str(error))

    def mentions(self, path: str, words: tuple[bytes, ...]) -> bool:
        """Whether the bytes of a file hold one of some words: a filter before parsing."""
        path = posixpath.normpath(path)
        known = self._texts.get(path)
        if known is not None:
            return isinstance(known, Source) and any(
                word.decode("utf-8", "surrogatepass") in known.text for word in words
            )
        data = self._seen.get(path)
        if data is None:
            data = self._bytes(path, self.limits.of(path))
        if isinstance(data, Unreadable):
            self._seen.keep(path, data)
            return self._begins_with(path, words, data)
        held = any(word in data for word in words)
        # What holds the words is read next, and Python sooner or later: it is not fetched again.
        text = decode(path, data) if held or path.endswith(".py") else None
        if isinstance(text, Source):
            self._texts[path] = text
        else:
            self._seen.keep(path, data)
        return held

    def _begins_with(self, path: str, words: tuple[bytes, ...], why: Unreadable) -> bool:
        """Whether a file that is too large begins like one that holds the words."""
        try:
            inside = self.places.inside(path)
            data = opening.beginning(self.places.absolute(path), BEGINNING) if inside else b""
        except ReadError:
            self._tell(why)
            return False
        return any(word in data for word in words)
