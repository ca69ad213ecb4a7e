"""What code remembers of what it looked up is read once, however many places look something up."""

from __future__ import annotations

import pytest

from tests.counting import grows_no_faster, work
from tests.python.handlers import handler

_SIZES = (5, 10, 20)

REMEMBERING = {
    "a pair": (
        "    if name in KNOWN:\n        act, told = KNOWN[name]\n        return act(name)\n"
        "    act = TABLE[name]\n    KNOWN[name, more] = (act, name)\n    return act(name)\n"
    ),
    "a function": (
        "    act = KNOWN.get((name, more)) or TABLE[name]\n    KNOWN[name, more] = act\n"
        "    return act(name)\n"
    ),
    "a default": (
        "    act, told = KNOWN.setdefault((name, more), (TABLE[name], name))\n"
        "    KNOWN[name, 1] = (act, told)\n    return act(name)\n"
    ),
    "values": (
        "    for act, told in KNOWN.values():\n        if told == name:\n"
        "            return act(name)\n    act = TABLE[name]\n"
        "    KNOWN[name, more] = (act, name)\n    return act(name)\n"
    ),
    "by name": (
        "    if name in KNOWN:\n        act, told = KNOWN[name]\n        return act(name)\n"
        "    act = getattr(importlib.import_module('app'), f'{name}')\n"
        "    KNOWN[name, more] = (act, name)\n    return act(name)\n"
    ),
}


def looking_up(body: str, places: int) -> str:
    """Functions that look each other up by names, by way of one that remembers them."""
    numbers = range(places)
    acts = "".join(f"def a{n}(x):\n    boto3.client('s3')\n    return s{n}()\n" for n in numbers)
    table = ", ".join(f"'a{n}': a{n}" for n in numbers)
    sites = "".join(f"def s{n}():\n    return run('a{n}')\n" for n in numbers)
    calls = "".join(f"    s{n}()\n" for n in numbers)
    return (
        f"import boto3, importlib\n{acts}KNOWN = {{}}\nTABLE = {{{table}}}\n"
        f"def run(name, **more):\n{body}{sites}def handler(event, context):\n{calls}"
    )


def reached(text: str) -> int:
    """How many calls a handler leads to."""
    return sum(1 for _ in handler(text).calls())


@pytest.mark.parametrize("body", REMEMBERING.values(), ids=REMEMBERING)
def test_twice_as_many_places_that_look_up_are_twice_the_work(body: str) -> None:
    reached(looking_up(body, 2))
    counts = [work(lambda n=n: reached(looking_up(body, n))) for n in _SIZES]  # type: ignore[misc]
    assert grows_no_faster(counts), counts


@pytest.mark.parametrize("body", REMEMBERING.values(), ids=REMEMBERING)
def test_all_that_is_remembered_is_found(body: str) -> None:
    found = list(handler(looking_up(body, 8)).calls({"boto3.client"}))
    assert len(found) == 8
