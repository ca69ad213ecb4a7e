"""The files of facts."""

from __future__ import annotations

from pkgutil import get_data
from typing import Any


def load_table(name: str) -> dict[str, Any]:
    """The content of `lamlint/catalog/<name>.toml`."""
    import tomli

    data = get_data(__package__, f"{name}.toml")
    if data is None:
        raise FileNotFoundError(name)
    return tomli.loads(data.decode())
