"""Calls that may fail, by what they call: what acts on something, or is meant to raise."""

from __future__ import annotations

import builtins
import sys
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import Binding, How, dotted
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.catalog.computing import Computing
    from lamlint.python.codebase.codebase import Codebase
    from lamlint.python.module.module import Module

WRITING = frozenset(
    {
        "LOG", "LOGGER", "_log", "_logger", "log", "logger", "logging", "metrics", "traceback",
        "tracer", "xray_recorder",
    }
)  # fmt: skip
"""What something is written down with, by its usual name: it raises nothing."""
_READING = frozenset(
    {
        "add", "append", "copy", "count", "decode", "encode",
        "endswith", "extend", "find", "format", "get", "groups", "group", "index", "insert",
        "isdigit", "isoformat", "items", "join", "keys", "lower", "lstrip", "pop", "remove",
        "replace", "rsplit", "rstrip", "setdefault", "sort", "split", "splitlines", "startswith",
        "strftime", "strip", "title", "total_seconds", "update", "upper", "values",
    }
)  # fmt: skip
"""The methods of texts, lists and dicts."""
_NAMING = frozenset({"Bucket", "Queue", "Session", "Table", "Topic", "client", "resource"})
"""The methods of what the SDK makes that ask nothing yet."""
_RAISING = ("abort", "exit", "fail", "raise", "reraise", "throw")
"""What the name of something begins with that is there to raise, or to end the process."""
_TELLING = frozenset(
    {
        "aws_lambda_powertools", "aws_xray_sdk", "boto3", "botocore", "bugsnag", "datadog",
        "httpx", "loguru", "newrelic", "requests", "rollbar", "sentry_sdk", "slack_sdk",
        "structlog", "telegram", "urllib3",
    }
)  # fmt: skip
"""The libraries that a failure is told with, which raise only where they fail themselves."""
_WRITING_DOWN = frozenset({"sys.stderr.write", "sys.stdout.write", "warnings.warn"})
_RUNNING = frozenset(
    {
        "asyncio.create_task", "asyncio.gather", "asyncio.get_event_loop",
        "asyncio.get_running_loop", "asyncio.new_event_loop", "asyncio.run",
        "asyncio.set_event_loop", "asyncio.sleep",
    }
)  # fmt: skip
"""What only runs what it is given: that fails, or does not."""
_OF_LOOPS = frozenset({"close", "is_closed", "is_running", "shutdown_asyncgens"})
"""The methods of an event loop that only look after it."""
_RUN = "run_until_complete"
"""The one that runs what it is given, whatever the loop is called."""
_MAKING = frozenset(
    {
        "datetime", "decimal", "fractions", "hashlib", "hmac", "io", "ipaddress", "logging",
        "pathlib", "re", "string", "textwrap", "urllib", "uuid", "zlib", "zoneinfo",
    }
)  # fmt: skip
"""What makes objects of its own: others hand on what they were given, which may do anything."""
_LONGEST = 10
"""How many names lead from a value to what it was made from."""


@dataclass(frozen=True)
class Failing:
    """What calls of a codebase come to; `facts` tell what of the standard library computes."""

    codebase: Codebase
    facts: Computing

    def fails(self, module: Module, call: cst.Call, *, works: bool) -> bool:
        """Whether a call may raise: because it works on something (`works`), or is meant to.

        A function of the project is not asked for here: it is whatever it does.
        """
        name = dotted(call.func) or ""
        if self.function(module, call.func) is not None:
            return False
        if WRITING.intersection(name.split(".")[:-1]):
            return False
        return self._acts(module, call.func) if works else self._is_meant_to(module, call.func)

    def runs(self, module: Module, called: cst.BaseExpression) -> bool:
        """Whether what is called only runs what it is given."""
        if isinstance(called, cst.Attribute) and called.attr.value == _RUN:
            return True
        return self.full_name(module, called) in _RUNNING

    def function(self, module: Module, node: cst.CSTNode) -> tuple[Module, cst.FunctionDef] | None:
        """The function of the project that a name, or a member of a module, surely is."""
        owner, found = self._definition(module, node) or (module, None)
        return (owner, found) if isinstance(found, cst.FunctionDef) else None

    def class_of(self, module: Module, node: cst.CSTNode) -> tuple[Module, cst.ClassDef] | None:
        """The class of the project that a name, or a member of a module, surely is."""
        owner, found = self._definition(module, node) or (module, None)
        return (owner, found) if isinstance(found, cst.ClassDef) else None

    def _definition(
        self, module: Module, node: cst.CSTNode
    ) -> tuple[Module, cst.FunctionDef | cst.ClassDef] | None:
        path = (dotted(node) or "").split(".")
        found = [self._named(module, one, path[1:]) for one in self._bindings(module, node)]
        return found[0] if len(found) == 1 else None

    def _named(
        self, module: Module, binding: Binding, path: list[str], steps: int = 0
    ) -> tuple[Module, cst.FunctionDef | cst.ClassDef] | None:
        node = binding.node
        if binding.how is How.DEFINITION and isinstance(node, (cst.FunctionDef, cst.ClassDef)):
            return None if path else (module, node)
        if binding.how is not How.IMPORT or steps > _LONGEST:
            return None
        found = self.codebase.imported(module, binding)
        if isinstance(found, tuple):
            owner, path = self.codebase.module(found[0]), [found[1], *path]
        else:
            owner = found
        if owner is None or owner.failure is not None or not path:
            return None
        bound = owner.scopes.module.bindings.get(path[0], [])
        return self._named(owner, bound[0], path[1:], steps + 1) if len(bound) == 1 else None

    def _acts(self, module: Module, called: cst.BaseExpression) -> bool:
        """Whether what is called may wait for or change anything beyond the process."""
        first = _first_name(called)
        bindings = self._bindings(module, first) if first is not None else []
        if first is not None and not bindings:
            return self._is_acting_builtin(first.value)
        if self.runs(module, called):
            return False
        library, full = _library(module, bindings), self.full_name(module, called)
        if full:
            return not (self.facts.allows(full) or full in self.facts.idle | _WRITING_DOWN)
        if not isinstance(called, cst.Attribute):
            return True
        method = called.attr.value
        if self._only_computes(module, bindings, method):
            return False
        foreign = library and library.partition(".")[0] not in sys.stdlib_module_names
        harmless = _NAMING if foreign or self._is_made(module, bindings) else _READING
        return method not in harmless

    def _only_computes(self, module: Module, bindings: list[Binding], method: str) -> bool:
        """Whether a method is surely one of what only computes, as the name was bound."""
        made = [one.value.func if isinstance(one.value, cst.Call) else None for one in bindings]
        makers = [self.full_name(module, one) if one is not None else "" for one in made]
        return bool(makers) and all(
            one in _RUNNING
            if method in _OF_LOOPS
            else self.facts.allows(one) and one.partition(".")[0] in _MAKING
            for one in makers
        )

    def full_name(self, module: Module, called: cst.BaseExpression) -> str:
        """The full name of what a library has, where that is what is called."""
        library, name = _library(module, self._bindings(module, called)), dotted(called)
        return ".".join([library, *name.split(".")[1:]]) if library and name else ""

    def _is_made(self, module: Module, bindings: list[Binding]) -> bool:
        """Whether a name may be an object that a call of some library made, as it is bound."""
        made = [one.value.func for one in bindings if isinstance(one.value, cst.Call)]
        libraries = [
            _library(module, self._bindings(module, one)).partition(".")[0] for one in made
        ]
        asking = (one for one in made if isinstance(one, cst.Attribute))
        named = any(one.attr.value in _NAMING for one in asking)
        return named or any(one and not self.facts.allows(one) for one in libraries)

    def _is_meant_to(self, module: Module, called: cst.BaseExpression) -> bool:
        """Whether what is called may be there to raise, as far as that is known."""
        if isinstance(called, cst.Attribute):
            if called.attr.value.lstrip("_").startswith(_RAISING):
                return True
            if called.attr.value in _READING:
                return False
        first = _first_name(called)
        if first is None:
            return not isinstance(called, cst.Attribute)
        if first.value.lstrip("_").startswith(_RAISING):
            return True
        bindings = self._bindings(module, first)
        if not bindings:
            return first.value in ("quit", "exec", "eval") or not hasattr(builtins, first.value)
        return not self._is_telling(module, bindings)

    def _is_telling(self, module: Module, bindings: list[Binding], steps: int = 0) -> bool:
        """Whether a name is one of a known library, or was made by one."""
        library = _library(module, bindings).partition(".")[0]
        if library:
            return library in _TELLING or library in sys.stdlib_module_names
        made = [_first_name(one.value) for one in bindings if one.value is not None]
        return (
            len(made) == len(bindings) > 0
            and steps < _LONGEST
            and all(
                one is not None and self._is_telling(module, self._bindings(module, one), steps + 1)
                for one in made
            )
        )

    def _is_acting_builtin(self, name: str) -> bool:
        return name in self.facts.acting_builtins or not hasattr(builtins, name)

    def _bindings(self, module: Module, node: cst.CSTNode) -> list[Binding]:
        name = (dotted(node) or "").partition(".")[0]
        return module.scopes.find(name, module.scopes.of(node))[1] if name else []


def _library(module: Module, bindings: list[Binding]) -> str:
    """The full name of what is imported, if a name is surely one import."""
    if len(bindings) != 1 or bindings[0].how is not How.IMPORT:
        return ""
    one = bindings[0]
    return ".".join([module.absolute(one.module), *([one.attribute] if one.attribute else [])])


def _first_name(node: cst.CSTNode | None) -> cst.Name | None:
    """The name that an expression begins with: `boto3` of `boto3.client("sns").publish`."""
    while True:
        match node:
            case cst.Attribute(value=inner) | cst.Subscript(value=inner) | cst.Call(func=inner):
                node = inner
            case cst.Name():
                return node
            case _:
                return None
