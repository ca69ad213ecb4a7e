"""What is outside of a range, how it is told, and the nearest amount that can be deployed."""

from __future__ import annotations

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.model import Choice, Origin, Scalar, Slot, Value, out_of_range
from lamlint.text import Finding, Safety, Span
from tests.checking import TODAY
from tests.memory import MemoryTree

QUOTAS = Catalog().quotas
PLACE = Span("template.yaml", 10, 14)
TEMPLATE = "Resources: {Fn: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13}}}"
(FUNCTION,) = project.build(MemoryTree({"template.yaml": TEMPLATE}), (), Catalog(), TODAY).functions


def value(*written: Scalar, origin: Origin = Origin.WRITTEN) -> Value[Scalar]:
    choices = (Choice(one, PLACE, origin, Slot(PLACE, str)) for one in written)
    return Value(tuple(choices), PLACE)


def told(name: str, *written: Scalar, only_lowered: bool = False) -> Finding | None:
    quota = QUOTAS[name]
    found = list(out_of_range(FUNCTION, value(*written), quota, only_lowered=only_lowered))
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ((1,), False),
        ((900, "900"), False),
        ((901,), True),
        ((0, 1000), True),
        ((1.5,), True),
        (("90x",), True),
        (("10 s",), True),
        (("5 minutes",), True),
        (("1,000",), True),
        (("1.5 h",), True),
        (("-5 min.",), True),
        (("PT5M",), True),
        (("P1DT2H",), True),
        (("abc",), True),
        (("five minutes",), True),
        (("Max",), True),
        (("900 ",), False),
        (("P",), False),
        (("PT",), False),
        (("T5M",), False),
        (("TIMEOUT",), False),
        (("timeout",), False),
        (("change-me",), False),
        (("changeme",), False),
        (("your timeout here",), False),
        (("lambda_timeout",), False),
        (("${Timeout}",), False),
        (("{{resolve:ssm:/timeout}}",), False),
        (("__SECONDS__",), False),
        (("<seconds>",), False),
        (("@@t@@",), False),
        (("10 ${unit}",), False),
        (("",), False),
        (("{{ seconds }}",), False),
        ((901, 30), False),
        ((True,), True),
        ((), False),
    ],
)
def test_a_value_is_outside_when_each_of_its_choices_is(
    written: tuple[Scalar, ...], expected: bool
) -> None:
    assert value(*written).outside(QUOTAS["timeout"].function) is expected


@pytest.mark.parametrize(
    ("name", "written", "message"),
    [
        ("timeout", (1800,), "is 1,800 seconds, so the deployment fails: set a whole number of"),
        ("timeout", (1800,), "seconds from 1 to 900"),
        ("memory", (64, 20480), "the memory is 64 MB or 20,480 MB, so the deployment fails"),
        ("memory", (True,), "the memory is true, so"),
        ("async-retries", (5,), "the number of retries is 5, so the deployment fails: set a whole"),
        ("async-retries", ("3x",), "the number of retries is '3x', so"),
        ("async-age", (30,), "the age of events is 30 seconds, so the deployment fails: set"),
        ("async-age", (30,), "from 60 to 21,600"),
    ],
)
def test_the_message_says_what_is_and_what_may_be(
    name: str, written: tuple[Scalar, ...], message: str
) -> None:
    found = told(name, *written)
    assert found is not None
    assert message in found.message


@pytest.mark.parametrize(
    ("name", "written", "title", "text"),
    [
        ("memory", (64,), "Set the memory to 128 MB", "128"),
        ("memory", (12288, 20480), "Set the memory to 10,240 MB", "10240"),
        ("memory", (600.4,), "Set the memory to 600 MB", "600"),
        ("async-retries", (-1,), "Set the number of retries to 0", "0"),
        ("memory", (64, 20480), None, None),
        ("memory", ("64x",), None, None),
    ],
)
def test_the_fix_is_the_nearest_amount_where_there_is_one(
    name: str, written: tuple[Scalar, ...], title: str | None, text: str | None
) -> None:
    found = told(name, *written)
    assert found is not None
    fix = found.fix
    made = (fix.title, fix.edits[0].text) if fix is not None else (None, None)
    assert made == (title, text)


@pytest.mark.parametrize("written", [0, 29.5])
def test_what_is_only_lowered_has_no_fix_below_the_end(written: float) -> None:
    too_small = told("timeout", written, only_lowered=True)
    too_large = told("timeout", 1000, only_lowered=True)
    assert too_small is not None
    assert too_small.fix is None
    assert too_large is not None
    assert too_large.fix is not None


def test_what_is_inherited_is_changed_for_all_and_so_unsafe() -> None:
    quota = QUOTAS["memory"]
    (found,) = out_of_range(FUNCTION, value(64, origin=Origin.INHERITED), quota)
    assert found.fix is not None
    assert found.fix.safety is Safety.UNSAFE
