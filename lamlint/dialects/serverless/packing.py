"""What the framework packs: which files of the folder, and what is installed beside them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TypeAlias

from lamlint.dialects import values
from lamlint.dialects.properties import Properties
from lamlint.dialects.serverless.functions import Declared
from lamlint.dialects.serverless.service import Service
from lamlint.dialects.tree.node import ScalarNode
from lamlint.files.gitignore import LONGEST
from lamlint.files.paths import normal
from lamlint.model import Packing, Value

Patterns: TypeAlias = "tuple[Value[str], ...]"
_PLUGIN = "serverless-python-requirements"
_WSGI = "serverless-wsgi"
_OPTIONS = ("custom", "pythonRequirements")
_APART = ("layer", "zip", "noDeploy", "fileName")
"""Options by which something else is installed into the package than what is asked for."""
_UV = "python-uv"
_WITHOUT = ("serverless.yml", "serverless.yaml", "serverless.json", ".gitignore", ".DS_Store")
_VARIABLES = ".env*"
_NOTHING = ("!**",)
"""What is surely packed where the patterns are not known."""


def installs(service: Service) -> bool:
    """Whether packages get what the project asks for: by a plugin, or by the framework itself."""
    given = service.properties
    plugged = _is_named(given, _PLUGIN) or (
        _is_named(given, _WSGI) and not _is_off(given, "custom", "wsgi", "packRequirements")
    )
    if not plugged and given.has(*_OPTIONS).is_in([False]):
        return False
    return not any(_is_on(given, *_OPTIONS, name) for name in _APART)


def _is_off(given: Properties, *path: str) -> bool:
    """Whether an option is set, and says no."""
    return given.value(path, values.truth).is_in([False])


def build_method(service: Service) -> str:
    """How packages get what the project asks for, in the words of SAM."""
    return _UV if _is_on(service.properties, *_OPTIONS, "useUv") else ""


def python(service: Service) -> Value[str] | None:
    """The Python by which the plugin installs, where it is named."""
    given = service.properties
    if not _is_named(given, _PLUGIN):
        return None
    named = given.text(*_OPTIONS, "pythonBin")
    return named if named.known else None


def asked_by(service: Service, folder: str) -> str:
    """The file by which the plugin installs in place of requirements.txt; empty, where none is."""
    given = service.properties
    named = given.text(*_OPTIONS, "fileName")
    if not (_is_named(given, _PLUGIN) and named.known):
        return ""
    return normal(posixpath.join(folder, named.only))


def by_poetry(service: Service) -> bool:
    """Whether the plugin installs what a poetry.lock pins, as it does unless it is told not to."""
    given = service.properties
    wanted = given.value((*_OPTIONS, "usePoetry"), values.truth, True)
    return _is_named(given, _PLUGIN) and wanted.is_in([True])


def _is_named(given: Properties, plugin: str) -> bool:
    """Whether a plugin is used, or may be."""
    named = given.texts("plugins") or given.texts("plugins", "modules")
    return any(not one.is_not_in((plugin,)) for one in named)


def _is_on(given: Properties, *path: str) -> bool:
    """Whether an option is set, or may be."""
    found = given.outcomes(*path)
    return not found or not all(
        one.absent or (isinstance(one.node, ScalarNode) and one.node.value in (None, False))
        for one in found
    )


def packing(declared: Declared, folder: str) -> Packing:
    """Which files of a folder are packed: by the service's patterns, then by the function's."""
    home = posixpath.dirname(declared.service.path)
    excluded, included = declared.service.once(_patterns)
    own_excluded, own_included = _listed(declared.own)
    patterns = (*excluded, *own_excluded, *included, *own_included)
    known = all(one.known for one in patterns)
    known = known and sum(len(one.only) for one in patterns) <= LONGEST
    return Packing(
        never=declared.service.once(_never),
        patterns=tuple(one.only for one in patterns) if known else _NOTHING,
        start=normal(posixpath.relpath(folder or ".", home or ".")),
    )


def taken(declared: Declared) -> Iterator[str]:
    """The patterns that are known of what is packed: the service's, and the function's own."""
    _, included = declared.service.once(_patterns)
    _, own = _listed(declared.own)
    given = (choice.value for one in (*included, *own) for choice in one.ever)
    yield from (one.removeprefix("./") for one in given if not one.startswith("!"))


def _patterns(service: Service) -> tuple[Patterns, Patterns]:
    return _listed(service.properties)


def _listed(given: Properties) -> tuple[Patterns, Patterns]:
    """The patterns of the old key for what is not packed, and all that count behind them."""
    excluded = tuple(map(_left_out, given.texts("package", "exclude")))
    named = (given.texts("package", name) for name in ("include", "patterns"))
    return excluded, tuple(one for each in named for one in each)


def _left_out(value: Value[str]) -> Value[str]:
    """A pattern of what is not packed as one of the usual ones; with `!` it is packed, then."""
    return value.map(lambda text: text[1:] if text.startswith("!") else f"!{text}")


def _never(service: Service) -> tuple[str, ...]:
    """Names of what is not packed: `.env` files where the framework reads them itself."""
    version = service.properties.text("frameworkVersion")
    latest = version.all(lambda text: text.lstrip("^~>= v").startswith("4"))
    loads = latest or _is_on(service.properties, "useDotenv")
    return (*_WITHOUT, *((_VARIABLES,) if loads else ()))
