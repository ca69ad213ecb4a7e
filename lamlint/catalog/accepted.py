"""What Lambda accepts of a function's configuration, where that is no range of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

VARIABLE = Regex(r"[a-zA-Z][a-zA-Z0-9_]+")
"""The whole of a name that an environment variable can have.

Lambda API model of botocore 1.44.5 (EnvironmentVariableName), 2026-11-23.
"""

LAYER = Regex(
    r"arn:[a-zA-Z0-9-]*:lambda:(?:[a-z0-9-]+:[0-9]{12}:layer:[a-zA-Z0-9_-]+:[0-9]+"
    r"|::awslayer:[a-zA-Z0-9_-]+)"
)
"""The whole of the ARN of a layer's version.

Lambda API model of botocore 1.44.5 (LayerVersionArn), CloudFormation schema of 2026-10-20.
"""

ALIAS = Regex(r"(?![0-9]+\Z)[a-zA-Z0-9_-]+")
"""The whole of a name that an alias can have. Lambda API model of botocore 1.44.5, 2026-11-23."""

FUNCTION_NAME = Regex(r"[a-zA-Z0-9_-]+")
"""The whole of the name of a function that is no ARN. As above (FunctionName)."""

MOUNT = Regex(r"/mnt/[a-zA-Z0-9_.-]+")
"""The whole of a path where a file system can be. As above (LocalMountPath)."""


@dataclass(frozen=True)
class Variables:
    """What Lambda takes as environment variables.

    `paths` are those that hold paths, in which nothing is expanded; `folders` what Lambda sets
    some to that are one folder.
    """

    bytes: int
    reserved: frozenset[str]
    paths: frozenset[str]
    folders: Mapping[str, str]


@dataclass(frozen=True)
class InlineCode:
    """What Lambda takes as code that stands in a template."""

    bytes: int
    runtimes: tuple[str, ...]
    module: str


@dataclass(frozen=True)
class Aliases:
    """What an alias can be: how many versions it leads to, how long its name is."""

    versions: int
    longest_name: int


@dataclass(frozen=True)
class FunctionProperties:
    """How long, how many and which the properties of a function can be."""

    longest_name: int
    longest_description: int
    tags: int
    longest_tag_name: int
    longest_tag_value: int
    reserved_tags: str
    architectures: frozenset[str]
    file_systems: int
    longest_mount: int
    subnets: int
    security_groups: int


@dataclass(frozen=True)
class SnapStart:
    """What a function with SnapStart can have: MB of /tmp, and no runtime of some families."""

    ephemeral_storage: int
    families_without: tuple[str, ...]


@dataclass(frozen=True)
class Edge:
    """What a function at the edge can have, and who has to be trusted by its role."""

    ephemeral_storage: int
    families: tuple[str, ...]
    principal: str


@dataclass(frozen=True)
class Accepted:
    """The tables of `accepted.toml`."""

    environment: Variables
    longest_handler: int
    layers: int
    inline_code: InlineCode
    alias: Aliases
    properties: FunctionProperties
    snap_start: SnapStart
    edge: Edge
    durable_library: str
    """The library whose decorator makes a handler durable."""


def read_accepted(table: Mapping[str, Any]) -> Accepted:
    """What `accepted.toml` says."""
    environment = table["environment"]
    return Accepted(
        environment=Variables(
            bytes=environment["bytes"],
            reserved=frozenset(environment["reserved"]),
            paths=frozenset(environment["paths"]),
            folders=environment["folders"],
        ),
        longest_handler=table["handler"]["longest"],
        layers=table["layers"]["most"],
        inline_code=InlineCode(
            bytes=table["inline-code"]["bytes"],
            runtimes=tuple(table["inline-code"]["runtimes"]),
            module=table["inline-code"]["module"],
        ),
        alias=Aliases(table["alias"]["versions"], table["alias"]["longest-name"]),
        properties=_properties(table["properties"]),
        snap_start=SnapStart(
            ephemeral_storage=table["snap-start"]["ephemeral-storage"],
            families_without=tuple(table["snap-start"]["families-without"]),
        ),
        edge=Edge(
            ephemeral_storage=table["edge"]["ephemeral-storage"],
            families=tuple(table["edge"]["families"]),
            principal=table["edge"]["principal"],
        ),
        durable_library=table["durable"]["library"],
    )


def _properties(table: Mapping[str, Any]) -> FunctionProperties:
    return FunctionProperties(
        longest_name=table["longest-name"],
        longest_description=table["longest-description"],
        tags=table["tags"],
        longest_tag_name=table["longest-tag-name"],
        longest_tag_value=table["longest-tag-value"],
        reserved_tags=table["reserved-tags"],
        architectures=frozenset(table["architectures"]),
        file_systems=table["file-systems"],
        longest_mount=table["longest-mount"],
        subnets=table["subnets"],
        security_groups=table["security-groups"],
    )
