"""What files give the variables of a root module."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from lamlint.dialects.terraform.module import Module, whole
from lamlint.dialects.tree.node import Node
from lamlint.model.condition import IN_ANY, Case, Fact
from lamlint.text import Source, Tree

_ENDINGS = (".tfvars", ".tfvars.json")
_ALWAYS = ("terraform.tfvars", "terraform.tfvars.json")
_LOADED = (".auto.tfvars", ".auto.tfvars.json")
_FOLDERS = ("env", "envs", "environment", "environments", "vars", "tfvars", "config", "configs")
"""Folders below a module in which the values for its stages lie."""

Given = Mapping[str, tuple[tuple[Node, Case], ...]]


def given(module: Module, files: Sequence[str], tree: Tree) -> Given:
    """The values of variables by the files that set them.

    What Terraform loads by itself is always so; of other files one is chosen, and each is a
    case, named by the file.
    """
    always: dict[str, Node] = {}
    chosen: dict[str, dict[str, Node]] = {}
    for path in _in_order(module.folder, files):
        values = _values(path, tree)
        if _is_loaded(path, module.folder):
            always.update(values)
        else:
            chosen[path] = values
    declared = {label.text for one in module.of("variable") for label in one.labels}
    names = dict.fromkeys([*always, *(name for values in chosen.values() for name in values)])
    return {name: tuple(_cases(name, always, chosen, module)) for name in names if name in declared}


def _cases(
    name: str, always: Mapping[str, Node], chosen: Mapping[str, Mapping[str, Node]], module: Module
) -> Iterator[tuple[Node, Case]]:
    block = module.by_name.get(("variable", name))
    default = block.body.get("default") if block is not None else None
    otherwise = always.get(name, default)
    if not any(name in values for values in chosen.values()) and otherwise is not None:
        yield otherwise, IN_ANY
        return
    subject = f"{module.folder or '.'}#the file of variables"
    for path, values in chosen.items():
        value = values.get(name, otherwise)
        if value is not None:
            yield value, frozenset({Fact(subject, posixpath.basename(path))})


def _values(path: str, tree: Tree) -> dict[str, Node]:
    source = tree.read(path)
    document = whole(source, tree) if isinstance(source, Source) else None
    if document is None:
        return {}
    return {e.name: e.value for e in document.attributes if not e.key.tag}


def _is_loaded(path: str, folder: str) -> bool:
    """Whether Terraform loads a file of values by itself."""
    own, name = posixpath.split(path)
    return own == folder and (name in _ALWAYS or name.endswith(_LOADED))


def _in_order(folder: str, files: Sequence[str]) -> list[str]:
    """The files of a module, those that win over others later."""
    mine = [path for path in files if path.endswith(_ENDINGS) and _is_of(path, folder)]
    return sorted(mine, key=lambda path: (posixpath.basename(path) not in _ALWAYS, path))


def _is_of(path: str, folder: str) -> bool:
    own = posixpath.dirname(path)
    if own == folder:
        return True
    below, _, last = own.rpartition("/")
    return below == folder and last in _FOLDERS
