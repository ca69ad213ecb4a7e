"""Notes as they are kept: nothing of them names what is not there.

In the place of a path that leads to nothing stands how far it leads, and what stands for the name
that is missing there: all answers about it are the same until that name comes.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator

from lamlint.files import asking
from lamlint.files.asking import IMPORTABLE, LEADS_TO, QUESTIONS, Answer, Notes
from lamlint.files.missing import Names, end


class ChangedError(Exception):
    """The disk would answer otherwise by now, or nobody can say whether it would."""


def veiled(notes: Notes) -> Notes | None:
    """Some notes as they are kept; None where what they say of what is missing does not hold."""
    try:
        made = _veiled(notes)
    except (ChangedError, OSError, ValueError):
        return None
    return None if made.torn else made


def _veiled(notes: Notes) -> Notes:
    """Raises ChangedError, and OSError and ValueError as the disk does."""
    made = Notes(notes.key, absent=dict(notes.absent), torn=set(notes.torn))
    lacked: dict[str, set[str]] = {}
    for path in dict.fromkeys(_missing(notes, made)):
        there, name = _end(path)
        lacked.setdefault(there, set()).add(name)
    for path in notes.plain.get(LEADS_TO, {}).keys() - made.plain.get(LEADS_TO, {}).keys():
        there, _ = _end(path)
        made.answer(LEADS_TO, there, made.standing(os.path.realpath(there)))
    for there, names in lacked.items():
        _lack(made, there, names)
    return made


def _missing(notes: Notes, made: Notes) -> Iterator[str]:
    """The paths that lead to nothing; what is noted of others is noted once more."""
    for path, (status, parts) in notes.files.items():
        if _is_there(path, bool(parts) or not isinstance(status, int)):
            made.files[path] = status, parts
        else:
            _demand(asking.status(path) == status)
            yield path
    for path, (status, listed) in notes.folders.items():
        if _is_there(path, not isinstance(status, int)):
            made.folders[path] = status, listed
        else:
            _demand(asking.status(path) == status)
            yield path
    for question, answers in notes.plain.items():
        for path, answer in answers.items():
            if _is_there(path, answer is True):
                made.answer(question, path, answer)
            else:
                _demand(_answer(question, path, notes) == answer)
                yield path


def _is_there(path: str, was: bool) -> bool:
    return was or os.path.lexists(path)


def _demand(holds: bool) -> None:
    if not holds:
        raise ChangedError


def _answer(question: str, path: str, notes: Notes) -> Answer:
    """What is answered about a path that leads to nothing."""
    if question == IMPORTABLE:
        return ""
    _demand(question in QUESTIONS)
    return notes.standing(QUESTIONS[question](path))


def _end(path: str) -> tuple[str, str]:
    """How far a path leads, and the name that is missing there."""
    _demand(os.pardir not in path.split(os.sep))  # which may lead back to what is there
    there, name = end(os.path.abspath(path))
    _demand(bool(name))
    return there, name


def _lack(made: Notes, there: str, names: Collection[str]) -> None:
    """Note what keeps some names from being found."""
    kind = QUESTIONS["type"](there)
    made.answer("type", there, kind)
    if kind != stat.S_IFDIR:
        return  # nothing lies below it, whatever it is called
    passable = QUESTIONS["passable"](there)
    made.answer("passable", there, passable)
    if not passable:
        return
    status = asking.status(there)
    listed = Names(os.listdir(there), made.key)
    _demand(frozenset(listed.listed).isdisjoint(names))
    before = made.absent.get(there, (status, []))[1]
    made.absent[there] = status, sorted({*before, *map(listed.token, names)})
