"""GitHub's line hash against a slow implementation written from its description."""

import pytest

from lamlint.report.line_hash import LineHashes, line_hashes
from lamlint.text import Source, Unreadable


def described(text: str) -> list[str]:
    """The sum as documented, one line at a time, in plain integers."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    counted: dict[str, int] = {}
    hashes = []
    for number in range(len(lines)):
        rest = "\n".join(lines[number:]).replace(" ", "").replace("\t", "")
        data = rest.encode("utf-16-be")
        units = [256 * high + low for high, low in zip(data[::2], data[1::2], strict=True)]
        units = [*units, 0xFFFF, *[0] * 100][:100]
        total = sum(unit * 37 ** (99 - place) for place, unit in enumerate(units)) % 2**64
        name = format(total, "x")
        counted[name] = counted.get(name, 0) + 1
        hashes.append(f"{name}:{counted[name]}")
    return hashes


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one line",
        " a\nb\n  \t\tc\n d",
        "a\r\nb\rc\n",
        "\n\n\n",
        "x = 1\n" * 400,
        "naïve = '漢字 😀'\n" * 30,
        "\n".join(f"value_{number} = {number * 7919}" for number in range(200)),
    ],
)
def test_equals_the_description(text: str) -> None:
    assert line_hashes(text) == described(text)


def test_equals_what_upload_sarif_gives() -> None:
    assert line_hashes("") == ["c129715d7a2bc9a3:1"]
    assert line_hashes(" a\nb\n  \t\tc\n d") == [
        "271789c17abda88f:1",
        "54703d4cd895b18:1",
        "180aee12dab6264:1",
        "a23a3dc5e078b07b:1",
    ]


def test_a_byte_order_mark_counts_for_the_first_line_only() -> None:
    marked = LineHashes(lambda path: Source(path, "a\nb\n", bom=True))
    assert marked.of("x", 1) == line_hashes("\ufeffa\nb\n")[0]
    assert marked.of("x", 2) == line_hashes("a\nb\n")[1]


def test_a_file_that_is_no_text_has_no_hash() -> None:
    assert LineHashes(lambda path: Unreadable(path, "it is binary")).of("x", 1) is None
