"""AWS CDK in TypeScript: the apps of a project, and the functions that they declare."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence

from lamlint.dialects.cdk.apps import App, apps, words
from lamlint.dialects.cdk.synthesis import Synthesized, synthesized
from lamlint.dialects.cdk_typescript import grammar
from lamlint.dialects.cdk_typescript.run import run
from lamlint.dialects.dialect import CDK_TYPESCRIPT, Declared, failed
from lamlint.dialects.nearness import concerned, concerns
from lamlint.files.kinds import is_test
from lamlint.files.paths import below, normal
from lamlint.model import Function, Resources, Role
from lamlint.python.module.heap import let_go
from lamlint.text import Finding, Source, Span, Tree, Unread
from lamlint.text.dataclass import replace
from lamlint.text.regex import Regex

TYPESCRIPT = "cdk-typescript"
_NOT_SOURCE = (".d.ts", ".test.ts", ".spec.ts")
_TAKEN = Regex(r"""\bfrom\s{0,9}["'][^"'\n]*/([\w.-]+)["']""")
"""The last part of the path of an import."""
_NOT_HERE = (
    "it is the AWS CDK in TypeScript, which is read where lamlint[cdk] is installed: "
    "pip install 'lamlint[cdk]'"
)


def read(tree: Tree, targets: Sequence[str]) -> Declared:
    """What the apps of a project declare that concerns some paths (all, without any)."""
    files = [path for path in tree.sources() if _is_source(path, tree)]
    if files and not grammar.is_here():
        tree.unread.add(Unread(Span(files[0], 0, 0), _NOT_HERE))
        return Declared(left_out=frozenset(files))
    return declared(_apps(tree, files), tree, targets)


def declared(
    found: Iterable[tuple[App, list[str]]], tree: Tree, targets: Sequence[str]
) -> Declared:
    """What apps declare, each with the files that speak of functions."""
    functions: list[Function] = []
    roles: list[Role] = []
    resources = Resources()
    problems: list[Finding] = []
    left_out: set[str] = set()
    for app, modules in found:
        let_go()  # what was made to read the one before
        try:
            made, whole = _synthesized(app, tree, modules)
        except Exception as error:  # noqa: BLE001  one app must not hide the others
            problems.append(failed(app.file, error, Span(app.file, 0, 0)))
            continue
        if not whole:
            left_out.add(app.file)
        if concerns(app.root, targets) or concerned(made.functions, targets):
            functions += [replace(one, dialect=TYPESCRIPT) for one in made.functions]
            roles.extend(made.roles)
            resources += made.resources
        else:
            left_out.update(one.template for one in made.functions)
    return Declared(
        tuple(functions),
        tuple(roles),
        tuple(problems),
        frozenset(left_out),
        resources=resources,
    )


def _synthesized(app: App, tree: Tree, modules: list[str]) -> tuple[Synthesized, bool]:
    """What an app declares, and whether that is all."""
    machine = run(app, tree, modules)
    return synthesized(app, machine), not machine.budget.refused


def _is_source(path: str, tree: Tree) -> bool:
    """Whether a file is code that may declare functions of Python."""
    if path.endswith(_NOT_SOURCE) or is_test(path):
        return False
    return CDK_TYPESCRIPT.owns(path, tree)


def _apps(tree: Tree, files: Sequence[str]) -> Iterator[tuple[App, list[str]]]:
    """The apps, each with the files below it that speak of functions; the rest as one."""
    left = list(files)
    for app in sorted(apps(tree, entry), key=lambda app: -len(app.root)):
        own = [one for one in left if app.root in ("", ".") or below(one, app.root)]
        left = [one for one in left if one not in own]
        if own:
            yield app, own
    if left:
        first, *others = _outermost_first(left, tree)
        yield App(first, first), others


def _outermost_first(files: Sequence[str], tree: Tree) -> list[str]:
    """Files that no app holds: those first that nothing imports, as they say what others get."""
    sources = [one for path in files if isinstance(one := tree.read(path), Source)]
    taken = {found[1] for one in sources for found in _TAKEN.finditer(one.text)}
    stems = {path: posixpath.basename(path).removesuffix(".ts") for path in files}
    return sorted(files, key=lambda path: stems[path] in taken)


def entry(command: str, path: str, tree: Tree) -> str:
    """The file of TypeScript that a command line runs."""
    folder = posixpath.dirname(path)
    for word in words(command):
        stem, ending = posixpath.splitext(normal(posixpath.join(folder, word)))
        if ending in (".ts", ".js", ".tsx") and tree.is_file(f"{stem}.ts"):
            return f"{stem}.ts"
    return ""
