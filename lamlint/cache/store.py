"""The files of the cache: written whole, under a seal that needs the user's key, and bounded."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from functools import cached_property
from hashlib import blake2b
from typing import TypeAlias

from lamlint.cache import own
from lamlint.cache.disk import make_folder, read, write
from lamlint.cache.place import private
from lamlint.text.dataclass import dataclass

Data: TypeAlias = "dict[str, object]"

FORMAT = "1"
"""The folder of what is written as it is today; it changes with the form of any file."""
MOST_ENTRIES = 400
MOST_BYTES = 400_000_000
LARGEST = 80_000_000
"""An answer that is larger is not kept."""
_KEY_BYTES = 32
_SEAL = 64
_ATTEMPTS = 3


@dataclass(frozen=True)
class Store:
    """The cache in a folder. What cannot be read or written is as if it were not there."""

    folder: str

    @property
    def _own(self) -> str:
        return os.path.join(self.folder, FORMAT)

    @cached_property
    def key(self) -> bytes:
        """The user's secret, by which digests tell nobody else anything; empty without a cache."""
        with contextlib.suppress(OSError):
            if not self.hindrance:
                return self._kept_key() or self._new_key()
        return b""

    def _kept_key(self) -> bytes:
        """The key as it was written; empty where something else is in its place."""
        try:
            key = read(os.path.join(self._own, own.KEY))
        except OSError:
            return b""
        return key if len(key) == _KEY_BYTES else b""

    def _new_key(self) -> bytes:
        write(os.path.join(self._own, own.KEY), os.urandom(_KEY_BYTES))
        return self._kept_key()  # of two runs that begin at once, the last one's

    @cached_property
    def hindrance(self) -> str:
        """Make the folders of the cache; why there are none that are the user's and lamlint's."""
        try:
            os.makedirs(self.folder, mode=0o700, exist_ok=True)
            if why := private(os.path.realpath(self.folder)):
                return why
            with contextlib.suppress(FileExistsError):
                os.mkdir(self._own, mode=0o700)
            if why := private(self._own):
                return f"of {FORMAT} in it, {why}"
            if not own.is_marked(self._own):
                if not own.may_be_marked(self._own):
                    return f"{FORMAT} in it is a folder of something else"
                write(os.path.join(self._own, own.MARK), own.MARK_TEXT)
        except OSError:
            return "it cannot be written"
        return ""

    def get(self, kind: str, name: str) -> Data | None:
        """What is kept under a name; None where that is nothing, or is damaged."""
        file = self._file(kind, name)
        try:
            data = read(file)
            seal, found = data[:_SEAL], data[_SEAL:]
            if self._seal(kind, name, found) != seal:
                return None
            document = json.loads(found)
        except (OSError, ValueError, RecursionError):
            return None
        with contextlib.suppress(OSError):
            os.utime(file)  # what is used is kept longest
        return document if isinstance(document, dict) else None

    def put(self, kind: str, name: str, document: Data) -> None:
        """Keep something, in place of what was kept under the name."""
        data = json.dumps(document, ensure_ascii=True, separators=(",", ":")).encode()
        if len(data) > LARGEST:
            return
        with contextlib.suppress(OSError):
            self._write(kind, name, self._seal(kind, name, data) + data)
            self._bound()

    def _write(self, kind: str, name: str, data: bytes) -> None:
        """Write an entry, and its folder, which another run may remove while it is empty."""
        for _ in range(_ATTEMPTS):
            with contextlib.suppress(FileNotFoundError):
                make_folder(os.path.join(self._own, kind))
                return write(self._file(kind, name), data)
        return None

    def name(self, *parts: object) -> str:
        """The name for what depends on some parts; nobody without the key can tell them."""
        text = json.dumps(parts, ensure_ascii=True, sort_keys=True)
        return blake2b(text.encode(), digest_size=20, key=self.key).hexdigest()

    def _file(self, kind: str, name: str) -> str:
        return os.path.join(self._own, kind, name)

    def _seal(self, kind: str, name: str, data: bytes) -> bytes:
        seal = blake2b(f"{FORMAT} {kind} {name}\n".encode(), digest_size=_SEAL // 2, key=self.key)
        seal.update(data)
        return seal.hexdigest().encode()

    def _bound(self) -> None:
        """Remove what was not used for longest, where there is too much, and empty folders."""
        found = sorted(self._entries(), reverse=True)
        room = MOST_BYTES
        for number, (_, size, file) in enumerate(found):
            room -= size
            if number >= MOST_ENTRIES or room < 0:
                with contextlib.suppress(OSError):
                    os.remove(file)
        for kind in self._kinds():
            with contextlib.suppress(OSError):
                os.rmdir(kind)  # which fails where it holds something

    def _entries(self) -> Iterator[tuple[int, int, str]]:
        """All that is kept: when it was last used, its size and its file."""
        for kind in self._kinds():
            with contextlib.suppress(OSError), os.scandir(kind) as entries:
                for entry in filter(own.is_entry, entries):
                    status = entry.stat(follow_symlinks=False)
                    yield status.st_mtime_ns, status.st_size, entry.path

    def _kinds(self) -> list[str]:
        """The folders of what is kept."""
        with contextlib.suppress(OSError), os.scandir(self._own) as kinds:
            return [kind.path for kind in kinds if own.is_kind(kind)]
        return []
