"""Environment variables that code sets itself."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lamlint.files.paths import around
from lamlint.python.module import cst
from lamlint.python.module.scope import last_name
from lamlint.python.module.walk import descendants
from lamlint.python.reach.missing import aliases, literal
from lamlint.python.values.arguments import argument
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.text import Tree

ANY = "*"
"""Stands among names for all that cannot be known."""
_LOADERS = frozenset({"load_dotenv", "read_env", "read_envfile", "read_dotenv"})
"""Functions of dotenv, environs and django-environ that set what a file holds."""
_FILE = ".env"
"""What they look for where they are told nothing, beside the code and in the folders above."""
_LOOKING = "find_dotenv"
_SETTING = "env_file"
"""Where settings of pydantic are told such a file; what is set comes before what it holds."""


@dataclass(frozen=True, slots=True)
class _Loading:
    """A call that sets what a file holds; `files` is empty where it may be any.

    It leaves alone what is set, unless it is `overriding`.
    """

    files: frozenset[str]
    overriding: bool


def written(module: Module) -> frozenset[str]:
    """The variables that a module sets itself, what it loads from a file included."""
    return _written(module) | ({ANY} if _loadings(module) else frozenset())


def may_set(modules: Iterable[Module], name: str, tree: Tree, *, declared: bool) -> bool:
    """Whether some modules may set a variable, be it `declared` in the configuration or not.

    A file that a package lacks sets nothing: `.env` is for the machine of who tries the code.
    """
    return any(
        not _written(module).isdisjoint({name, ANY})
        or any(
            (one.overriding or not declared) and _is_there(module, one, tree)
            for one in _loadings(module)
        )
        for module in modules
    )


def _is_there(module: Module, loading: _Loading, tree: Tree) -> bool:
    """Whether a file that is to be loaded may be beside the code, or in a folder around it."""
    folders = around(posixpath.dirname(module.path))
    return not loading.files or any(
        tree.is_file(posixpath.join(folder, name)) for folder in folders for name in loading.files
    )


def _written(module: Module) -> frozenset[str]:
    return module.source.once(_written, lambda: frozenset(_set_in(module)))


def _loadings(module: Module) -> tuple[_Loading, ...]:
    return module.source.once(_loadings, lambda: tuple(_loading_in(module)))


def _loading_in(module: Module) -> Iterator[_Loading]:
    if _SETTING in module.source.text:
        yield from (_Loading(files, overriding=False) for files in _filled_from(module))
    if not any(loader in module.source.text for loader in _LOADERS):
        return
    calls = [call for call in module.nodes(cst.Call) if last_name(call.func) in _LOADERS]
    for call in calls:
        named = [each for each in call.args if each.keyword is None or _is_path(each)]
        files = frozenset(file for each in named for file in _files(each.value))
        yield _Loading(files if named else frozenset({_FILE}), _overrides(call))
    if not calls:  # it has another name there
        yield _Loading(frozenset(), overriding=False)


def _filled_from(module: Module) -> Iterator[frozenset[str]]:
    """The files from which settings of pydantic are filled; an empty set for any."""
    for node in module.nodes(cst.Arg, cst.DictElement, cst.Assign):
        match node:
            case cst.Arg(keyword=cst.Name(name), value=value):
                pass
            case cst.DictElement(key=key, value=value):
                name = literal(key)
            case cst.Assign(targets=[cst.AssignTarget(cst.Name(name))], value=value):
                pass
            case _:
                continue
        if name == _SETTING and last_name(value) != "None":
            yield frozenset(_files(value))


def _is_path(given: cst.Arg) -> bool:
    return given.keyword is not None and given.keyword.value in ("dotenv_path", "path")


def _files(given: cst.CSTNode) -> Iterator[str]:
    """The names of files that an argument speaks of."""
    for node in descendants(given):
        if isinstance(node, cst.SimpleString) and (name := literal(node)) != ANY:
            yield posixpath.basename(name)
        elif isinstance(node, cst.Name) and node.value == _LOOKING:
            yield _FILE


def _overrides(call: cst.Call) -> bool:
    return any(
        each.star
        or (
            each.keyword is not None
            and each.keyword.value in ("override", "overwrite")
            and last_name(each.value) != "False"
        )
        for each in call.args
    )


def _set_in(module: Module) -> Iterator[str]:
    """Names of variables that a module sets itself; `*` where it sets some that cannot be known."""
    text = module.source.text
    if "environ" not in text and "putenv" not in text:
        return
    names = {"environ", *aliases(module)}
    for node in module.nodes(cst.Subscript):
        if last_name(node.value) in names and is_target(module, node):
            index = node.slice[0].slice
            yield literal(index.value if isinstance(index, cst.Index) else None)
    for call in module.nodes(cst.Call):
        yield from _set_by(call, names)
    if any(last_name(node.target) in names for node in module.nodes(cst.AugAssign)):
        yield ANY
    for target in module.nodes(cst.AssignTarget):
        if isinstance(target.target, cst.Attribute) and target.target.attr.value == "environ":
            yield ANY


def is_target(module: Module, node: cst.CSTNode) -> bool:
    """Whether something is assigned to a node, or it is deleted."""
    parent = module.parent(node)
    return isinstance(parent, (cst.AssignTarget, cst.Del)) or (
        isinstance(parent, (cst.AnnAssign, cst.AugAssign)) and parent.target is node
    )


def _set_by(call: cst.Call, names: set[str]) -> Iterator[str]:
    """The variables that a call sets."""
    name = last_name(call.func)
    receiver = last_name(call.func.value) if isinstance(call.func, cst.Attribute) else ""
    if name == "putenv":
        yield literal(argument(call, 0))
    elif receiver in names and name in ("update", "__setitem__"):
        yield ANY
    elif receiver in names and name == "setdefault":
        yield literal(argument(call, 0))
    elif receiver and name == "dict" and call.args and last_name(call.args[0].value) in names:
        # unittest.mock.patch.dict
        yield ANY
