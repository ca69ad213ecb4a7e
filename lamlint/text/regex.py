"""Regular expressions as constants of modules: compiled when they are first used.

Most runs use few of them, and to compile all takes longer than to read a small project.
Each is an instance of `Regex` at the top of a module, so that a test finds them all and
measures that none takes more than linear time, whatever text it is given.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from typing import AnyStr, Generic

_NONE = re.RegexFlag(0)


class Regex(Generic[AnyStr]):
    """A regular expression and its flags, with the methods of a compiled one."""

    __slots__ = ("_compiled", "flags", "text")

    def __init__(self, text: AnyStr, flags: re.RegexFlag = _NONE) -> None:
        self.text: AnyStr = text
        self.flags = flags
        self._compiled: re.Pattern[AnyStr] | None = None

    def __repr__(self) -> str:
        return f"Regex({self.text!r}, {self.flags!r})"

    @property
    def compiled(self) -> re.Pattern[AnyStr]:
        """The expression as the standard library has it; the same one each time."""
        if self._compiled is None:
            self._compiled = re.compile(self.text, self.flags)
        return self._compiled

    def match(
        self, text: AnyStr, start: int = 0, end: int = sys.maxsize
    ) -> re.Match[AnyStr] | None:
        """The match that begins at `start`."""
        return self.compiled.match(text, start, end)

    def fullmatch(
        self, text: AnyStr, start: int = 0, end: int = sys.maxsize
    ) -> re.Match[AnyStr] | None:
        """The match of all that lies between `start` and `end`."""
        return self.compiled.fullmatch(text, start, end)

    def search(
        self, text: AnyStr, start: int = 0, end: int = sys.maxsize
    ) -> re.Match[AnyStr] | None:
        """The first match."""
        return self.compiled.search(text, start, end)

    def finditer(
        self, text: AnyStr, start: int = 0, end: int = sys.maxsize
    ) -> Iterator[re.Match[AnyStr]]:
        """All matches, in the order of the text."""
        return self.compiled.finditer(text, start, end)

    def findall(self, text: AnyStr) -> list[AnyStr]:
        """What matches, or the group in it; never for several groups."""
        return self.compiled.findall(text)

    def split(self, text: AnyStr, maxsplit: int = 0) -> list[AnyStr]:
        """The parts between the matches; what a group holds lies between them."""
        return self.compiled.split(text, maxsplit)

    def sub(self, new: AnyStr | Callable[[re.Match[AnyStr]], AnyStr], text: AnyStr) -> AnyStr:
        """The text with every match replaced."""
        return self.compiled.sub(new, text)
