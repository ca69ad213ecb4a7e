"""Finds the rules: built in, from a folder, or from installed packages."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import pkgutil
import site
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType

from lamlint.errors import LamlintError
from lamlint.files import asking, opening
from lamlint.files.opening import MEGABYTE, ReadError
from lamlint.rule import ATTRIBUTE, Rule, RuleError

ENTRY_POINTS = "lamlint.rules"
_OF_FOLDERS = "lamlint_folder_rules"
_PYTHON = os.path.dirname(os.path.abspath(os.__file__))
_BROUGHT: set[str] = set()
"""The modules that were imported for rules which are not built in; Python does so but once."""


class RegistryError(LamlintError):
    """A folder of rules, or a rule in it, that cannot be used."""


def load(folders: tuple[str, ...] = (), *, plugins: bool = True) -> Mapping[str, Rule]:
    """All rules by name, sorted. Raises RegistryError for rules that cannot be loaded."""
    built_in = _built_in()
    before = frozenset(sys.modules)
    rules: dict[str, Rule] = {}
    for found in (*built_in, *_others(folders, plugins=plugins)):
        if found.name in rules:
            raise RegistryError(f"two rules are named {found.name}")
        rules[found.name] = found
    _BROUGHT.update({*sys.modules} - before)
    _have_noted()
    return dict(sorted(rules.items()))


def _others(folders: tuple[str, ...], *, plugins: bool) -> Iterator[Rule]:
    if plugins:
        yield from _installed_rules()
    for folder in folders:
        yield from _folder_rules(Path(folder))


@cache
def _built_in() -> tuple[Rule, ...]:
    return tuple(_package_rules(importlib.import_module("lamlint.rules")))


def _package_rules(package: ModuleType) -> Iterator[Rule]:
    """The rules of a package whose subpackages are families."""
    for family in sorted(pkgutil.iter_modules(package.__path__, f"{package.__name__}.")):
        if not family.ispkg:
            continue
        members = importlib.import_module(family.name)
        for member in sorted(pkgutil.iter_modules(members.__path__, f"{family.name}.")):
            yield _rule_of(importlib.import_module(member.name))


def _installed_rules() -> Iterator[Rule]:
    folders = [folder for folder in dict.fromkeys(sys.path) if _installs(folder)]
    if not any(map(_offers_rules, folders)):
        return  # asking importlib.metadata costs ten times as much, and mostly for nothing
    from importlib.metadata import distributions

    found = {
        point
        for package in distributions(path=folders)
        for point in package.entry_points
        if point.group == ENTRY_POINTS
    }
    for point in sorted(found):
        try:
            package = point.load()
        except Exception as error:
            raise RegistryError(f"the rules of the package {point.value}: {error}") from error
        yield from _package_rules(package)


def _have_noted() -> None:
    """Ask for what rules are made of and import, so that it belongs to what a run saw.

    Lamlint's own files and Python's count by themselves, and folders of rules as a whole.
    """
    for name in sorted(_BROUGHT):
        module = sys.modules.get(name)
        file = getattr(module, "__file__", None) or ""
        top = name.partition(".")[0]
        if top in ("lamlint", _OF_FOLDERS) or (top in sys.stdlib_module_names and _is_python(file)):
            continue
        for folder in getattr(module, "__path__", ()):
            asking.importable(os.path.abspath(folder))
        if file:
            with contextlib.suppress(ReadError):
                opening.read(os.path.abspath(file), MEGABYTE)


def _is_python(file: str) -> bool:
    return not file or os.path.abspath(file).startswith(_PYTHON)


def _installs(folder: str) -> bool:
    """Whether packages are installed in a folder of the path, by pip or by who set the path.

    Not one that a package was installed in place from: it may be the project that is checked.
    """
    written = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    named = {os.path.abspath(entry) for entry in written if entry}
    return folder in {*site.getsitepackages(), site.getusersitepackages(), *named}


def _offers_rules(folder: str) -> bool:
    """Whether a package that is installed in a folder has rules for lamlint."""
    asking.importable(folder)
    try:
        names = [entry.path for entry in os.scandir(folder) if entry.name.endswith("-info")]
    except OSError:
        return False
    for name in names:
        with contextlib.suppress(ReadError):
            points = opening.read(os.path.join(name, "entry_points.txt"), MEGABYTE)
            if ENTRY_POINTS.encode() in points:
                return True
    return False


def _folder_rules(folder: Path) -> Iterator[Rule]:
    """The rules of a folder: `<family>/<rule>.py`, or `<rule>.py` in the family `user`."""
    if not folder.is_dir():
        raise RegistryError("there is no such folder of rules", str(folder))
    files = sorted(folder.glob("*.py")) + sorted(folder.glob("*/*.py"))
    _have_folder_noted(folder)
    files = [path for path in files if not path.stem.startswith("_")]
    if not files:
        raise RegistryError("no rules lie here, as FAMILY/RULE.py or RULE.py", str(folder))
    for path in files:
        family = "user" if path.parent == folder else path.parent.name
        yield _rule_of(_module_in(path, f"{_OF_FOLDERS}.{family}.{path.stem}"))


def place_of(rule: Rule) -> tuple[str, str]:
    """The module that a rule is, and the file that holds it: enough to load it elsewhere."""
    name = rule.check.__module__
    return name, os.path.abspath(sys.modules[name].__file__ or "")


def reload(name: str, file: str) -> Rule:
    """The rule that is a module, in another process than the one that has told its place."""
    known = sys.modules.get(name)
    if known is not None and os.path.abspath(known.__file__ or "") == file:
        return _rule_of(known)
    of_folder = name.startswith(f"{_OF_FOLDERS}.")
    return _rule_of(_module_in(Path(file), name) if of_folder else importlib.import_module(name))


def _module_in(path: Path, name: str) -> ModuleType:
    """The module that a file holds, under a name that no installed one has."""
    specification = importlib.util.spec_from_file_location(name, path)
    if specification is None or specification.loader is None:
        raise RegistryError("this is no Python module", str(path))
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    try:
        specification.loader.exec_module(module)
    except RuleError as error:
        raise RegistryError(str(error), str(path)) from error
    except Exception as error:
        raise RegistryError(f"{type(error).__name__}: {error}", str(path)) from error
    return module


def _have_folder_noted(folder: Path) -> None:
    """Ask for all modules of a folder of rules, which may import each other."""
    for around, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        asking.importable(os.path.abspath(around))
        for name in names:
            if name.endswith(".py"):
                with contextlib.suppress(ReadError):
                    opening.read(os.path.abspath(os.path.join(around, name)), MEGABYTE)


def _rule_of(module: ModuleType) -> Rule:
    found = [
        value
        for value in vars(module).values()
        if isinstance(getattr(value, ATTRIBUTE, None), Rule)
        and value.__lamlint_rule__.name == module.__name__.rpartition(".")[2].replace("_", "-")
    ]
    if len(found) != 1:
        raise RegistryError("a rule module holds one function under @rule", str(module.__file__))
    rule: Rule = getattr(found[0], ATTRIBUTE)
    return rule
