"""One function of a Chalice application, as its code and its configuration declare it."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects import table, values
from lamlint.dialects.chalice.application import API_HANDLER, Handler
from lamlint.dialects.chalice.configuration import TAGS, VARIABLES, Configuration
from lamlint.dialects.chalice.events import event
from lamlint.dialects.chalice.texts import Texts
from lamlint.dialects.properties import Properties
from lamlint.dialects.settings import reading
from lamlint.dialects.table import Declaration, Table, never, number, presence, text
from lamlint.model import NOT_SET, Choice, Code, CodeKind, Function, Layer, Origin, Packing, Value
from lamlint.text import Span
from lamlint.text.dataclass import dataclass, replace

CHALICE = "chalice"
_PACKED = Packing(("app.py", "chalicelib", "vendor"))
_ANY_PYTHON = "it is the Python that chalice runs with"


TABLE = Table(
    physical_name=text(),
    description=text(default=""),
    package_type=text(default="Zip"),
    runtime=text(),
    handler=text(),
    timeout=number("lambda_timeout", default=60),
    memory=number("lambda_memory_size", default=128),
    ephemeral_storage=number(default=512),
    architectures=text("lambda_architecture", default="x86_64"),
    recursive_loop=text(default="Terminate"),
    tracing=reading.tracing("xray"),
    log_format=text(default="Text"),
    application_log_level=text(),
    log_group=text(),
    log_retention=number("log_retention_in_days", default=0),
    reserved_concurrency=number("reserved_concurrency"),
    provisioned_concurrency=number(),
    snap_start=text(default="None"),
    managed_instances=never(),
    accelerated=never(),
    durable=never(),
    tenant_isolation=never(),
    edge=never(),
    vpc=presence("subnet_ids"),
    dead_letter=text(),
    published=never(),
)


@dataclass(frozen=True, eq=False)
class Application:
    """What all functions of an application share; one is `alone` where it is the only one.

    `place` is where the application is made, if that is known, `also` what is packed beside it.
    """

    configuration: Configuration
    texts: Texts
    place: Span | None
    also: tuple[str, ...]
    alone: bool


def function(handler: Handler, application: Application) -> Function:
    """A function of an application."""
    configuration, alone = application.configuration, application.alone
    given = configuration.of_function(handler.name, handler.span, alone=alone)
    identity = configuration.settings.identity(handler.name)
    path = configuration.room(handler.name, alone=alone)
    declared = Declaration(
        id=identity,
        name=handler.name,
        dialect=CHALICE,
        template=configuration.source.path,
        span=handler.span,
        block=handler.block,
    )
    events = (event(one, identity, application.texts) for one in handler.registered)
    return replace(
        table.function(TABLE, given, declared),
        physical_name=_physical_name(handler, configuration, given),
        runtime=Value((), handler.span, _ANY_PYTHON),
        always_python=True,
        handler=Value((Choice(handler.handler, handler.place),), handler.place),
        tags=reading.texts(given, TAGS),
        environment=reading.environment(given, VARIABLES, path, complete=given.complete),
        layers=tuple(_layers(given)),
        layers_complete=not _adds_layers(given),
        code=_code(handler, application),
        events=tuple(one for one in events if one is not None),
    )


def _physical_name(handler: Handler, configuration: Configuration, given: Properties) -> Value[str]:
    """The application, the stage, and the function, except behind the API."""
    application = given.text("app_name")
    last = "" if handler.name == API_HANDLER else f"-{handler.name}"
    if not application.known or len(configuration.stages) > 1:
        return Value((), handler.span, "it is made of the stage that is deployed")
    name = f"{application.only}-{configuration.stages[0]}{last}"
    choice = Choice(name, handler.span, Origin.DEFAULT)
    return Value((choice,), handler.span, "", frozenset({name}))


def _layers(given: Properties) -> Iterator[Layer]:
    for node, found in given.items("layers"):
        arn = values.value(found, node.span, values.text, None)
        yield Layer(arn.only if arn.known else "", arn, None, node.span)


def _adds_layers(given: Properties) -> bool:
    """Whether there may be layers that are not listed here."""
    found = given.outcomes("layers")
    return len(found) != 1 or (found[0].node is None and not found[0].absent)


def _code(handler: Handler, application: Application) -> Code:
    """The folder of the application, of which Chalice packs three parts: for all functions."""
    place = application.place or handler.span
    nothing: Value[str] = Value((), place, NOT_SET)
    folder = application.configuration.folder
    return Code(CodeKind.FOLDER, folder, nothing, place, also=application.also, packing=_PACKED)
