"""What the schema of SARIF says of a log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema

OFFICIAL = (
    Path(__file__).resolve().parents[2].parent / "shared" / "data" / "sarif-schema-2.1.0.json"
)


def official_errors(made: Any) -> list[str]:
    """What the official schema has against a document, where the schema is at hand."""
    if not OFFICIAL.is_file():
        return []
    schema = json.loads(OFFICIAL.read_text(encoding="utf-8"))
    return [error.message for error in jsonschema.Draft4Validator(schema).iter_errors(made)]
