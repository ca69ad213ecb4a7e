"""Small projects in memory, and the package of their one function."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from lamlint.catalog import Catalog
from lamlint.packages import Measurement
from lamlint.project import Project, build
from lamlint.text import Entry
from tests.memory import MemoryTree

MEGABYTE = 1024**2
TEMPLATE = """\
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      Runtime: python3.12
"""


@dataclass(frozen=True, eq=False)
class SizedTree(MemoryTree):
    """A project in memory in which some files are as large as the test says."""

    sizes: Mapping[str, int] = field(default_factory=dict)

    def contents(self, folder: str, skip: Iterable[str] = ()) -> Iterator[Entry]:
        for entry in super().contents(folder, tuple(skip)):
            yield replace(entry, size=self.sizes.get(entry.path, entry.size))


def project(
    files: Mapping[str, str | bytes], sizes: Mapping[str, int] | None = None, target: str = ""
) -> Project:
    """A project with a template like TEMPLATE, if it has no other; what a user asks for in it."""
    everything = {
        "template.yaml": TEMPLATE,
        "src/app.py": "def handler(event, context): ...\n",
        **files,
        **dict.fromkeys(sizes or {}, ""),
    }
    return build(SizedTree(everything, sizes or {}), [target], Catalog(), date(2026, 11, 23))


def measured(
    files: Mapping[str, str | bytes], sizes: Mapping[str, int] | None = None
) -> Measurement | None:
    """The measurement of the first function's package."""
    return project(files, sizes).packages[0].measured


def known(files: Mapping[str, str | bytes], sizes: Mapping[str, int] | None = None) -> Measurement:
    """The same where something is known."""
    found = measured(files, sizes)
    assert found is not None
    return found


def sizes_of(measurement: Measurement) -> dict[str, int]:
    """The parts by title, without the handler's own file."""
    return {part.title: part.size for part in measurement.parts if part.name != "app.py"}


def archive(members: Mapping[str, int]) -> bytes:
    """A zip whose directory says that its members, which are empty, are as large as said."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        for name in members:
            made.writestr(name, b"")
    written = bytearray(data.getvalue())
    at = 0
    for size in members.values():
        at = written.index(b"PK\x01\x02", at) + 4
        struct.pack_into("<I", written, at + 20, size)
    return bytes(written)


def wheel(name: str, tag: str, size: int) -> str:
    """A wheel as lock files write it."""
    return f'{{ url = "https://example.org/{name}-{tag}.whl", size = {size}, hashes = {{}} }}'
