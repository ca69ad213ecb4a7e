"""Fields of settings that pydantic fills from the environment: by which variable, and as what.

https://docs.pydantic.dev/latest/concepts/pydantic_settings/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import last_name
from lamlint.python.values.arguments import argument
from lamlint.python.values.attributes import library_bases, lineage
from lamlint.python.values.kinds import Kind
from lamlint.python.values.settings import FILLED
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Class, Frame, Own

_PREFIX, _CASE = "env_prefix", "case_sensitive"
_HARMLESS = frozenset(
    {_PREFIX, _CASE, "env_file", "env_file_encoding", "env_nested_delimiter", "extra", "frozen"}
    | {"arbitrary_types_allowed", "populate_by_name", "protected_namespaces", "validate_default"}
    | {"allow_mutation", "title"}
)
"""What a configuration may say and a field of a plain type is still filled as is said here."""
_ALIASES = ("validation_alias", "alias", "env")
_CONFIG = frozenset({"model_config", "Config"})
_OWN_WAYS = frozenset(
    {"__init__", "__new__", "model_post_init", "settings_customise_sources", "customise_sources"}
    | {"__getattribute__"}
)
_TRUE = frozenset({"1", "true", "t", "yes", "y", "on"})
_FALSE = frozenset({"0", "false", "f", "no", "n", "off"})
_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Filled:
    """A field: the variables that fill it, the first that is there; and what it is without one.

    `kind` is the name of its type. `default` is None where there is none that is written.
    """

    variables: tuple[str, ...]
    kind: str
    default: cst.BaseExpression | None
    home: Frame

    def read(self, text: str) -> object:
        """What pydantic makes of a text."""
        if self.kind == "str":
            return text
        if self.kind == "bool":
            low = text.lower()
            return True if low in _TRUE else (False if low in _FALSE else Kind.UNKNOWN)
        if self.kind == "int" and text.isascii() and text.isdigit() and len(text) <= _DIGITS:
            return int(text)
        return Kind.UNKNOWN


def is_filled(analysis: Analysis, of: Class) -> bool:
    """Whether the objects of a class are filled from the environment."""
    return not FILLED.isdisjoint(library_bases(analysis, of))


def filled(analysis: Analysis, owner: Own, name: str) -> Filled | None:
    """How a field of an object is filled; None where that is not known."""
    if owner.call is None or owner.call.args or owner.leading:
        return None  # what it is given comes first
    classes = lineage(analysis, owner.of)
    says: dict[str, cst.CSTNode] = {}
    for one in reversed(classes):
        if any(map(_has_its_way, one.node.body.body)):
            return None
        says.update(_configured(one.node))
    line = next(((one, found) for one in classes if (found := _line(one.node, name))), None)
    if line is None or not says.keys() <= _HARMLESS:
        return None
    prefix, case = _text(says.get(_PREFIX)), last_name(says.get(_CASE))
    named = _names(line[1].value, name, prefix)
    if named is None or case not in ("", "True", "False") or (_CASE in says and not case):
        return None
    variables = [each for one in named for each in ((one,) if case == "True" else _spelt(one))]
    kind = _kind(line[1].annotation.annotation)
    return Filled(tuple(variables), kind, _default(line[1].value), line[0].closure)


def _has_its_way(line: cst.CSTNode) -> bool:
    """Whether a class makes something else of what it is filled with."""
    return isinstance(line, cst.FunctionDef) and (
        line.name.value in _OWN_WAYS
        or any("validator" in _last(one.decorator) for one in line.decorators)
    )


def _last(node: cst.CSTNode) -> str:
    return last_name(node.func if isinstance(node, cst.Call) else node)


def _configured(of: cst.ClassDef) -> Iterator[tuple[str, cst.CSTNode]]:
    """What a class says of how it is filled; what cannot be read stands under a name of its own."""
    for line in of.body.body:
        if isinstance(line, cst.ClassDef) and line.name.value in _CONFIG:
            for target, value in _assigned(line.body.body):
                yield target, value
        elif isinstance(line, cst.SimpleStatementLine):
            for target, value in _assigned([line]):
                if target in _CONFIG:
                    yield from _written(value)


def _assigned(lines: Sequence[cst.CSTNode]) -> Iterator[tuple[str, cst.CSTNode]]:
    for line in lines:
        for one in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            match one:
                case cst.Assign(targets=[cst.AssignTarget(cst.Name(name))], value=value):
                    yield name, value
                case cst.AnnAssign(target=cst.Name(name), value=value) if value is not None:
                    yield name, value
                case _:
                    pass


def _written(value: cst.CSTNode) -> Iterator[tuple[str, cst.CSTNode]]:
    match value:
        case cst.Call(args=args):
            for given in args:
                yield "*" if given.keyword is None else given.keyword.value, given.value
        case cst.Dict(elements=elements):
            for one in elements:
                key = one.key if isinstance(one, cst.DictElement) else None
                yield _text(key) or "*", one.value
        case _:
            yield "*", value


def _line(of: cst.ClassDef, name: str) -> cst.AnnAssign | None:
    for line in of.body.body:
        for one in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            if isinstance(one, cst.AnnAssign) and last_name(one.target) == name:
                return one
    return None


def _text(node: cst.CSTNode | None) -> str | None:
    """A text that is written; the empty one where nothing is."""
    if node is None:
        return ""
    found = node.evaluated_value if isinstance(node, cst.SimpleString) else None
    return found if isinstance(found, str) else None


def _names(value: cst.CSTNode | None, name: str, prefix: str | None) -> Sequence[str] | None:
    """The variables of a field; None where they are not written."""
    if isinstance(value, cst.Call) and last_name(value.func) == "Field":
        if any(one.star for one in value.args):
            return None
        aliases = [one for key in _ALIASES if (one := argument(value, None, key))]
        if len(aliases) > 1:
            return None
        if aliases:
            return _aliases(aliases[0])
    return None if prefix is None else [prefix + name]


def _aliases(alias: cst.CSTNode) -> Sequence[str] | None:
    match alias:
        case cst.Call(args=args) if last_name(alias.func) == "AliasChoices":
            nodes: Sequence[cst.CSTNode] = [one.value for one in args]
        case cst.List(elements=elements) | cst.Tuple(elements=elements):
            nodes = [one.value for one in elements]
        case _:
            nodes = [alias]
    found = [_text(one) for one in nodes]
    return [one for one in found if one] if all(found) else None


def _spelt(name: str) -> tuple[str, ...]:
    """How a variable may be spelt where its case does not count, the usual one first."""
    return tuple(dict.fromkeys((name.upper(), name, name.lower())))


def _default(value: cst.BaseExpression | None) -> cst.BaseExpression | None:
    if not isinstance(value, cst.Call) or last_name(value.func) != "Field":
        return value
    found = argument(value, 0, "default")
    return None if isinstance(found, cst.Ellipsis) else found


_PLAIN: Mapping[str, str] = {"str": "str", "bool": "bool", "int": "int"}


def _kind(annotation: cst.CSTNode) -> str:
    """The plain type that an annotation names, or may be beside None; empty for any other."""
    match annotation:
        case cst.Name(name):
            return _PLAIN.get(name, "")
        case cst.BinaryOperation(left=left, operator=cst.BitOr(), right=right):
            sides = [one for one in (left, right) if last_name(one) != "None"]
            return _kind(sides[0]) if len(sides) == 1 else ""
        case cst.Subscript(value=of, slice=[cst.SubscriptElement(cst.Index(inner)), *_]):
            if last_name(of) == "Literal":
                return "str" if isinstance(inner, cst.SimpleString) else ""
            return _kind(inner) if last_name(of) == "Optional" else ""
        case _:
            return ""
