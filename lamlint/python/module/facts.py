"""The facts of a Python file: what its text alone says, without LibCST.

They are small, plain, and found by content; they decide what LibCST is asked to parse, and answer
all that needs no tree of it. CPython's own parser makes a tree in an eighth of the time; it is
walked without recursion and let go.
"""

from __future__ import annotations

import ast
import warnings
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from lamlint.python.module.defined import Defined, defined
from lamlint.python.module.nesting import Nesting, nesting
from lamlint.python.module.uses import NOTHING, Uses
from lamlint.python.module.using import uses
from lamlint.text import Source
from lamlint.text.dataclass import dataclass

_CATCHES_ALL = frozenset({"Exception", "BaseException"})
_OTHERWISE_CAUGHT = _CATCHES_ALL | {"SyntaxError"}
"""Who catches these goes on without a module that does not parse."""
_LACK_CAUGHT = _CATCHES_ALL | {"ImportError", "ModuleNotFoundError"}
"""Who catches these goes on without a module that is not there."""


@dataclass(frozen=True, slots=True)
class Import:
    """An import statement: the module as it is written, dots in front, and its members if any.

    `inside`: it stands in a function. `open`: what is around it, up to the function, may pass
    it over or catch its failure (`if`, `try`, `with`). `needed`: it is run wherever the code
    around it is; not under a test, not in an except clause, not where a failure is caught.
    `missed`: so it is, and the module does not go on without what is imported.
    """

    module: str
    members: tuple[str, ...] = ()
    inside: bool = False
    open: bool = False
    needed: bool = True
    missed: bool = True

    @property
    def sure(self) -> bool:
        """Whether importing the module makes it, whatever happens."""
        return not self.inside and not self.open


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why this interpreter does not take a text, in its own words, and the place, from 1."""

    line: int
    column: int
    words: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What importing a module binds (`*` for a star import) and imports; or why it cannot be.

    `decorated` are the names of decorated methods, `functions` what is defined outermost. A text
    that is no Python for this interpreter, or nested too deep for it, has no facts but `taken`,
    and `refusal` if it is wrong.
    """

    taken: bool
    refusal: Refusal | None = None
    names: frozenset[str] = frozenset()
    imports: tuple[Import, ...] = ()
    decorated: frozenset[str] = frozenset()
    functions: tuple[Defined, ...] = ()
    uses: Uses = NOTHING


def depth(source: Source) -> Nesting:
    """How deep a text nests."""
    return source.once(depth, lambda: nesting(source.text))


def facts(source: Source) -> Facts:
    """The facts of a text."""
    return source.once(facts, lambda: _facts(_parsed(source)))


def tree(source: Source) -> ast.Module | None:
    """CPython's tree of a text, for who goes over it once: it is not kept, but its facts are."""
    known: Facts
    for known in source.made(facts):
        if not known.taken:
            return None
    parsed = _parsed(source)
    source.once(facts, lambda: _facts(parsed))
    return parsed if isinstance(parsed, ast.Module) else None


def would_be_taken(text: str) -> bool:
    """Whether another form of a text is Python for this interpreter; it nests as the text does."""
    return isinstance(_tree_of(text), ast.Module)


def _parsed(source: Source) -> ast.Module | Refusal | None:
    return None if depth(source).too_deep is not None else _tree_of(source.text)


def _tree_of(text: str) -> ast.Module | Refusal | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        return Refusal(error.lineno or 1, error.offset or 1, error.msg)
    except (ValueError, RecursionError, MemoryError):
        return None


def _facts(tree: ast.Module | Refusal | None) -> Facts:
    if not isinstance(tree, ast.Module):
        return Facts(False, tree)
    names = Counter(_names(tree))
    return Facts(
        True,
        None,
        frozenset(names),
        tuple(_imports(tree)),
        frozenset(_decorated(tree)),
        tuple(defined(tree, names)),
        uses(tree),
    )


def refused(source: Source) -> Refusal | None:
    """Why the compiler does not take a text that the parser takes: `return` outside a function.

    Nothing of the text is run. None where it is taken, or where no parser takes it.
    """
    return source.once(refused, lambda: _refused(source))


def _refused(source: Source) -> Refusal | None:
    if not facts(source).taken:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source.text, "module", "exec", dont_inherit=True, optimize=0)
    except SyntaxError as error:
        return Refusal(error.lineno or 1, error.offset or 1, error.msg)
    except (ValueError, RecursionError, MemoryError):
        return None
    return None


def _names(tree: ast.Module) -> Iterator[str]:
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
            yield from _globals(node)
            continue
        if isinstance(node, ast.Name):
            if not isinstance(node.ctx, ast.Load):
                yield node.id
            continue
        if isinstance(node, (ast.Lambda, ast.Constant, ast.expr_context)):
            continue
        if isinstance(node, ast.alias):
            yield node.asname or node.name.partition(".")[0]
        elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
            yield node.name
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest
        waiting.extend(ast.iter_child_nodes(node))


def _globals(function: ast.AST) -> Iterator[str]:
    waiting = [function]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Global):
            yield from node.names
        waiting.extend(_statements(node))


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """The statements in a statement, and its clauses; expressions hold none."""
    for block in _BLOCKS[node.__class__]:
        yield from getattr(node, block)


class _Blocks(dict[type[ast.AST], tuple[str, ...]]):
    """The fields of each type of node that hold statements, or clauses of one."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        holding = ("body", "orelse", "finalbody", "handlers", "cases")
        lists = issubclass(kind, (ast.mod, ast.stmt, ast.excepthandler, ast.match_case))
        found = tuple(name for name in holding if lists and name in kind._fields)
        self[kind] = found
        return found


_BLOCKS = _Blocks()
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _decorated(tree: ast.Module) -> Iterator[str]:
    """The names of the decorated methods: what is in a class, and in no function in it."""
    waiting: list[tuple[ast.AST, bool]] = [(tree, False)]
    while waiting:
        node, in_class = waiting.pop()
        if isinstance(node, _FUNCTIONS):
            if in_class and node.decorator_list:
                yield node.name
            in_class = False
        elif isinstance(node, ast.ClassDef):
            in_class = True
        waiting += [(inner, in_class) for inner in _statements(node)]


_OPEN = (ast.If, ast.Try, ast.With, ast.AsyncWith)


def _imports(tree: ast.Module) -> Iterator[Import]:
    waiting: list[tuple[ast.AST, Import]] = [(tree, Import(""))]
    while waiting:
        node, around = waiting.pop()
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from _read(node, around)
            continue
        if not _BLOCKS[node.__class__]:
            continue
        if isinstance(node, _FUNCTIONS):
            around = replace(around, inside=True, open=False)
        elif isinstance(node, _OPEN) or type(node).__name__ == "TryStar":
            around = replace(around, open=True)
        if around.needed and _is_passed_over(node, _OTHERWISE_CAUGHT):
            around = replace(around, needed=False)
        if around.missed and _is_passed_over(node, _LACK_CAUGHT):
            around = replace(around, missed=False)
        waiting += [(inner, around) for inner in _statements(node)]


def _is_passed_over(node: ast.AST, caught: Collection[str]) -> bool:
    """Whether what a statement holds may be passed over, or may fail and nothing happens."""
    if isinstance(node, ast.Try) or type(node).__name__ == "TryStar":
        return any(_catches(handler, caught) for handler in getattr(node, "handlers", ()))
    return isinstance(
        node, (ast.If, ast.While, ast.With, ast.AsyncWith, ast.ExceptHandler, ast.match_case)
    )


def _catches(handler: ast.ExceptHandler, caught: Collection[str]) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or (isinstance(kind, ast.Name) and kind.id in caught) for kind in kinds)


def statement(text: str) -> tuple[Import, ...]:
    """What one import statement imports."""
    return tuple(_imports(ast.parse(text)))


def _read(node: ast.Import | ast.ImportFrom, around: Import) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        yield from (replace(around, module=alias.name) for alias in node.names)
    else:
        written = "." * node.level + (node.module or "")
        yield replace(around, module=written, members=tuple(alias.name for alias in node.names))
