"""The runtimes that Lambda has or had, and when they end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

NOTICE = timedelta(days=180)
"""How long before the end of a runtime AWS announces it."""

WORTH_A_MOVE = timedelta(days=365)
"""How long a runtime has to last for moving to it."""

CUSTOM = "custom"
"""The identifier of a customer-managed runtime (with RuntimeConfig)."""

_NEAR_FUTURE = 6
"""How many versions a language may have gained since; more is a slip of the keyboard."""

_LATEST_SYSTEM = 2023
_SYSTEM = Regex(r"\.al(20\d\d)")
_NAME = Regex(r"([a-z]+)(\d{1,9}(?:\.\d{1,9})*)?(?:\.x)?((?s:.*))")
_OTHERS = Regex(r"[^a-z0-9]")
_ANY_NUMBER = Regex(r"(?<=\d)x$")


@dataclass(frozen=True)
class Runtime:
    """One runtime. A date that AWS has not announced is None, and so is an unknown ability."""

    name: str
    deprecated: date | None
    create_blocked: date | None
    update_blocked: date | None
    preview: bool
    os: str
    snap_start: bool | None
    managed_instances: bool | None
    durable: bool | None

    @cached_property
    def family(self) -> str:
        """The language, and its major version where code of one does not run on the other."""
        return _parts(self.name)[0]

    @cached_property
    def version(self) -> tuple[int, ...]:
        """The version as numbers."""
        return _parts(self.name)[1]

    def supported(self, day: date, lasting: timedelta = NOTICE) -> bool:
        """Whether AWS patches it for some time from a day on: no end is announced in it."""
        return not self.preview and (self.deprecated is None or day + lasting <= self.deprecated)


@dataclass(frozen=True)
class Runtimes:
    """All runtimes by name, and the day the table was made."""

    by_name: Mapping[str, Runtime]
    as_of: date

    def get(self, name: str) -> Runtime | None:
        """A runtime that is known."""
        return self.by_name.get(name)

    def successor(self, runtime: Runtime, day: date) -> Runtime | None:
        """The next runtime of the same language that has at least a year left from a day on."""
        return next(iter(self.later(runtime, day, WORTH_A_MOVE)), None)

    def later(self, runtime: Runtime, day: date, lasting: timedelta = NOTICE) -> list[Runtime]:
        """The newer runtimes of the same language that are supported for some time, in order."""
        found = [
            other
            for other in self.by_name.values()
            if other.family == runtime.family
            and (other.version, other.name) > (runtime.version, runtime.name)
            and other.supported(day, lasting)
        ]
        return sorted(found, key=lambda other: (other.version, other.name))

    def newer(self, name: str) -> bool:
        """Whether a name may well be a runtime that came after the table was made."""
        family, version, rest = _parts(name)
        known = [other.version for other in self.by_name.values() if other.family == family]
        rests = {_parts(other)[2] for other in self.by_name}
        system = _SYSTEM.fullmatch(rest)
        if not known or not (rest in rests or system):
            return False
        latest = max(known)
        if system and int(system.group(1)) > _LATEST_SYSTEM:
            return True
        later = version > latest and len(version) == len(latest)
        return later and sum(version) - sum(latest) <= _NEAR_FUTURE

    def meant(self, name: str) -> Runtime | None:
        """The runtime that differs only in case or punctuation."""
        folded = _folded(name)
        same = [other for other in self.by_name.values() if _folded(other.name) == folded]
        return same[0] if len(same) == 1 else None

    def nearest(self, name: str, day: date) -> Runtime | None:
        """A supported runtime that a misspelt name may mean."""
        import difflib

        names = [other.name for other in self.by_name.values() if other.supported(day)]
        close = difflib.get_close_matches(name.lower(), names, n=1, cutoff=0.75)
        return self.by_name[close[0]] if close else None


def read_runtimes(table: Mapping[str, Any]) -> Runtimes:
    """The content of `runtimes.toml`."""
    runtimes = {name: _runtime(name, entry) for name, entry in table["runtimes"].items()}
    return Runtimes(runtimes, table["as-of"])


def _runtime(name: str, entry: Mapping[str, Any]) -> Runtime:
    return Runtime(
        name=name,
        deprecated=entry.get("deprecated"),
        create_blocked=entry.get("create-blocked"),
        update_blocked=entry.get("update-blocked"),
        preview=entry.get("status") == "preview",
        os=entry.get("os", ""),
        snap_start=entry.get("snap-start"),
        managed_instances=entry.get("managed-instances"),
        durable=entry.get("durable"),
    )


def _parts(name: str) -> tuple[str, tuple[int, ...], str]:
    match = _NAME.fullmatch(name)
    if match is None:
        return name, (), ""
    language, number, rest = match.groups()
    version = tuple(int(part) for part in (number or "").split(".") if part)
    major = str(version[0]) if language == "python" and version else ""
    return language + major, version, rest


def _folded(name: str) -> str:
    """Letters and digits only; `nodejs22` is as good as `nodejs22.x`."""
    letters = _OTHERS.sub("", name.lower())
    return _ANY_NUMBER.sub("", letters)
