"""The rules for people: a table of all, and the page of one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from lamlint.config import ConfigError
from lamlint.report import Style
from lamlint.report.report import page_url
from lamlint.rule import Rule
from lamlint.selection import nearest


def as_table(rules: Mapping[str, Rule]) -> str:
    """One line a rule, by family."""
    ordered = sorted(rules.values(), key=lambda rule: (rule.family, rule.name))
    width = max((len(rule.name) for rule in ordered), default=0)
    lines: list[str] = []
    family = ""
    for rule in ordered:
        if rule.family != family:
            family = rule.family
            lines += ["", family] if lines else [family]
        fix = rule.fix.label if rule.fix is not None else "-"
        lines.append(
            f"  {rule.name.ljust(width)}  {rule.severity.label:<11}  {rule.tier.value:<7}"
            f"  {fix:<7}  {rule.summary}"
        )
    return "\n".join(lines)


def as_json(rules: Mapping[str, Rule]) -> str:
    """All rules as data."""
    entries = [
        {
            "name": rule.name,
            "family": rule.family,
            "severity": rule.severity.label,
            "tier": rule.tier.value,
            "fix": rule.fix.label if rule.fix is not None else None,
            "since": rule.since,
            "summary": rule.summary,
            "url": page_url(rule.name),
        }
        for rule in rules.values()
    ]
    return json.dumps({"version": 1, "rules": entries}, indent=2, ensure_ascii=False)


def explain(name: str, rules: Mapping[str, Rule], style: Style) -> str:
    """The page of a rule. Raises ConfigError for one that is not there."""
    if name not in rules:
        raise ConfigError(f"there is no rule {name!r}{nearest(name, rules)}")
    rule = rules[name]
    fix = f"{rule.fix.label} fix" if rule.fix is not None else "no fix"
    facts = f"{rule.family}, {rule.severity.label}, {rule.tier.value}, {fix}, since {rule.since}"
    head = f"{style.link(style.paint(name, 'bold'), page_url(name))}\n{style.paint(facts, 'dim')}"
    return f"{head}\n\n{_rendered(rule.page, style)}"


def _rendered(page: str, style: Style) -> str:
    """Markdown for a terminal: headings stand out, code is indented without its fences."""
    lines: list[str] = []
    code = False
    for line in page.splitlines():
        if line.startswith("```"):
            code = not code
            title = re.search(r'title="([^"]*)"', line)
            if title:
                lines.append(style.paint(f"  {title.group(1)}", "dim"))
        elif code:
            lines.append(f"    {style.paint(line, 'cyan')}" if line else "")
        elif line.startswith("#"):
            lines.append(style.paint(line.lstrip("# "), "bold"))
        else:
            lines.append(re.sub(r"`([^`]+)`", lambda m: style.paint(m.group(1), "cyan"), line))
    return "\n".join(lines)
