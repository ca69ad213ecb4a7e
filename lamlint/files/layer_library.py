"""What of a layer's own library folder was installed there, and what the project wrote."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator

from lamlint.text import Source, Unreadable
from lamlint.text.regex import Regex

_OF_A_LAYER = Regex(r"(?:^|/)python/lib/python3\.\d{1,3}/site-packages\Z")
_METADATA = (".dist-info", ".egg-info")
_SEPARATOR = Regex(r"[-_.]+")


def is_layer_library(folder: str) -> bool:
    """Whether a folder is one that Lambda imports from in a layer, by its shape."""
    return _OF_A_LAYER.search(folder) is not None


def installed(
    folder: str, names: Iterable[str], read: Callable[[str], Source | Unreadable]
) -> frozenset[str]:
    """Which of the names that lie in a folder belong to distributions installed there.

    Their metadata tell, by what they are called and what they list.
    """
    named = tuple(names)
    about = [name for name in named if name.endswith(_METADATA)]
    if not about:
        return frozenset()
    owned: set[str] = set()
    for metadata in about:
        owned.add(_spelled(metadata.rpartition(".")[0].partition("-")[0]))
        owned.update(map(_spelled, _listed(read(posixpath.join(folder, metadata, "RECORD")))))
    return frozenset(
        name
        for name in named
        if name.endswith(_METADATA) or _spelled(name.removesuffix(".py")) in owned
    )


def _listed(record: Source | Unreadable) -> Iterator[str]:
    """The first names of the paths that a record lists."""
    if isinstance(record, Source):
        for line in record.text.splitlines():
            yield line.partition("/")[0].partition(",")[0].removesuffix(".py")


def _spelled(name: str) -> str:
    return _SEPARATOR.sub("_", name).lower()
