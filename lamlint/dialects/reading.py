"""What a project declares, in whatever dialects, as one."""

from __future__ import annotations

import importlib
import posixpath
from collections.abc import Sequence

from lamlint.dialects.dialect import CDK, CLOUDFORMATION, DIALECTS, Declared
from lamlint.dialects.filled_in import as_one
from lamlint.dialects.layer_paths import placed
from lamlint.model import Resources, Role
from lamlint.python.module.heap import let_go
from lamlint.text import Tree


def read(tree: Tree, targets: Sequence[str]) -> Declared:
    """What the files of a project declare that concern some paths (all, without any)."""
    there = [one for one in DIALECTS if any(one.owns(path, tree) for path in tree.sources())]
    found = []
    for dialect in there:
        found.append(dialect.read(tree, targets))
        let_go()  # what was made on the way
    if not any(one.functions for one in found):
        found.append(_synthesized(tree, targets))
    parts = frozenset(path for one in found for path in one.parts)
    functions = [f for one in found for f in one.functions if f.template not in parts]
    return Declared(
        functions=placed(functions, tree),
        roles=tuple(role for one in found for role in one.roles if _file(role) not in parts),
        problems=as_one([problem for one in found for problem in one.problems]),
        left_out=frozenset(path for one in found for path in one.left_out),
        parts=parts,
        dangling=tuple(d for one in found for d in one.dangling if d.span.path not in parts),
        replaced=tuple(r for one in found for r in one.replaced),
        resources=sum((one.resources.without(parts) for one in found), Resources()),
    )


def _synthesized(tree: Tree, targets: Sequence[str]) -> Declared:
    """What templates declare that the CDK has written for apps whose code is not read."""
    manifests = [path for path in tree.sources() if posixpath.basename(path) == "cdk.json"]
    if not manifests:
        return Declared()
    apps = importlib.import_module(f"lamlint.dialects.{CDK.package}.apps")
    for path in manifests:
        apps.read(path, tree)  # a broken one is told of, though nothing else here is of the CDK
    module = importlib.import_module(f"lamlint.dialects.{CLOUDFORMATION.package}.dialect")
    declared: Declared = module.read_synthesized(tree, targets)
    return declared


def _file(role: Role) -> str:
    """The file that a role is declared in."""
    return role.id.partition("#")[0]
