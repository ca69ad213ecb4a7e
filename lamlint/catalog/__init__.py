"""Facts about AWS as data, each with its source and date; loaded when first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from lamlint.catalog.accepted import ALIAS, FUNCTION_NAME, LAYER, MOUNT, VARIABLE
from lamlint.catalog.constructors import Constructor, Constructors, Hoist
from lamlint.catalog.events import ApiFacts, EventFacts, MappingFacts
from lamlint.catalog.quotas import Quota, Range
from lamlint.catalog.regions import Regions, is_region
from lamlint.catalog.runtimes import CUSTOM, Runtime, Runtimes
from lamlint.catalog.tables import load_table
from lamlint.catalog.writes import Given, Write, Writes
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.catalog.accepted import Accepted
    from lamlint.catalog.askers import Askers
    from lamlint.catalog.computing import Computing
    from lamlint.catalog.constructors import Constructors
    from lamlint.catalog.iam import Iam
    from lamlint.catalog.packages import PackageFacts
    from lamlint.catalog.pythons import Pythons
    from lamlint.catalog.quotas import Quota
    from lamlint.catalog.rare_events import RareEvents
    from lamlint.catalog.runtimes import Runtimes
    from lamlint.catalog.writes import Writes

__all__ = [
    "ALIAS",
    "CUSTOM",
    "FUNCTION_NAME",
    "LAYER",
    "MOUNT",
    "VARIABLE",
    "ApiFacts",
    "Catalog",
    "Constructor",
    "Constructors",
    "EventFacts",
    "Given",
    "Hoist",
    "MappingFacts",
    "Quota",
    "Range",
    "Regions",
    "Runtime",
    "Runtimes",
    "Write",
    "Writes",
    "is_region",
    "load_table",
    "shared_catalog",
]


@dataclass(frozen=True)
class Catalog:
    """All tables of facts. Each is a cached property that reads one TOML file."""

    @cached_property
    def accepted(self) -> Accepted:
        """What Lambda accepts of a function's configuration, where that is no range of numbers."""
        from lamlint.catalog.accepted import read_accepted

        return read_accepted(load_table("accepted"))

    @cached_property
    def askers(self) -> Askers:
        """How code reads the events of what brings work as it comes."""
        from lamlint.catalog.askers import read_askers

        return read_askers(load_table("askers"))

    @cached_property
    def computing(self) -> Computing:
        """What code may use that does nothing but compute."""
        from lamlint.catalog.computing import read_computing

        return read_computing(load_table("computing"))

    @cached_property
    def constructors(self) -> Constructors:
        """What builds a client, a connection, or another thing worth keeping."""
        from lamlint.catalog.constructors import read_constructors

        return read_constructors(load_table("constructors"))

    @cached_property
    def events(self) -> EventFacts:
        """What Lambda accepts of event source mappings, and how long APIs wait."""
        from lamlint.catalog.events import read_events

        return read_events(load_table("events"))

    @cached_property
    def iam(self) -> Iam:
        """What IAM takes in a policy, and which rights amount to more than they say."""
        from lamlint.catalog.iam import read_iam

        return read_iam(load_table("iam"))

    @cached_property
    def quotas(self) -> Mapping[str, Quota]:
        """What Lambda accepts for a function's configuration, by property."""
        from lamlint.catalog.quotas import read_quotas

        return read_quotas(load_table("quotas"))

    @cached_property
    def pythons(self) -> Pythons:
        """What a newer Python no longer runs."""
        from lamlint.catalog.pythons import read_pythons

        return read_pythons(load_table("pythons"))

    @cached_property
    def rare_events(self) -> RareEvents:
        """The events of AWS that are rare by their nature."""
        from lamlint.catalog.rare_events import read_rare_events

        return read_rare_events(load_table("rare_events"))

    @cached_property
    def regions(self) -> Regions:
        """The services whose clients are given a region for a reason."""
        from lamlint.catalog.regions import read_regions

        return read_regions(load_table("regions"))

    @cached_property
    def runtimes(self) -> Runtimes:
        """The runtimes that Lambda has or had."""
        from lamlint.catalog.runtimes import read_runtimes

        return read_runtimes(load_table("runtimes"))

    @cached_property
    def packages(self) -> PackageFacts:
        """How large a package may be, and how much wheels grow when they are unpacked."""
        from lamlint.catalog.packages import read_packages

        return read_packages(load_table("packages"))

    @cached_property
    def writes(self) -> Writes:
        """The SDK calls that write where functions can be triggered."""
        from lamlint.catalog.writes import read_writes

        return read_writes(load_table("writes"))


@lru_cache(maxsize=1)
def shared_catalog() -> Catalog:
    """The catalog of this process: a table is read once for all projects and all readings."""
    return Catalog()
