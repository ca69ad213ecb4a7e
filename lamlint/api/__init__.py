"""The Python API: what `lamlint check` finds, as plain data.

    from lamlint.api import Severity, check

    report = check("src", root="/path/to/project", ignore=["memory-not-set"])
    grave = [found for found in report.findings if found.severity >= Severity.WARNING]
    places = [f"{found.place}: {found.message}" for found in grave]

Nothing of the project is run, imported or written. What is named here keeps
its meaning from release to release: fields may be added, none is taken away
or changed without a new major version. Nothing else of lamlint is as stable,
but for what CONTRIBUTING.md says of rules.
"""

from lamlint.api.checking import check
from lamlint.api.report import Edit, Finding, Fix, Note, Place, Report
from lamlint.config import ConfigError
from lamlint.engine.baseline import BaselineError
from lamlint.engine.scope import UsageError
from lamlint.errors import LamlintError
from lamlint.registry import RegistryError
from lamlint.text import Safety, Severity

__all__ = [
    "BaselineError",
    "ConfigError",
    "Edit",
    "Finding",
    "Fix",
    "LamlintError",
    "Note",
    "Place",
    "RegistryError",
    "Report",
    "Safety",
    "Severity",
    "UsageError",
    "check",
]
