"""The functions that an application of Chalice declares in its code, by decorators."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from lamlint.dialects.chalice.code import Code, Module
from lamlint.text import Span
from lamlint.text.dataclass import dataclass

_APPLICATIONS = frozenset({"chalice.Chalice", "chalice.app.Chalice"})
_BLUEPRINTS = frozenset({"chalice.Blueprint", "chalice.app.Blueprint"})

_KNOWN = _APPLICATIONS | _BLUEPRINTS
_MOST_STEPS = 4
"""How many bases of a class, or functions that make it, are followed."""
_REGISTERING = "register_blueprint"
ROUTE = "route"
API_HANDLER = "api_handler"
APPLICATION = "app"
"""The module that Chalice imports, and the name of the application in it."""
_OF_SOCKETS = {
    "on_ws_connect": "websocket_connect",
    "on_ws_message": "websocket_message",
    "on_ws_disconnect": "websocket_disconnect",
}
"""What makes a function that has a name of Chalice's own."""
MAKING = frozenset(
    {
        "authorizer",
        "lambda_function",
        "on_cw_event",
        "on_dynamodb_record",
        "on_kinesis_record",
        "on_s3_event",
        "on_sns_message",
        "on_sqs_message",
        "schedule",
        *_OF_SOCKETS,
    }
)
"""The decorators that make a function of its own."""


@dataclass(frozen=True, eq=False)
class Decorated:
    """A function of the code that a decorator registers, and the module it stands in."""

    module: Module
    definition: ast.FunctionDef
    call: ast.Call
    method: str


@dataclass(frozen=True, eq=False)
class Handler:
    """A function that Chalice deploys: its name there, and what triggers it."""

    name: str
    handler: str
    span: Span
    block: Span
    place: Span
    """Where the handler is said: its name in the code."""
    registered: tuple[Decorated, ...]


@dataclass(frozen=True)
class _Owner:
    """An application, or a blueprint that is part of one: what its functions are called by."""

    module: str
    """The module in which Lambda is to look for them."""
    prefix: str = ""


def handlers(code: Code) -> Iterator[Handler]:
    """The functions of an application, each once, in the order of the code."""
    owners = _owners(code)
    found = [one for module in code.modules.values() for one in _decorated(module, code, owners)]
    routes = tuple(one for one, _ in found if one.method == ROUTE)
    if routes:
        yield _api_handler(routes, code)
    names: set[str] = set()
    for one, owner in found:
        name = _name(one, owner)
        if one.method in MAKING and name not in names:
            names.add(name)
            yield _handler(one, name, owner)


def made_at(code: Code) -> Span | None:
    """Where the application is made that Chalice deploys."""
    module = code.modules.get(APPLICATION)
    return _bound_at(module) if module is not None else None


def _api_handler(routes: tuple[Decorated, ...], code: Code) -> Handler:
    """The function behind all routes."""
    span = made_at(code) or routes[0].module.name_of(routes[0].definition)
    return Handler(API_HANDLER, f"{APPLICATION}.{APPLICATION}", span, span, span, routes)


def _bound_at(module: Module) -> Span | None:
    """Where a module binds the name of the application."""
    for statement in module.tree.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and node.id == APPLICATION:
                if isinstance(node.ctx, ast.Store):
                    return module.span(node)
            elif isinstance(node, ast.ImportFrom) and any(
                APPLICATION in (one.asname, one.name) for one in node.names
            ):
                return module.span(node)
    return None


def _handler(one: Decorated, name: str, owner: _Owner) -> Handler:
    span = one.module.name_of(one.definition)
    handler = f"{owner.module}.{one.definition.name}"
    return Handler(name, handler, span, one.module.block(one.definition), span, (one,))


def _name(one: Decorated, owner: _Owner) -> str:
    """What Chalice calls a function."""
    if one.method in _OF_SOCKETS:
        return _OF_SOCKETS[one.method]
    written = _text(argument(one.call, "name"))
    return f"{owner.prefix}{written or one.definition.name}"


def _text(node: ast.expr | None) -> str:
    """The text that is written; empty for anything else."""
    written = node.value if isinstance(node, ast.Constant) else None
    return written if isinstance(written, str) else ""


def argument(call: ast.Call, keyword: str, place: int | None = None) -> ast.expr | None:
    """What a call is given by a keyword, or at a place."""
    for one in call.keywords:
        if one.arg == keyword:
            return one.value
    if place is not None and len(call.args) > place:
        given = call.args[place]
        return None if isinstance(given, ast.Starred) else given
    return None


# --- applications and blueprints


def _decorated(
    module: Module, code: Code, owners: Mapping[str, _Owner]
) -> Iterator[tuple[Decorated, _Owner]]:
    """What a module registers with an application or with a part of one."""
    for definition in module.statements:
        for each in definition.decorator_list if isinstance(definition, ast.FunctionDef) else ():
            if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute):
                owner = owners.get(_origin(each.func.value, module, code))
                if owner is not None and isinstance(definition, ast.FunctionDef):
                    yield Decorated(module, definition, each, each.func.attr), owner


def _origin(node: ast.expr, module: Module, code: Code) -> str:
    """The full name under which something was made."""
    found = code.defined(module.full_name(node))
    return _name_of(found) if found is not None else ""


def _name_of(bound: tuple[Module, str]) -> str:
    """The full name of what a module binds."""
    return f"{bound[0].name}.{bound[1]}"


def _owners(code: Code) -> Mapping[str, _Owner]:
    """What decorators may be methods of, by full names."""
    # Whatever makes it: what Chalice deploys is an application.
    deployed = code.defined(f"{APPLICATION}.{APPLICATION}")
    bound = deployed is not None and deployed[1] in deployed[0].bound
    applications = {_name_of(deployed): _Owner(APPLICATION)} if bound and deployed else {}
    blueprints: dict[str, _Owner] = {}
    for module in code.modules.values():
        for name, value in module.bound.items():
            made = _made(value, module, code)
            if made in _APPLICATIONS:
                applications[f"{module.name}.{name}"] = _Owner(APPLICATION)
            elif made in _BLUEPRINTS and isinstance(value, ast.Call):
                home = _text(argument(value, "import_name", 0)) or module.name
                blueprints[f"{module.name}.{name}"] = _Owner(home)
    return {**applications, **_registered(code, blueprints)}


def _registered(code: Code, blueprints: Mapping[str, _Owner]) -> Mapping[str, _Owner]:
    """The blueprints that are parts of the application; all where it is not known which."""
    found: dict[str, _Owner] = {}
    for module in code.modules.values():
        for call in _registrations(module):
            given = argument(call, "blueprint", 0)
            origin = _origin(given, module, code) if given is not None else ""
            if origin not in blueprints:
                return blueprints
            prefix = _text(argument(call, "name_prefix", 1))
            found[origin] = _Owner(blueprints[origin].module, prefix)
    return found


def _made(value: ast.expr | None, module: Module, code: Code) -> str:
    """The full name of the class that an expression makes an object of, bases followed."""
    if not isinstance(value, ast.Call):
        return ""
    name = module.full_name(value.func)
    for _ in range(_MOST_STEPS):
        found = code.defined(name)
        behind = _behind(*found) if found is not None else None
        if found is None or behind is None:
            return name
        name = found[0].full_name(behind)
    return name


def _behind(module: Module, name: str) -> ast.expr | None:
    """The class behind one of the code, its base, or behind a function that makes an object."""
    for statement in module.tree.body:
        match statement:
            case ast.ClassDef(name=found, bases=[base, *_]) if found == name:
                return base
            case ast.FunctionDef(name=found) if found == name:
                made = (one.func for one in ast.walk(statement) if isinstance(one, ast.Call))
                wanted = (one for one in made if module.full_name(one) in _KNOWN)
                return next(wanted, None)
    return None


def _registrations(module: Module) -> Sequence[ast.Call]:
    if _REGISTERING not in module.source.text:
        return []
    calls = (node for node in ast.walk(module.tree) if isinstance(node, ast.Call))
    return [
        call
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr == _REGISTERING
    ]
