"""A bench that does no job of which it is known what comes of it, and keeps what comes of others.

What is kept with the findings of a job is all that it asked for. Where that would be answered
alike, the job would find the same.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import field

from lamlint.engine.bench import Bench, Watch
from lamlint.engine.jobs import Found, Job, Work
from lamlint.engine.known.entries import (
    Again,
    Drawer,
    Entries,
    Entry,
    data_of,
    entries_in,
    of_answers,
    texts_in,
)
from lamlint.engine.known.naming import Naming
from lamlint.engine.known.texts import known as known_texts
from lamlint.engine.known.texts import tell
from lamlint.engine.known.unnamed import Unnamed
from lamlint.engine.known.written import UnfitError, Writing, changed, finding_of
from lamlint.files.asking import Answer
from lamlint.files.overheard import Overheard
from lamlint.python.module.stack import deep
from lamlint.report.mask import Mask, is_secret
from lamlint.text.dataclass import dataclass

_SPARE = 500
"""How many entries are kept beside those that a run used, at least: of other command lines."""


@dataclass(frozen=True)
class Keeping:
    """Another bench, and where it is kept what comes of jobs."""

    bench: Bench
    drawer: Drawer

    def __call__(self, work: Work, watch: Watch) -> Found:
        """Do the jobs of which it is not known what comes of them."""
        tree = work.project.tree
        if not isinstance(tree, Overheard):
            return self.bench(work, watch)
        data = self.drawer.get(tree.root)
        tell(work, texts_in(data), self.drawer.key)
        names = deep(lambda: self._names(work))
        entries = entries_in(data)
        known = dict(_known(work, names, entries, self.drawer.key))
        heard = _Heard(watch)
        every = self.bench(dataclasses.replace(work, known=known), heard)
        new = {names[job]: found for job, found in heard.told.items() if job in names}
        unnamed = Unnamed(tree, work.standing, self.drawer.key)
        if made := dict(_entries(work, every, new, unnamed)):
            used = {names[job]: entries[names[job]] for job in known}
            texts = known_texts(work, self.drawer.key)
            self.drawer.put(tree.root, data_of(_together(entries, {**used, **made}), texts))
        return every

    def _names(self, work: Work) -> Mapping[Job, str]:
        try:
            return dict(Naming(work, self.drawer.basis, self.drawer.key).names(work.jobs()))
        except TypeError:  # an option, or a part of the model, that is no plain data
            return {}


@dataclass(frozen=True)
class _Heard:
    """Hears what comes of jobs, and tells it to who watches."""

    watch: Watch
    told: dict[Job, Found] = field(default_factory=dict)

    def enter(self, phase: str) -> None:
        """Something else is done from now on."""
        self.watch.enter(phase)

    def done(self, job: Job, found: Found) -> None:
        """A job is done."""
        self.told[job] = found
        self.watch.done(job, found)


def _known(
    work: Work, names: Mapping[Job, str], entries: Entries, key: bytes
) -> Iterator[tuple[Job, Found]]:
    """What comes of the jobs that would ask the same again, and be answered alike."""

    def ask(question: str, about: str) -> Answer | None:
        try:
            return work.standing.answer(question, about, key)
        except (TypeError, OSError, ValueError):
            return None

    again = Again(ask)
    for job, name in names.items():
        if name in entries and again.holds(entries[name].asked):
            try:
                found = [finding_of(one, work.project.tree.read) for one in entries[name].found]
            except UnfitError:
                continue
            yield job, Found(tuple(found))


def _entries(
    work: Work, every: Found, new: Mapping[str, Found], unnamed: Unnamed
) -> Iterator[tuple[str, Entry]]:
    """What is kept of what came of some jobs; nothing that tells of a secret."""
    rules = {one.name: one for one in work.rules}
    read = work.project.tree.read
    mask = Mask.of(every.findings, rules, read)
    writing = Writing(read, lambda text: mask.text(text) != text)
    for name, found in new.items():
        uses = found.uses
        if uses is None or any(is_secret(rules.get(one.rule)) for one in found.findings):
            continue
        try:
            written = [writing.of(one) for one in found.findings]
        except UnfitError:
            continue
        for path in changed(found.findings):
            uses.read(path, read(path))
        asked = None if uses.torn else unnamed.all(of_answers(uses.answers))
        if asked is not None:
            yield name, Entry(asked, written)


def _together(entries: Entries, used: Entries) -> Entries:
    """The entries that were used now, behind the latest of the others."""
    others = [(name, one) for name, one in entries.items() if name not in used]
    return {**dict(others[-len(used) - _SPARE :]), **used}
