"""The files of the cache: written whole, under a seal that needs the user's key, and bounded."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator
from functools import cached_property
from hashlib import blake2b
from typing import TypeAlias

from lamlint.cache.place import private
from lamlint.text.dataclass import dataclass

Data: TypeAlias = "dict[str, object]"

FORMAT = "1"
"""The folder of what is written as it is today; it changes with the form of any file."""
MOST_ENTRIES = 400
MOST_BYTES = 400_000_000
LARGEST = 80_000_000
"""An answer that is larger is not kept."""
_KEY = "key"
_KEY_BYTES = 32
_SEAL = 64
_TAG = "CACHEDIR.TAG"
_TAG_TEXT = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"  # bford.info/cachedir: backups leave it out
    "# This folder holds what lamlint told before. `lamlint clean` removes it.\n"
)


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
            if self._made():
                return self._kept_key() or self._new_key()
        return b""

    def _kept_key(self) -> bytes:
        with contextlib.suppress(FileNotFoundError):
            key = _bytes(os.path.join(self._own, _KEY))
            return key if len(key) == _KEY_BYTES else b""
        return b""

    def _new_key(self) -> bytes:
        _write(os.path.join(self._own, _KEY), os.urandom(_KEY_BYTES))
        return self._kept_key()  # of two runs that begin at once, the last one's

    def _made(self) -> bool:
        """Make the folders of the cache; whether they are the user's alone."""
        os.makedirs(self.folder, mode=0o700, exist_ok=True)
        if private(os.path.realpath(self.folder)):
            return False
        with contextlib.suppress(FileExistsError):
            os.mkdir(self._own, mode=0o700)
            _write(os.path.join(self.folder, _TAG), _TAG_TEXT.encode())
        return not private(self._own)

    def get(self, kind: str, name: str) -> Data | None:
        """What is kept under a name; None where that is nothing, or is damaged."""
        file = self._file(kind, name)
        try:
            data = _bytes(file)
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
            folder = os.path.join(self._own, kind)
            os.makedirs(folder, mode=0o700, exist_ok=True)
            _write(self._file(kind, name), self._seal(kind, name, data) + data)
            self._bound()

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
        """Remove what was not used for longest, where there is too much."""
        found = sorted(self._entries(), reverse=True)
        room = MOST_BYTES
        for number, (_, size, file) in enumerate(found):
            room -= size
            if number >= MOST_ENTRIES or room < 0:
                with contextlib.suppress(OSError):
                    os.remove(file)

    def _entries(self) -> Iterator[tuple[int, int, str]]:
        """All that is kept: when it was last used, its size and its file."""
        with contextlib.suppress(OSError), os.scandir(self._own) as kinds:
            for kind in kinds:
                if not kind.is_dir(follow_symlinks=False):
                    continue
                with contextlib.suppress(OSError), os.scandir(kind.path) as entries:
                    for entry in entries:
                        status = entry.stat(follow_symlinks=False)
                        yield status.st_mtime_ns, status.st_size, entry.path


def clean(folder: str) -> int:
    """Remove what lamlint of any version keeps in a folder, and nothing else; how many bytes.

    Raises OSError for what cannot be removed.
    """
    freed = 0
    if not _is_ours(folder):
        return freed
    with os.scandir(folder) as entries:
        formats = [one for one in entries if one.name.isdecimal() and not one.is_symlink()]
    for one in formats:
        freed += _removed(one.path)
    os.remove(os.path.join(folder, _TAG))
    with contextlib.suppress(OSError):  # something of somebody else lies there
        os.rmdir(folder)
    return freed


def _is_ours(folder: str) -> bool:
    try:
        return _bytes(os.path.join(folder, _TAG)) == _TAG_TEXT.encode()
    except OSError:
        return False


def _removed(folder: str) -> int:
    """Remove a folder with all that is in it; how many bytes that were."""
    freed = 0
    for inner, folders, files in os.walk(folder, topdown=False):
        for name in files:
            file = os.path.join(inner, name)
            freed += os.lstat(file).st_size
            os.remove(file)
        for name in folders:
            path = os.path.join(inner, name)
            if os.path.islink(path):
                os.remove(path)
            else:
                os.rmdir(path)
    os.rmdir(folder)
    return freed


def _bytes(file: str) -> bytes:
    """What a file holds, no link followed."""
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | _PLAIN)
    with os.fdopen(descriptor, "rb") as opened:
        return opened.read()


_PLAIN = getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


def _write(file: str, data: bytes) -> None:
    """Put a file in its place as a whole, so that no other run sees half of it."""
    staged = f"{file}.{os.getpid()}.{time.monotonic_ns()}"
    descriptor = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(data)
        os.replace(staged, file)
    except OSError:
        with contextlib.suppress(OSError):
            os.remove(staged)
        raise


_BINARY = getattr(os, "O_BINARY", 0)
