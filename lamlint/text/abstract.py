"""Abstract classes of a library as plain ones, which are asked after ten times as fast.

`isinstance` asks an abstract class by a function of Python, and a tree holds nothing else: a
twentieth of an analysis goes there. Nobody makes an object of such a class by mistake, nor
registers others with it.
"""

from __future__ import annotations

import abc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


class _Abstract:
    """Stands for `ABC` among the bases of classes: nothing for those of one package."""

    def __init__(self, package: str) -> None:
        self._package = package

    def __mro_entries__(self, _bases: tuple[object, ...]) -> tuple[type, ...]:
        """What a class inherits instead, by the module whose code makes it."""
        made_in = str(sys._getframe(1).f_globals.get("__name__", ""))  # noqa: SLF001
        return () if made_in.partition(".")[0] == self._package else (_ABC,)


_ABC = abc.ABC


@contextmanager
def made_plain(package: str) -> Iterator[None]:
    """Let the abstract classes of a library be plain ones, if it is loaded meanwhile.

    Those of others, whom another thread may be loading, are made as ever.
    """
    abc.ABC = _Abstract(package)  # type: ignore[misc,assignment]
    try:
        yield
    finally:
        abc.ABC = _ABC  # type: ignore[misc]
