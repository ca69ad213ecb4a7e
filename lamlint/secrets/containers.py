"""What databases get that a test run or a compose file starts for itself, and ends again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode, SequenceNode
from lamlint.dialects.tree.yaml import descendants
from lamlint.text.regex import Regex

_RUNS = Regex(
    r"(?:^|/)(?:\.github/workflows/[^/]{1,100}|[^/]{0,100}\.gitlab-ci|\.gitlab/[^\n]{1,200}"
    r"|\.circleci/[^/]{1,100}|bitbucket-pipelines|azure-pipelines[^/]{0,100}|\.(?:drone|woodpecker))"
    r"\.ya?ml$"
)
"""Where services of continuous integration are told what to run."""
_COMPOSE = Regex(r"(?:^|/)(?:docker-)?compose(?:[._-][\w.-]{1,60})?\.ya?ml$")
_DATABASE = Regex(
    r"(?i)(?:^|/)(?:postg(?:res|is)|pgvector|timescale|mysql|mariadb|percona|mongo|redis|valkey|rabbitmq"
    r"|mssql|minio|elasticsearch|opensearch|neo4j|cassandra|couchdb|clickhouse|influxdb|localstack)"
)
"""How the images of databases are called, and of what else a test needs beside it."""
_STARTS = Regex(
    r"(?:POSTGRES|MYSQL(?:_ROOT)?|MARIADB(?:_ROOT)?|MONGO_INITDB_ROOT|(?:MS)?SQL_SA|SA|MINIO_ROOT"
    r"|RABBITMQ_DEFAULT)_PASS(?:WORD)?"
)
"""The variables by which images of databases are given their password."""
_GIVEN = ("env", "environment", "variables")
_SERVICES = (("jobs", "*", "services", "*"), ("definitions", "services", "*"))


def of_one_run(path: str, documents: Sequence[Node]) -> frozenset[str]:
    """The values that are of no use once a run is over: the password of a job's own database."""
    if _RUNS.search(path) is None:
        return frozenset()
    found = [*_of_databases(documents), *_of_services(documents), *_of_gitlab(documents)]
    return frozenset(found)


def of_one_machine(path: str, documents: Sequence[Node]) -> frozenset[str]:
    """The values that a compose file gives to databases, and to what asks them."""
    return frozenset(_of_databases(documents) if _COMPOSE.search(path) else ())


def _of_databases(documents: Sequence[Node]) -> Iterator[str]:
    """What the containers get whose image is that of a database."""
    for node in (one for document in documents for one in descendants(document)):
        image = node.get("image") if isinstance(node, MappingNode) else None
        if isinstance(image, ScalarNode) and _DATABASE.search(image.text):
            yield from _given(node)


def _of_services(documents: Sequence[Node]) -> Iterator[str]:
    """What the services of a job get, whatever they are."""
    for document in documents:
        for path in _SERVICES:
            for node in _at(document, path):
                yield from _given(node)


def _of_gitlab(documents: Sequence[Node]) -> Iterator[str]:
    """The passwords among the variables that a job, or all, share with their services."""
    nodes = [one for document in documents for one in descendants(document)]
    mappings = [one for one in nodes if isinstance(one, MappingNode)]
    if not any(isinstance(one.get("services"), SequenceNode) for one in mappings):
        return
    for mapping in mappings:
        variables = mapping.get("variables")
        for entry in variables if isinstance(variables, MappingNode) else ():
            if _STARTS.fullmatch(entry.name) and isinstance(entry.value, ScalarNode):
                yield entry.value.text


def _given(container: Node) -> Iterator[str]:
    """The values of a container's variables, and those that stand behind a name: `NAME=value`."""
    for key in _GIVEN:
        variables = container.get(key) if isinstance(container, MappingNode) else None
        if isinstance(variables, MappingNode):
            yield from (one.value.text for one in variables if isinstance(one.value, ScalarNode))
        elif isinstance(variables, SequenceNode):
            texts = (one.text for one in variables.items if isinstance(one, ScalarNode))
            yield from (text.partition("=")[2] for text in texts)


def _at(node: Node | None, path: Sequence[str]) -> Iterator[Node]:
    """The nodes at a path of keys, of which a star is any."""
    if node is None or not path:
        yield from () if node is None else (node,)
    elif isinstance(node, MappingNode):
        first, *rest = path
        below = [entry.value for entry in node] if first == "*" else [node.get(first)]
        for one in below:
            yield from _at(one, rest)
