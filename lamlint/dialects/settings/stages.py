"""Which stages of a file of settings are for a machine of their own, and never deployed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lamlint.text.regex import Regex

_LOCAL = Regex(r"(?i)(?:[a-z]{1,20}[_-])?(?:local(?:host|stack|dev)?|offline)")
"""What people call the stage that a server on their own machine runs with."""
_TEST = Regex(r"(?i)(?:unit|py|integration)?[_-]?tests?(?:ing)?|ci|docker")
"""What they call the one that tests or a container run with, or else one that is deployed."""


def deployed(names: Sequence[str], noted: Callable[[str], bool] | None = None) -> tuple[str, ...]:
    """The stages of some that are deployed: all, where there would be none.

    `noted` says whether a tool has noted that it deployed a stage. A local one that it did is
    deployed; one of tests is not, where only others are noted. Of further stages, such as
    `prod`, a missing note says nothing: a pipeline, or somebody else, may deploy them.
    """
    there = {name for name in names if noted is not None and noted(name)}
    left = (name for name in names if name in there or not _is_apart(name, notes=bool(there)))
    return tuple(left) or tuple(names)


def _is_apart(name: str, *, notes: bool) -> bool:
    return bool(_LOCAL.fullmatch(name)) or (notes and bool(_TEST.fullmatch(name)))
