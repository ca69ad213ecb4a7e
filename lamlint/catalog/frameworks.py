"""Frameworks: who calls which functions of the code with an event, and when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import Enum
from functools import cached_property, lru_cache
from typing import Any

from lamlint.catalog.tables import load_table
from lamlint.text.dataclass import dataclass

_BELOW = ".*"
_CALLED = ".__call__"


class Moment(Enum):
    """When a framework calls what it was given."""

    INVOCATION = "invocation"
    STARTUP = "startup"
    """When the application starts; whether and how often, its server says."""
    ERROR = "error"
    APART = "apart"
    """Lambda calls it by itself, as a function of its own, where it is declared to."""
    NEVER = "never"


class At(Enum):
    """Where a server has its application from."""

    CALL = "call"
    MAKER = "maker"
    RECEIVER = "receiver"


@dataclass(frozen=True, slots=True)
class Application:
    """An object that hands events on to functions; frameworks.toml says what each field means."""

    names: tuple[str, ...]
    calls: str
    when: Mapping[str, Moment]
    registers: frozenset[str]
    joins: frozenset[str]
    decorators: frozenset[str]
    lists: tuple[str, ...]
    names_in: tuple[str, ...]
    methods: tuple[str, ...]
    requests: frozenset[str]
    part: bool
    entry: bool

    def moment(self, word: str) -> Moment:
        """When it calls what a method, or a keyword of its constructor, was given."""
        return self.when.get(word, Moment.INVOCATION)

    def is_named_by(self, words: Collection[str]) -> bool:
        """Whether a code that holds some words may make one."""
        return any(_naming(name).issubset(words) for name in self.names)


@dataclass(frozen=True, slots=True)
class Server:
    """What gives an event to an application."""

    names: tuple[str, ...]
    methods: frozenset[str]
    at: At
    keyword: str
    place: int
    lifespan: str
    lifespan_place: int | None
    off: str
    loop: bool
    entry: bool


_ITSELF = Server(
    names=(),
    methods=frozenset(),
    at=At.RECEIVER,
    keyword="",
    place=0,
    lifespan="",
    lifespan_place=None,
    off="",
    loop=False,
    entry=False,
)
"""What an application is where it is called."""


@dataclass(frozen=True, slots=True)
class View:
    """A base of classes whose methods an application calls."""

    names: tuple[str, ...]
    methods: tuple[str, ...]
    shared: bool
    kept: str


@dataclass(frozen=True)
class Frameworks:
    """The whole table."""

    applications: tuple[Application, ...]
    servers: tuple[Server, ...]
    views: tuple[View, ...]
    providers: frozenset[str]
    makers: frozenset[str]
    """Decorators of classes of which an application makes an object for each event."""
    requests: frozenset[str]
    """Objects of modules that are, or are taken from, the request which is served."""

    def holds_request(self, name: str, attribute: str) -> bool:
        """Whether an attribute of what something of a full name makes is the request."""
        if attribute not in self._holding:
            return False
        made = self.application(name)
        return made is not None and attribute in made.requests

    @cached_property
    def _holding(self) -> frozenset[str]:
        return frozenset(name for one in self.applications for name in one.requests)

    def application(self, name: str) -> Application | None:
        """The application that something of a full name makes."""
        if name in self.providers or not self.knows(name):
            return None
        rows = self._applications_of[name.partition(".")[0]]
        return next((one for one in rows if _is_one(name, one.names)), None)

    def decorating(self, name: str) -> Application | None:
        """The kind of application that a library's decorator registers with."""
        return next((one for one in self.applications if name in one.decorators), None)

    def server(self, name: str) -> Server | None:
        """What a call of a full name gives its event to, if it does so.

        An application that is called itself (by Zappa, by Chalice's handler) serves itself.
        """
        if not self.knows(name):
            return None
        last = name.rpartition(".")[2]
        for one in self._servers_of[name.partition(".")[0]]:
            if _is_one(name, one.names) and (not one.methods or last in one.methods):
                return one
        made = self.application(name.removesuffix(_CALLED)) if name.endswith(_CALLED) else None
        return _ITSELF if made is not None and not made.part else None

    def view(self, names: Iterable[str]) -> View | None:
        """What is called of a class with some bases."""
        known = tuple(filter(self.knows, names))
        fits = (one for one in self.views if any(_is_one(name, one.names) for name in known))
        return next(fits, None)

    def knows(self, name: str) -> bool:
        """Whether a full name is of any library that is named here: most are of none."""
        return name.partition(".")[0] in self._libraries

    @cached_property
    def _libraries(self) -> frozenset[str]:
        rows: tuple[Application | Server | View, ...]
        rows = (*self.applications, *self.servers, *self.views)
        return frozenset().union(*(_libraries(row.names) for row in rows))

    @cached_property
    def _applications_of(self) -> Mapping[str, Sequence[Application]]:
        """The applications of each library that is known, in the order of the table."""
        return {
            library: [one for one in self.applications if library in _libraries(one.names)]
            for library in self._libraries
        }

    @cached_property
    def _servers_of(self) -> Mapping[str, Sequence[Server]]:
        """The servers of each, as calls of them are asked for one by one."""
        return {
            library: [one for one in self.servers if library in _libraries(one.names)]
            for library in self._libraries
        }

    @cached_property
    def naming(self) -> frozenset[str]:
        """The words of which some stand in a code that makes an application."""
        names = (name for one in self.applications for name in one.names)
        return frozenset[str]().union(*map(_naming, names))

    @cached_property
    def entries(self) -> tuple[tuple[str, str], ...]:
        """What stands in a text that makes something for Lambda to call: `mangum`, `Mangum`."""
        rows = [one.names for one in self.applications if one.entry]
        rows += [one.names for one in self.servers if one.entry]
        plain = {name.removesuffix(_CALLED) for names in rows for name in names}
        pairs = {(_word(name), name.rpartition(".")[2]) for name in plain}
        return tuple(sorted(pairs))

    @cached_property
    def serving(self) -> frozenset[str]:
        """The names, without their libraries, of what makes a server for Lambda to call."""
        entries = (one for one in self.servers if one.entry)
        plain = (name.removesuffix(_CALLED) for one in entries for name in one.names)
        return frozenset(name.rpartition(".")[2] for name in plain)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """What the text of a module holds, one of these, that has to do with a framework."""
        rows = [*(one.names for one in self.applications), *(one.names for one in self.servers)]
        return tuple(sorted({_word(name) for names in rows for name in names}))

    def spoken_of(self, text: str) -> bool:
        """Whether a module may have to do with one, by its text."""
        return any(word in text for word in self.words)

    def names_modules(self, text: str) -> bool:
        """Whether a module may have to do with one that imports modules which a text names."""
        rows = (one.names for one in self.applications if one.names_in)
        return any(_word(name) in text for names in rows for name in names)


def _libraries(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.partition(".")[0] for name in names)


def _word(name: str) -> str:
    """What stands in a text that imports something by its full name."""
    if name.endswith(_BELOW):
        return name.removesuffix(_BELOW).rpartition(".")[2]
    return name.partition(".")[0]


def _naming(name: str) -> frozenset[str]:
    """The words that all stand in a code that makes something of a full name."""
    last = () if name.endswith(_BELOW) else (name.rpartition(".")[2],)
    return frozenset((_word(name), *last))


def _is_one(name: str, names: Iterable[str]) -> bool:
    return any(name.startswith(one[:-1]) if one.endswith(_BELOW) else name == one for one in names)


@lru_cache(maxsize=1)
def frameworks() -> Frameworks:
    """The content of frameworks.toml."""
    table = load_table("frameworks")
    return Frameworks(
        tuple(map(_application, table["application"])),
        tuple(map(_server, table["server"])),
        tuple(map(_view, table["view"])),
        frozenset(name for row in table["provider"] for name in row["names"]),
        frozenset(name for row in table["maker"] for name in row["names"]),
        frozenset(name for row in table["request"] for name in row["names"]),
    )


def _application(row: Mapping[str, Any]) -> Application:
    return Application(
        names=tuple(row["names"]),
        calls=row["calls"],
        when={word: Moment(moment) for word, moment in row.get("when", {}).items()},
        registers=frozenset(row.get("registers", ())),
        joins=frozenset(row.get("joins", ())),
        decorators=frozenset(row.get("decorators", ())),
        lists=tuple(row.get("lists", ())),
        names_in=tuple(row.get("names_in", ())),
        methods=tuple(row.get("methods", ())),
        requests=frozenset(row.get("requests", ())),
        part=row.get("part", False),
        entry=row.get("entry", False),
    )


def _server(row: Mapping[str, Any]) -> Server:
    return Server(
        names=tuple(row["names"]),
        methods=frozenset(row.get("methods", ())),
        at=At(row["at"]),
        keyword=row.get("keyword", ""),
        place=row.get("place", 0),
        lifespan=row.get("lifespan", ""),
        lifespan_place=row.get("lifespan_place"),
        off=row.get("off", ""),
        loop=row.get("loop", False),
        entry=row.get("entry", False),
    )


def _view(row: Mapping[str, Any]) -> View:
    return View(
        names=tuple(row["bases"]),
        methods=tuple(row["methods"]),
        shared=row.get("shared", False),
        kept=row.get("kept", ""),
    )
