"""The function of a stage, as its settings declare it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lamlint.dialects import table, values
from lamlint.dialects.properties import Properties
from lamlint.dialects.settings import reading
from lamlint.dialects.table import (
    Addable,
    Declaration,
    Table,
    always,
    never,
    number,
    presence,
    text,
)
from lamlint.dialects.zappa import roles
from lamlint.dialects.zappa.events import default, events
from lamlint.dialects.zappa.stages import APPLICATION, DJANGO, HANDLER, Stage
from lamlint.model import (
    NOT_SET,
    Choice,
    Code,
    CodeKind,
    Environment,
    EventSource,
    Function,
    Layer,
    Origin,
    Packing,
    Value,
)
from lamlint.text import Source, Span, Tree
from lamlint.text.dataclass import replace
from lamlint.text.regex import Regex

ZAPPA = "zappa"
_ANY_PYTHON = "it is the Python that zappa runs with"
_OF_ZAPPA = ("environment_variables", "aws_environment_variables")
"""What Zappa's handler sets before it imports the application, and what Lambda sets."""
_SET_BY_ZAPPA = ("FRAMEWORK", "PROJECT", "SERVERTYPE", "STAGE")
_REMOTE = ("remote_env", "remote_env_bucket")
_KEPT = frozenset({"*"})
"""What Zappa says nothing of, it leaves as somebody has set it: it asks Lambda for that first."""
_SLIM = "slim_handler"
_NEVER_PACKED = ("*.exe", "*.DS_Store", "*.Python", "*.git", "*.zip", "*.tar.gz", "*.hg", "pip")
_PLAIN_NAME = Regex(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_WSGI = Regex(r"""^WSGI_APPLICATION[ \t]*=[ \t]*["']([\w.]+)["']""", re.MULTILINE)


TABLE = Table(
    physical_name=text(),
    description=text("lambda_description", default="Zappa Deployment"),
    package_type=text(default="Zip"),
    runtime=text("runtime"),
    handler=text(APPLICATION),
    timeout=number("timeout_seconds", default=30),
    memory=number("memory_size", default=512),
    ephemeral_storage=number("ephemeral_storage", "Size", default=512),
    architectures=text("architecture", default="x86_64"),
    recursive_loop=text(default="Terminate"),
    tracing=reading.tracing("xray_tracing"),
    log_format=text(default="Text"),
    application_log_level=text(),
    log_group=text(),
    log_retention=number(),
    reserved_concurrency=number("lambda_concurrency"),
    provisioned_concurrency=number("provisioned_concurrency"),
    snap_start=text("snap_start", default="None"),
    managed_instances=never(),
    accelerated=never(),
    durable=never(),
    tenant_isolation=never(),
    edge=never(),
    vpc=presence("vpc_config"),
    dead_letter=Addable(("dead_letter_arn",), values.text),
    published=always(),
    own_key=presence("aws_kms_key_arn"),
)


def function(stage: Stage, template: str, block: Span, tree: Tree) -> Function:
    """The function that a stage is deployed as."""
    given = stage.given
    identity = given.scope.identity(stage.name)
    declared = Declaration(identity, stage.name, ZAPPA, template, given.owner, block)
    plain = table.function(TABLE, given, declared)
    unset = plain.runtime.reason == NOT_SET
    return replace(
        plain,
        physical_name=_physical_name(stage),
        runtime=replace(plain.runtime, reason=_ANY_PYTHON) if unset else plain.runtime,
        always_python=True,
        handler=_handler(stage, plain.handler, tree),
        application=not stage.own_handler,
        also_runs=() if stage.own_handler else tuple(_also_runs(given)),
        tags=reading.texts(given, "tags"),
        environment=_environment(stage),
        layers=tuple(_layers(given)),
        layers_complete=True,
        code=_code(stage),
        events=tuple(_events(stage, identity)),
        role=roles.made(stage, identity, tree),
    )


def _events(stage: Stage, identity: str) -> Iterator[EventSource]:
    """The triggers; the handler that Zappa makes calls what is named for each, another does not."""
    for one in events(stage, identity):
        yield replace(one, runs="") if stage.own_handler else one


def _physical_name(stage: Stage) -> Value[str]:
    """The project and the stage, where that is no more than joined."""
    project = stage.given.text("project_name")
    name = f"{project.only}-{stage.name}" if project.known else ""
    if not _PLAIN_NAME.match(name):
        return Value((), stage.given.owner, "it is made of the name of the project")
    choice = Choice(name, stage.given.owner, Origin.DEFAULT)
    return Value((choice,), stage.given.owner, "", frozenset({name}))


def _handler(stage: Stage, application: Value[str], tree: Tree) -> Value[str]:
    """The application that the handler runs which Zappa makes; or another handler."""
    if stage.own_handler:
        return stage.given.text(HANDLER)
    settings = stage.given.text(DJANGO)
    if application.reason == NOT_SET and not settings.known:
        return replace(application, reason="Zappa's own handler runs, and no more")
    if application.choices or not settings.known:
        return application
    served = next(_served(settings.only, stage.folder, tree), None)
    if served is None:
        return Value((), settings.span, "Zappa makes the application by Django's settings")
    return replace(settings, choices=(replace(settings.choices[0], value=served, slot=None),))


def _served(settings: str, folder: str, tree: Tree) -> Iterator[str]:
    """The application of Django: the one that its settings name, or that lies beside them.

    Zappa makes one of its own, and needs neither; each that is there is the same.
    """
    named = [settings.partition(".")[0] + ".wsgi.application"]
    for path in _files(settings, folder):
        source = tree.read(path) if tree.is_file(path) else None
        written = _WSGI.search(source.text) if isinstance(source, Source) else None
        named = [written[1], *named] if written is not None else named
    for one in named:
        if any(map(tree.is_file, _files(one.rpartition(".")[0], folder))):
            yield one


def _files(module: str, folder: str) -> tuple[str, str]:
    """The files that a module may be."""
    stem = posixpath.join(folder, *module.split("."))
    return f"{stem}.py", f"{stem}/__init__.py"


def _also_runs(given: Properties) -> Iterator[Value[str]]:
    """What the handler calls for other events than requests."""
    if "exception_handler" in given.mapping.table:
        yield given.text("exception_handler")
    for path in (("events",), ("cognito", "triggers")):
        yield from (one.text("function") for one in given.mappings(*path))
    if given.child("authorizer") is not None:
        yield given.text("authorizer", "function")


def _environment(stage: Stage) -> Environment:
    """What the code sees: what Lambda sets, what Zappa's handler sets, and what it always does."""
    given = stage.given
    complete = all(one.absent for name in _REMOTE for one in given.outcomes(name))
    by_zappa, by_lambda = (
        reading.environment(given, name, _room(given, name), complete=complete)
        for name in _OF_ZAPPA
    )
    if stage.own_handler:
        return replace(by_lambda, kept=_KEPT)
    always = {name: default("", given.owner) for name in _SET_BY_ZAPPA}
    django = given.text(DJANGO)
    if django.choices:
        always["DJANGO_SETTINGS_MODULE"] = django
    used = by_lambda if by_lambda.names else by_zappa
    return Environment(
        {**always, **by_lambda.variables, **by_zappa.variables},
        {**by_lambda.names, **by_zappa.names},
        by_zappa.complete and by_lambda.complete,
        used.span,
        used.room,
        frozenset({*always, *by_zappa.variables}),
        kept=_KEPT,
    )


def _room(given: Properties, name: str) -> tuple[str, ...] | None:
    """Where a stage has its variables; those of one that it extends, its own would hide."""
    own = given.mapping.written
    here = own is not None and name in own.table
    return (name,) if here or name not in given.mapping.table else None


def _layers(given: Properties) -> Iterator[Layer]:
    for node, found in given.items("layers"):
        arn = values.value(found, node.span, values.text, None)
        parts = found[0].parts if len(found) == 1 else ()
        yield Layer(arn.only if arn.known else "", arn, None, node.span, parts)


def _code(stage: Stage) -> Code:
    """The folder of the settings; a slim handler loads it from S3, and is no package of it."""
    given = stage.given
    excluded = [one.only for one in given.texts("exclude") if one.known]
    slim = given.has(_SLIM).is_in([True]) and not given.text(_SLIM).is_in(["false"])
    return Code(
        CodeKind.FOLDER,
        stage.folder,
        Value((), given.owner, NOT_SET),
        given.owner,
        build_method=_SLIM if slim else "",
        packing=Packing(never=(*_NEVER_PACKED, *excluded)),
    )
