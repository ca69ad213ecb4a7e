"""The stages of a file of settings that are deployed, each with the settings that hold for it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lamlint.dialects.properties import Properties
from lamlint.dialects.settings.levels import Level, merged
from lamlint.dialects.settings.scope import Settings
from lamlint.dialects.settings.stages import deployed
from lamlint.dialects.tree.node import Entry, MappingNode, Node, ScalarNode
from lamlint.text.dataclass import dataclass

APPLICATION = "app_function"
DJANGO = "django_settings"
HANDLER = "lambda_handler"
_OF_ZAPPA = "handler.lambda_handler"
_EXTENDS = "extends"
_ONLY_EXTENDED = frozenset(
    {"all", "base", "common", "default", "defaults", "global", "globals", "root", "shared"}
)
"""What people call a stage that is there for others to extend, and never deployed."""


@dataclass(frozen=True, eq=False)
class Stage:
    """A stage: its name as it is written, its own settings, and all that hold for it."""

    key: ScalarNode
    given: Properties
    folder: str
    """The folder of the settings, which Zappa packs."""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.key.text

    @property
    def own_handler(self) -> bool:
        """Whether Lambda calls a handler of the code, past the one that Zappa makes."""
        written = self.given.text(HANDLER)
        return bool(written.choices) and not written.is_in([_OF_ZAPPA])


def stages(root: MappingNode, settings: Settings) -> Iterator[Stage]:
    """The stages that run an application, a handler, or functions for events."""
    extended = {name for entry in root if (name := _extends(entry.value))}
    bases = {name for name in extended if name.lower().strip("_.") in _ONLY_EXTENDED}
    kept = deployed([entry.name for entry in root if entry.name not in bases])
    for entry in root:
        if entry.name not in kept:
            continue
        stage = _stage(entry, root, settings)
        if stage is None:
            continue
        if _runs_code(stage.given) or (entry.name not in extended and _runs_events(stage.given)):
            yield stage


def _runs_code(given: Properties) -> bool:
    """Whether settings name an application or a handler, as far as they are known."""
    names = (APPLICATION, DJANGO, HANDLER)
    return not all(one.absent for name in names for one in given.outcomes(name))


def _runs_events(given: Properties) -> bool:
    """Whether what Zappa's handler calls for some event is named."""
    return any(one.text("function").choices for one in given.mappings("events"))


def _stage(entry: Entry, root: MappingNode, settings: Settings) -> Stage | None:
    if not isinstance(entry.value, MappingNode):
        return None
    levels = [Level(one, one is not entry.value) for one in _levels(entry.value, root)]
    mapping = merged({entry.name: levels}, settings, entry.value)
    given = Properties(mapping, settings, entry.key.span)
    return Stage(entry.key, given, posixpath.dirname(settings.template))


def _levels(own: MappingNode, root: MappingNode) -> Iterator[MappingNode]:
    """The settings of a stage and of those that it extends, a circle once."""
    seen: set[MappingNode] = set()
    current: Node | None = own
    while isinstance(current, MappingNode) and current not in seen:
        seen.add(current)
        yield current
        current = root.get(_extends(current))


def _extends(node: Node) -> str:
    """The stage that settings extend."""
    named = node.get(_EXTENDS) if isinstance(node, MappingNode) else None
    return named.text if isinstance(named, ScalarNode) else ""
