"""The project's file that is the code of a function whose package is not here.

A package in S3, or one that a build makes, was once made of files. Most often they lie in the
project, and the handler string says which. A file is tied to a function where it surely is the
one that is meant. A tie says what runs and from where modules are imported; what else is in the
package stays unknown.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property

from lamlint.files import kinds
from lamlint.files.paths import Folders, around, below
from lamlint.model import Code, CodeKind, Function
from lamlint.project import resolution
from lamlint.project.away import fits, handler_string, is_away
from lamlint.project.image import alike, by_only_dockerfile, in_image
from lamlint.project.likeness import holding_templates, is_common, package_name
from lamlint.project.named_files import NamedFiles, common_folders
from lamlint.project.packed import packed
from lamlint.project.packing import Packing
from lamlint.text import Span, Tree, Unread, Unreadable
from lamlint.text.dataclass import dataclass

_WHERE = {
    CodeKind.REMOTE: "the package is in S3",
    CodeKind.MISSING: "{path} is not here",
    CodeKind.ARCHIVE: "{path} is an archive",
    CodeKind.BUILT: "a build makes {path}",
    CodeKind.FOLDER: "what a build makes of {path} is deployed",
    CodeKind.UNKNOWN: "where the package lies is not known",
    CodeKind.IMAGE: "how its image is built is not known",
}
"""Where code of some kind is that is not here, as the end of a sentence."""
_MOST = 200_000
"""So many files are looked at for what handlers name: the files of a name for each that is away."""
_TOO_MANY = "only in part: too many files may be the code of its functions"
_MOVING = ("makefile", "bundling")
"""Ways to build code that may put the modules of a folder elsewhere: SAM's, and the CDK's."""
_ONLY = "the only file that its handler names"
_NEAREST = "the nearest file that its handler names"
_COPIED = "the file that its handler names; the others are copies of it"
_COPIES = 4
"""So many files may be one and its copies; more are rather alike by chance, as stubs are."""
_SAME = "the code of the same function in another template"
_BY_NAME = "the file that its handler names in a folder of the same name"


@dataclass(frozen=True)
class Tie:
    """Where the code of a function is, and why it is taken for that, in brackets behind it."""

    place: resolution.Place
    why: str


@dataclass(frozen=True)
class _Claim:
    """A function whose code is not here, and the files that its handler may name.

    `alone` says that the project has but one file of that name, tests aside.
    """

    function: Function
    module: str
    attribute: str
    files: NamedFiles
    alone: bool


def ties(functions: Sequence[Function], tree: Tree) -> Mapping[str, Tie]:
    """What is tied to the functions of a project, by the function's id."""
    away = [one for one in functions if _is_elsewhere(one, tree) and handler_string(one)]
    found = dict(_Ties(functions, away, tree).found()) if away else {}
    found.update(_packed(functions, tree))
    for function in functions:
        started = None if function.library else in_image(function, tree)
        if started is not None:
            found[function.id] = Tie(*started)
    for name, place, why in by_only_dockerfile(functions, tree):
        found.setdefault(name, Tie(place, why))
    tied = {one.place.path for one in found.values()}
    for name, place, why in alike(functions, tied, tree):
        found.setdefault(name, Tie(place, why))
    return found


def _is_elsewhere(function: Function, tree: Tree) -> bool:
    """Whether the code of a function is not here, or a build brings its handler elsewhere."""
    if is_away(function) or _is_archive(function):
        return True
    made = function.code.build_method in _MOVING and function.python and not function.library
    return made and resolution.place(function, tree) is None


def _is_archive(function: Function) -> bool:
    """Whether an archive that lies here is deployed: it is made of files, or stands in for one."""
    return function.python and not function.library and function.code.kind is CodeKind.ARCHIVE


def _packed(functions: Sequence[Function], tree: Tree) -> Iterator[tuple[str, Tie]]:
    """What the project's own steps make the code of functions that a build makes."""
    packing = Packing(tree)
    for function in functions:
        if function.python and not function.library and _is_made(function, tree):
            found = packed(function, packing, tree)
            if found is not None:
                yield function.id, Tie(*found)


def _is_made(function: Function, tree: Tree) -> bool:
    """Whether a build makes the code of a function, or brings its handler to what is here."""
    code = function.code
    if code.kind is CodeKind.BUILT or code.build_method == "makefile":
        return True
    return code.kind is CodeKind.FOLDER and resolution.place(function, tree) is None


@dataclass(frozen=True)
class _Ties:
    functions: Sequence[Function]
    away: Sequence[Function]
    tree: Tree
    _rivals: dict[tuple[str, str], dict[str, set[str]]] = field(default_factory=dict)

    def found(self) -> Iterator[tuple[str, Tie]]:
        """What lies nearest is settled first: it is not the code of a function farther away."""
        nearest: dict[str, int] = {}
        left: list[_Claim] = []
        for claim in self._claims():
            chosen = self._chosen(claim, claim.files)
            if chosen is None:
                left.append(claim)
                continue
            path, _ = chosen
            nearest[path] = max(claim.files.depth(path), nearest.get(path, 0))
            yield claim.function.id, _tie(claim, *chosen)
        still_free: dict[NamedFiles, NamedFiles] = {}
        for claim in left:
            files = claim.files
            if files not in still_free:
                free = (one for one in files.paths if nearest.get(one, 0) <= files.depth(one))
                still_free[files] = NamedFiles(files.template, tuple(free))
            kept = still_free[files]
            chosen = self._chosen(claim, kept) if len(kept.paths) < len(files.paths) else None
            if chosen is not None:
                yield claim.function.id, _tie(claim, *chosen)

    def _claims(self) -> Iterator[_Claim]:
        shared: dict[tuple[str, str, str], NamedFiles] = {}
        every: dict[str, Collection[str]] = {}
        left = _MOST
        for function in self.away:
            named = resolution.split(handler_string(function))
            if named is None:
                continue
            module, attribute = named
            if module not in every:
                every[module] = dict.fromkeys(self._named(module))
            if not every[module]:
                continue
            key = (module, attribute, function.template)
            if key not in shared:
                left -= len(every[module])
                if left < 0:
                    self.tree.unread.add(Unread(Span(function.template, 0, 0), _TOO_MANY))
                    return
                fit = (one for one in every[module] if one not in self._entries)
                own = (one for one in fit if self._may_be(one, module, attribute, function))
                shared[key] = NamedFiles(function.template, tuple(own))
            same = self._entered.get(_known_as(function), ())
            also = tuple(
                one
                for one in same
                if one in every[module] and self._may_be(one, module, attribute, function)
            )
            files = shared[key]
            if also:
                files = NamedFiles(function.template, (*files.paths, *also))
            yield _Claim(function, module, attribute, files, alone=len(every[module]) == 1)

    def _named(self, module: str) -> Iterator[str]:
        """The files of the project, tests aside, whose paths end as a module's does."""
        for name in dict.fromkeys(map(posixpath.basename, resolution.candidates("", module))):
            for path in self._files.get(name, ()):
                if fits(path, module) and not kinds.is_test(path):
                    yield path

    @cached_property
    def _files(self) -> Mapping[str, Sequence[str]]:
        """The Python files of the project by their names."""
        found: dict[str, list[str]] = {}
        for path in self.tree.sources():
            if path.endswith(".py"):
                found.setdefault(posixpath.basename(path), []).append(path)
        return found

    def _may_be(self, path: str, module: str, attribute: str, function: Function) -> bool:
        """Whether a file may be a function's code, as its handler names it."""
        if self._is_of_another(path, module, function):
            return False
        common = common_folders(function.template, path)
        inner = path.split("/")[len(common) :]
        if kinds.is_sample("/".join(inner)):
            return False
        folders = ("/".join([*common, *inner[:end]]) for end in range(1, len(inner)))
        if any(folder in self._declaring for folder in folders):
            return False  # it belongs to a project beside that of the template
        source = self.tree.read(path)
        if isinstance(source, Unreadable):
            return True  # it is here, whatever it holds: no other file is the code instead
        return resolution.defines(source, attribute) is True

    def _is_of_another(self, path: str, module: str, function: Function) -> bool:
        """Whether a file is the code of a function that says so, or of its folder.

        The module may lie in a folder from which others import, too; and one that holds the
        template holds more than the code of one function.
        """
        if path in self._entries:
            return path not in self._entered.get(_known_as(function), ())
        root = self._roots.nearest(path)
        wide = root is None or root in around(posixpath.dirname(function.template))
        return not wide and root != resolution.root_from(path, module)

    @cached_property
    def _declaring(self) -> frozenset[str]:
        """The folders in which templates with functions lie."""
        return frozenset(posixpath.dirname(function.template) for function in self.functions)

    @cached_property
    def _roots(self) -> Folders:
        away = {function.id for function in self.away}
        here = (function for function in self.functions if function.id not in away)
        roots = (resolution.root_of(function) for function in here)
        return Folders.of(root for root in roots if root is not None)

    @cached_property
    def _entered(self) -> Mapping[tuple[str, str], Sequence[str]]:
        """The files that functions name whose code is here, by what the functions are known as."""
        found: dict[tuple[str, str], dict[str, None]] = {}
        for function in self.functions:
            for place in resolution.places(function, self.tree):
                found.setdefault(_known_as(function), {})[place.path] = None
        return {known: tuple(paths) for known, paths in found.items()}

    @cached_property
    def _entries(self) -> frozenset[str]:
        """All of these files."""
        return frozenset(path for paths in self._entered.values() for path in paths)

    def _chosen(self, claim: _Claim, files: NamedFiles) -> tuple[str, str] | None:
        """The one file that can be meant, and why; None where it may be another as well."""
        same = self._entered.get(_known_as(claim.function), ())
        own = [path for path in same if path in files.paths]
        if len(own) == 1:
            return own[0], _SAME
        near, alike = files.near, files.alike(claim.function)
        common = is_common(claim.module, claim.attribute)
        if len(alike) == 1 and (common or len(near) > 1):
            return alike[0], _ONLY if claim.alone else _BY_NAME
        if len(near) == 1 and (not common or self._is_sure(claim, near[0])):
            return near[0], _ONLY if len(files.paths) == 1 else _NEAREST
        if 1 < len(near) <= _COPIES and not common and self._are_copies(near):
            return min(near, key=lambda path: (path.count("/"), path)), _COPIED
        return None

    def _are_copies(self, paths: Sequence[str]) -> bool:
        """Whether files are the same byte for byte: a script copies one to the folder it zips."""
        sources = [self.tree.read(path) for path in paths]
        texts = {one.text for one in sources if not isinstance(one, Unreadable)}
        return len(texts) == 1 and not any(isinstance(one, Unreadable) for one in sources)

    def _is_sure(self, claim: _Claim, path: str) -> bool:
        """Whether a file of a common name is meant: the only one in the project, or in the folder
        of the template, unless another function wants it as well.
        """
        function = claim.function
        home = _home(function.template)
        beside = posixpath.dirname(path) == home
        if not claim.alone and not beside and not (home and below(path, home)):
            return False
        within = "" if claim.alone else home
        own = package_name(function)
        return not any(
            (not own or package != own) and names != {function.name}
            for package, names in self._packages(handler_string(function), within).items()
        )

    def _packages(self, handler: str, within: str) -> Mapping[str, Collection[str]]:
        """The functions below a folder that have a handler of the same name, by their packages."""
        key = (handler, within)
        if key not in self._rivals:
            found = self._rivals[key] = {}
            for other in self.away:
                if handler_string(other) == handler and (
                    not within or below(other.template, within)
                ):
                    found.setdefault(package_name(other), set()).add(other.name)
        return self._rivals[key]


def _home(template: str) -> str:
    """The folder of the project that a template is of, as far as its own folder tells."""
    folder = posixpath.dirname(template)
    return posixpath.dirname(folder) if holding_templates(folder) else folder


def _known_as(function: Function) -> tuple[str, str]:
    """What a function has in common with itself in another template."""
    return posixpath.dirname(function.template), function.name


def _tie(claim: _Claim, path: str, why: str) -> Tie:
    root = resolution.root_from(path, claim.module) or ""
    place = resolution.Place(root, path, claim.module, claim.attribute)
    return Tie(place, f"{why}; {_away(claim.function.code)}")


def _away(code: Code) -> str:
    """Where the package is instead."""
    if code.kind is CodeKind.REMOTE and code.uri.known and not code.uri.only.startswith("s3:"):
        return "the package is not in the project"
    return _WHERE[code.kind].format(path=code.path or "the project")
