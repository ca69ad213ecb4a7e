"""What tests give to code that takes secrets out of a text, and defaults of options for trying."""

from __future__ import annotations

import pytest

from tests.secrets.in_code import findings

PATH = "tests/test_log.py"
URL = "mysql://app:kT7vQ2xw@db.example.org:3306/shop"
ABSENT = ['assert "kT7vQ2xw" not in out', 'self.assertNotIn("kT7vQ2xw", out)']


def body(*lines: str) -> str:
    return "def test_it(self):\n" + "".join(f"    {line}\n" for line in lines)


@pytest.mark.parametrize("absent", ABSENT)
@pytest.mark.parametrize("given", [URL, "password=kT7vQ2xw"])
def test_what_is_to_be_redacted_is_silent(given: str, absent: str) -> None:
    assert not findings(body(f'out = clean("{given}")', absent), PATH)


@pytest.mark.parametrize(
    "lines",
    [
        [f'out = clean("{URL}")'],
        [f'out = clean("{URL}")', 'assert "other" not in out'],
        [f'out = clean("{URL}")', 'assert "kT7vQ2xw" in out'],
        [f'out = clean("{URL.replace("example.org", "shop.io")}")', ABSENT[0]],
    ],
)
def test_the_rest_is_told(lines: list[str]) -> None:
    assert findings(body(*lines), PATH)


def test_so_it_is_outside_of_tests_and_in_another_function() -> None:
    assert findings(body(f'out = clean("{URL}")', ABSENT[0]), "app.py")
    other = body(ABSENT[0]).replace("test_it", "test_other")
    assert findings(body(f'out = clean("{URL}")') + other, PATH)


def options(host: str, name: str = "graph-uri", given: str = "password123") -> str:
    return (
        f'parser.add_argument("--{name}", default="{host}")\n'
        f'parser.add_argument("--graph-pass", default="{given}")\n'
    )


@pytest.mark.parametrize("host", ["bolt://localhost:7687", "127.0.0.1", "redis"])
def test_a_word_beside_the_option_of_a_host_on_this_machine_is_silent(host: str) -> None:
    assert not findings(options(host))


@pytest.mark.parametrize(
    "code",
    [
        options("bolt://graph.shop.io:7687"),
        options("bolt://localhost:7687", name="other-uri"),
        options("bolt://localhost:7687").replace("parser", "other", 1),
        options("bolt://localhost:7687", given="kT7-vQ2xw!9"),
        options("bolt://localhost:7687") + 'x.y("--graph-pass", password="kT7-vQ2xw!9")\n',
    ],
)
def test_other_options_are_told(code: str) -> None:
    assert findings(code)
