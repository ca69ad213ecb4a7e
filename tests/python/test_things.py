"""What an expression may be: things that are compared and looked up by the thousand."""

from __future__ import annotations

from lamlint.python.module import cst
from lamlint.python.module.module import Module
from lamlint.python.values.objects import Frame, Instance
from lamlint.text import Source
from tests.counting import work

MODULE = Module(Source("app.py", "made()\n"), "app")
CALL = next(iter(MODULE.nodes(cst.Call)))


def chained(calls: int) -> Instance:
    """What `made().next().next()` gives; each time it is asked for, it is made anew."""
    frame = Frame(MODULE, MODULE.tree, None)
    made = Instance("made", CALL, MODULE, frame)
    for _ in range(calls):
        made = Instance(f"{made.constructor}.next", CALL, MODULE, frame, made)
    return made


def test_looking_up_what_a_long_chain_of_calls_made_goes_through_none_of_it() -> None:
    long, short = chained(100), chained(1)
    assert work(lambda: hash(long)) == work(lambda: hash(short))


def test_equal_things_are_one() -> None:
    frame = Frame(MODULE, MODULE.tree, None)
    first, same = (Instance("made", CALL, MODULE, frame) for _ in range(2))
    other = Instance("made", CALL, MODULE, frame, first)
    assert {first, same, other} == {first, other}
    assert len({first, same, other}) == 2
