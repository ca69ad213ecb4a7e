"""What is kept of jobs from run to run: most ask much of the same, which is written once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol, TypeAlias, cast

from lamlint.engine.known.texts import Texts
from lamlint.engine.known.written import Written
from lamlint.files.asking import Answer
from lamlint.text.dataclass import dataclass

Asked: TypeAlias = "tuple[str, str, Answer]"
"""A question, what it is about, and the answer."""
Data: TypeAlias = "dict[str, object]"

_ASKED, _JOBS, _TEXTS = "asked", "jobs", "texts"


@dataclass(frozen=True)
class Entry:
    """What a job asked for, and what it found."""

    asked: tuple[Asked, ...]
    found: list[Written]


Entries: TypeAlias = "Mapping[str, Entry]"
"""By the names of the jobs; those that were used last come last."""


class Drawer(Protocol):
    """Where entries are kept from run to run. `key` and `basis` are as for names."""

    @property
    def key(self) -> bytes:
        """The user's secret."""

    @property
    def basis(self) -> str:
        """What stands for the program, and for what surrounds it."""

    def get(self, root: str) -> Data:
        """What is kept of a project."""

    def put(self, root: str, data: Data) -> None:
        """Keep something of a project, in place of what was kept."""


def data_of(entries: Entries, texts: Texts) -> Data:
    """Entries as they are kept, and what is known of texts."""
    numbers: dict[Asked, int] = {}
    jobs = {
        name: [[numbers.setdefault(one, len(numbers)) for one in entry.asked], entry.found]
        for name, entry in entries.items()
    }
    return {_ASKED: [*numbers], _JOBS: jobs, _TEXTS: texts}


def texts_in(data: Data) -> Texts:
    """What is known of texts."""
    return cast("Texts", data.get(_TEXTS, {}))


def entries_in(data: Data) -> Entries:
    """Kept entries. What is sealed has the form it was written with."""
    every = [
        (question, about, answer)
        for question, about, answer in cast("list[Asked]", data.get(_ASKED, []))
    ]
    jobs = cast("dict[str, tuple[list[int], list[Written]]]", data.get(_JOBS, {}))
    return {
        name: Entry(tuple(map(every.__getitem__, numbers)), found)
        for name, (numbers, found) in jobs.items()
    }


def of_answers(answers: Mapping[str, Mapping[str, Answer]]) -> Iterator[Asked]:
    """What was asked, one by one."""
    for question, known in answers.items():
        for about, answer in known.items():
            yield question, about, answer


class Again:
    """Puts questions once more, each once."""

    def __init__(self, ask: Callable[[str, str], Answer | None]) -> None:
        self._ask = ask
        self._holds: dict[Asked, bool] = {}

    def holds(self, every: Iterable[Asked]) -> bool:
        """Whether all is answered as it was."""
        return all(map(self._is_alike, every))

    def _is_alike(self, one: Asked) -> bool:
        if one not in self._holds:
            question, about, answer = one
            self._holds[one] = self._ask(question, about) == answer
        return self._holds[one]
