"""What TypeScript imports, under the names that the CDK and Node's paths have in Python."""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.dialects.cdk_typescript.grammar import named, text
from lamlint.dialects.cdk_typescript.literals import string
from lamlint.dialects.cdk_typescript.python_nodes import assigned, name, put
from lamlint.files.paths import normal

if TYPE_CHECKING:
    from tree_sitter import Node

_PATHS = ("path", "node:path", "path/posix")
_RENAMED = {("os.path", "resolve"): "join"}
DEFAULT = "default"
"""The name of what a module exports without one."""


def library(written: str) -> str:
    """The name of a module: `aws-cdk-lib/aws-lambda` is `aws_cdk.aws_lambda`."""
    if written.startswith("."):
        return written
    if written in _PATHS:
        return "os.path"
    top, _, rest = written.removeprefix("@aws-cdk/").partition("/")
    if written.startswith("@aws-cdk/"):
        top, rest = "aws-cdk-lib", "/".join(filter(None, ["" if top == "core" else top, rest]))
    first = "aws-cdk" if top == "aws-cdk-lib" else top
    return ".".join(filter(None, [first, *rest.split("/")])).replace("-", "_")


def candidates(written: str, asking: str) -> Iterator[str]:
    """The files that an import of the project's own may mean."""
    stem = normal(posixpath.join(posixpath.dirname(asking), written))
    plain = stem.removesuffix(".js").removesuffix(".ts")
    yield from (f"{plain}.ts", f"{plain}.tsx", posixpath.join(plain, "index.ts"))
    yield from (stem, f"{plain}.js", f"{plain}.mjs", posixpath.join(plain, "index.js"))


def imported(node: Node) -> Iterator[ast.stmt]:
    """What an import statement binds."""
    source = node.child_by_field_name("source")
    for clause in named(node):
        if clause.type == "import_clause" and source is not None:
            for one in named(clause):
                yield from _clause(one, library(string(source)), node)
        elif clause.type == "import_require_clause":
            inner = clause.child_by_field_name("source")
            if inner is not None:
                own = named(clause)[0]
                yield module(library(string(inner)), text(own), node)


def _clause(one: Node, origin: str, node: Node) -> Iterator[ast.stmt]:
    match one.type:
        case "namespace_import":
            yield module(origin, text(named(one)[0]), node)
        case "identifier" if origin.startswith("."):
            yield members(origin, [(DEFAULT, text(one), one)], node)
        case "identifier":
            yield module(origin, text(one), node)
        case "named_imports":
            pairs = list(map(specified, named(one)))
            if pairs:
                yield members(origin, pairs, node)
        case _:
            return


def specified(node: Node) -> tuple[str, str, Node]:
    """A name that is imported or exported, the name it has here, and where that is said."""
    first, alias = node.child_by_field_name("name"), node.child_by_field_name("alias")
    return text(first), text(alias) or text(first), node


def module(origin: str, own: str, node: Node) -> ast.stmt:
    """The import of a whole module."""
    return put(ast.Import([put(ast.alias(origin, own), node)]), node)


def members(origin: str, pairs: list[tuple[str, str, Node]], node: Node) -> ast.stmt:
    """The import of some names of a module."""
    aliases = [
        put(ast.alias(_RENAMED.get((origin, first), first), own), at) for first, own, at in pairs
    ]
    return put(ast.ImportFrom(origin, aliases, 0), node)


def exported(node: Node) -> Iterator[ast.stmt]:
    """The names that an export statement without a declaration binds."""
    source = node.child_by_field_name("source")
    origin = library(string(source)) if source is not None else ""
    clauses = [one for one in named(node) if one.type == "export_clause"]
    for clause in clauses:
        pairs = list(map(specified, named(clause)))
        if origin and pairs:
            yield members(origin, pairs, node)
        for first, own, at in () if origin else pairs:
            if first != own:
                yield assigned(put(ast.Name(own, ast.Store()), at), name(first, at), at)
    if origin and not clauses:
        yield members(origin, [("*", "*", node)], node)


def taken(pattern: Node) -> list[tuple[str, str, Node]]:
    """What `{ name, other: own }` takes from a module, and under which names."""
    pairs: list[tuple[str, str, Node]] = []
    for one in named(pattern):
        key, value = one.child_by_field_name("key"), one.child_by_field_name("value")
        pairs.append((text(key) or text(one), text(value) or text(one), one))
    return pairs


def handed(value: Node, own: str, node: Node) -> ast.stmt | None:
    """`require('…').name` under a name of its own."""
    whole = value.child_by_field_name("object") if value.type == "member_expression" else None
    origin = required(whole)
    first = text(value.child_by_field_name("property"))
    return members(origin, [(first, own, node)], node) if origin else None


def required(value: Node | None) -> str:
    """The module that `require('…')` loads; empty for anything else."""
    if value is None or value.type != "call_expression":
        return ""
    given = named(value.child_by_field_name("arguments"))
    loads = text(value.child_by_field_name("function")) == "require"
    return library(string(given[0])) if loads and given and given[0].type == "string" else ""
