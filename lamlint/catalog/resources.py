"""The resources of boto3: which operation of the service's API each of their methods is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from lamlint.catalog.tables import load_table
from lamlint.text.dataclass import dataclass

_LISTING = frozenset({"all", "filter", "limit", "page_size", "pages"})
"""What may be asked of every collection; all of it lists, sooner or later."""
_SERVICE = "Service"


@dataclass(frozen=True, slots=True)
class ResourceType:
    """One type of resource; resources.toml says what each field means."""

    calls: Mapping[str, str]
    makes: Mapping[str, str]
    lists: Mapping[str, tuple[str, str]]
    on_all: Mapping[str, str]


Resources = Mapping[str, Mapping[str, ResourceType]]


@lru_cache(maxsize=1)
def resources() -> Resources:
    """The types of resources by service and name."""
    return {
        service: {name: _type(row) for name, row in types.items()}
        for service, types in load_table("resources").items()
    }


def operation(service: str, steps: Sequence[str]) -> str:
    """The operation that the last of some steps calls, from the service's own resource on.

    `["Bucket", "objects", "all[]", "delete"]` is what is done to each object of a bucket.
    Empty where it calls none, or where that is not known.
    """
    types = resources().get(service, {})
    current, listed = types.get(_SERVICE), ""
    for step in steps[:-1]:
        name = step.removesuffix("[]")
        if current is None:
            return ""
        if name in current.lists:
            made, listed = current.lists[name]
            current = types.get(made)
        elif not (listed and name in _LISTING):
            # The service's own resource gives each type by its name.
            made = current.makes.get(name, name if current is types[_SERVICE] else "")
            current, listed = types.get(made), ""
        if step.endswith("[]"):
            listed = ""
    if current is None:
        return ""
    last = "load" if steps[-1] == "reload" else steps[-1]
    if listed:
        return listed if last in _LISTING else current.on_all.get(last, "")
    return current.calls.get(last, "")


def _type(row: Mapping[str, Any]) -> ResourceType:
    return ResourceType(
        calls=row.get("calls", {}),
        makes=row.get("makes", {}),
        lists={name: (made, listed) for name, (made, listed) in row.get("lists", {}).items()},
        on_all=row.get("on_all", {}),
    )
