"""Values that grow with each line end at a greatest length, and are unknown beyond."""

from __future__ import annotations

import pytest

from lamlint.model.parts import Literal, Parts, Variable
from lamlint.python.values.alternatives import Text, joined, literal, taken
from tests.counting import work
from tests.python.handlers import handler, only

LONGEST = 4_096

DOUBLING = {
    "sums": "a{n} = a{m} + a{m}",
    "f-strings": "a{n} = f'{{a{m}}}{{a{m}}}'",
    "f-strings with text": "a{n} = f'x{{a{m}}}-{{a{m}}}y'",
    "percent": "a{n} = '%s%s' % (a{m}, a{m})",
    "format": "a{n} = '{{}}{{}}'.format(a{m}, a{m})",
    "named fields": "a{n} = '{{x}}{{x}}'.format(x=a{m})",
    "join": "a{n} = ''.join([a{m}, a{m}])",
    "join of a tuple": "a{n} = '-'.join((a{m}, a{m}))",
    "paths": "a{n} = os.path.join(a{m}, a{m})",
    "slashes": "a{n} = a{m} / a{m}",
    "joinpath": "a{n} = a{m}.joinpath(a{m})",
    "results": "def f{n}(): return a{m} + a{m}\na{n} = f{n}()",
    "lambdas": "f{n} = lambda x: x + x\na{n} = f{n}(a{m})",
    "choices": "a{n} = a{m} + a{m} if event else a{m}",
    "fields": "class C{n}:\n    x = a{m} + a{m}\na{n} = C{n}.x",
    "items": "d{n} = {{'x': a{m} + a{m}}}\na{n} = d{n}['x']",
}


def used(start: str, line: str, count: int = 14) -> Text:
    """What the last of some lines that use the one before makes of a value."""
    lines = "\n".join(line.format(n=n, m=n - 1) for n in range(1, count + 1))
    found = handler(
        f"import os, boto3\na0 = {start}\n{lines}\n"
        f"def handler(event, context):\n    boto3.client(a{count})\n"
    )
    call = only(found, "boto3.client")
    return found.value(call, call.node.args[0].value)


def size(parts: Parts) -> int:
    return sum(len(one.text) if isinstance(one, Literal) else 1 for one in parts)


@pytest.mark.parametrize("line", DOUBLING.values(), ids=DOUBLING)
@pytest.mark.parametrize("start", ["'xyxyxyxyxy'", "os.environ['A']", "f\"x-{os.environ['A']}\""])
def test_what_doubles_is_unknown_beyond_a_length(line: str, start: str) -> None:
    found = used(start, line)
    assert all(size(choice) <= LONGEST for choice in found.choices)
    assert found.literal is None


@pytest.mark.parametrize("line", ["a{n} = a{m} + a{m}", "a{n} = ''.join([a{m}, a{m}])"])
def test_what_does_not_grow_far_is_known(line: str) -> None:
    assert used("'xy'", line, count=5).literal == "xy" * 32
    assert used("'xy'", "a{n} = a{m} + 'z'", count=30).literal == "xy" + "z" * 30


def test_joining_ends_at_the_greatest_length() -> None:
    half = literal("x" * (LONGEST // 2))
    assert joined([half, half]).literal == "x" * LONGEST
    assert not joined([half, half, literal("y")]).known
    variables = taken(Variable("A"))
    assert joined([variables] * LONGEST).known
    assert not joined([variables] * (LONGEST + 1)).known
    assert not literal("x" * (LONGEST + 1)).known


def test_choices_are_counted_before_they_are_made() -> None:
    two = Text((*literal("a").choices, *literal("b").choices))
    assert len(joined([two] * 3).choices) == 8
    assert not joined([two] * 100_000).known


def test_functions_that_are_given_each_other_ahead_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A partial is compared with all that it is given; each line doubles that."""
    from lamlint.python.values import objects as things

    compared = 0
    compare = things.Routine.__hash__

    def counted(routine: things.Routine) -> int:
        nonlocal compared
        compared += 1
        return compare(routine)

    monkeypatch.setattr(things.Routine, "__hash__", counted)
    lines = "\n".join(f"a{n} = partial(a0, a{n - 1}, a{n - 1})" for n in range(1, 41))
    found = handler(
        "from functools import partial\nimport boto3\ndef a0(*given): boto3.client('s3')\n"
        f"{lines}\ndef handler(event, context):\n    a40()\n    a2()\n"
    )
    assert only(found, "boto3.client").frames
    assert compared < 100_000


def walking(times: int) -> int:
    """The work of a handler whose event is walked through by a function that calls itself."""
    branches = "".join(
        f"    if isinstance(x, T{n}):\n        return [walk(one) for one in x]\n"
        for n in range(times)
    )
    text = (
        f"import boto3\ndef walk(x):\n{branches}    return x\n"
        "def handler(event, context):\n    for one in walk(walk([[event]])):\n        one.run()\n"
        "    boto3.client('s3')\n"
    )
    return work(lambda: only(handler(text), "boto3.client"))


def test_a_function_that_calls_itself_is_not_followed_for_all_ways_through_it() -> None:
    """Four times in each call, that is a thousand ways in five calls."""
    walking(1)
    once, fourfold = walking(1), walking(4)
    assert fourfold < 6 * once, (once, fourfold)


def test_what_a_function_that_calls_itself_gives_is_known() -> None:
    found = handler(
        "import boto3\ndef make(n):\n    if n:\n        return make(n - 1)\n"
        "    return boto3.client('s3')\n"
        "def handler(event, context):\n    make(5).list_buckets()\n"
    )
    assert only(found, "boto3.client.list_buckets").service == "s3"
