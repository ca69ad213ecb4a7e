"""The role that Chalice makes for a function, of the policies that an application brings."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lamlint.dialects import values
from lamlint.dialects.chalice.configuration import Configuration
from lamlint.dialects.cloudformation.roles import Allowed, of_one
from lamlint.dialects.properties import Properties
from lamlint.dialects.settings.policies import policy
from lamlint.model import NOT_SET, Function, Role
from lamlint.text import Tree
from lamlint.text.dataclass import replace


def made(
    function: Function, configuration: Configuration, tree: Tree, *, alone: bool
) -> Role | None:
    """The role of a function; None where somebody else makes it, or Chalice by the code.

    Each stage has a role of its own: what any of them may do.
    """
    allowed = Allowed([], [], complete=len(configuration.stages) == 1)
    files: dict[str, None] = {}
    for stage in configuration.stages:
        given = configuration.in_stage(stage, function.name, function.span, alone=alone)
        files.update(dict.fromkeys(_files(given, stage)))
    for file in files:
        path = posixpath.join(posixpath.dirname(configuration.source.path), file)
        allowed.document(*policy(path, tree))
    if not allowed.statements:
        return None
    if len(files) > 1:
        # What several roles allow together no one of them may.
        allowed.statements = [replace(one, complete=False) for one in allowed.statements]
    return of_one(allowed, function.id, function.name, function.span)


def _files(given: Properties, stage: str) -> Iterator[str]:
    """The file of a stage's policy, where it is neither made of the code nor somebody else's."""
    managed = given.value(("manage_iam_role",), values.truth, True)
    generated = given.value(("autogen_policy",), values.truth, True)
    if managed.is_in([True]) and generated.is_in([False]):
        named = given.text("iam_policy_file")
        if named.known:
            yield named.only
        elif named.reason == NOT_SET:
            yield f"policy-{stage}.json"
