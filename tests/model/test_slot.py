"""A slot that is found later is the slot, to whoever asks for it."""

from __future__ import annotations

import pickle
from functools import partial

from lamlint.dialects.writer import Writer
from lamlint.engine.known.standing import standing
from lamlint.model import Later, Slot
from lamlint.text import Edit, Span

PLACE = Span("template.yaml", 3, 5)
SLOT = Slot(PLACE, str, before=" ")
KEY = b"key"


def test_it_is_found_when_it_is_asked_for_and_once() -> None:
    found: list[Slot] = []

    def find() -> Slot:
        found.append(SLOT)
        return SLOT

    later = Later(find)
    assert not found
    assert later.edit(30) == Edit(PLACE, " 30")
    assert later.span == PLACE
    assert later.wrote(Edit(PLACE, " 60"))
    assert len(found) == 1


def test_it_equals_the_slot_and_another_one_that_is_found_there() -> None:
    later = Later(lambda: SLOT)
    assert later == SLOT
    assert later == Later(lambda: SLOT)
    assert later != Later(lambda: Slot(PLACE, str))
    assert len({later, SLOT}) == 1


def test_another_syntax_is_made_of_its_own() -> None:
    later = Later(lambda: SLOT).by(partial(Writer, len))
    assert later.edit("abc") == Edit(PLACE, " 3")


def test_what_is_sent_or_kept_is_the_slot() -> None:
    later = Later(lambda: SLOT)
    sent = pickle.loads(pickle.dumps(later))  # noqa: S301  it is our own
    assert type(sent) is Slot
    assert sent == SLOT
    assert standing(Later(lambda: Slot(PLACE, str)), KEY) != standing(later, KEY)
    assert standing(later, KEY) == standing(SLOT, KEY)
