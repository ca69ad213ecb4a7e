"""Places in which a secret is more likely a sample."""

from __future__ import annotations

import re

_TEST = re.compile(
    r"(?i)(?:^|/)(?:tests?|testing|e2e|integration[-_]tests?|fixtures?|mocks?|docs?|examples?"
    r"|snapshots?)(?:/|$)|(?:^|/)(?:test_[^/]*|[^/]*_test|conftest)\.py$"
)


def is_test(path: str) -> bool:
    """Whether a path is one of tests, fixtures or documentation."""
    return bool(_TEST.search(path))
