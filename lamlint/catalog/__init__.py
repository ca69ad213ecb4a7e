"""Facts about AWS as data, each with its source and date; loaded when first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lamlint.catalog.constructors import Constructors


def load_table(name: str) -> dict[str, Any]:
    """The content of `lamlint/catalog/<name>.toml`."""
    import tomli

    return tomli.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Catalog:
    """All tables of facts. Each is a cached property that reads one TOML file."""

    @cached_property
    def constructors(self) -> Constructors:
        """What builds a client, a connection, or another thing worth keeping."""
        from lamlint.catalog.constructors import read_constructors

        return read_constructors(load_table("constructors"))
