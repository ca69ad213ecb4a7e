"""What was not read of a project, and where findings may be missing for it.

Whoever says that a finding is gone has to know that it would have been found.
What a rule needs follows from what it looks at: the templates, the code of the
functions in question, or one file alone. Where in doubt, something is missing.
"""

from __future__ import annotations

import posixpath
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from lamlint.dialects.dialect import DIALECTS
from lamlint.engine.unknown.led_to import LedTo
from lamlint.files.paths import around, normal
from lamlint.model import CodeKind
from lamlint.project import resolution
from lamlint.project.required import required_roots
from lamlint.rule import Rule, Subject
from lamlint.text import Source, Span, Tree, Unreadable
from lamlint.text.dataclass import dataclass
from lamlint.text.language import Language

if TYPE_CHECKING:
    from lamlint.model import Function
    from lamlint.packages import Package
    from lamlint.project import Project

_VALUES = (".tfvars", ".tfvars.json", ".hcl")
_BESIDE = ("samconfig.toml", "cdk.json")
"""What gives the declarations in other files their values, or says which those are."""
_NOWHERE = frozenset({CodeKind.UNKNOWN, CodeKind.MISSING, CodeKind.BUILT})


@dataclass(frozen=True, eq=False)
class Gaps:
    """What one reading of a project lacks. Nothing is worked out before it is asked for, or twice.

    `failed` says that a defect cut it short, `apart` that folders of it are
    projects of their own, whose templates may name code of this one.
    """

    project: Project
    failed: bool = False
    apart: bool = False
    _answers: dict[tuple[Subject, str, int], bool] = field(default_factory=dict)
    _files: dict[str, bool] = field(default_factory=dict)
    _roots: dict[str, bool] = field(default_factory=dict)
    _functions: dict[str, bool] = field(default_factory=dict)

    def may_hide(self, rule: Rule, place: Span) -> bool:
        """Whether a finding of a rule may be missing at a place of a file, or never be there."""
        if self.failed or self._broken(place.path):
            return True
        if rule.subject is Subject.ENGINE:
            return self.may_hide_any(rule)  # it speaks of all that others find, or do not
        line = self._line(place)
        if _looks_at_files(rule):
            targeted = self.project.is_targeted(place.path)
            return not targeted or self._holds_broken_code(place.path, line)
        key = (rule.subject, place.path, line)
        if key not in self._answers:
            self._answers[key] = self._lacks(rule.subject, place.path, line)
        return self._answers[key]

    def may_hide_any(self, rule: Rule) -> bool:
        """Whether a finding of a rule may be missing anywhere in the project."""
        if self.failed or self._short_of_templates or not self._is_asked_for_whole:
            return True
        if _looks_at_files(rule):
            here = {*self.project.tree.sources(), *self._unread}
            return any(self._broken(path) for path in here if path.endswith(".py"))
        every = self.project.functions
        return self.apart or not self._all_whole or not self._weighed(rule.subject, every)

    def _lacks(self, subject: Subject, path: str, line: int) -> bool:
        """Whether rules on functions and their code may lack something at a line of a file."""
        if self._short_of_templates or not self._is_reached(subject, path):
            return True
        if subject is Subject.HANDLER and self._short_of_handlers:
            return True
        code = self._is_code(path)
        own = self._using(path) if code else self._around(path, line)
        if code and self._led_to.may_hold(path, own or ()):
            return True
        if own is None:
            return not self._all_whole or not self._weighed(subject, self.project.functions)
        return not all(map(self._whole, own)) or not self._weighed(subject, own)

    @property
    def _is_asked_for_whole(self) -> bool:
        targets = self.project.targets
        return not targets or any(target in ("", ".") for target in targets)

    @cached_property
    def _unread(self) -> frozenset[str]:
        return self.project.left_out | {one.span.path for one in self.project.unread}

    @cached_property
    def _led_to(self) -> LedTo:
        return LedTo(self.project)

    @cached_property
    def _closed(self) -> frozenset[str]:
        """The folders that hold code which is not read, and may not even be listed as a source.

        A link that leads out or nowhere, a pipe: all may be modules, or packages by their names.
        """
        paths = (normal(path) for path in self._unread if _is_importable(path))
        return frozenset(
            folder for path in paths if not self.project.is_test(path) for folder in around(path)
        )

    @cached_property
    def _short_of_templates(self) -> bool:
        return any(_declares(path, self.project.tree) for path in self._unread)

    @cached_property
    def _short_of_handlers(self) -> bool:
        """Whether handlers may be recognised in files that were not asked for."""
        from lamlint.project.invocable import may_hold_handlers

        return not self._is_asked_for_whole and any(
            may_hold_handlers(module)
            for path, module in self.project.modules.items()
            if path == module.path
            and not self.project.is_targeted(path)
            and not self.project.declared(path)
        )

    def _is_reached(self, subject: Subject, path: str) -> bool:
        """Whether rules look at a file of Python: code of functions, or what leads there."""
        if not self._is_code(path) or not self.project.tree.is_file(path):
            return True
        if self.apart:
            return False
        recognised = subject is Subject.HANDLER and self.project.recognises
        return recognised or self.project.declared(path)

    def _is_code(self, path: str) -> bool:
        """Whether a file holds code of functions, and not only what declares them."""
        declares = path in self._blocks and not self.project.declared(path)
        return path.endswith(".py") and not declares

    def _line(self, place: Span) -> int:
        """The line of a place in a file that may be about one function; 0 for the whole file."""
        source = self.project.tree.read(place.path)
        if self._is_code(place.path) or not place.end or isinstance(source, Unreadable):
            return 0
        return source.position(place.start).line

    def _using(self, path: str) -> tuple[Function, ...]:
        """The functions that may run the code in a file; of some it is not known where it lies."""
        lost = (one for one in self.project.functions if one.code.kind in _NOWHERE)
        return (*lost, *(one for root in around(path) for one in self._users.get(root, ())))

    @cached_property
    def _users(self) -> dict[str, list[Function]]:
        """The functions that import from a folder."""
        found: dict[str, list[Function]] = {}
        for function in self.project.functions:
            for root in self._roots_of(function):
                found.setdefault(root, []).append(function)
        return found

    def _around(self, path: str, line: int) -> tuple[Function, ...] | None:
        """The functions on whose lines one lies; None for a line that may concern any."""
        blocks = self._blocks.get(path, ())
        place = bisect_right(blocks, line, key=lambda block: block.first) - 1
        own = []
        while place >= 0 and blocks[place].last >= line:
            own.append(blocks[place].function)
            place -= 1
        return tuple(own) or None

    @cached_property
    def _blocks(self) -> dict[str, list[_Block]]:
        """The lines of all functions by template: comments end later than the last value."""
        found: dict[str, list[_Block]] = {}
        for function in self.project.functions:
            source, block = self.project.tree.read(function.block.path), function.block
            if isinstance(source, Source):
                first, last = (source.position(at).line for at in (block.start, block.end - 1))
                found.setdefault(source.path, []).append(_Block(first, last, function))
        return {path: sorted(own, key=lambda block: block.first) for path, own in found.items()}

    def _roots_of(self, function: Function) -> Iterator[str]:
        yield from resolution.layer_roots(function)
        root = resolution.root_of(function)
        if root is not None:
            yield root
            yield from required_roots(root, self.project.tree)

    @cached_property
    def _all_whole(self) -> bool:
        return all(map(self._whole, self.project.functions))

    def _whole(self, function: Function) -> bool:
        """Whether a function's handler was found, and all the code that it may run was read."""
        if function.id not in self._functions:
            foreign = not any(name.startswith("python") for name in _runtimes(function))
            self._functions[function.id] = foreign or (
                self.project.resolves(function) and all(map(self._sound, self._roots_of(function)))
            )
        return self._functions[function.id]

    def _sound(self, root: str) -> bool:
        if root not in self._roots:
            inside = self.project.tree.sources(root)
            code = (p for p in inside if p.endswith(".py") and not self.project.is_test(p))
            self._roots[root] = root not in self._closed and not any(map(self._broken, code))
        return self._roots[root]

    def _broken(self, path: str) -> bool:
        """Whether a file is there and could not be read, or not to its end."""
        if path not in self._files:
            there = bool(path) and self.project.tree.is_file(path)
            self._files[path] = there and not self._reads(path)
        return self._files[path] or path in self._unread

    def _reads(self, path: str) -> bool:
        source = self.project.tree.read(path)
        if isinstance(source, Unreadable):
            return False
        return not path.endswith((".py", *Language.YAML.endings)) or source.once(
            _parses, partial(_parses, source)
        )

    def _holds_broken_code(self, path: str, line: int) -> bool:
        """Whether code stands around a line of a template that could not be read."""
        sources = (function.code.inline for function in self._around(path, line) or ())
        return not all(_parses(source) for source in sources if source is not None)

    def _weighed(self, subject: Subject, functions: Sequence[Function]) -> bool:
        """Whether all that is in the packages of functions is known, for rules on packages."""
        if subject is not Subject.PACKAGE:
            return True
        return not any(self._packages[function.id].missing for function in functions)

    @cached_property
    def _packages(self) -> dict[str, Package]:
        return {package.function.id: package for package in self.project.packages}


class _Block(NamedTuple):
    """The lines of a function's resource in its template."""

    first: int
    last: int
    function: Function


def _declares(path: str, tree: Tree) -> bool:
    """Whether a file may be a template, or set one's parameters; a folder may hold such files."""
    claimed = any(dialect.owns(path, tree) for dialect in DIALECTS)
    return claimed or path.endswith(("/", *_VALUES)) or posixpath.basename(path) in _BESIDE


def _is_importable(path: str) -> bool:
    """Whether what stands at a path may be a module, or a package."""
    return path.endswith(".py") or "." not in posixpath.basename(path)


def _looks_at_files(rule: Rule) -> bool:
    """Whether a rule looks at each file by itself, whatever functions there are."""
    return rule.sees_every_module and rule.subject in (Subject.MODULE, Subject.PROJECT)


def _runtimes(function: Function) -> tuple[str, ...]:
    """The runtimes that a function may have; one that is not known may be any."""
    return tuple(choice.value for choice in function.runtime.choices) or ("python",)


def _parses(source: Source) -> bool:
    if source.host is None and source.path.endswith(Language.YAML.endings):
        from lamlint.dialects.tree.yaml import Broken, compose

        return not isinstance(compose(source), Broken)
    from lamlint.python import Module
    from lamlint.python.module.facts import facts

    # The grammar of this interpreter need not be the last word.
    return facts(source).taken or Module(source, "").failure is None
