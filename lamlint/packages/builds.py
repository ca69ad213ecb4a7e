"""What earlier builds left in the project: by SAM, by the Serverless Framework, by the CDK."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from lamlint.model import Code, CodeKind
from lamlint.packages.requirements import read_toml
from lamlint.text import Tree


def builds(tree: Tree, code: Code, name: str, template: str) -> Iterator[str]:
    """The folders and archives that some code was built to, the surest first.

    `name` is the function's or the layer's, in its template.
    """
    if posixpath.basename(code.path).startswith("asset.") and code.kind is not CodeKind.MISSING:
        yield code.path
    yield from code.built
    home = posixpath.dirname(template)
    for folder in upward(home):
        yield from _by_sam(tree, code, name, folder, here=folder == home)
        if tree.is_file(built := posixpath.join(folder, ".serverless", f"{name}.zip")):
            yield built


def upward(folder: str) -> Iterator[str]:
    """A folder and those above it, up to the root."""
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
    yield ""


def _by_sam(tree: Tree, code: Code, name: str, folder: str, *, here: bool) -> Iterator[str]:
    """What `sam build` left in a folder, which may hold the builds of another template."""
    build = posixpath.join(folder, ".aws-sam", "build")
    if not tree.is_folder(build):
        return
    for shared in _definition(tree, posixpath.join(folder, ".aws-sam", "build.toml"), code, name):
        if tree.is_folder(built := posixpath.join(build, shared)):
            yield built
    built = posixpath.join(build, name)
    if tree.is_folder(built) and (here or _alike(tree, code, built)):
        yield built


def _definition(tree: Tree, path: str, code: Code, name: str) -> tuple[str, ...]:
    """The paths of what was built from the same code as a function or layer, below the build.

    Functions that share their code share a folder, which has the name of one of them; those
    of a nested stack lie in a folder of the stack.
    """
    table = read_toml(tree, path) or {}
    for kind in ("function_build_definitions", "layer_build_definitions"):
        definitions = table.get(kind)
        for one in definitions.values() if isinstance(definitions, dict) else ():
            if isinstance(one, dict) and _leads_to(one, code):
                names = _names(one)
                if any(each.rpartition("/")[2] == name for each in names):
                    return names
    return ()


def _names(definition: Mapping[str, object]) -> tuple[str, ...]:
    functions = definition.get("functions")
    if isinstance(functions, list):
        return tuple(map(str, functions))
    return tuple(str(definition[key]) for key in ("full_path", "layer_name") if key in definition)


def _leads_to(definition: Mapping[str, object], code: Code) -> bool:
    """Whether a build started from some code; SAM writes down where that was on its machine."""
    written = definition.get("codeuri")
    if not isinstance(written, str):
        return False
    start = posixpath.normpath(written.replace("\\", "/"))
    return f"/{start}".endswith(f"/{code.path}") if code.path else True


def _alike(tree: Tree, code: Code, built: str) -> bool:
    """Whether a build has a module that stands in the code's folder."""
    if code.kind is not CodeKind.FOLDER:
        return False
    return any(
        posixpath.dirname(path) == code.path
        and path.endswith(".py")
        and tree.is_file(posixpath.join(built, posixpath.basename(path)))
        for path in tree.sources(code.path)
    )
