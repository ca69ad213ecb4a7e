"""What a pass of fixes brought about that no further pass can mend.

A fix may leave work to another one: code that reads a secret from the
environment needs the template to set it. Where that other fix cannot be made,
the first one is worse than none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from lamlint.engine.intact import Damage
from lamlint.text import Finding, Severity

WhyNot = Callable[[Finding], str]
"""Why a finding cannot be mended, as a sentence; empty for one that can."""


def unmended(
    before: Sequence[Finding], after: Sequence[Finding], why_not: WhyNot
) -> tuple[Damage, ...]:
    """The errors that there are more of now, and that stay, once a file."""
    more = _by_place(after) - _by_place(before)
    kept = _by_place(one for one in before if why_not(one))
    found: dict[str, str] = {}
    for finding in after:
        place = finding.rule, finding.span.path
        reason = why_not(finding)
        if finding.severity is not Severity.ERROR or not more[place] or not reason:
            continue
        if kept[place]:
            kept[place] -= 1
        else:
            left = f"it would leave this: {finding.message} ({reason})"
            found.setdefault(finding.span.path, left)
    return tuple(Damage(path, reason) for path, reason in found.items())


def _by_place(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    return Counter((one.rule, one.span.path) for one in findings if one.severity is Severity.ERROR)
