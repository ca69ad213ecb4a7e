"""The functions that run Python though their runtime is not known: by the file of their handler.

A module of Terraform takes the runtime from whoever calls it, a template from whoever deploys
it. Where a handler string leads to a file of Python that defines what it names, and to none of
another language, that says as much.
"""

from __future__ import annotations

import dataclasses
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from lamlint.files import kinds
from lamlint.model import NOT_SET, Function
from lamlint.project import resolution
from lamlint.project.away import fits
from lamlint.project.likeness import is_common
from lamlint.text import Source, Tree

_OTHERS = (".js", ".mjs", ".cjs", ".ts", ".mts", ".rb")
"""How files end that a handler string of the same form names in other languages."""


def with_python(functions: Sequence[Function], tree: Tree) -> tuple[Function, ...]:
    """The functions, those marked that surely run Python."""
    files = cache(lambda: _by_name(tree))
    return tuple(
        dataclasses.replace(one, always_python=True)
        if _is_open(one) and _leads_to_python(one, tree, files)
        else one
        for one in functions
    )


def _is_open(function: Function) -> bool:
    """Whether some runtime is set, and which is not known."""
    runtime = function.runtime
    known = runtime.choices or runtime.reason == NOT_SET or function.always_python
    return not known and function.code.image is None and not function.library


def _leads_to_python(
    function: Function, tree: Tree, files: Callable[[], Mapping[str, Sequence[str]]]
) -> bool:
    named = [resolution.split(one) for one in resolution.handlers(function)]
    if len(named) != 1 or named[0] is None:
        return False
    module, attribute = named[0]
    root = resolution.root_of(function)
    if root is not None:
        paths = [path for path in resolution.candidates(root, module) if tree.is_file(path)]
    elif function.code.is_away and not is_common(module, attribute):
        name = module.rpartition(".")[2]
        paths = [one for one in files().get(name, ()) if fits(one, module)]
    else:
        return False
    return any(_defines(path, attribute, tree) for path in paths) and not any(
        tree.is_file(f"{path.removesuffix('.py')}{end}") for path in paths for end in _OTHERS
    )


def _defines(path: str, attribute: str, tree: Tree) -> bool:
    source = tree.read(path)
    return isinstance(source, Source) and resolution.defines(source, attribute) is True


def _by_name(tree: Tree) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for path in _modules(tree):
        found.setdefault(posixpath.basename(path).removesuffix(".py"), []).append(path)
    return found


def _modules(tree: Tree) -> Iterator[str]:
    return (path for path in tree.sources() if path.endswith(".py") and not kinds.is_test(path))
