"""A project in memory, for tests that need no disk."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from lamlint.text import Entry, Source, Unread, Unreadable
from lamlint.text.decode import decode


@dataclass(frozen=True, eq=False)
class MemoryTree:
    """A Tree over a mapping from paths to texts (or bytes, taken as the file's)."""

    files: Mapping[str, str | bytes]
    unread: set[Unread] = field(default_factory=set, kw_only=True)

    def _bytes(self, path: str) -> bytes | None:
        content = self.files.get(posixpath.normpath(path))
        return content.encode() if isinstance(content, str) else content

    def read(self, path: str, worth: Callable[[Source], bool] | None = None) -> Source | Unreadable:
        del worth  # no text in memory is too large
        data = self._bytes(path)
        if data is None:
            return Unreadable(path, "no such file or directory")
        return decode(posixpath.normpath(path), data)

    def is_file(self, path: str) -> bool:
        return posixpath.normpath(path) in self.files

    def is_folder(self, path: str) -> bool:
        return posixpath.normpath(path) == "." or any(True for _ in self.sources(path))

    def sources(self, folder: str = "") -> Iterator[str]:
        folder = posixpath.normpath(folder) if folder else "."
        prefix = "" if folder == "." else f"{folder}/"
        return (path for path in sorted(self.files) if path.startswith(prefix))

    def contents(self, folder: str, skip: Collection[str] = ()) -> Iterator[Entry]:
        prefix = posixpath.normpath(folder) if folder else "."
        for path in self.sources(folder):
            inner = path if prefix == "." else path.removeprefix(f"{prefix}/")
            if not any(part in skip for part in inner.split("/")[:-1]):
                yield Entry(path, len(self._bytes(path) or b""))

    def archive(self, path: str) -> tuple[Entry, ...] | Unreadable:
        data = self._bytes(path)
        if data is None:
            return Unreadable(path, "no such file or directory")
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                members = archive.infolist()
        except zipfile.BadZipFile:
            return Unreadable(path, "it is no zip archive")
        return tuple(Entry(m.filename, m.file_size) for m in members if not m.is_dir())

    def mentions(self, path: str, words: tuple[bytes, ...]) -> bool:
        data = self._bytes(path) or b""
        return any(word in data for word in words)
