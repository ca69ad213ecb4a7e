"""From a handler string to a file and a name in it, as the runtime does it.

The runtime splits at the last dot, turns slashes of the first part into dots
and imports it as a module: a file, or a package with its `__init__.py`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lamlint.files.paths import Folders
from lamlint.model import CodeKind, Function, Value
from lamlint.python.module.facts import facts
from lamlint.text import Source, Tree, Unreadable
from lamlint.text.dataclass import dataclass, replace
from lamlint.text.regex import Regex

_OPAQUE = Regex(r"\bglobals\(\)|\bsetattr\(|\bexec\(|\b__getattr__\b|\bvars\(\)|\blocals\(\)")
_BOUND = Regex(
    r"^(?:(?:(?:async[ \t]+)?def|class)[ \t]+(?P<defined>\w+)"
    r"|(?P<assigned>\w+)[ \t]*(?::[^=\n]+)?=(?!=))",
    re.MULTILINE,
)
"""A name that a module defines or assigns at its outermost level."""
_FUNCTION = Regex(r"^(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*\(", re.MULTILINE)
_HANDLER = Regex(r"^def[ \t]+(?:lambda_?)?handler[ \t]*\(", re.IGNORECASE | re.MULTILINE)
_PYTHON = Regex(r"python3\.\d{1,3}")
_PLAIN_LAYERS = (
    "AWSLambdaPowertoolsPython",
    "AWS-Parameters-and-Secrets-Lambda-Extension",
    "AWSSDKPandas",
    "LambdaInsightsExtension",
)
"""Layers of AWS that are known to hold nothing of a project's own."""

_WRAPPED = {
    "DD_LAMBDA_HANDLER": "datadog_lambda",
    "EPSAGON_HANDLER": "epsagon",
    "LAMBDA_HANDLER": "instana",
    "LUMIGO_ORIGINAL_HANDLER": "lumigo_tracer",
    "NEW_RELIC_LAMBDA_HANDLER": "newrelic_lambda_wrapper",
    "ORIG_HANDLER": "otel_wrapper",
    "SENTRY_INITIAL_HANDLER": "sentry_sdk",
    "thundra_agent_lambda_handler": "thundra",
    "THUNDRA_AGENT_LAMBDA_HANDLER": "thundra",
}
"""The variables that name the real handler, each with the library whose handler asks for it.

Sources, the modules of the libraries that read them: datadog_lambda/handler.py,
epsagon/constants.py, instana/__init__.py (`get_lambda_handler_or_default`),
lumigo_tracer/auto_instrument_handler.py, newrelic_lambda_wrapper.py of New Relic's layer,
otel_wrapper.py of OpenTelemetry's, sentry_sdk/integrations/init_serverless_sdk.py,
thundra/wrappers/aws_lambda/handler.py and thundra/config/config_names.py.
"""
TRACKING = frozenset(_WRAPPED) - {"ORIG_HANDLER"}
"""Those of services that tell of errors, too: OpenTelemetry's may send its traces anywhere."""


@dataclass(frozen=True)
class Place:
    """The module that a handler string names, and the attribute the runtime takes from it.

    `root` is the folder that the runtime imports from. `inline` is the source
    of code that stands in the template. Of an image, `also` are further folders that it imports
    from, `named` those in which the modules of some first names lie, and `renamed` those that are
    packages of another name there.
    """

    root: str
    path: str
    module: str
    attribute: str
    inline: Source | None = None
    also: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    def source(self, tree: Tree) -> Source | Unreadable:
        """The module's text."""
        return self.inline if self.inline is not None else tree.read(self.path)


def split(handler: str) -> tuple[str, str] | None:
    """The module and the attribute of a handler string; None when it has no dot."""
    module, dot, attribute = handler.rpartition(".")
    return (module.replace("/", "."), attribute) if dot else None


def root_of(function: Function) -> str | None:
    """The folder that a function's modules are imported from, when it is in the project."""
    code = function.code
    match code.kind:
        case CodeKind.FOLDER:
            return code.path
        case CodeKind.FILE:
            return posixpath.dirname(code.path)
        case _:
            return None


def layer_roots(function: Function) -> Iterator[str]:
    """The folders that a function's local layers and its packaging add to what it can import.

    They need not be there. A runtime looks into the library folder of its own version only.
    """
    yield from function.code.also
    pythons = [one.value for one in function.runtime.choices if _PYTHON.fullmatch(one.value)]
    for folder in layer_folders(function):
        yield posixpath.join(folder, "python")
        for python in pythons:
            yield posixpath.join(folder, "python/lib", python, "site-packages")
        yield folder


def layer_folders(function: Function) -> Iterator[str]:
    """The folders that a function's local layers are made of, of those with what is imported."""
    for layer in function.layers:
        content = None if layer.off_path else layer.content
        if content is not None and content.kind is CodeKind.FOLDER:
            yield content.path


def deployed_roots(function: Function) -> Iterator[str]:
    """Those, and the folders of local layers from which nothing is imported: they are deployed."""
    yield from layer_roots(function)
    for layer in function.layers:
        content = layer.content if layer.off_path else None
        if content is not None and content.kind is CodeKind.FOLDER:
            yield content.path


def layers_are_here(function: Function) -> bool:
    """Whether all layers of a function are known, and none brings what is not in the project."""
    return function.layers_complete and all(
        layer.off_path
        or (layer.content is not None and layer.content.kind is CodeKind.FOLDER)
        or layer.arn.all(lambda arn: any(name in arn for name in _PLAIN_LAYERS))
        for layer in function.layers
    )


def handlers(function: Function) -> tuple[str, ...]:
    """The handler strings of what a function runs, as far as all of them are known.

    A library that wraps the handler stands in its place, and is told the real one by a variable.
    """
    found: list[str] = []
    for choice in function.handler.ever:
        wrapped = _wrapped(choice.value, function)
        found += (choice.value,) if wrapped is None else (one.value for one in wrapped.ever)
    return tuple(dict.fromkeys(found))


def _wrapped(handler: str, function: Function) -> Value[str] | None:
    top = handler.replace("/", ".").partition(".")[0]
    variables = function.environment.variables
    names = (name for name, library in _WRAPPED.items() if library == top and name in variables)
    return next((variables[name] for name in names), None)


def place(function: Function, tree: Tree) -> Place | None:
    """Where a function's one handler is; None when that is not known or nothing is there."""
    named = handlers(function)
    if len(named) != 1:
        return None
    alone = replace(function, also_runs=()) if function.also_runs else function
    return next(places(alone, tree), None)


def places(function: Function, tree: Tree) -> Iterator[Place]:
    """Where the modules of a function's handlers are, of each that it may have."""
    also = (choice.value for value in function.also_runs for choice in value.choices)
    for handler in (*handlers(function), *also) if function.python else ():
        named = split(handler)
        found = None if named is None else _place(function, *named, tree)
        if found is not None:
            yield found


def _place(function: Function, module: str, attribute: str, tree: Tree) -> Place | None:
    inline = function.code.inline
    if inline is not None:
        fits = module == function.code.module
        return Place("", inline.path, module, attribute, inline) if fits else None
    root = root_of(function)
    if root is None:
        return None
    for folder in (root, *layer_roots(function)):
        for path in candidates(folder, module):
            if tree.is_file(path) and not _is_left_out(path, function, folder):
                return Place(folder, path, module, attribute)
    return None


def _is_left_out(path: str, function: Function, folder: str) -> bool:
    """Whether a file lies beside the one that is the whole package, and not in a layer."""
    alone = function.code.is_alone and folder == root_of(function)
    return alone and path != function.code.path


def candidates(root: str, module: str) -> Iterator[str]:
    """The files that may be a module, in the order in which the import system looks."""
    stem = posixpath.normpath(posixpath.join(root, *module.split(".")))
    yield f"{stem}/__init__.py"
    yield f"{stem}.py"


def root_from(path: str, module: str) -> str | None:
    """The folder from which a file is imported by a module's name; None where it is not."""
    ends = (end for end in candidates("", module) if f"/{path}".endswith(f"/{end}"))
    end = next(ends, None)
    return None if end is None else path.removesuffix(end).rstrip("/")


def module_name(path: str, roots: Folders) -> str:
    """The dotted name of a file in the innermost of some roots that holds it."""
    root = roots.nearest(path) or ""
    inner = path if root in ("", ".") else path[len(root) + 1 :]
    return inner.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def defines(source: Source, name: str) -> bool | None:
    """Whether a module has a name once it is imported; None when that cannot be told.

    Most modules answer by their text; the others are parsed by the standard
    library, so that asking costs no import of LibCST.
    """
    if name in source.once(_BOUND, lambda: frozenset(map(_name, _BOUND.finditer(source.text)))):
        return True
    found = facts(source)
    if not found.taken:
        return None
    if name in found.names:
        return True
    opaque = source.once(_OPAQUE, lambda: _OPAQUE.search(source.text) is not None)
    return None if "*" in found.names or opaque else False


def _name(bound: re.Match[str]) -> str:
    return bound["defined"] or bound["assigned"]


def functions_of(source: Source) -> tuple[str, ...]:
    """The functions that a module defines at its outermost level, by its text."""
    return tuple(dict.fromkeys(_FUNCTION.findall(source.text)))


def defines_handler(source: Source) -> bool:
    """Whether a module has a function of the name that handlers have, by its text."""
    return _HANDLER.search(source.text) is not None
