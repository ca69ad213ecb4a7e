"""From a handler string to a file and a name in it, as the runtime does it.

The runtime splits at the last dot, turns slashes of the first part into dots
and imports it as a module: a file, or a package with its `__init__.py`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lamlint.model import CodeKind, Function
from lamlint.text import Source, Tree, Unreadable

INLINE_MODULE = "index"
_OPAQUE = re.compile(r"\bglobals\(\)|\bsetattr\(|\bexec\(|\b__getattr__\b|\bvars\(\)|\blocals\(\)")
_IMPORT = re.compile(
    r"""
      ^import[ \t]+(?P<plain>[\w., \t]+)
    | ^from[ \t]+(?P<dots>\.*)(?P<module>[\w.]*)[ \t]+import[ \t]+(?P<members>\([^)]*\)|[^\r\n]*)
    """,
    re.MULTILINE | re.VERBOSE,
)


@dataclass(frozen=True)
class Place:
    """The module that a handler string names, and the attribute the runtime takes from it.

    `root` is the folder that the runtime imports from. `inline` is the source
    of code that stands in the template.
    """

    root: str
    path: str
    module: str
    attribute: str
    inline: Source | None = None

    def source(self, tree: Tree) -> Source | Unreadable:
        """The module's text."""
        return self.inline if self.inline is not None else tree.read(self.path)


def split(handler: str) -> tuple[str, str] | None:
    """The module and the attribute of a handler string; None when it has no dot."""
    module, dot, attribute = handler.rpartition(".")
    return (module.replace("/", "."), attribute) if dot else None


def root_of(function: Function) -> str | None:
    """The folder that a function's modules are imported from, when it is in the project."""
    code = function.code
    match code.kind:
        case CodeKind.FOLDER:
            return code.path
        case CodeKind.FILE:
            return posixpath.dirname(code.path)
        case _:
            return None


def layer_roots(function: Function) -> Iterator[str]:
    """The folders that a function's local layers add to what it can import."""
    for layer in function.layers:
        if layer.content is not None and layer.content.kind is CodeKind.FOLDER:
            yield posixpath.join(layer.content.path, "python")
            yield layer.content.path


def place(function: Function, tree: Tree) -> Place | None:
    """Where a function's handler module is; None when that is not known or nothing is there."""
    if not function.handler.known or not function.python:
        return None
    named = split(function.handler.only)
    if named is None:
        return None
    module, attribute = named
    inline = function.code.inline
    if inline is not None:
        fits = module == INLINE_MODULE
        return Place("", inline.path, module, attribute, inline) if fits else None
    root = root_of(function)
    if root is None:
        return None
    for folder in (root, *layer_roots(function)):
        for path in candidates(folder, module):
            if tree.is_file(path):
                return Place(folder, path, module, attribute)
    return None


def candidates(root: str, module: str) -> Iterator[str]:
    """The files that may be a module, in the order in which the import system looks."""
    stem = posixpath.normpath(posixpath.join(root, *module.split(".")))
    yield f"{stem}/__init__.py"
    yield f"{stem}.py"


def inside(folder: str, path: str) -> bool:
    """Whether a path is a folder or lies in it."""
    return folder in ("", ".") or path == folder or path.startswith(f"{folder}/")


def module_name(path: str, roots: tuple[str, ...]) -> str:
    """The dotted name of a file in the first of some roots that holds it."""
    root = next((one for one in roots if inside(one, path)), "")
    inner = path if root in ("", ".") else path[len(root) + 1 :]
    return inner.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def defines(source: Source, name: str) -> bool | None:
    """Whether a module has a name once it is imported; None when that cannot be told.

    Most modules answer by their text; the others are parsed by the standard
    library, so that asking costs no import of LibCST.
    """
    if re.search(
        rf"^(?:(?:async[ \t]+)?def|class)[ \t]+{re.escape(name)}\b", source.text, re.MULTILINE
    ):
        return True
    if re.search(rf"^{re.escape(name)}[ \t]*(?::[^=\n]+)?=(?!=)", source.text, re.MULTILINE):
        return True
    names = module_names(source)
    if names is None:
        return None
    if name in names:
        return True
    return None if "*" in names or _OPAQUE.search(source.text) else False


def module_names(source: Source) -> frozenset[str] | None:
    """The names that importing a module binds, `*` for a star import; None if it does not parse."""
    return source.once(module_names, lambda: _module_names(source))


def _module_names(source: Source) -> frozenset[str] | None:
    import ast
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    names: set[str] = set()
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
            if isinstance(node, ast.ClassDef):
                continue
            names.update(_globals(node))
            continue
        if isinstance(node, ast.Lambda):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name.partition(".")[0])
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            names.add(node.name)
        waiting.extend(ast.iter_child_nodes(node))
    return frozenset(names)


def _globals(function: object) -> Iterator[str]:
    """The names that a function declares global."""
    import ast

    if isinstance(function, ast.AST):
        for node in ast.walk(function):
            if isinstance(node, ast.Global):
                yield from node.names


def functions_of(source: Source) -> tuple[str, ...]:
    """The functions that a module defines at its outermost level, by its text."""
    found = re.findall(r"^(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*\(", source.text, re.MULTILINE)
    return tuple(dict.fromkeys(found))


def needed(place: Place, tree: Tree, layers: Sequence[str] = ()) -> Iterator[Source]:
    """The handler's module and those of its code that importing it imports, each once.

    `layers` are the folders that layers add behind the code's own.
    """
    seen: set[str] = set()
    first = place.source(tree)
    waiting: list[tuple[str, Source]] = []
    if not isinstance(first, Unreadable):
        waiting.append((place.module, first))
    while waiting:
        name, source = waiting.pop()
        yield source
        if place.inline is not None:
            return
        for imported in _imports(name, source):
            path = _file_of(imported, (place.root, *layers), tree)
            if path is not None and path not in seen:
                seen.add(path)
                found = tree.read(path)
                if not isinstance(found, Unreadable):
                    waiting.append((imported, found))


def _file_of(module: str, roots: Sequence[str], tree: Tree) -> str | None:
    """The file that a module is imported from: the first root that has it wins."""
    paths = (path for root in roots for path in candidates(root, module))
    return next((path for path in paths if tree.is_file(path)), None)


def _imports(name: str, source: Source) -> Iterator[str]:
    """The modules that a module imports at its outermost level, by the text of its lines."""
    package = name if source.path.endswith("__init__.py") else name.rpartition(".")[0]
    for match in _IMPORT.finditer(source.text):
        if match.group("plain"):
            yield from (part.split(" as ")[0].strip() for part in match.group("plain").split(","))
            continue
        dots, module = match.group("dots"), match.group("module")
        base = package.split(".") if package else []
        above = base[: len(base) - len(dots) + 1] if dots else []
        start = ".".join([*above, *([module] if module else [])])
        yield start
        for member in re.findall(r"\w+", match.group("members")):
            yield f"{start}.{member}" if start else member
