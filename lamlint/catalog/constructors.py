"""The catalogue of constructors: what builds a thing that is worth keeping between invocations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cached_property
from typing import Any

from lamlint.catalog.ends import Ends, ends
from lamlint.text.dataclass import dataclass
from lamlint.text.wildcards import Automaton, path_tokens


class Hoist(Enum):
    """Whether a thing may move to module level and be kept between invocations."""

    YES = "yes"
    HEALS = "heals"
    """It opens its connections when used, and again when they are lost."""
    RECONNECT = "reconnect"
    """Only in code that looks whether the connection still lives."""
    LOOP = "loop"
    """It lives in one event loop, and is kept only with the loop."""
    MODULE = "module"
    """It has to be at module level: per invocation it does not do its work."""
    CACHE = "cache"
    """Its value needs a lifetime: a cache, not a constant."""
    KEEP = "keep"
    """It belongs where it is used."""

    @property
    def sound(self) -> bool:
        """Whether the construction can be moved and nothing else changed."""
        return self in (Hoist.YES, Hoist.HEALS)


@dataclass(frozen=True, slots=True)
class Constructor:
    """One row of the catalogue; constructors.toml says what each field means."""

    names: tuple[str, ...]
    thing: str
    kind: str
    hoist: Hoist
    rule: str
    cost: str
    asynchronous: bool
    closes: bool
    variable: str
    keywords: tuple[tuple[str, str], ...]
    takes: str = ""
    anew: str = ""
    sends_by: tuple[str, ...] = ()

    @property
    def is_of_one_thread(self) -> bool:
        """Whether threads cannot share what it builds: sessions and resources, and connections
        that answer one question after the other. Clients, engines and pools they can.
        """
        alone = self.hoist is Hoist.RECONNECT and self.kind != "pool"
        return alone or not _OF_ONE_THREAD.isdisjoint(self.names)


_OF_ONE_THREAD = frozenset(
    {
        "boto3.resource", "boto3.Session", "boto3.Session.resource", "requests.Session",
        "botocore.session.get_session", "http.client.HTTPSConnection",
        "google.auth.transport.requests.AuthorizedSession", "httplib2.Http",
    }
)  # fmt: skip
"""Source: boto3's guides to sessions, resources and clients; the documentation of requests,
httplib2 and google-auth, of which none says that threads may share it."""


class Constructors:
    """Constructors by qualified name; also the container of their names."""

    def __init__(self, rows: Iterable[Constructor]) -> None:
        self._exact: dict[str, Constructor] = {}
        self._patterns: list[tuple[Automaton, Constructor]] = []
        self._roots: set[str] = set()
        self._of_rules: dict[str, Constructors] = {}
        for row in rows:
            for name in row.names:
                if "*" in name:
                    self._patterns.append((_automaton(name), row))
                    self._roots.add(name.partition(".")[0].partition("*")[0])
                else:
                    self._exact[name] = row

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name) is not None

    def get(self, name: str) -> Constructor | None:
        """The row of a qualified name; an exact name goes before a pattern."""
        exact = self._exact.get(name)
        if exact is not None:
            return exact
        if not name.startswith(tuple(self._roots)):
            return None
        return next((row for one, row in self._patterns if one.matches(_path(name))), None)

    @cached_property
    def ends(self) -> Ends | None:
        """The last names of all of them, by their first."""
        rows = (*self._exact.values(), *(row for _, row in self._patterns))
        return ends(name for row in rows for name in row.names)

    def is_of_one_thread(self, name: str) -> bool:
        """Whether threads cannot share what a name builds."""
        row = self.get(name)
        return row is not None and row.is_of_one_thread

    def of_rule(self, rule: str) -> Constructors:
        """Only those that a rule reports, sorted out once for all handlers."""
        if rule not in self._of_rules:
            rows = dict.fromkeys((*self._exact.values(), *(row for _, row in self._patterns)))
            self._of_rules[rule] = Constructors(row for row in rows if row.rule == rule)
        return self._of_rules[rule]


def _automaton(pattern: str) -> Automaton:
    """Of a pattern in which `*` stands for any part of one dotted component."""
    tokens = path_tokens(_path(pattern))
    return Automaton.of([tokens] if tokens else [])


def _path(name: str) -> str:
    """A dotted name as a path, for a wildcard ends at a slash."""
    return name.replace(".", "/")


def read_constructors(table: Mapping[str, Any]) -> Constructors:
    """The content of constructors.toml."""
    return Constructors(
        Constructor(
            names=tuple(row["names"]),
            thing=row["thing"],
            kind=row["kind"],
            hoist=Hoist(row.get("hoist", "yes")),
            rule=row.get("rule", "connection-in-handler"),
            cost=row["cost"],
            asynchronous=row.get("async", False),
            closes=row.get("closes", False),
            variable=row.get("name", "client"),
            keywords=tuple(sorted(row.get("keywords", {}).items())),
            takes=row.get("takes", ""),
            anew=row.get("anew", ""),
            sends_by=tuple(row.get("sends_by", ())),
        )
        for row in table["constructor"]
    )
