"""What of the project runs where an object of one of its classes is made, or asked something.

Making what only holds data runs nothing of the project: `Answer(status=500).model_dump()` of a
model of pydantic, a dataclass, a named tuple.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import Binding, How, dotted
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.reach.failing import Failing

_MODEL = "pydantic.BaseModel"
_OF_DATA = frozenset(
    {
        "ABC", "Generic", "NamedTuple", "Protocol", "TypedDict", "abc.ABC", "object",
        "pydantic.BaseModel", "typing.Generic", "typing.NamedTuple", "typing.Protocol",
        "typing.TypedDict", "typing_extensions.NamedTuple", "typing_extensions.TypedDict",
    }
)  # fmt: skip
"""The bases of libraries that take what they are given, and run nothing else."""
_DECORATING = frozenset(
    {"attrs", "dataclass", "dataclass_json", "define", "final", "frozen", "total_ordering"}
)
_MADE_BY = ("__new__", "__init__", "__post_init__", "__attrs_post_init__", "model_post_init")
_GIVING = frozenset(
    {"_asdict", "_replace", "copy", "dict", "json", "model_copy", "model_dump", "model_dump_json"}
    | {"to_dict", "to_json"}
)
"""The methods by which what holds data gives it."""
_CHECKS = "validator"
"""What the decorators of pydantic end with by which a class refuses what it is given."""
_MOST_CLASSES = 20


@dataclass(frozen=True)
class _Line:
    """A class with those of the project that it comes from, and their bases of libraries."""

    own: tuple[tuple[Module, cst.ClassDef], ...]
    libraries: frozenset[str]

    def method(self, name: str) -> tuple[Module, cst.FunctionDef] | None:
        for module, one in self.own:
            for line in one.body.body:
                if isinstance(line, cst.FunctionDef) and line.name.value == name:
                    return module, line
        return None


def run_by(
    failing: Failing, module: Module, call: cst.Call, *, works: bool
) -> list[tuple[Module, cst.FunctionDef]] | None:
    """The functions of the project that a call runs by a class of it; None where that is unknown.

    A model of pydantic refuses what it does not take: that is a failure of what `works`.
    """
    made = failing.class_of(module, call.func)
    if made is not None:
        return _making(_line(failing, *made), works=works)
    if not isinstance(call.func, cst.Attribute):
        return None
    owner = _class_of_object(failing, module, call.func.value)
    line = None if owner is None else _line(failing, *owner)
    return None if line is None else _asking(line, call.func.attr.value)


def _making(line: _Line | None, *, works: bool) -> list[tuple[Module, cst.FunctionDef]] | None:
    if line is None or not line.libraries <= _OF_DATA or any(map(_refuses, line.own)):
        return None
    if works and _MODEL in line.libraries:
        return None
    return [found for name in _MADE_BY if (found := line.method(name)) is not None]


def _asking(line: _Line, method: str) -> list[tuple[Module, cst.FunctionDef]] | None:
    found = line.method(method)
    if found is not None:
        return [found]
    return [] if method in _GIVING and line.libraries <= _OF_DATA else None


def _refuses(owned: tuple[Module, cst.ClassDef]) -> bool:
    """Whether a class has functions that look at what its objects are made of."""
    functions = (one for one in owned[1].body.body if isinstance(one, cst.FunctionDef))
    decorators = (each for one in functions for each in one.decorators)
    return any(_last(each.decorator).endswith(_CHECKS) for each in decorators)


def _class_of_object(
    failing: Failing, module: Module, node: cst.BaseExpression
) -> tuple[Module, cst.ClassDef] | None:
    """The class of the project that an expression is an object of, or that it is itself."""
    if isinstance(node, cst.Call):
        return failing.class_of(module, node.func)
    if not isinstance(node, cst.Name):
        return None
    bindings = module.scopes.find(node.value, module.scopes.of(node))[1]
    made = [_made(one) for one in bindings]
    kinds = [None if one is None else failing.class_of(module, one.func) for one in made]
    if not kinds or None in kinds:
        return failing.class_of(module, node)
    return kinds[0] if len({id(one[1]) for one in kinds if one is not None}) == 1 else None


def _made(binding: Binding) -> cst.Call | None:
    value = binding.value if binding.how is How.VALUE and not binding.path else None
    return value if isinstance(value, cst.Call) else None


def _line(failing: Failing, module: Module, first: cst.ClassDef) -> _Line | None:
    """A class with all that it comes from; None where something of it is not known."""
    waiting, libraries = [(module, first)], set[str]()
    own: list[tuple[Module, cst.ClassDef]] = []
    while waiting and len(own) < _MOST_CLASSES:
        home, one = waiting.pop(0)
        own.append((home, one))
        unusual = (each for each in one.decorators if _last(each.decorator) not in _DECORATING)
        if next(unusual, None) is not None or one.keywords:
            return None
        for base in one.bases:
            named = base.value.value if isinstance(base.value, cst.Subscript) else base.value
            found = failing.class_of(home, named)
            if found is not None:
                waiting.append(found)
            else:
                libraries.add(failing.full_name(home, named) or dotted(named) or "")
    return None if waiting else _Line(tuple(own), frozenset(libraries))


def _last(node: cst.BaseExpression) -> str:
    written = node.func if isinstance(node, cst.Call) else node
    return (dotted(written) or "").rpartition(".")[2]
