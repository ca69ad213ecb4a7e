"""Settings of Django that what is deployed sets anew: they are for somebody's own machine."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property

from lamlint.model import Function
from lamlint.text import Regex, Source, Tree
from lamlint.text.dataclass import dataclass

_VARIABLE = "DJANGO_SETTINGS_MODULE"
_STAR = Regex(r"(?m)^from[ \t]+([\w.]+)[ \t]+import[ \t]+\*")
_WORD = Regex(r"\w+")
_MOST_STEPS = 5
"""How many modules of settings are laid one over another."""


@dataclass(frozen=True, eq=False)
class DjangoSettings:
    """The settings that the functions of a project run on. Each file is looked at once."""

    functions: Sequence[Function]
    tree: Tree
    _anew: dict[tuple[str, str], bool] = field(default_factory=dict)
    _spoken: dict[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    _stars: dict[str, Sequence[str]] = field(default_factory=dict)

    def are_set_anew(self, path: str, name: str) -> bool:
        """Whether each function has settings that take in those of a file, and then set a name."""
        key = path, name
        if key not in self._anew:
            modules = {_module(one) for one in self.functions}
            self._anew[key] = bool(modules) and all(
                self._sets_anew(self._path(one), path, name) for one in modules
            )
        return self._anew[key]

    def are_nobodys(self, path: str, name: str) -> bool:
        """Whether all that speaks of the settings of a file takes them in, and then sets a name."""
        if path not in self._spoken:
            self._spoken[path] = tuple(self._speaking(path))
        spoken = self._spoken[path]
        return bool(spoken) and all(
            lines == 1 and self._takes_in_and_sets(text, path, name) for text, lines in spoken
        )

    def running_on(self, path: str, name: str) -> list[Function]:
        """The functions whose settings have a name from a file: theirs, or taken in."""
        return [one for one in self.functions if self._has(self._path(_module(one)), path, name)]

    def _speaking(self, path: str) -> Iterator[tuple[str, int]]:
        """The other texts that speak of the settings of a file, each with in how many lines."""
        *_, package, module = ("", *posixpath.splitext(path)[0].split("/"))
        for other in self.tree.sources():
            if other != path and self.tree.mentions(other, (module.encode(),)):
                source = self.tree.read(other)
                lines = list(_lines(source, package, module)) if isinstance(source, Source) else []
                if isinstance(source, Source) and lines:
                    yield source.text, len(lines)

    def _takes_in_and_sets(self, text: str, path: str, name: str) -> bool:
        last = _last_line(text, lambda line: _sets(line, name))
        stars = (hit for hit in _STAR.finditer(text) if hit.end() < last)
        return any(self._path(hit[1]) == path for hit in stars)

    def _has(self, own: str, path: str, name: str) -> bool:
        """Whether settings are a file, or take it in and do not set a name themselves."""
        if not own or own == path:
            return bool(own)
        source = self.tree.read(own)
        if not isinstance(source, Source) or _last_line(source.text, lambda x: _sets(x, name)) >= 0:
            return False
        return self._leads_to(self._taken_in(own), path)

    def _sets_anew(self, path: str, other: str, name: str) -> bool:
        """Whether a file takes in another, however far below, and then sets a name."""
        source = self.tree.read(path) if path and path != other else None
        if not isinstance(source, Source):
            return False
        last = _last_line(source.text, lambda line: _assigns(line, name))
        first = _STAR.search(source.text)
        if first is None or first.end() >= last:
            return False
        return self._leads_to([self._path(first[1])], other)

    def _leads_to(self, paths: Sequence[str], other: str) -> bool:
        """Whether some files take in another, however far below; each is followed once."""
        seen: set[str] = {""}
        for _ in range(_MOST_STEPS + 1):
            if other in paths:
                return True
            seen.update(paths)
            below = (one for path in paths if path for one in self._taken_in(path))
            paths = list(dict.fromkeys(one for one in below if one not in seen))
        return False

    def _taken_in(self, path: str) -> Sequence[str]:
        """The files that a file takes in."""
        if path not in self._stars:
            source = self.tree.read(path)
            text = source.text if isinstance(source, Source) else ""
            self._stars[path] = [self._path(hit[1]) for hit in _STAR.finditer(text)]
        return self._stars[path]

    def _path(self, module: str) -> str:
        """The one file that a module may be; nothing where that is not known."""
        ending = f"/{module.lstrip('.').replace('.', '/')}.py"
        named = self._by_name.get(posixpath.basename(ending), ()) if module else ()
        found = [path for path in named if f"/{path}".endswith(ending)]
        return found[0] if len(found) == 1 else ""

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for path in self.tree.sources():
            found.setdefault(posixpath.basename(path), []).append(path)
        return found


def _lines(source: Source, package: str, module: str) -> Iterator[str]:
    """The lines that import a module, or that name it in a text."""
    code = source.path.endswith(".py")
    for line in source.text.split("\n"):
        if code and line.lstrip().startswith(("from ", "import ")):
            if module in _WORD.findall(line):
                yield line
        elif f"{package}.{module}" in line:
            yield line


def _module(function: Function) -> str:
    value = function.environment.variables.get(_VARIABLE)
    return value.only if value is not None and value.known else ""


def _last_line(text: str, fits: Callable[[str], bool]) -> int:
    """Where the last line begins of which something holds; -1 where there is none."""
    found, place = -1, 0
    for line in text.split("\n"):
        if fits(line):
            found = place
        place += len(line) + 1
    return found


def _assigns(line: str, name: str) -> bool:
    return _sets(line, name) and "environ" in line


def _sets(line: str, name: str) -> bool:
    """Whether a line at the head of a module gives a name its value."""
    rest = line.removeprefix(name).lstrip() if line.startswith(name) else ""
    return rest.startswith("=") and not rest.startswith("==")
