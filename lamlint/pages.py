"""The page of a rule, for a terminal."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lamlint.config import ConfigError
from lamlint.report import Style
from lamlint.report.report import page_url
from lamlint.rule import Rule
from lamlint.selection import nearest
from lamlint.text.visible import visible


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
    for written in page.splitlines():
        line = visible(written.expandtabs(4))
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
    return "".join(f"{line}\n" for line in lines)
