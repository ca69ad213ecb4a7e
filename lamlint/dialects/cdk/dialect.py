"""AWS CDK in Python: the apps of a project, and the functions that they declare."""

from __future__ import annotations

import ast
from collections.abc import Collection, Sequence
from dataclasses import field
from posixpath import dirname
from posixpath import relpath as relative

from lamlint.dialects.cdk.apps import App, apps, entry
from lamlint.dialects.cdk.program import parse
from lamlint.dialects.cdk.run import run, starting
from lamlint.dialects.cdk.synthesis import synthesized
from lamlint.dialects.dialect import CDK, Declared, failed
from lamlint.dialects.nearness import concerned, concerns
from lamlint.files.kinds import is_documentation, is_test
from lamlint.files.paths import below
from lamlint.model import Function, Resources, Role
from lamlint.python.module.heap import let_go
from lamlint.text import Finding, Source, Span, Tree
from lamlint.text.dataclass import dataclass


def read(tree: Tree, targets: Sequence[str]) -> Declared:
    """What the apps of a project declare that concerns some paths (all, without any)."""
    reading = _Reading(tree, targets)
    left = [path for path in tree.sources() if CDK.owns(path, tree)]
    found = list(apps(tree, entry))
    for app in sorted(found, key=lambda one: -len(one.root)):
        everywhere = app.root in ("", ".")
        own = [path for path in left if everywhere or below(path, app.root)]
        left = [] if everywhere else [path for path in left if not below(path, app.root)]
        reading.take(app, _deployed(own, app.root, tree))
    left = [path for path in left if path not in reading.reached]
    if found:
        known = frozenset(map(_in_its_folder, reading.reached))
        left = [one for one in left if not _is_copied(one, one, tree, known)]
    if left:
        deployed = [path for path in left if not is_test(path)] or left
        folders = frozenset(map(dirname, starting(deployed, tree) or deployed))
        reading.take(App(left[0], "", started=folders), left)
    reading.forget()
    return Declared(
        tuple(reading.functions),
        tuple(reading.roles),
        tuple(reading.problems),
        frozenset(reading.left_out),
        resources=reading.resources,
    )


def _deployed(modules: Sequence[str], root: str, tree: Tree) -> list[str]:
    """The modules of an app, less those of tests and of examples."""
    own = {path: relative(path, root or ".") for path in modules}
    return [
        path
        for path, inside in own.items()
        if not is_test(inside) and not _is_copied(path, inside, tree)
    ]


def _is_copied(path: str, inside: str, tree: Tree, known: Collection[str] = frozenset()) -> bool:
    """Whether a module beside an app is an example to copy from, or a copy of what the app has.

    It makes no app of its own. What is `known` of the apps is named with its folder.
    """
    copied = is_documentation(inside) or _in_its_folder(path) in known
    return copied and not starting([path], tree)


def _in_its_folder(path: str) -> str:
    """A file with the folder that it lies in: `stacks/orders_stack.py`."""
    return "/".join(path.split("/")[-2:])


@dataclass
class _Reading:
    """What the apps of a project declare so far; `reached` are the modules that were run."""

    tree: Tree
    targets: Sequence[str]
    functions: list[Function] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    resources: Resources = field(default_factory=Resources)
    problems: list[Finding] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)
    reached: set[str] = field(default_factory=set)
    entered: set[ast.AST] = field(default_factory=set)

    def forget(self) -> None:
        """Forget the trees of all modules, which the apps share."""
        for path in self.reached:
            source = self.tree.read(path)
            if isinstance(source, Source):
                source.let_go(parse)

    def take(self, app: App, modules: Sequence[str]) -> None:
        """Read an app."""
        let_go()  # what was made to read the one before
        try:
            machine = run(app, self.tree, modules, self.entered)
            declared = synthesized(app, machine)
        except Exception as error:  # noqa: BLE001  one app must not hide the others
            self.problems.append(failed(app.file, error, Span(app.file, 0, 0)))
            return
        self.reached.update(machine.modules)
        self.entered.update(machine.entered)
        if machine.budget.refused:
            self.left_out.add(app.file)
        found = declared.functions
        if concerns(app.root, self.targets) or concerned(found, self.targets):
            self.functions.extend(found)
            self.roles.extend(declared.roles)
            self.resources += declared.resources
        else:
            self.left_out.update(one.template for one in found)
