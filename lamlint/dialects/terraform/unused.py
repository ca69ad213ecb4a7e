"""Local modules that a project keeps, and does not deploy.

They lie among others in a folder `modules/`; a root module of the same project calls some of
those, and nobody calls them. In a library, whose modules its users call, no root is deployed.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from lamlint.files.kinds import is_documentation, is_sample, is_test
from lamlint.files.paths import around, below
from lamlint.text import Source, Tree
from lamlint.text.regex import Regex

_SHELVES = frozenset({"modules", "module", "tf-modules", "terraform-modules"})
_DEPLOYED = Regex(r'^[ \t]*(?:(?:provider|backend)[ \t]+"|cloud[ \t]*\{)', re.MULTILINE)
"""What only a module has that is deployed as it is: its state, and the account it is for."""
_VALUES = (".tfvars", ".tfvars.json", ".terraform.lock.hcl")
_CALLING = (".tf", ".tf.json", ".hcl", ".tofu")
_RUNNING = (".sh", ".ps1", ".yml", ".yaml", ".mk", ".py", "makefile", "justfile", "jenkinsfile")
_APPLIES = (b"apply",)
_PATH = Regex(
    r"(?<![\w-])(?P<top>(?:tf-|terraform-)?modules?)/"
    r"(?=(?P<inner>[*$\"{]|[\w.-]{1,100}(?:/[\w.-]{1,100}){0,9}))"
)
_WHATEVER = '*$"{'
"""What stands behind a folder of which all is taken: `modules/*`, `modules/$name`."""
_WORKFLOWS = ".github/workflows"

Files = Mapping[str, Sequence[str]]
Calls = Mapping[str, frozenset[str]]


def unused(files: Files, calls: Calls, wanted: Iterable[str], tree: Tree) -> frozenset[str]:
    """Those of some folders that are such modules, by the files of all and by whom each calls."""
    called = {
        one
        for caller, those in calls.items()
        for one in those
        if one != caller and not _is_example(caller, one)
    }
    left = {one: shelf for one in wanted if one not in called and (shelf := _shelf(one))}
    used = set(_used(files, calls, tree)) if left else set()
    found = {
        one: shelf
        for one, shelf in left.items()
        if shelf in used and not _is_deployed(one, files[one], tree)
    }
    named = _named({posixpath.basename(shelf) for shelf in found.values()}, tree) if found else {}
    return frozenset(one for one, shelf in found.items() if not _is_named(one, shelf, named))


def _is_example(caller: str, one: str) -> bool:
    """Whether a module only shows or tests another; `live/test/` beside `live/prod/` is a stage."""
    if is_documentation(f"{caller}/"):
        return not is_documentation(f"{one}/")
    shelf = _shelf(one)
    return bool(shelf) and below(caller, shelf) and is_test(f"{caller}/") > is_test(f"{one}/")


def _shelf(folder: str) -> str:
    """The innermost folder of modules around one; none where it lies in no such."""
    above = (one for one in around(posixpath.dirname(folder)) if one != ".")
    return next((one for one in above if posixpath.basename(one) in _SHELVES), "")


def _used(files: Files, calls: Calls, tree: Tree) -> Iterator[str]:
    """The folders of modules of which a root that is deployed calls one."""
    for caller, those in calls.items():
        shelves = {_shelf(one) for one in those} - {""}
        outer = [one for one in shelves if not below(caller, one)]
        if outer and not is_sample(f"{caller}/") and _is_deployed(caller, files[caller], tree):
            yield from outer


def _is_deployed(folder: str, paths: Sequence[str], tree: Tree) -> bool:
    """Whether a module is a root, by what it has of its own."""
    if any(
        path.endswith(_VALUES) for path in tree.sources(folder) if posixpath.dirname(path) == folder
    ):
        return True
    texts = (source.text for path in paths if isinstance(source := tree.read(path), Source))
    return any(_DEPLOYED.search(text) for text in texts)


def _named(tops: Collection[str], tree: Tree) -> Mapping[str, Collection[str]]:
    """The files that call or apply what lies in folders of some names, by what they say of each.

    That is a path from such a folder on, or what it begins with, or a sign that stands for all.
    """
    words = tuple(f"{top}/".encode("utf-8", "surrogatepass") for top in tops)
    found: dict[str, set[str]] = {}
    for path in tree.sources():
        lower = "" if is_documentation(path) else path.lower()
        runs = lower.endswith(_RUNNING) and _may_run(path) and tree.mentions(path, _APPLIES)
        if (runs or lower.endswith(_CALLING)) and tree.mentions(path, words):
            source = tree.read(path)
            for hit in _PATH.finditer(source.text) if isinstance(source, Source) else ():
                if hit["top"] in tops:
                    for one in around(f"{hit['top']}/{hit['inner'].rstrip('/')}"):
                        found.setdefault(one, set()).add(path)
    return found


def _is_named(folder: str, shelf: str, named: Mapping[str, Collection[str]]) -> bool:
    """Whether something else speaks of a module by its path: calls it, or applies it by itself."""
    top = posixpath.basename(shelf)
    says = (f"{top}{folder[len(shelf) :]}", *(f"{top}/{sign}" for sign in _WHATEVER))
    return any(not below(path, folder) for one in says for path in named.get(one, ()))


def _may_run(path: str) -> bool:
    """GitHub runs what lies in the folder of workflows itself."""
    folder = posixpath.dirname(path)
    return folder == _WORKFLOWS or not below(folder, _WORKFLOWS)
