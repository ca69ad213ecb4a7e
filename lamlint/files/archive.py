"""The directory of a zip archive; nothing is unpacked."""

from __future__ import annotations

from typing import BinaryIO

from lamlint.files import asking
from lamlint.files.opening import MEGABYTE, ReadError, regular
from lamlint.text import Entry
from lamlint.text.dataclass import dataclass

MEMBERS = "members"
"""What is asked of an archive."""
LARGEST_DIRECTORY = 8 * MEGABYTE
"""Some sixty thousand files, which is more than a package has that Lambda takes."""


def members(absolute: str) -> tuple[Entry, ...]:
    """The names and unpacked sizes of an archive's files. Raises ReadError."""
    import struct
    import zipfile

    with regular(absolute) as file:
        try:
            with zipfile.ZipFile(_Frugal(file)) as archive:
                found = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error):
            raise ReadError("it is no zip archive") from None
    files = (each for each in found if each.filename and not each.filename.endswith("/"))
    entries = tuple(Entry(each.filename, each.file_size) for each in files)
    asking.given(absolute, MEMBERS, repr(entries).encode("utf-8", "surrogatepass"))
    return entries


@dataclass(frozen=True)
class _Frugal:
    """An archive of any size, of which only a directory of bounded size can be read."""

    file: BinaryIO

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        return self.file.tell()

    def read(self, size: int = -1, /) -> bytes:
        most = LARGEST_DIRECTORY + 1
        data = self.file.read(most if size < 0 else min(size, most))
        if len(data) == most:
            raise ReadError("its directory is larger than that of any package")
        return data
