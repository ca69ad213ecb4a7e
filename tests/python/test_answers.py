"""Each question is asked once, and again only where what it was read from has changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lamlint.python.values.answers import Answers, Memory


class Asked:
    """Questions that call each other, and how often each was answered."""

    def __init__(self, **ways: Callable[[Asked], frozenset[str]]) -> None:
        self.count: dict[str, int] = {}
        self.memory = Memory(lambda: None)
        self._nodes = {name: object() for name in ways}
        self._answers: Answers[frozenset[str]] = self.memory.kind(Answers())
        self._ways = ways

    def __call__(self, name: str, *, apart: bool = False) -> frozenset[str]:
        def answer() -> frozenset[str]:
            self.count[name] = self.count.get(name, 0) + 1
            return self._ways[name](self) | {name}

        ask = self.memory.ask_apart if apart else self.memory.ask
        return ask(self._answers, self._nodes[name], self, answer, frozenset())


def none(_: Asked) -> frozenset[str]:
    return frozenset()


def to(*names: str) -> Callable[[Asked], frozenset[str]]:
    return lambda ask: frozenset().union(*(ask(name) for name in names))


def test_a_question_is_answered_once() -> None:
    ask = Asked(a=to("b", "b"), b=none)
    assert ask("a") == ask("a") == {"a", "b"}
    assert ask.count == {"a": 1, "b": 1}


def test_what_is_read_after_a_change_is_not_asked_again() -> None:
    source = object()

    def reading(ask: Asked) -> frozenset[str]:
        ask.memory.read(source)
        return frozenset()

    ask = Asked(a=reading)
    ask.memory.changed(source)
    ask("a")
    ask.memory.forget()
    ask("a")
    assert ask.count == {"a": 1}


def test_what_depends_on_a_change_is_asked_again() -> None:
    source = object()

    def reading(ask: Asked) -> frozenset[str]:
        ask.memory.read(source)
        return frozenset()

    ask = Asked(a=to("b", "c"), b=reading, c=none)
    ask("c")
    ask("b")
    ask("a")
    ask.memory.changed(source)
    ask.memory.forget()
    ask("a")
    assert ask.count == {"a": 2, "b": 2, "c": 1}


def test_a_change_of_something_else_leaves_answers_alone() -> None:
    ask = Asked(a=to("b"), b=none)
    ask("a")
    ask.memory.changed(object())
    ask.memory.forget()
    ask("a")
    assert ask.count == {"a": 1, "b": 1}


def test_a_change_is_forgotten_once() -> None:
    source = object()

    def reading(ask: Asked) -> frozenset[str]:
        ask.memory.read(source)
        return frozenset()

    ask = Asked(a=reading)
    ask.memory.changed(source)
    ask.memory.forget()
    ask("a")
    ask.memory.forget()
    ask("a")
    assert ask.count == {"a": 1}


def test_an_answer_that_a_circle_cut_short_is_not_kept() -> None:
    ask = Asked(a=to("b"), b=to("a", "c"), c=none)
    assert ask("a") == {"a", "b", "c"}
    assert ask("b") == {"a", "b", "c"}


def test_a_long_circle_is_answered_in_linear_time() -> None:
    names = [f"q{place}" for place in range(50)]
    ask = Asked(**{name: to(names[(place + 1) % 50]) for place, name in enumerate(names)})
    assert all(ask(name) == frozenset(names) for name in names)
    assert sum(ask.count.values()) <= 2 * len(names)


def hub(members: int) -> Asked:
    """Questions that are all made of one, which is made of all of them."""
    names = [f"q{place}" for place in range(members)]

    def to_hub(ask: Asked) -> frozenset[str]:
        return ask("hub", apart=True)

    return Asked(hub=to(*names), **dict.fromkeys(names, to_hub))


def test_a_question_apart_is_answered_once_for_all_that_it_leads_back_to() -> None:
    ask = hub(50)
    everything = {"hub", *(f"q{place}" for place in range(50))}
    assert all(ask(f"q{place}") == everything for place in range(50))
    assert ask.count["hub"] == 1
    assert sum(ask.count.values()) <= 2 * 50 + 1


def test_a_question_apart_does_not_see_what_is_cut_short() -> None:
    ask = Asked(
        a=lambda ask: ask("b") | ask("hub", apart=True),
        b=to("a", "c"),
        hub=to("b"),
        c=none,
    )
    assert ask("a") == {"a", "b", "c", "hub"}
    assert ask("hub") == {"a", "b", "c", "hub"}


def test_a_question_apart_leaves_those_under_way_as_they_are() -> None:
    def failing(_: Asked) -> frozenset[str]:
        raise RecursionError

    def trying(ask: Asked) -> frozenset[str]:
        with pytest.raises(RecursionError):
            ask("hub", apart=True)
        return ask("a") | ask("c")

    ask = Asked(a=trying, hub=failing, c=none)
    assert ask("a") == {"a", "c"}
