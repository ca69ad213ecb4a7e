"""What may declare functions and was passed over, where none was found: broken, or left out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lamlint.dialects.dialect import DIALECTS
from lamlint.dialects.unreadable import UNREADABLE
from lamlint.engine.scope import Scope
from lamlint.files.sources import BUILT
from lamlint.project import Project
from lamlint.text import Related, Span, Tree, Unread

_MOST = 2_000
"""So many files are looked at that no list of sources has."""
WORDS = (b"AWS::Serverless::Function", b"AWS::Lambda::Function", b"aws_lambda_function")
"""What a template holds that declares a function, where its name does not tell."""
_MANIFEST = "cdk.json"


def passed_over(scope: Scope, built: Project, unread: tuple[Unread, ...]) -> Iterator[Related]:
    """The files that may declare the functions of a project, and why they are not known."""
    found = {one.span.path: "cannot be read" for one in built.problems if one.rule == UNREADABLE}
    for one in unread:
        path = one.span.path
        claimed = any(dialect.owns(path, built.tree) for dialect in DIALECTS)
        if claimed or path.rpartition("/")[2] == _MANIFEST:
            found.setdefault(path, "cannot be read")
    found.update(_left_out(scope, built.tree))
    for path, why in sorted(found.items()):
        yield Related(Span(path, 0, 0), why)


def _left_out(scope: Scope, tree: Tree) -> Iterator[tuple[str, str]]:
    """What is there and belongs to no list of sources, as somebody says."""
    listed, apart = frozenset(tree.sources()), scope.disk.apart
    for entry in islice(tree.contents("", skip=BUILT), _MOST):
        path = entry.path
        if path in listed or any(path.startswith(f"{one}/") for one in apart):
            continue
        if declares(path, tree):
            excluded = path in scope.disk.skipped
            yield path, "is excluded by the configuration" if excluded else "is ignored by git"


def declares(path: str, tree: Tree) -> bool:
    """Whether a file is one of a dialect by a name of its own, or by its words."""
    return any(
        one.owns(path, tree) and (bool(one.words or one.name) or tree.mentions(path, WORDS))
        for one in DIALECTS
    )
