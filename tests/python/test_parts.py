"""The parts of a string that the code puts together, and where each of them stands."""

from __future__ import annotations

import pytest

from lamlint.model.parts import Literal, Part, Symbol
from lamlint.python import Handler
from lamlint.text import Source
from tests.python.handlers import handler, only


def parts(expression: str) -> list[tuple[Part, str]]:
    """The parts of the one choice that an expression is, each with what stands at its place."""
    found = handler(
        "import os, lib, conf\nA = 'a'\ndef same(x):\n    return x\n"
        f"def handler(event, context):\n    lib.call({expression})\n",
        conf="NAME = 'from conf'\n",
    )
    (choice,) = only(found, "lib.call").text(place=0).choices
    return [(part, at(found, part)) for part in choice]


def at(found: Handler, part: Part) -> str:
    """What stands in the code at the place of a part."""
    assert part.place is not None
    span = part.place.span
    source = found.codebase.tree.read(span.path)
    assert isinstance(source, Source)
    return source.text[span.start : span.end]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("'a'", [("a", "'a'")]),
        ("A", [("a", "'a'")]),
        ("same('z')", [("z", "'z'")]),
        ("conf.NAME", [("from conf", "'from conf'")]),
        ("'a' + 'b'", [("ab", "'a' + 'b'")]),
        ("f'x-{event[0]}-y'", [("x-", "x-"), ("event[*]", "event[0]"), ("-y", "-y")]),
        ("f'x-{A}'", [("x-a", "f'x-{A}'")]),
        ("'x-' + os.environ['N']", [("x-", "'x-'"), ('os.environ["N"]', "os.environ['N']")]),
        ("os.getenv('N', 'd')", [('os.environ["N"]', "os.getenv('N', 'd')")]),
        ("context.function_name", [("context.function_name", "context.function_name")]),
        ("f'x{lib.made()}'", [("x", "x"), ("…", "lib.made()")]),
        ("'%s-%s' % (lib.made(), A)",
         [("…", "lib.made()"), ("-a", "'%s-%s' % (lib.made(), A)")]),
    ],
)  # fmt: skip
def test_each_part_stands_where_it_is_written(
    expression: str, expected: list[tuple[str, str]]
) -> None:
    assert [(part.text, place) for part, place in parts(expression)] == expected


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("os.environ['N']", "it comes from the environment"),
        ("event['name']", "it comes with the event"),
        ("context.aws_request_id", "it comes with the invocation"),
        ("lib.made()", "it is computed when the code runs"),
        ("A * len(event)", "it is computed when the code runs"),
    ],
)
def test_a_part_that_is_not_known_says_why(expression: str, reason: str) -> None:
    ((part, _),) = parts(expression)
    assert isinstance(part, Symbol)
    assert part.reason == reason


def test_the_same_parts_are_equal_wherever_they_stand() -> None:
    ((one, _),) = parts("event['a']")
    ((other, _),) = parts("event.get('a')")
    assert one == other
    assert len({one, other}) == 1
    assert Literal("a") in {part for part, _ in parts("'a'")}
