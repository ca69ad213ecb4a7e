"""What `.chalice/config.json` says of each function of an application, in each stage."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from functools import cached_property

from lamlint.dialects.budget import Budget
from lamlint.dialects.outcome import Outcome
from lamlint.dialects.properties import Properties
from lamlint.dialects.settings.levels import Level, Stages, merged
from lamlint.dialects.settings.scope import Settings
from lamlint.dialects.settings.stages import deployed
from lamlint.dialects.tree.node import MappingNode
from lamlint.text import Source, Span, Tree
from lamlint.text.dataclass import dataclass

_FUNCTIONS = "lambda_functions"
VARIABLES = "environment_variables"
TAGS = "tags"
_USUAL_STAGE = "dev"
"""What `chalice deploy` deploys where no stage is named."""


@dataclass(frozen=True, eq=False)
class Configuration:
    """The configuration of an application: its file, and what stands at the top of it.

    It is not `complete` where a stack adds a stage to it that is not read.
    """

    source: Source
    root: MappingNode
    settings: Settings
    complete: bool
    stages: tuple[str, ...]
    """The names of the stages that are deployed."""

    @classmethod
    def of(cls, source: Source, root: MappingNode, tree: Tree, *, complete: bool) -> Configuration:
        """The configuration in a file."""
        beside = ("lambda_memory_size", "lambda_timeout", "app_name", "version")
        settings = Settings(source.path, Budget.of(len(source.text)), beside)
        return cls(source, root, settings, complete, _stages(source, root, tree))

    @property
    def folder(self) -> str:
        """The folder of the application, in which `.chalice` lies."""
        return posixpath.dirname(posixpath.dirname(self.source.path))

    def of_function(self, name: str, owner: Span, *, alone: bool) -> Properties:
        """What holds for a function; others share what is not said of it alone."""
        stages: Stages = {stage: self._levels(stage, name, alone) for stage in self.stages}
        mapping = merged(stages, self.settings, self.root, (VARIABLES, TAGS))
        listed = _below(self.root, _FUNCTIONS)
        # Two functions for which a fix writes the list itself would each write one.
        lead = () if alone or listed is None or not listed.entries else (_FUNCTIONS, name)
        return Properties(mapping, self.settings, owner, lead=lead, complete=self.complete)

    def in_stage(self, stage: str, name: str, owner: Span, *, alone: bool) -> Properties:
        """What holds for a function in one stage."""
        levels: Stages = {stage: self._levels(stage, name, alone)}
        return Properties(merged(levels, self.settings, self.root), self.settings, owner)

    def variable(self, name: str) -> Sequence[Outcome]:
        """What a variable is set to for all functions, as the code sees it that is deployed."""
        found = self._of_all.outcomes(VARIABLES, name)
        return [one for one in found if not one.absent]

    @cached_property
    def _of_all(self) -> Properties:
        """What holds for all functions."""
        return self.of_function("", self.source.span(0, 0), alone=True)

    def room(self, name: str, *, alone: bool) -> tuple[str, ...] | None:
        """The path to the variables of a function alone; None where there is none."""
        if alone:
            return (VARIABLES,)
        (stage, *others) = self.stages
        named = isinstance(self.root.get("stages"), MappingNode)
        return ("stages", stage, _FUNCTIONS, name, VARIABLES) if named and not others else None

    def _levels(self, stage: str, name: str, alone: bool) -> list[Level]:
        """The settings of a function in a stage, as Chalice looks them up: the strongest first."""
        of_stage = _below(self.root, "stages", stage)
        found = [
            (_below(of_stage, _FUNCTIONS, name), False),
            (of_stage, not alone),
            (_plain(_below(self.root, _FUNCTIONS, name)), False),
            (self.root, not alone),
        ]
        return [Level(mapping, shared) for mapping, shared in found if mapping is not None]


def _stages(source: Source, root: MappingNode, tree: Tree) -> tuple[str, ...]:
    """The stages that are deployed: Chalice notes what it deploys in `.chalice/deployed`."""
    notes = posixpath.join(posixpath.dirname(source.path), "deployed")
    listed = root.get("stages")
    names = [entry.name for entry in listed] if isinstance(listed, MappingNode) else []
    return deployed(names, lambda name: tree.is_file(posixpath.join(notes, f"{name}.json"))) or (
        _USUAL_STAGE,
    )


def _below(mapping: MappingNode | None, *path: str) -> MappingNode | None:
    for name in path:
        node = mapping.get(name) if mapping is not None else None
        mapping = node if isinstance(node, MappingNode) else None
    return mapping


def _plain(mapping: MappingNode | None) -> MappingNode | None:
    """Settings without what Chalice completes: of that, it does not look at these."""
    if mapping is None:
        return None
    kept = [entry for entry in mapping.entries if entry.name not in (VARIABLES, TAGS)]
    return MappingNode(mapping.source, mapping.start, mapping.end, kept, mapping.flow)
