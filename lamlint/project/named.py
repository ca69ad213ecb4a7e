"""The resources of a project by all that refers to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from lamlint.model import Resource, Resources, Value
from lamlint.text.dataclass import dataclass

R = TypeVar("R", bound=Resource)


@dataclass(frozen=True)
class Named:
    """Resources by their identities; several may share a physical name."""

    by_identity: Mapping[str, tuple[Resource, ...]]

    @classmethod
    def of(cls, resources: Resources) -> Named:
        """Some resources."""
        found: dict[str, list[Resource]] = {}
        for resource in resources:
            for identity in resource.identities:
                found.setdefault(identity, []).append(resource)
        return cls({identity: tuple(named) for identity, named in found.items()})

    def find(self, value: Value[str], kind: type[R]) -> R | None:
        """The resource of a kind that a value names; None where it may be none, or several.

        What a value refers to by its id is meant, whatever else has the same name.
        """
        named = {one.id: one for name in value.targets for one in self.by_identity.get(name, ())}
        by_id = [one for one in named.values() if one.id in value.targets]
        found = [one for one in by_id or named.values() if isinstance(one, kind)]
        return found[0] if len(found) == 1 else None
