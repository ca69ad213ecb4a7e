"""Functions whose code a pipeline puts in: what stands in the template only holds its place.

Code in a template is one module, of a fixed name. A handler in another module, one that is in the
project, is what the function runs once `update-function-code` has brought it.
"""

from __future__ import annotations

from collections.abc import Sequence

from lamlint.model import Code, CodeKind, Function
from lamlint.project import resolution
from lamlint.text import Tree, Unreadable
from lamlint.text.dataclass import replace


def without_placeholders(functions: Sequence[Function], tree: Tree) -> tuple[Function, ...]:
    """The functions, those with a placeholder for code as such whose code lies elsewhere."""
    return tuple(_elsewhere(one) if _is_awaited(one, tree) else one for one in functions)


def _elsewhere(function: Function) -> Function:
    code = function.code
    return replace(function, code=Code(CodeKind.UNKNOWN, "", code.uri, code.span))


def _is_awaited(function: Function, tree: Tree) -> bool:
    """Whether the handler is in a module of the project, and in none of the template."""
    code = function.code
    if code.kind is not CodeKind.INLINE or not (function.python and function.handler.known):
        return False
    named = resolution.split(function.handler.only)
    if named is None or named[0] == code.module:
        return False
    module, attribute = named
    file = f"/{module.replace('.', '/')}.py"
    return any(
        f"/{path}".endswith(file) and _defines(path, attribute, tree) for path in tree.sources()
    )


def _defines(path: str, attribute: str, tree: Tree) -> bool:
    source = tree.read(path)
    return not isinstance(source, Unreadable) and resolution.defines(source, attribute) is True
