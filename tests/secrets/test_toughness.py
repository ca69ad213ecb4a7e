"""Texts that are not meant to be read at all do not keep anybody waiting."""

from __future__ import annotations

import time

import pytest

from lamlint.secrets import mask
from lamlint.secrets.code.hints import worth_parsing
from lamlint.secrets.files import stored
from lamlint.secrets.places import Kind
from lamlint.text import Source

LENGTH = 20_000
ENOUGH = 2.0
"""Seconds of this process; what grows with the square of a length takes many times that."""


@pytest.mark.parametrize(
    "unit",
    [
        "password", "pw_", "token,", ":=", "'\"", 'password="', 'token == "', "token=x else ",
        "authorization: ", "eyJ", "http://a:", "://", 'x="a" ', '"a" ', "key=", "ENV A=b \\\n",
        "connect(a,", "server=a;", '"token", default=', '{"token":"x","a":1},', "keys: [(",
        "-----BEGIN PRIVATE KEY-----", "identified by ", "0123456789abcdef", "jdbc:a?a=b&",
    ],
)  # fmt: skip
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    text = unit * (LENGTH // len(unit))
    started = time.process_time()
    mask(text)
    worth_parsing(text)
    for kind in Kind:
        list(stored(Source("x", text), kind))
    assert time.process_time() - started < ENOUGH
