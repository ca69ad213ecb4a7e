"""Defaults that a function of the project refuses where it is deployed.

`required_env("KEY", DEFAULT)` with `if PRODUCTION: raise` in that function: the default is for
somebody's own machine.
"""

from __future__ import annotations

import ast
import posixpath
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from operator import itemgetter
from typing import TypeAlias

from lamlint.python.module.facts import tree as tree_of
from lamlint.text import Regex, Source, Span, Tree
from lamlint.text.dataclass import dataclass

_DEPLOYED = Regex(r"(?i)prod|stag(?:e|ing)|debug|deploy|lambda|(?:^|_)live|(?:^|_)env(?:ironment)?")
"""What a test speaks of that tells what is deployed from what is not."""
_LONGEST = 60
_Place: TypeAlias = "tuple[int, int]"
"""A line, from 1, and how many bytes of it stand ahead, as `ast` counts."""
_Text: TypeAlias = "tuple[_Place, str, ast.Constant]"


@dataclass(frozen=True)
class Refused:
    """The function that refuses a default, where it does so, and the test by which it does."""

    name: str
    span: Span
    test: str


@dataclass(frozen=True)
class _Guard:
    """A branch of a function that raises, or puts something in the place of some parameters."""

    raises: bool
    parameters: frozenset[str]
    refused: Refused


@dataclass(frozen=True)
class _Defined:
    """A function: its parameters that may be given by their place, and its guards."""

    positional: Sequence[str]
    guards: Sequence[_Guard]

    def refuses(self, call: ast.Call, given: ast.expr) -> Refused | None:
        """Where it refuses what a call gives it."""
        parameter = self._parameter(call, given)
        if not parameter:
            return None
        fit = (one for one in self.guards if one.raises or parameter in one.parameters)
        return next((one.refused for one in fit), None)

    def _parameter(self, call: ast.Call, given: ast.expr) -> str:
        """The name under which it gets what a call gives it."""
        for keyword in call.keywords:
            if keyword.value is given:
                return keyword.arg or ""
        places = [at for at, one in enumerate(call.args) if one is given]
        starred = any(isinstance(one, ast.Starred) for one in call.args)
        fits = bool(places) and not starred and places[0] < len(self.positional)
        return self.positional[places[0]] if fits else ""


@dataclass(frozen=True)
class _Used:
    """A module, and where its texts and names are used: read once for all literals of a file."""

    module: ast.Module
    written: Sequence[_Text]
    """The texts, by where they begin."""
    texts: Mapping[str, Sequence[ast.Constant]]
    names: Mapping[int, str]
    """What a line at the head of the module calls a value, by the value."""
    uses: Mapping[str, Sequence[ast.expr]]
    """Where a name is read."""
    calls: Mapping[int, ast.Call]
    """The call that is given an expression, by the expression."""

    def at(self, place: _Place, part: str) -> str | None:
        """The text of which a part stands at a place."""
        last = bisect_right(self.written, place, key=itemgetter(0)) - 1
        text = self.written[last][1] if last >= 0 else ""
        return text if part in text else None

    def of(self, text: str) -> Iterator[tuple[ast.Call | None, ast.expr]]:
        """The calls that are given a text, or the name that has it; None for any other use."""
        for node in self.texts[text]:
            name = self.names.get(id(node))
            for one in [node] if name is None else self.uses.get(name, ()):
                yield self.calls.get(id(one)), one


@dataclass(frozen=True, eq=False)
class Refusing:
    """Who refuses the literals of a project's files. Each text and each function is asked once."""

    tree: Tree
    _texts: dict[tuple[str, str], Refused | None] = field(default_factory=dict)
    _functions: dict[tuple[str, str], Sequence[_Defined]] = field(default_factory=dict)
    _modules: dict[str, Mapping[str, Sequence[_Defined]]] = field(default_factory=dict)
    _paths: dict[str, str] = field(default_factory=dict)

    def by(self, source: Source, start: int, end: int) -> Refused | None:
        """Who refuses a literal wherever it is used, and that is as a default; None if nobody."""
        used = source.once(Refusing, lambda: _used(source))
        text = None if used is None else used.at(_place(source, start), source.text[start:end])
        if used is None or text is None:
            return None
        key = source.path, text
        if key not in self._texts:
            found = [self._of_call(source, used.module, *one) for one in used.of(text)]
            (first, *_) = found or [None]
            self._texts[key] = None if None in found else first
        return self._texts[key]

    def _of_call(
        self, source: Source, module: ast.Module, call: ast.Call | None, given: ast.expr
    ) -> Refused | None:
        if call is None or not isinstance(call.func, ast.Name):
            return None
        key = source.path, call.func.id
        if key not in self._functions:
            self._functions[key] = tuple(self._called(source, module, call.func.id))
        found = (one.refuses(call, given) for one in self._functions[key])
        return next((one for one in found if one is not None), None)

    def _called(self, source: Source, module: ast.Module, name: str) -> Iterator[_Defined]:
        """The function of a name: of the module itself, or of one that it imports it from."""
        yield from self._defined(source).get(name, ())
        for line in module.body:
            if isinstance(line, ast.ImportFrom) and any(
                one.name in (name, "*") for one in line.names
            ):
                path = self._path(source.path, line)
                other = self.tree.read(path) if path else None
                if isinstance(other, Source):
                    yield from self._defined(other).get(name, ())

    def _defined(self, source: Source) -> Mapping[str, Sequence[_Defined]]:
        """The functions of a module by their names."""
        if source.path not in self._modules:
            self._modules[source.path] = _functions(source)
        return self._modules[source.path]

    def _path(self, path: str, line: ast.ImportFrom) -> str:
        """The one file that an import is of; nothing where that is not known."""
        parts = (line.module or "").split(".")
        if line.level:
            folder = path
            for _ in range(line.level):
                folder = posixpath.dirname(folder)
            return _file(self.tree, posixpath.join(folder, *parts))
        ending = f"/{'/'.join(parts)}.py"
        if ending not in self._paths:
            found = [one for one in self.tree.sources() if f"/{one}".endswith(ending)]
            self._paths[ending] = found[0] if len(found) == 1 else ""
        return self._paths[ending]


def _used(source: Source) -> _Used | None:
    module = tree_of(source)
    if module is None:
        return None
    written: list[_Text] = []
    texts: dict[str, list[ast.Constant]] = {}
    uses: dict[str, list[ast.expr]] = {}
    calls: dict[int, ast.Call] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            written.append(((node.lineno, node.col_offset), node.value, node))
            texts.setdefault(node.value, []).append(node)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            uses.setdefault(node.id, []).append(node)
        elif isinstance(node, ast.Call):
            given = (*node.args, *(one.value for one in node.keywords))
            calls.update((id(one), node) for one in given)
    written.sort(key=itemgetter(0))
    return _Used(module, written, texts, dict(_named(module)), uses, calls)


def _place(source: Source, start: int) -> _Place:
    line, column = source.position(start)
    ahead = column - 1
    if not source.text.isascii():
        ahead = len(source.text[start - ahead : start].encode())
    return line, ahead


def _named(module: ast.Module) -> Iterator[tuple[int, str]]:
    for line in module.body:
        if isinstance(line, ast.Assign) and len(line.targets) == 1:
            (target,) = line.targets
            if isinstance(target, ast.Name):
                yield id(line.value), target.id


def _functions(source: Source) -> Mapping[str, Sequence[_Defined]]:
    module = tree_of(source)
    found: dict[str, list[_Defined]] = {}
    for one in module.body if module is not None else ():
        if isinstance(one, ast.FunctionDef):
            names = [given.arg for given in (*one.args.posonlyargs, *one.args.args)]
            guards = tuple(_guards(source, one))
            found.setdefault(one.name, []).append(_Defined(names, guards))
    return found


def _guards(source: Source, function: ast.FunctionDef) -> Iterator[_Guard]:
    for choice in ast.walk(function):
        if isinstance(choice, ast.If):
            raises = any(isinstance(line, ast.Raise) for line in choice.body)
            parameters = frozenset(_replaced(choice.body))
            test = _test(source, choice.test) if raises or parameters else ""
            if test and _DEPLOYED.search(test):
                yield _Guard(
                    raises, parameters, Refused(function.name, _line(source, choice), test)
                )


def _replaced(lines: Sequence[ast.stmt]) -> Iterator[str]:
    """The names in the place of which a branch puts something else."""
    for line in lines:
        match line:
            case ast.Assign(targets=[ast.Name(id=name)]):
                yield name
            case _:
                pass


def _test(source: Source, node: ast.expr) -> str:
    """A test as it is written, if it is a short one."""
    if node.end_lineno != node.lineno or node.end_col_offset is None:
        return ""
    line = source.line(node.lineno).encode("utf-8", "surrogatepass")
    test = line[node.col_offset : node.end_col_offset].decode("utf-8", "replace")
    return test if len(test) <= _LONGEST else ""


def _line(source: Source, node: ast.stmt) -> Span:
    start = source.offset(node.lineno, node.col_offset + 1)
    end = source.text.find("\n", start)
    return source.span(start, end if end >= 0 else len(source.text))


def _file(tree: Tree, stem: str) -> str:
    paths = (f"{stem}.py", posixpath.join(stem, "__init__.py"))
    return next((one for one in paths if tree.is_file(one)), "")
