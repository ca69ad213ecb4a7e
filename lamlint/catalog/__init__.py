"""Facts about AWS as data, each with its source and date; loaded when first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Any


def load_table(name: str) -> dict[str, Any]:
    """The content of `lamlint/catalog/<name>.toml`."""
    import tomli

    return tomli.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Catalog:
    """All tables of facts. Each is a cached property that reads one TOML file."""
