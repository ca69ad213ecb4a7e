"""Which files of a folder a tool packs."""

from __future__ import annotations

import pytest

from lamlint.model import Packing
from lamlint.packages.entries import packed
from lamlint.text import Entry

FILES = ("app.py", "app.pyc", "chalicelib/a.py", "chalicelib2/b.py", "keys/dev.pem", "x/keys/c.py")


@pytest.mark.parametrize(
    ("packing", "kept"),
    [
        (Packing(), FILES),
        (Packing(("app.py", "chalicelib")), ("app.py", "chalicelib/a.py")),
        (Packing(never=("*.pem",)), tuple(one for one in FILES if not one.endswith(".pem"))),
        (Packing(never=("keys",)), ("app.py", "app.pyc", "chalicelib/a.py", "chalicelib2/b.py")),
        (Packing(("chalicelib",), ("a.*",)), ()),
        (Packing(never=("[",)), FILES),
        (Packing(never=("app.p?",)), tuple(one for one in FILES if one != "app.py")),
        (Packing(patterns=("!**", "chalicelib/**")), ("chalicelib/a.py",)),
        (Packing(patterns=("chalicelib/**", "!**")), ()),
        (Packing(patterns=("!**/*.{pem,pyc}",)), tuple(f for f in FILES if f.endswith(".py"))),
        (Packing(patterns=("!keys",)), FILES),
        (Packing(patterns=("!**", "code/x/**"), start="code"), ("x/keys/c.py",)),
        (Packing(patterns=("!./keys/**", "!x/**")), FILES[:4]),
        (Packing(patterns=("!*.py",)), tuple(f for f in FILES if f != "app.py")),
        (Packing(patterns=("!**/*.py", "x/keys/c.py")), ("app.pyc", "keys/dev.pem", "x/keys/c.py")),
    ],
)
@pytest.mark.parametrize("folder", ["", "code"])
def test_what_is_packed(packing: Packing, kept: tuple[str, ...], folder: str) -> None:
    prefix = f"{folder}/" if folder else ""
    entries = [Entry(prefix + path, 1) for path in FILES]
    assert [one.path for one in packed(entries, folder, packing)] == [prefix + one for one in kept]
