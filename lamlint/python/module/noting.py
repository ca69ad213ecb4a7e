"""What is taken note of while the code of a module is gone over: the names of each piece of it."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import field

from lamlint.python.module.uses import ANY
from lamlint.text.dataclass import dataclass

BY_NAME = frozenset(
    {
        "__import__", "globals", "import_module", "import_string", "locate", "modules",
        "resolve_name", "vars",
    }
)  # fmt: skip
"""Who uses one of these may get anything by a name that the code makes up."""
_SETTING = frozenset({"setattr", "__dict__"})
"""Who uses one of these may set any attribute."""
_ENVIRONMENT = "environ"
ASKING = frozenset({"get", "pop", "setdefault", "update"})
"""What is asked of the environment and fails for no variable."""


@dataclass(slots=True)
class Names:
    """The names that were found in some code: names and attributes that are called or taken."""

    function: str = ""
    runs: bool = False
    """Whether an invocation may run it."""
    defined: bool = False
    """Whether it stands in a function that has a name."""
    lasts: bool = False
    names: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)
    """What is called where no invocation runs it."""


@dataclass(slots=True)
class Walk:
    """Goes over a tree, and knows of each node in whose code it is."""

    bodies: list[Names] = field(default_factory=lambda: [Names()])
    imported: set[str] = field(default_factory=set)
    run: set[str] = field(default_factory=set)
    run_by_module: set[str] = field(default_factory=set)
    filled: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    variables: set[str] = field(default_factory=set)
    environments: int = 0
    """How often the environment is spoken of, less how often that is plain."""
    by_name: int = 0
    """How often something is got by a name, less how often the name is plain."""
    waiting: list[tuple[ast.AST, Names]] = field(default_factory=list)
    """What has not been taken in, each with the code that it is in."""

    def later(self, nodes: Iterable[ast.AST | None], code: Names) -> None:
        """Take in some nodes when their turn comes."""
        self.waiting += [(one, code) for one in nodes if one is not None]

    def one(self, node: ast.AST, code: Names) -> None:
        """Take in a node when its turn comes."""
        self.waiting.append((node, code))

    def inside(self, name: str, code: Names) -> Names:
        """The code of a function: that of the one around it, if there is one."""
        if code.runs:
            code.lasts = True
            return code
        self.bodies.append(Names(name, runs=True))
        return self.bodies[-1]

    def mention(self, word: str) -> None:
        """Take in a name or an attribute, wherever it stands."""
        if word == _ENVIRONMENT:
            self.environments += 1
        elif word in BY_NAME or word == "getattr":
            self.by_name += 1
        elif word in _SETTING:
            self.changed.add(ANY)

    def runs(self, names: Iterable[str], code: Names) -> None:
        """Take in what a call or a decorator runs."""
        self.run.update(names)
        if not code.defined:
            self.run_by_module.update(names)

    def fill(self, node: ast.AST) -> None:
        """Take in what something may be put into: `hooks` for `hooks[name].setdefault(key, [])`."""
        while not isinstance(node, (ast.Name, ast.Attribute)):
            if isinstance(node, ast.Subscript):
                node = node.value
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                node = node.func.value
            else:
                return
        self.filled.add(node.id if isinstance(node, ast.Name) else node.attr)

    def root(self, node: ast.AST, code: Names) -> None:
        """Take in a name with its attributes, of which none is called or taken here."""
        while isinstance(node, ast.Attribute):
            self.mention(node.attr)
            code.others.add(node.attr)
            if node.attr in ASKING and is_environment(node.value):
                self.environments -= 1
            node = node.value
        if isinstance(node, ast.Name):
            self.mention(node.id)
            code.others.add(node.id)
        else:
            self.waiting.append((node, code))


def is_environment(node: ast.AST) -> bool:
    last = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return bool(last == _ENVIRONMENT)
