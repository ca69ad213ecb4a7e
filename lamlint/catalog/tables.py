"""The files of facts."""

from __future__ import annotations

from importlib.resources import files
from typing import Any


def load_table(name: str) -> dict[str, Any]:
    """The content of `lamlint/catalog/<name>.toml`."""
    import tomli

    text = files("lamlint.catalog").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomli.loads(text)
