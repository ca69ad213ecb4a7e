"""The list of rules, as a table, as JSON, and as the page `rules/README.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from lamlint.report.json_text import json_text
from lamlint.report.markdown import plain
from lamlint.report.report import page_url
from lamlint.report.terminal.style import Style
from lamlint.report.terminal.table import table
from lamlint.rule import Rule, Tier
from lamlint.text import Safety

_HEADINGS = ("Rule", "Family", "Severity", "Tier", "Fix", "What it reports")


def render_table(rules: Iterable[Rule], style: Style) -> str:
    """One rule a line."""
    rows = [
        (r.name, r.family, r.severity.label, r.tier.value, fix_of(r), plain(r.summary))
        for r in rules
    ]
    return table(_HEADINGS, rows, style, prose=True)


def render_json(rules: Iterable[Rule]) -> str:
    """All that is known of each rule, its page included."""
    document = {"version": 1, "rules": [_rule(rule) for rule in rules]}
    return json_text(document)


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "rule": rule.name,
        "family": rule.family,
        "severity": rule.severity.label,
        "tier": rule.tier.value,
        "fix": None if rule.fix is None else rule.fix.label,
        "since": rule.since,
        "summary": plain(rule.summary),
        "page": rule.page,
        "url": page_url(rule.name),
    }


def fix_of(rule: Rule) -> str:
    """The best grade of a rule's fixes as tables show it."""
    return "" if rule.fix is None or rule.fix is Safety.DISPLAY else rule.fix.label


def render_page(rules: Iterable[Rule]) -> str:
    """All rules with their pages in Markdown, family by family."""
    families: dict[str, list[Rule]] = {}
    for rule in sorted(rules, key=lambda rule: (rule.family, rule.name)):
        families.setdefault(rule.family, []).append(rule)
    parts = [
        "# The rules\n",
        (
            "Made from the docstrings of the rules by `python .github/make_pages.py`."
            " `lamlint explain RULE` prints the same page.\n"
        ),
        "| Rule | Severity | Fix | What it reports |\n|---|---|---|---|",
    ]
    for found in families.values():
        parts += [_row(rule) for rule in found]
    for family, found in families.items():
        parts.append(f"\n## {family}\n\n{_introduction(found[0])}\n")
        parts += [f"{_page(rule)}\n" for rule in found]
    return "\n".join(parts).rstrip() + "\n"


def _row(rule: Rule) -> str:
    name = f"[{rule.name}](#{rule.name})"
    summary = rule.summary.replace("|", "\\|")
    return f"| {name} | {rule.severity.label} | {fix_of(rule)} | {summary} |"


def _introduction(rule: Rule) -> str:
    package = sys.modules[rule.check.__module__.rpartition(".")[0]]
    return (package.__doc__ or "").strip()


def _page(rule: Rule) -> str:
    """A rule's page below its own heading, two levels down."""
    facts = [rule.severity.label, f"since {rule.since}"]
    facts += [] if rule.tier is Tier.DEFAULT else [f"tier {rule.tier.value}"]
    facts += [f"{rule.fix.label} fix"] if fix_of(rule) and rule.fix else []
    lines, fenced = [], False
    for line in rule.page.splitlines():
        fenced ^= line.startswith("```")
        lines.append(f"##{line}" if line.startswith("#") and not fenced else line)
    return f"### {rule.name}\n\n*{' · '.join(facts)}*\n\n" + "\n".join(lines) + "\n"
