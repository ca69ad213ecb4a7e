"""What is found in a file and in its copies, byte for byte, is one finding.

Scripts copy a module to the folder that they zip, and people to where they try it. A copy that a
function is known to run has a finding of its own.
"""

from __future__ import annotations

import dataclasses
import posixpath
from collections.abc import Iterable, Sequence

from lamlint.text import Finding, Fix, Related, Tree, Unreadable

_COPY = "a copy of this file, byte for byte, has the same"


def without_copies(findings: Iterable[Finding], tree: Tree) -> tuple[Finding, ...]:
    """Findings without those of copies, which are places that are related to the original's."""
    found = list(findings)
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for one in found:
        if one.flow and one.span.path.endswith(".py"):
            name = posixpath.basename(one.span.path)
            key = (one.rule, name, one.span.start, one.span.end)
            alike.setdefault(key, []).append(one)
    told = {id(one): one for one in found}
    for group in alike.values():
        if len({one.span.path for one in group}) > 1:
            for original, copies in _originals(group, tree):
                told[id(original)] = _with_copies(original, copies)
                for copy in copies:
                    del told[id(copy)]
    return tuple(told[id(one)] for one in found if id(one) in told)


def _originals(group: Sequence[Finding], tree: Tree) -> list[tuple[Finding, list[Finding]]]:
    """Each original of some findings of one place, with its copies that no function runs."""
    found: list[tuple[Finding, list[Finding]]] = []
    texts: dict[str, list[Finding]] = {}
    for one in group:
        source = tree.read(one.span.path)
        if not isinstance(source, Unreadable):
            texts.setdefault(source.text, []).append(one)
    for same in texts.values():
        first, *others = sorted(same, key=_order)
        copies = [one for one in others if not one.subjects and one.span.path != first.span.path]
        if copies:
            found.append((first, copies))
    return found


def _order(finding: Finding) -> tuple[bool, int, str]:
    """What a function runs comes first, then what lies least deep."""
    return not finding.subjects, finding.span.path.count("/"), finding.span.path


def _with_copies(original: Finding, copies: Sequence[Finding]) -> Finding:
    """A finding that is also that of its copies; its fix mends them, too."""
    related = (Related(one.span, _COPY) for one in copies)
    return dataclasses.replace(
        original, related=(*original.related, *related), fix=_of_all(original, copies)
    )


def _of_all(original: Finding, copies: Sequence[Finding]) -> Fix | None:
    """The fix of a file and of its copies: none of their edits are at one place."""
    fixes = [one.fix for one in copies if one.fix is not None]
    if original.fix is None or len(fixes) < len(copies):
        return original.fix
    edits = dict.fromkeys(edit for fix in (original.fix, *fixes) for edit in fix.edits)
    return dataclasses.replace(original.fix, edits=tuple(edits))
