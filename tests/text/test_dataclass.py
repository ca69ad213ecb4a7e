"""Dataclasses are made lightly, and are what the standard library makes."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import operator
import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import FrozenInstanceError, InitVar, field, replace
from functools import cached_property
from types import FunctionType
from typing import Any

import pytest

from lamlint.text import dataclass as light
from tests.repository.checkout import ROOT

Decorator = Callable[..., Callable[[type], type]]
KINDS: tuple[Mapping[str, bool], ...] = (
    {},
    {"eq": False},
    {"repr": False},
    {"frozen": True},
    {"frozen": True, "eq": False},
    {"frozen": True, "order": True},
    {"frozen": True, "slots": True},
    {"frozen": True, "slots": True, "order": True},
    {"frozen": True, "slots": True, "eq": False, "repr": False},
    {"slots": True},
)


def point(decorator: Decorator, options: Mapping[str, bool]) -> type:
    """A class with fields of every kind that a dataclass of lamlint has."""

    @decorator(**options)
    class Point:
        """A place."""

        x: int
        y: int = 0
        names: list[str] = field(default_factory=list, hash=False)
        hidden: str = field(default="", repr=False)
        weight: int = field(default=0, compare=False)
        depth: int = field(default=7, init=False)
        seen: list[str] = field(default_factory=list, init=False, compare=False)

        @property
        def total(self) -> int:
            return self.x + self.y

    return Point


def instances(made: type) -> Iterator[Any]:
    """Alike, and not."""
    yield made(1)
    yield made(x=1, y=0)
    yield made(1, 2)
    yield made(1, 2, ["a"])
    yield made(2, names=["b"], hidden="z", weight=3)
    yield made(1, weight=5)


def told(call: Callable[[], object]) -> str:
    """What comes of a call: a value, or the name of an error."""
    try:
        return repr(call())
    except (TypeError, AttributeError) as error:
        return type(error).__name__


def behaviour(made: type) -> Iterator[object]:
    """All that can be seen of a class and its instances, but where they lie in memory."""
    all_of_it = list(instances(made))
    yield [one.name for one in dataclasses.fields(made)]
    yield getattr(made, "__match_args__", None)
    yield [(one.name, one.annotation) for one in inspect.signature(made).parameters.values()]
    yield [dataclasses.asdict(one) for one in all_of_it]
    yield [one.total for one in all_of_it]
    if "__repr__" in vars(made):
        yield [repr(one) for one in all_of_it]
    for sign in (operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge):
        yield [told(lambda a=a, b=b, s=sign: s(a, b)) for a in all_of_it for b in all_of_it]  # type: ignore[misc]
    yield [told(lambda one=one: one == 3) for one in all_of_it]  # type: ignore[misc]
    yield made.__hash__ is None
    if "__eq__" in vars(made) and made.__hash__ is not None:
        yield [hash(one) for one in all_of_it]
    yield told(lambda: setattr(made(1), "x", 5))
    yield told(lambda: delattr(made(1), "x"))
    yield [dataclasses.asdict(replace(one, x=9)) for one in all_of_it]
    yield [dataclasses.asdict(copy.copy(one)) for one in all_of_it]
    yield told(made)
    yield told(lambda: made(1, 2, [], "", 0, 7))
    yield told(lambda: made(1, other=2))
    yield made(1).names is made(1).names
    yield made(1).seen is made(1).seen


@pytest.mark.parametrize("options", KINDS, ids=str)
def test_a_class_is_what_the_standard_library_makes(options: Mapping[str, bool]) -> None:
    ours, theirs = (point(one, options) for one in (light.dataclass, dataclasses.dataclass))
    for one, other in zip(behaviour(ours), behaviour(theirs), strict=True):
        assert one == other


@light.dataclass(frozen=True, slots=True)
class Sent:
    """What goes to another process."""

    name: str
    places: tuple[int, ...] = ()


@light.dataclass(frozen=True)
class Kept(Sent):  # noqa: PLW1641  it is written for it
    """Inherits fields, and compares itself by its name."""

    kept: bool = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kept) and other.name == self.name


@light.dataclass
class Checked:
    """Looks at what it is given, and takes one thing by its name alone."""

    name: str = field(default="a", kw_only=True)
    place: int

    def __post_init__(self) -> None:
        if self.place < 0:
            raise ValueError(self.place)


@light.dataclass
class More(Checked):
    """Says more, and calls what it inherits."""

    more: int

    def __init__(self, more: int) -> None:
        super().__init__(more + 1, name="b")
        self.more = more


@light.dataclass
class Empty:
    """Has no field."""


def test_instances_can_be_sent() -> None:
    sent = pickle.loads(pickle.dumps(Sent("a", (1, 2))))  # noqa: S301
    assert (sent, hash(sent)) == (Sent("a", (1, 2)), hash(Sent("a", (1, 2))))


def test_fields_are_inherited_and_methods_that_are_there_stay() -> None:
    assert Kept("a", (1,), kept=False) == Kept("a")
    assert Kept("a") != Kept("b")
    assert hash(Kept("a")) == hash(Kept("a"))
    assert repr(Kept("a")) == "Kept(name='a', places=(), kept=True)"
    assert Empty() == Empty()


def test_what_is_made_is_looked_at() -> None:
    assert Checked(1) == Checked(name="a", place=1)
    assert More(1).place == 2
    with pytest.raises(ValueError, match="-1"):
        Checked(-1)


def test_what_is_frozen_says_so() -> None:
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'name'"):
        Sent("a").name = "b"  # type: ignore[misc]


def test_a_class_can_be_matched() -> None:
    match Sent("a", (3,)):
        case Sent(name, (place,)):
            assert (name, place) == ("a", 3)
        case _:
            pytest.fail("the fields are not taken in their order")


def test_a_method_is_written_once_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    plain = light._written

    def noted(made: type, name: str, text: str) -> Any:
        written.append(name)
        return plain(made, name, text)

    monkeypatch.setattr(light, "_written", noted)
    made = point(light.dataclass, {"frozen": True, "slots": True, "order": True})
    assert written == []
    one, other = made(1), made(2)
    assert written == ["__init__"]
    assert one != other
    assert one != other
    assert written == ["__init__", "__eq__"]


def test_a_method_is_written_for_whoever_has_it_alone() -> None:
    made = point(light.dataclass, {"frozen": True})
    init = vars(made)["__init__"]
    assert list(inspect.signature(init.__get__(None, type)).parameters)[:2] == ["self", "x"]
    assert made(1).x == 1


def test_what_is_made_lightly_for_a_library_is_what_it_asked_for() -> None:
    with light.made_lightly(__name__.partition(".")[0]):

        @dataclasses.dataclass(kw_only=True)
        class Named:
            name: str

        @dataclasses.dataclass
        class Given:
            name: str
            key: InitVar[int]

            def __post_init__(self, key: int) -> None:
                self.name = f"{self.name}{key}"

        @dataclasses.dataclass
        class More(Given):
            more: int = 0

    assert Named(name="a").name == "a"
    assert Given("a", 3) == Given("a", key=3)
    assert Given("a", 3).name == More("a", 3).name == "a3"


def test_what_others_load_meanwhile_is_made_as_ever() -> None:
    before = dataclasses.dataclass
    with light.made_lightly("libcst"):

        @dataclasses.dataclass
        class Other:
            name: str

    assert dataclasses.dataclass is before
    assert isinstance(vars(Other)["__init__"], FunctionType), "it is written already"


def test_all_dataclasses_of_lamlint_are_light() -> None:
    heavy = [
        str(file.relative_to(ROOT))
        for file in sorted((ROOT / "lamlint").rglob("*.py"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith("@dataclasses.dataclass")
        or (line.startswith("from dataclasses import") and "dataclass" in line.split()[3:])
    ]
    assert heavy == []


@light.dataclass(frozen=True)
class Counted:
    """Keeps what follows from its fields beside them."""

    name: str
    places: tuple[int, ...] = ()

    @cached_property
    def count(self) -> int:
        return len(self.places)


@light.dataclass(frozen=True, slots=True)
class Deep:
    """Has a field that it is not given."""

    name: str
    places: tuple[int, ...] = ()
    depth: int = field(default=7, init=False)


@pytest.mark.parametrize("kind", [Sent, Counted, Deep])
def test_some_fields_are_replaced(kind: type[Sent | Counted | Deep]) -> None:
    one = kind("a", (1, 2))
    assert light.replace(one, places=()) == kind("a")
    assert one == kind("a", (1, 2))
    with pytest.raises(TypeError, match="other"):
        light.replace(one, other=1)  # type: ignore[call-arg]


def test_what_follows_from_fields_is_worked_out_anew() -> None:
    one = Counted("a", (1, 2))
    assert one.count == 2
    assert light.replace(one, places=()).count == 0
