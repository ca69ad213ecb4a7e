"""The roles that a tool makes of policies in files of JSON, and of what its settings add."""

from __future__ import annotations

from functools import partial

from lamlint.dialects.budget import Budget
from lamlint.dialects.cloudformation.roles import Allowed
from lamlint.dialects.settings.files import root_of
from lamlint.dialects.settings.scope import Settings
from lamlint.dialects.tree.node import MappingNode
from lamlint.files.paths import normal
from lamlint.model import Role
from lamlint.text import Source, Span, Tree

_TRUSTED = ("lambda.amazonaws.com",)


def add_file(allowed: Allowed, path: str, tree: Tree) -> None:
    """Add the policy in a file; what cannot be read of it may allow more."""
    path = normal(path)
    source = tree.read(path) if tree.is_file(path) else None
    root = source.once(add_file, partial(root_of, source)) if isinstance(source, Source) else None
    if not isinstance(source, Source) or not isinstance(root, MappingNode):
        allowed.complete = False
        return
    allowed.document(root, Settings(path, Budget.of(len(source.text))))


def role(allowed: Allowed, identity: str, function: str, place: Span) -> Role:
    """The role that is made for one function."""
    return Role(
        id=f"{identity}:role",
        name=f"{function}_role",
        statements=tuple(allowed.statements),
        managed=tuple(allowed.managed),
        trusted=_TRUSTED,
        functions=(function,),
        complete=allowed.complete,
        span=place,
        block=place,
        documents=tuple(allowed.documents),
    )
