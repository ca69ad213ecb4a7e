"""Decoding keeps every byte."""

from __future__ import annotations

import codecs

import pytest

from lamlint.text import Source, Unreadable
from lamlint.text.decode import decode


def reason(path: str, data: bytes) -> str:
    found = decode(path, data)
    assert isinstance(found, Unreadable)
    return found.reason


@pytest.mark.parametrize(
    ("path", "data", "encoding"),
    [
        ("a.py", b"x = 'caf\xc3\xa9'\r\n", "utf-8"),
        ("a.py", b"\xef\xbb\xbfx = 1\n", "utf-8"),
        ("a.py", b"# -*- coding: latin-1 -*-\nx = 'caf\xe9'\n", "latin-1"),
        ("a.py", b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '\x80'\n", "cp1252"),
        ("a.py", b"x = 1\n# coding: latin-1\n", "utf-8"),
        ("a.py", b"\n# coding: latin-1\nx = '\xe9'", "latin-1"),
        ("a.yaml", codecs.BOM_UTF16_LE + "Resources: é\n".encode("utf-16-le"), "utf-16-le"),
        ("a.yaml", codecs.BOM_UTF16_BE + "Resources: é\n".encode("utf-16-be"), "utf-16-be"),
        ("a.yaml", codecs.BOM_UTF32_LE + "Resources: é\n".encode("utf-32-le"), "utf-32-le"),
        ("a.yaml", b"", "utf-8"),
    ],
)
def test_the_bytes_come_back(path: str, data: bytes, encoding: str) -> None:
    source = decode(path, data)
    assert isinstance(source, Source)
    assert source.encoding == encoding
    assert source.encode(source.text) == data
    assert not source.text.startswith("\ufeff")


def test_a_template_has_no_coding_cookie() -> None:
    assert reason("a.yaml", b"# coding: latin-1\nx: \xe9\n") == "it is not utf-8 text"


def test_what_is_no_text_is_told() -> None:
    assert reason("a.py", b"\x7fELF\0\0") == "it is a binary file"
    assert reason("a.py", b"x = '\xff'\n") == "it is not utf-8 text"
    assert reason("a.py", b"# coding: klingon\n") == "Python knows no encoding 'klingon'"
    assert reason("a.py", b"# coding: zlib\n") == "Python knows no encoding 'zlib'"
