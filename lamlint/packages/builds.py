"""What earlier builds left in the project: by SAM, by the Serverless Framework, by the CDK."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import TypeAlias

from lamlint.model import Code, CodeKind
from lamlint.packages.requirements import read_toml
from lamlint.text import Tree
from lamlint.text.dataclass import dataclass

Table: TypeAlias = "Mapping[str, object]"


@dataclass(frozen=True, eq=False)
class Builds:
    """Finds the builds of a project, and remembers the records that SAM wrote of them."""

    tree: Tree
    _records: dict[str, tuple[Table, ...]] = field(default_factory=dict)

    def of(self, code: Code, name: str, template: str) -> Iterator[str]:
        """The folders and archives that some code was built to, the surest first.

        `name` is the function's or the layer's, in its template.
        """
        if code.kind is CodeKind.FOLDER and _is_build(code.path):
            yield code.path
        yield from code.built
        home = posixpath.dirname(template)
        for folder in upward(home):
            yield from self._by_sam(code, name, folder, here=folder == home)
            built = posixpath.join(folder, ".serverless", f"{name}.zip")
            if self.tree.is_file(built):
                yield built

    def _by_sam(self, code: Code, name: str, folder: str, *, here: bool) -> Iterator[str]:
        """What `sam build` left in a folder, which may hold the builds of another template."""
        build = posixpath.join(folder, ".aws-sam", "build")
        if not self.tree.is_folder(build):
            return
        for shared in self._recorded(posixpath.join(folder, ".aws-sam", "build.toml"), code, name):
            if self.tree.is_folder(built := posixpath.join(build, shared)):
                yield built
        built = posixpath.join(build, name)
        if self.tree.is_folder(built) and (here or _alike(self.tree, code, built)):
            yield built

    def _recorded(self, path: str, code: Code, name: str) -> tuple[str, ...]:
        """Where a function or layer was built to, below the build, as SAM's record says.

        Functions that share their code share a folder, which has the name of one of them;
        those of a nested stack lie in a folder of the stack.
        """
        if path not in self._records:
            self._records[path] = tuple(_definitions(read_toml(self.tree, path) or {}))
        for one in self._records[path]:
            names = _names(one)
            if any(each.rpartition("/")[2] == name for each in names) and _leads_to(one, code):
                return names
        return ()


def upward(folder: str) -> Iterator[str]:
    """A folder and those above it, up to the root."""
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
    yield ""


def _is_build(path: str) -> bool:
    """Whether a folder that a template names is itself the outcome of a build."""
    return posixpath.basename(path).startswith("asset.") or "/.aws-sam/build/" in f"/{path}/"


def _definitions(record: Table) -> Iterator[Table]:
    for kind in ("function_build_definitions", "layer_build_definitions"):
        definitions = record.get(kind)
        for one in definitions.values() if isinstance(definitions, dict) else ():
            if isinstance(one, dict):
                yield one


def _names(definition: Table) -> tuple[str, ...]:
    functions = definition.get("functions")
    if isinstance(functions, list):
        return tuple(map(str, functions))
    return tuple(str(definition[key]) for key in ("full_path", "layer_name") if key in definition)


def _leads_to(definition: Table, code: Code) -> bool:
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
