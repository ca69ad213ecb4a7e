"""Defaults that a function of the project refuses where it is deployed.

`required_env("KEY", DEFAULT)` with `if PRODUCTION: raise` in that function: the default is for
somebody's own machine.
"""

from __future__ import annotations

import ast
import posixpath
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
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
_Defined: TypeAlias = "tuple[Source, ast.FunctionDef]"


@dataclass(frozen=True)
class Refused:
    """The function that refuses a default, where it does so, and the test by which it does."""

    name: str
    span: Span
    test: str


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

    def of(self, place: _Place, part: str) -> Iterator[tuple[ast.Call | None, ast.expr]]:
        """The calls that are given a text, or the name that has it; None for any other use.

        A part of it stands at a place.
        """
        last = bisect_right(self.written, place, key=itemgetter(0)) - 1
        text = self.written[last][1] if last >= 0 else ""
        for node in self.texts[text] if part in text else ():
            name = self.names.get(id(node))
            for one in [node] if name is None else self.uses.get(name, ()):
                yield self.calls.get(id(one)), one


def refused(tree: Tree, source: Source, start: int, end: int) -> Refused | None:
    """Who refuses a literal wherever it is used, and that is as a default; None where nobody."""
    used = source.once(refused, lambda: _used(source))
    if used is None:
        return None
    place, part = _place(source, start), source.text[start:end]
    found = [_of_call(tree, source, used.module, *one) for one in used.of(place, part)]
    (first, *_) = found or [None]
    return None if None in found else first


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


def _of_call(
    tree: Tree, source: Source, module: ast.Module, call: ast.Call | None, given: ast.expr
) -> Refused | None:
    if call is None or not isinstance(call.func, ast.Name):
        return None
    for home, function in _functions(tree, source, module, call.func.id):
        parameter = _parameter(function, call, given)
        for choice in ast.walk(function) if parameter else ():
            if isinstance(choice, ast.If) and _refuses(choice, parameter):
                test = ast.get_source_segment(home.text, choice.test) or ""
                if _DEPLOYED.search(test) and len(test) <= _LONGEST and "\n" not in test:
                    return Refused(function.name, _line(home, choice), test)
    return None


def _line(source: Source, node: ast.stmt) -> Span:
    start = source.offset(node.lineno, node.col_offset + 1)
    end = source.text.find("\n", start)
    return source.span(start, end if end >= 0 else len(source.text))


def _functions(tree: Tree, source: Source, module: ast.Module, name: str) -> Iterator[_Defined]:
    """The function of a name: of the module itself, or of one that it imports the name from."""
    yield from ((source, one) for one in _defined(module, name))
    for line in module.body:
        if isinstance(line, ast.ImportFrom) and any(one.name in (name, "*") for one in line.names):
            path = _path(tree, source.path, line)
            other = tree.read(path) if path else None
            parsed = tree_of(other) if isinstance(other, Source) else None
            if isinstance(other, Source) and parsed is not None:
                yield from ((other, one) for one in _defined(parsed, name))


def _defined(module: ast.Module, name: str) -> Iterator[ast.FunctionDef]:
    return (one for one in module.body if isinstance(one, ast.FunctionDef) and one.name == name)


def _path(tree: Tree, path: str, line: ast.ImportFrom) -> str:
    """The one file that an import is of; nothing where that is not known."""
    parts = (line.module or "").split(".")
    if line.level:
        folder = path
        for _ in range(line.level):
            folder = posixpath.dirname(folder)
        return _file(tree, posixpath.join(folder, *parts))
    ending = f"/{'/'.join(parts)}.py"
    found = [one for one in tree.sources() if f"/{one}".endswith(ending)]
    return found[0] if len(found) == 1 else ""


def _file(tree: Tree, stem: str) -> str:
    paths = (f"{stem}.py", posixpath.join(stem, "__init__.py"))
    return next((one for one in paths if tree.is_file(one)), "")


def _parameter(function: ast.FunctionDef, call: ast.Call, given: ast.expr) -> str:
    """The name under which a function gets what a call gives it."""
    for keyword in call.keywords:
        if keyword.value is given:
            return keyword.arg or ""
    names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    places = [at for at, one in enumerate(call.args) if one is given]
    starred = any(isinstance(one, ast.Starred) for one in call.args)
    return names[places[0]] if places and not starred and places[0] < len(names) else ""


def _refuses(choice: ast.If, parameter: str) -> bool:
    """Whether a branch raises, or puts something else in the place of what was given."""
    for line in choice.body:
        match line:
            case ast.Raise():
                return True
            case ast.Assign(targets=[ast.Name(id=name)]) if name == parameter:
                return True
    return False
