"""What the fixtures show of each rule in each dialect, as a table and by what is missing.

A cell says what some fixture of the rule shows whose functions are all declared in one
dialect: that the rule fires there, that it is silent, that a fix mends it. What a dialect
cannot express is said in `fixtures/<rule>/inexpressible.txt`, a line each:
`chalice: the reason`; `*: the reason` where no dialect is asked for.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from lamlint.dialects.dialect import TITLES
from lamlint.dialects.reading import read
from lamlint.engine.scope import Request, scopes
from lamlint.report.rules import fix_of
from lamlint.rule import Rule
from tests.checking import TODAY, rules
from tests.fixture_cases import FIXTURES, Case, cases

FIRES, SILENT, FIXED = "fires", "silent", "fixed"
ANY = "*"
_INTRODUCTION = """\
## Which dialects show it

Made from the fixtures: in which dialects a rule is seen to fire, to be silent, and to be
mended by its fix. What a dialect cannot express is a dash, and has its reason below.
"""


@cache
def shown() -> Mapping[tuple[str, str], frozenset[str]]:
    """What the fixtures show, by rule and dialect."""
    found: dict[tuple[str, str], set[str]] = {}
    for case in cases():
        if case.rule is None:
            continue
        with tempfile.TemporaryDirectory() as name:
            said, dialects = _look(case, Path(name).resolve())
        for dialect in dialects if len(dialects) == 1 else ():
            found.setdefault((case.rule, dialect), set()).update(said)
    return {key: frozenset(said) for key, said in found.items()}


def _look(case: Case, folder: Path) -> tuple[set[str], set[str]]:
    """What a case shows, and the dialects of its functions."""
    expected = case.lay_out(folder)
    fires = any(rule == case.rule for _, _, rule in expected)
    (scope,) = scopes(Request(paths=(str(folder),), today=TODAY), rules())
    declared = read(scope.tree, scope.targets)
    dialects = {function.dialect for function in declared.functions if not function.library}
    said = {FIRES if fires else SILENT}
    return said | ({FIXED} if fires and case.mends else set()), dialects


@cache
def reasons() -> Mapping[tuple[str, str], str]:
    """Why a rule cannot be seen in a dialect, by rule and dialect."""
    found: dict[tuple[str, str], str] = {}
    for path in sorted(FIXTURES.glob("*/inexpressible.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            dialect, _, reason = line.partition(": ")
            assert reason, f"{path}: {line!r} does not read as `dialect: reason`"
            assert dialect in (*TITLES, ANY), f"{path}: there is no dialect {dialect!r}"
            found[path.parent.name, dialect] = reason
    return found


def missing(rule: Rule, dialect: str) -> str:
    """What no fixture shows of a rule in a dialect; empty where all is there."""
    why_not = reasons()
    if (rule.name, dialect) in why_not or (rule.name, ANY) in why_not:
        return ""
    said = shown().get((rule.name, dialect), frozenset())
    wanted = [FIRES, *([FIXED] if fix_of(rule) else [])]
    return ", ".join(word for word in wanted if word not in said)


def table(every: Sequence[Rule]) -> str:
    """The table and the reasons, in Markdown."""
    return "\n".join(_lines(every)) + "\n"


def _lines(every: Sequence[Rule]) -> Iterator[str]:
    yield _INTRODUCTION
    yield f"| Rule | {' | '.join(TITLES.values())} |"
    yield f"|---|{'---|' * len(TITLES)}"
    listed = [rule for rule in every if (rule.name, ANY) not in reasons()]
    for rule in listed:
        cells = (_cell(rule.name, dialect) for dialect in TITLES)
        yield f"| [{rule.name}](#{rule.name}) | {' | '.join(cells)} |"
    yield ""
    for (rule_name, dialect), reason in reasons().items():
        where = "" if dialect == ANY else f" in {TITLES[dialect]}"
        yield f"- `{rule_name}`{where}: {reason}"


def _cell(rule: str, dialect: str) -> str:
    said = shown().get((rule, dialect), frozenset())
    return ", ".join(word for word in (FIRES, FIXED, SILENT) if word in said) or "—"
