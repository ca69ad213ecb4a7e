"""What the archive that a path names is made of: what commands put into it, or what lies beside it.

An archive that is not in the project is made somewhere; that it holds what lies beside it, or in a
folder of its name, is likely, and no more than that.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import TypeAlias

from lamlint.dialects.build_steps import speaking_of
from lamlint.dialects.local import ARCHIVES
from lamlint.dialects.terraform.build_commands import made_of
from lamlint.dialects.terraform.scope import Scope
from lamlint.model import Value
from lamlint.python.module.facts import facts
from lamlint.text import Source, Tree

Wanted: TypeAlias = "Mapping[str, frozenset[str]]"
"""The files that handlers name, without their endings, and the functions that they name in each."""
NONE: Wanted = {}


def modules_of(handler: Value[str]) -> Wanted:
    """What handlers name: one of the files is in the code."""
    found: dict[str, frozenset[str]] = {}
    for choice in handler.choices:
        module, _, name = choice.value.rpartition(".")
        if module:
            path = module.replace(".", "/")
            found[path] = found.get(path, frozenset()) | {name}
    return found


def source_of(path: str, scope: Scope, wanted: Wanted) -> str | None:
    """The folder or file that commands make a path of, where that holds what is wanted."""
    tree = scope.use.tree
    made = list(made_of(path, scope))
    named, own = posixpath.splitext(path)[0], posixpath.dirname(path)
    beside = [named, own] if path.endswith(ARCHIVES) else []
    every: list[str] = [*made, *beside]
    for one in dict.fromkeys(every):
        folder = posixpath.dirname(one) if tree.is_file(one) else one
        files = (file for module in wanted for file in _files(folder, module))
        if not any(map(tree.is_file, files)):
            continue
        surely = one in made or (one == named and _has_wanted(named, wanted, tree))
        if surely or (one == own and _may_hold(path, wanted, tree)):
            return folder
    return None


def _has_wanted(folder: str, wanted: Wanted, tree: Tree) -> bool:
    """Whether a folder has one of the functions that handlers name."""
    return any(
        _has(file, names, tree)
        for module, names in wanted.items()
        for file in _files(folder, module)
    )


def _files(folder: str, module: str) -> tuple[str, str]:
    stem = posixpath.join(folder, module)
    return f"{stem}.py", f"{stem}/__init__.py"


def _may_hold(archive: str, wanted: Wanted, tree: Tree) -> bool:
    """Whether an archive may be made of what lies beside it.

    Where that lacks the functions that handlers name, it is made of something else if another
    folder of the same name has one, or if a script that lies elsewhere speaks of the archive:
    the path may be wrong, and is given anew where it is deployed.
    """
    home = posixpath.dirname(archive)
    if _has_wanted(home, wanted, tree):
        return True
    own = {file: names for module, names in wanted.items() for file in _files(home, module)}
    last = posixpath.basename(home)
    ends = {f"/{file[len(home) - len(last) :]}": names for file, names in own.items() if last}
    for path in tree.sources() if ends else ():
        for end, names in ends.items():
            if f"/{path}".endswith(end) and _has(path, names, tree):
                return False
    scripts = speaking_of(posixpath.basename(archive), tree)
    return all(posixpath.dirname(script) == home for script in scripts)


def _has(path: str, names: frozenset[str], tree: Tree) -> bool:
    """Whether a file has one of some names once it is imported, as far as its text says."""
    if not tree.mentions(path, (*(name.encode() for name in names), b"import *")):
        return False
    source = tree.read(path)
    return isinstance(source, Source) and not facts(source).names.isdisjoint({*names, "*"})
