"""The formats of reports; what renders each is imported when it is asked for."""

from __future__ import annotations

from typing import Final

FORMATS: Final = {
    "full": "lamlint.report.formats.full",
    "concise": "lamlint.report.formats.concise",
    "json": "lamlint.report.formats.json",
    "sarif": "lamlint.report.formats.sarif",
    "github": "lamlint.report.formats.github",
}
"""The formats of `lamlint check`, and the module that renders each."""
