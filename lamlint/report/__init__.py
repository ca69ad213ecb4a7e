"""Reports: one pure function a format, from a Report to text."""

from __future__ import annotations

import importlib

from lamlint.formats import FORMATS
from lamlint.report.building import build
from lamlint.report.places import Place, Places
from lamlint.report.report import Change, Counts, Fixes, Item, Note, Repair, Report
from lamlint.report.shown import shown
from lamlint.report.terminal.style import PLAIN, Style, style_for

_OF_DATA = ("json", "sarif")
"""Those for machines: they keep the text, with escapes of their own."""


def render(format_name: str, report: Report, style: Style = PLAIN) -> str:
    """The report in one of FORMATS, with its last line end; empty when there is nothing to say."""
    if format_name not in _OF_DATA:
        report = shown(report)
    text: str = importlib.import_module(FORMATS[format_name]).render(report, style)
    return text


__all__ = [
    "FORMATS",
    "PLAIN",
    "Change",
    "Counts",
    "Fixes",
    "Item",
    "Note",
    "Place",
    "Places",
    "Repair",
    "Report",
    "Style",
    "build",
    "render",
    "style_for",
]
