"""What templates say to each other: parameters of local nested stacks, and exported values."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence

from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode

_LOCATIONS = {
    "AWS::Serverless::Application": "Location",
    "AWS::CloudFormation::Stack": "TemplateURL",
}


def nest(scopes: Sequence[Scope]) -> frozenset[str]:
    """Bind the parameters of templates that exactly one other place of the project uses.

    Where several places use a template its parameters stay what it says itself. Returns those.
    """
    by_path: dict[str, list[Scope]] = {}
    for scope in scopes:
        by_path.setdefault(scope.template, []).append(scope)
    uses: dict[str, list[tuple[Scope, str, MappingNode]]] = {}
    for scope in scopes:
        for name, path, properties in _stacks(scope):
            if len(by_path.get(path, ())) == 1 and path != scope.template:
                uses.setdefault(path, []).append((scope, name, properties))
    for path, places in uses.items():
        (child,) = by_path[path]
        for parent, name, _ in places:
            parent.nested[name] = child
        if len(places) == 1:
            ((parent, _, properties),) = places
            given = properties.get("Parameters")
            if isinstance(given, MappingNode):
                child.bound = {entry.name: (entry.value, parent) for entry in given}
    return frozenset(path for path, places in uses.items() if len(places) > 1)


def beside(
    scopes: Sequence[Scope], makers: Iterable[str], read: Callable[[str], Sequence[Scope]]
) -> list[Scope]:
    """The templates without functions that belong to those with some: all that stacks join.

    `makers` are those that make stacks, of whichever templates; `read` reads one that was not yet.
    """
    inside: dict[str, Sequence[Scope]] = {path: read(path) for path in makers}
    used_by: dict[str, list[str]] = {}
    for path, made in inside.items():
        for used in _paths(made):
            used_by.setdefault(used, []).append(path)
    with_functions: dict[str, list[Scope]] = {}
    for scope in scopes:
        with_functions.setdefault(scope.template, []).append(scope)
    found: list[Scope] = []
    waiting, seen = list(with_functions), set(with_functions)
    while waiting:
        path = waiting.pop()
        own = with_functions.get(path)
        if own is None:
            own = list(inside[path] if path in inside else read(path))
            found += own
        new = dict.fromkeys((*used_by.get(path, ()), *_paths(own)))
        waiting += (one for one in new if one not in seen)
        seen.update(new)
    return found


def _paths(scopes: Sequence[Scope]) -> list[str]:
    """The local templates that some templates make stacks of, each once."""
    return list(dict.fromkeys(path for scope in scopes for _, path, _ in _stacks(scope)))


def export(scopes: Sequence[Scope]) -> None:
    """Let all templates know what each of them exports.

    A name that several places export (copies of a template), or that holds the
    stack's own name, says nothing.
    """
    found: dict[str, list[tuple[Node, Scope]]] = {}
    for scope in scopes:
        for entry in scope.section("Outputs") or ():
            if isinstance(entry.value, MappingNode):
                value, named = entry.value.get("Value"), entry.value.get("Export")
                name = named.get("Name") if isinstance(named, MappingNode) else None
                names = scope.outcomes(name) if name is not None else ()
                if value is not None and len(names) == 1:
                    found.setdefault(names[0].written, []).append((value, scope))
    once = {
        name: places[0]
        for name, places in found.items()
        if len(places) == 1 and "${AWS::Stack" not in name
    }
    for scope in scopes:
        scope.exports.update(once)


def _stacks(scope: Scope) -> Iterator[tuple[str, str, MappingNode]]:
    """The stacks that a template makes of local templates: name, path and properties."""
    section = scope.section("Resources")
    for entry in section if section is not None else ():
        resource: Node = entry.value
        if not isinstance(resource, MappingNode):
            continue
        kind, properties = resource.get("Type"), resource.get("Properties")
        if not isinstance(kind, ScalarNode) or not isinstance(properties, MappingNode):
            continue
        location = properties.get(_LOCATIONS.get(kind.text, ""))
        if isinstance(location, ScalarNode) and not location.tag and "://" not in location.text:
            folder = posixpath.dirname(scope.template)
            path = posixpath.normpath(posixpath.join(folder, location.text))
            yield entry.name, path, properties
