"""What a run is asked for, and the projects it is about."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from lamlint.config import Config, reading
from lamlint.config.selection import SILENT, Layer, ignored, runs
from lamlint.config.table import shown
from lamlint.errors import LamlintError
from lamlint.files import asking
from lamlint.files.boundary import Boundary
from lamlint.files.disk import DiskTree
from lamlint.files.git import Git
from lamlint.files.limits import Limits
from lamlint.files.overheard import Overheard
from lamlint.files.overlay import Overlay
from lamlint.files.paths import Folders
from lamlint.rule import Rule
from lamlint.text import Finding, Safety, Severity, Tree
from lamlint.text.dataclass import dataclass


class UsageError(LamlintError):
    """What is asked for cannot be done."""


@dataclass(frozen=True)
class Request:
    """The options of `lamlint check`, as plain data. Paths are as the user wrote them.

    `stdin` is a file's bytes given in place of those on disk; the one path is
    then its name. None leaves a setting to the configuration.
    """

    paths: tuple[str, ...]
    today: date
    layer: Layer = SILENT
    severity: Severity | None = None
    config: str = ""
    isolated: bool = False
    force_exclude: bool = False
    baseline: str = ""
    write_baseline: bool = False
    max_file_size: int | None = None
    fix: Safety | None = None
    stdin: bytes | None = None


@dataclass(frozen=True)
class Scope:
    """One project of a run: its root, its configuration, and what is reported of it.

    `targets` are the paths asked for, relative to the root.
    """

    root: str
    config: Config
    tree: Tree
    disk: DiskTree
    targets: tuple[str, ...]
    rules: Mapping[str, Rule]
    layer: Layer
    severity: Severity
    baseline: str

    @cached_property
    def running(self) -> tuple[Rule, ...]:
        """The rules that run for any path."""
        return tuple(
            rule
            for rule in self.rules.values()
            if any(self._runs(rule, (o.layer,)) for o in self.config.overrides)
            or self._runs(rule, ())
        )

    def _runs(self, rule: Rule, layers: Sequence[Layer]) -> bool:
        if not runs(rule, (*self.config.layers, *layers, self.layer)):
            return False
        # A select of the command line starts anew, but what paths ignore stays ignored.
        return self.layer.select is None or not any(ignored(rule, layer) for layer in layers)

    def reports(self, finding: Finding, beside: Sequence[str] = ()) -> bool:
        """Whether a finding is one that the user wants to see.

        It is where its own place or one that explains it was asked for: who changes one side
        of a join may break what stands on the other. `beside` are folders of code outside the
        root, which belong to the project as a whole.
        """
        if finding.rule == "internal-error":
            return True
        path = finding.span.path
        if not self._looks_at(path) or not self._concerns(finding, beside):
            return False
        overrides = [each for each in self.config.overrides if each.paths.matches(path)]
        least = self.severity
        for override in overrides:
            least = max(least, override.severity or least)
        return (finding.severity or Severity.ERROR) >= least and self._runs(
            self.rules[finding.rule], [each.layer for each in overrides]
        )

    def _concerns(self, finding: Finding, beside: Sequence[str]) -> bool:
        if _is_whole(self.targets) and Folders.of(beside).holds(finding.span.path):
            return True
        others = (note.span.path for note in (*finding.related, *finding.flow))
        return any(self.holds(path) for path in (finding.span.path, *others))

    def holds(self, path: str) -> bool:
        """Whether a path lies below one that was asked for and is not excluded."""
        return self._asked_for.holds(path) and self._looks_at(path)

    def _looks_at(self, path: str) -> bool:
        """Whether a path belongs to this project and is not excluded."""
        if self._apart.holds(path):
            return False
        return path in self._asked_for.paths or not self.config.exclude.matches(path)

    @cached_property
    def _asked_for(self) -> Folders:
        return Folders.of(self.targets)

    @cached_property
    def _apart(self) -> Folders:
        return Folders.of(self.disk.apart)

    @property
    def projects_below(self) -> Iterator[str]:
        """The folders below the paths asked for that have a configuration of their own."""
        return (folder for folder in self.disk.apart if self._asked_for.holds(folder))

    @property
    def files(self) -> Iterator[str]:
        """The files that are reported on."""
        for target in self.targets:
            if self.tree.is_file(target):
                yield target
            else:
                yield from (p for p in self.tree.sources(target) if self.holds(p))


def _is_whole(targets: Sequence[str]) -> bool:
    return any(target in ("", ".") for target in targets)


def scopes(request: Request, rules: Mapping[str, Rule]) -> tuple[Scope, ...]:
    """The projects that the paths of a request lie in, and those below the paths.

    A folder with a configuration of its own is a project of its own, as the
    nearest configuration wins. Raises UsageError and ConfigError.
    """
    by_root: dict[tuple[str, str], list[str]] = {}
    for path in request.paths:
        absolute = os.path.abspath(path)
        if request.stdin is None and not asking.exists(absolute):
            raise UsageError("there is no such file or folder", path)
        folder = absolute if asking.is_folder(absolute) else os.path.dirname(absolute)
        by_root.setdefault(reading.find(folder), []).append(absolute)
    if len(by_root) > 1 and not any(file for _, file in by_root):
        # Loose paths in no repository: one project above them all.
        paths = [path for group in by_root.values() for path in group]
        common = os.path.commonpath([os.path.dirname(path) for path in paths])
        by_root = {(common, ""): paths}
    found: list[Scope] = []
    git = Git()
    while by_root:
        root, file = min(by_root)  # what lies above comes before what lies below
        found.append(_scope(request, rules, git, root, file, by_root.pop((root, file))))
        for inner in found[-1].projects_below:
            name = found[-1].disk.absolute(inner)
            by_root.setdefault((name, reading.configuration_in(name)), []).append(name)
    return tuple(found)


def _scope(
    request: Request,
    rules: Mapping[str, Rule],
    git: Git,
    root: str,
    file: str,
    paths: Sequence[str],
) -> Scope:
    boundary = reading.boundary_of(root)
    file = _configuration(request, file, boundary)
    config = reading.read(file, rules, boundary) if file else Config()
    targets = tuple(
        dict.fromkeys(os.path.relpath(path, root).replace(os.sep, "/") for path in paths)
    )
    if request.force_exclude:
        targets = tuple(t for t in targets if not config.exclude.matches(t))
    disk = DiskTree(
        root,
        boundary=boundary.folder,
        named=() if request.force_exclude else targets,
        limits=Limits(source=request.max_file_size or config.max_file_size),
        exclude=config.exclude,
        git=git,
    )
    if not request.config and not request.isolated:
        disk = disk.without(tuple(reading.projects_below(disk)))
    if request.force_exclude:
        sources = frozenset(disk.sources())
        targets = tuple(t for t in targets if disk.is_folder(t) or t in sources)
    tree: Tree = disk if asking.taken() is None else Overheard(disk, root, disk.within)
    if request.stdin is not None:
        tree = Overlay(disk, {targets[0]: _decoded(targets[0], request.stdin)})
    return Scope(
        root,
        config,
        tree,
        disk,
        targets,
        rules,
        request.layer,
        config.severity if request.severity is None else request.severity,
        os.path.abspath(request.baseline) if request.baseline else config.baseline,
    )


def _configuration(request: Request, found: str, boundary: Boundary) -> str:
    """The configuration file to read: the one that is named, else the one that was found."""
    if request.config and request.isolated:
        raise UsageError(f"--isolated reads no configuration, and {request.config} is one")
    if request.isolated:
        return ""
    if request.config:
        if not asking.exists(request.config):
            raise UsageError("there is no such configuration file", request.config)
        if asking.is_folder(request.config):
            raise UsageError("this is a folder, not a configuration file", request.config)
        return os.path.abspath(request.config)
    if found and not boundary.holds(found):
        what = "this is a link that leads out of the project"
        raise UsageError(f"{what}; --config may name the file itself", shown(found))
    return found


def unanswered(scopes: Iterable[Scope]) -> Iterator[str]:
    """Where git did not say which files there are, so that .gitignore files had to do."""
    silent = {top: why for scope in scopes for top, why in scope.disk.git.silent.items()}
    for top, why in sorted(silent.items()):
        what = f"git does not say which files belong here ({why})"
        yield f"{shown(top)}: {what}; all do but those that .gitignore files name"


def _decoded(path: str, data: bytes) -> str:
    from lamlint.text import Unreadable
    from lamlint.text.decode import decode

    source = decode(path, data)
    if isinstance(source, Unreadable):
        raise UsageError(f"the standard input cannot be read: {source.reason}")
    return source.text
