"""Where a dialect writes each plain property of a function, and what holds where it does not.

A dialect is a table and a few functions: the table has the path, the default, the converter
and the writer of each property; the functions read what is no plain value (code, events, …).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from functools import partial
from typing import Generic, TypeVar

from lamlint.dialects import values
from lamlint.dialects.properties import Properties
from lamlint.dialects.tree import removal
from lamlint.dialects.tree.node import Node
from lamlint.dialects.writer import Writer
from lamlint.model import (
    NOT_SET,
    Choice,
    Code,
    CodeKind,
    Environment,
    Function,
    Origin,
    Scalar,
    Value,
)
from lamlint.text import Span
from lamlint.text.dataclass import dataclass, replace

T = TypeVar("T")


@dataclass(frozen=True)
class Property(Generic[T]):
    """A property of the model in a dialect.

    `path` leads to it (nowhere, where the dialect has no such property); `convert` makes the
    model's value of what is written there, `write` the dialect's of a new one.
    """

    path: tuple[str, ...]
    convert: Callable[[Node], T | None]
    default: T | None = None
    write: Callable[[T], object] | None = None

    def of(self, given: Properties) -> Value[T]:
        """The value among the properties that a function is given."""
        if not self.path:
            return given.unset if self.default is None else _constant(self.default, given.owner)
        found = self.read(given)
        return found if self.write is None else _written_by(self.write, found)

    def read(self, given: Properties) -> Value[T]:
        """The value at the path, or its default."""
        return given.value(self.path, self.convert, self.default)


class Presence(Property[bool]):
    """Whether something is written at a path, whatever it is."""

    def read(self, given: Properties) -> Value[bool]:
        """Whether it is there."""
        return given.has(*self.path)


class First(Property[T]):
    """The first item of a list; where there is none, a list of one is written."""

    def read(self, given: Properties) -> Value[T]:
        """The value of the first item."""
        for node, found in given.items(*self.path):
            return values.value(found, node.span, self.convert, None)
        return _written_by(_alone, super().read(given))


class Overridden(Property[T]):
    """A property that many functions have from one place, and that a fix may write for one."""

    def read(self, given: Properties) -> Value[T]:
        """The value at the path, with the place where it would be written for this one alone."""
        return given.with_own_place(super().read(given), self.path[0])


class Removable(Property[T]):
    """A property that a fix may take out, where it must not be written at all."""

    def read(self, given: Properties) -> Value[T]:
        """The value at the path, with the edit that takes it out."""
        found, edit = super().read(given), removal.removal(given.mapping, *self.path)
        choices = (replace(one, removal=edit) for one in found.choices)
        return replace(found, choices=tuple(choices))


def text(*path: str, default: str | None = None) -> Property[str]:
    """A text."""
    return Property(path, values.text, default)


class Worded(Property[str]):
    """A text of which what is known is kept where parts of it are not."""

    def read(self, given: Properties) -> Value[str]:
        """The text at the path."""
        return given.wording(*self.path)


def wording(*path: str) -> Property[str]:
    """A text, and what is known of it where something is known of each that it can be."""
    return Worded(path, values.text)


def removable(name: str) -> Property[str]:
    """A text that a fix may take out."""
    return Removable((name,), values.text)


@dataclass(frozen=True)
class Addable(Property[T]):
    """A property without a default that a fix can add: `make` gives what to write at `at`."""

    at: tuple[str, ...] = ()
    make: Callable[[T], object] | None = None

    def read(self, given: Properties) -> Value[T]:
        """The value, with the place where it would be written if it is not."""
        return given.with_room(super().read(given), self.at or self.path, self.make)


def number(*path: str, default: Scalar | None = None) -> Property[Scalar]:
    """A number, or whatever scalar stands in its place."""
    return Property(path, values.scalar, default)


def overridden(name: str, default: Scalar) -> Property[Scalar]:
    """A number that a fix may write for one function where it has it from what others share."""
    return Overridden((name,), values.scalar, default)


def presence(*path: str) -> Property[bool]:
    """Whether something is written at a path."""
    return Presence(path, lambda _: True)


def first(*path: str, default: str | None = None) -> Property[str]:
    """The first text of a list."""
    return First(path, values.text, default)


def always() -> Property[bool]:
    """What a dialect does for each function."""
    return Property((), lambda _: None, True)


def never() -> Property[bool]:
    """What a dialect cannot say of a function itself."""
    return Property((), lambda _: None, False)


@dataclass(frozen=True)
class Table:
    """The plain properties of a function in a dialect, by their names in the model."""

    physical_name: Property[str]
    description: Property[str]
    package_type: Property[str]
    runtime: Property[str]
    handler: Property[str]
    timeout: Property[Scalar]
    memory: Property[Scalar]
    ephemeral_storage: Property[Scalar]
    architectures: Property[str]
    recursive_loop: Property[str]
    tracing: Property[str]
    log_format: Property[str]
    application_log_level: Property[str]
    log_group: Property[str]
    log_retention: Property[Scalar]
    reserved_concurrency: Property[Scalar]
    provisioned_concurrency: Property[Scalar]
    snap_start: Property[str]
    managed_instances: Property[bool]
    accelerated: Property[bool]
    durable: Property[bool]
    tenant_isolation: Property[bool]
    edge: Property[bool]
    vpc: Property[bool]
    dead_letter: Property[str]
    published: Property[bool]
    system_log_level: Property[str] = field(default_factory=text)
    own_key: Property[bool] = field(default_factory=never)


@dataclass(frozen=True)
class Declaration:
    """A function as something that is declared: what it is called, and where it stands."""

    id: str
    name: str
    dialect: str
    template: str
    span: Span
    block: Span


def function(table: Table, given: Properties, declared: Declaration) -> Function:
    """A function with its plain properties; of the rest nothing is known, or there is none."""
    unset: Value[str] = Value((), declared.span, NOT_SET)
    return Function(
        id=declared.id,
        name=declared.name,
        dialect=declared.dialect,
        template=declared.template,
        span=declared.span,
        block=declared.block,
        physical_name=table.physical_name.of(given),
        description=table.description.of(given),
        package_type=table.package_type.of(given),
        runtime=table.runtime.of(given),
        handler=table.handler.of(given),
        timeout=table.timeout.of(given),
        memory=table.memory.of(given),
        ephemeral_storage=table.ephemeral_storage.of(given),
        architectures=table.architectures.of(given),
        recursive_loop=table.recursive_loop.of(given),
        tracing=table.tracing.of(given),
        log_format=table.log_format.of(given),
        application_log_level=table.application_log_level.of(given),
        log_group=table.log_group.of(given),
        log_retention=table.log_retention.of(given),
        reserved_concurrency=table.reserved_concurrency.of(given),
        provisioned_concurrency=table.provisioned_concurrency.of(given),
        snap_start=table.snap_start.of(given),
        managed_instances=table.managed_instances.of(given),
        accelerated=table.accelerated.of(given),
        durable=table.durable.of(given),
        tenant_isolation=table.tenant_isolation.of(given),
        edge=table.edge.of(given),
        vpc=table.vpc.of(given),
        mounts=(),
        tags={},
        environment=Environment({}, {}, False, declared.span),
        layers=(),
        layers_complete=False,
        code=Code(CodeKind.UNKNOWN, "", unset, declared.span),
        events=(),
        role=None,
        invoke_permissions=(),
        dead_letter=table.dead_letter.of(given),
        asynchronous=(),
        aliases=(),
        published=table.published.of(given),
        urls=(),
        system_log_level=table.system_log_level.of(given),
        own_key=table.own_key.of(given),
    )


def _constant(default: T, owner: Span) -> Value[T]:
    """What holds for all functions of a dialect."""
    return Value((Choice(default, owner, Origin.DEFAULT),), owner)


def _written_by(convert: Callable[[T], object], value: Value[T]) -> Value[T]:
    """A value whose slots write it as a dialect has it."""

    def slotted(choice: Choice[T]) -> Choice[T]:
        if choice.slot is None:
            return choice
        return replace(choice, slot=choice.slot.by(partial(Writer, convert)))

    return replace(value, choices=tuple(map(slotted, value.choices)))


def _alone(new: T) -> list[T]:
    return [new]
