"""Texts that are not meant to be read at all do not keep anybody waiting."""

from __future__ import annotations

import pytest

from lamlint.secrets import mask
from lamlint.secrets.code.hints import worth_parsing
from lamlint.secrets.files import stored
from lamlint.secrets.places import Kind
from lamlint.text import Source
from tests.counting import assert_grows_with_it

LENGTHS = (5_000, 10_000, 20_000)


@pytest.mark.parametrize(
    "unit",
    [
        "password", "pw_", "token,", ":=", "'\"", 'password="', 'token == "', "token=x else ",
        "authorization: ", "eyJ", "http://a:", "://", 'x="a" ', '"a" ', "key=", "ENV A=b \\\n",
        "connect(a,", "server=a;", '"token", default=', '{"token":"x","a":1},', "keys: [(",
        "-----BEGIN PRIVATE KEY-----", "identified by ", "0123456789abcdef", "jdbc:a?a=b&",
    ],
)  # fmt: skip
def test_work_grows_no_faster_than_the_text(unit: str) -> None:
    texts = [unit * (length // len(unit)) for length in LENGTHS]
    assert_grows_with_it(*(lambda text=text: look(text) for text in texts))


def look(text: str) -> None:
    mask(text)
    worth_parsing(Source("x", text))
    for kind in Kind:
        list(stored(Source("x", text), kind))
