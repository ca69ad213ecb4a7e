"""What every format is made from: findings with their places resolved and secrets masked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field

from lamlint.report.line_hash import LineHashes
from lamlint.report.places import Place
from lamlint.rule import Rule
from lamlint.text import Safety, Severity
from lamlint.text.dataclass import dataclass

HOME = "https://github.com/lamlint/lamlint"
"""Where the project lives; the pages of the rules are below it."""


@dataclass(frozen=True)
class Note:
    """A place that explains a finding, with its sentence."""

    place: Place
    message: str


@dataclass(frozen=True)
class Change:
    """One edit of a fix; secrets in its text are masked."""

    place: Place
    text: str
    masked: bool = False
    """Whether the text is not the real one: then it must not be applied."""


@dataclass(frozen=True)
class Repair:
    """A fix with its edits resolved."""

    title: str
    safety: Safety
    changes: tuple[Change, ...]

    @property
    def whole(self) -> bool:
        """Whether the edits can be applied as they are shown."""
        return not any(change.masked for change in self.changes)


@dataclass(frozen=True)
class Item:
    """A finding, ready to be told."""

    rule: str
    family: str
    severity: Severity
    message: str
    functions: tuple[str, ...]
    place: Place
    related: tuple[Note, ...]
    flow: tuple[Note, ...]
    fix: Repair | None
    url: str
    fingerprint: str
    hashes: LineHashes = field(compare=False, repr=False)

    @property
    def line_hash(self) -> str | None:
        """GitHub's hash of the first line; None where the file is no text."""
        return self.hashes.of(self.place.path, self.place.start.line)


@dataclass(frozen=True)
class Fixes:
    """What a run mended: how many findings by path and rule, and what the user still has to do.

    `followed` of them came up only when others had been mended; `left` holds
    paths with sentences.
    """

    mended: Mapping[tuple[str, str], int] = field(default_factory=dict)
    followed: int = 0
    left: tuple[tuple[str, str], ...] = ()

    @property
    def promised(self) -> int:
        """How many of those were mended that the run without --fix speaks of."""
        return sum(self.mended.values()) - self.followed

    @staticmethod
    def of(several: Iterable[Fixes]) -> Fixes:
        """Those of several projects together."""
        every = tuple(several)
        mended: Counter[tuple[str, str]] = Counter()
        for each in every:
            mended.update(each.mended)
        left = dict.fromkeys(one for each in every for one in each.left)
        return Fixes(mended, sum(each.followed for each in every), tuple(left))


@dataclass(frozen=True)
class Counts:
    """What the closing line and the summary tell.

    `safe` and `unsafe` count the findings that --fix, and only
    --unsafe-fixes, would mend; `fixed` those that this run mended.
    """

    errors: int = 0
    warnings: int = 0
    informations: int = 0
    suppressed: int = 0
    baselined: int = 0
    fixed: int = 0
    safe: int = 0
    unsafe: int = 0
    files: int = 0
    functions: int = 0

    @property
    def findings(self) -> int:
        """How many findings the report shows."""
        return self.errors + self.warnings + self.informations


@dataclass(frozen=True)
class Report:
    """All that a format may tell of one run. Holds no secret in clear."""

    items: tuple[Item, ...]
    counts: Counts
    rules: Mapping[str, Rule]
    """The rules of the run, by name, and those of all findings."""
    version: str = ""
    unsafe_fixes: bool = False
    """Whether the run was told to take unsafe fixes; only the hints change."""
    fixing: bool = False
    """Whether the run applied fixes."""
    fixes: Fixes = field(default_factory=Fixes)
    show_fixes: bool = False
    """Whether people want to see a list of what was mended."""
    quiet: bool = False
    """Whether people are shown findings and nothing else."""
    unread: tuple[Note, ...] = ()
    """What would have been read and was not, each with its reason."""
    relaxed: tuple[Note, ...] = ()
    """The configurations of folders that check less than the one around them, and by what."""
    frameworks: tuple[Note, ...] = ()
    """What declares functions and is not read, each with its tool; only where none was found."""
    unsized: tuple[Note, ...] = ()
    """What asks for large packages of which nothing says how large they are."""
    passed_over: tuple[Note, ...] = ()
    """What may declare functions and was broken or left out; only where none was found."""


def page_url(rule: str) -> str:
    """Where a rule's page is on the web."""
    return f"{HOME}/blob/main/rules/README.md#{rule}"
