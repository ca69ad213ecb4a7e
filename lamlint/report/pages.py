"""The pages of rules, for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from lamlint.report.report import page_url
from lamlint.report.terminal.style import Style
from lamlint.rule import Rule
from lamlint.text.regex import Regex
from lamlint.text.visible import visible

_WIDEST = 100
_FENCE = "```"
_MARKED = Regex(r"`[^`]+`|\*\*[^*]+\*\*")
_LINK = Regex(r"\[([^\]]{1,200})\]\((https?://[^)\s]{1,400})\)")
_ITEM = Regex(r"(?:[-*]|\d{1,3}\.) +")
_TITLE = Regex(r'title="([^"]{1,200})"')
_JOIN = "\u00a0"
"""A space at which no line is broken."""


def render(rules: Sequence[Rule], style: Style) -> str:
    """The pages of some rules, one after the other."""
    return "\n".join(_page(rule, style) for rule in rules)


def _page(rule: Rule, style: Style) -> str:
    fix = f"{rule.fix.label} fix" if rule.fix is not None else "no fix"
    facts = f"{rule.family}, {rule.severity.label}, {rule.tier.value}, {fix}, since {rule.since}"
    name = style.link(style.paint(rule.name, "bold"), page_url(rule.name))
    lines = [name, style.paint(facts, "dim"), "", *_rendered(rule.page, style)]
    return "".join(f"{line}\n" for line in lines)


def _rendered(page: str, style: Style) -> Iterator[str]:
    """Markdown for a terminal: paragraphs in its width, headings and code that stand out."""
    lines = [visible(line.expandtabs(4)) for line in page.splitlines()]
    parts = groupby(_numbered(lines), key=lambda pair: pair[0])
    for fenced, part in ((number % 2 == 1, [line for _, line in group]) for number, group in parts):
        yield from _code(part, style) if fenced else _prose(part, style)


def _numbered(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each line with the number of fences before it: in code the number is odd."""
    number = 0
    for line in lines:
        fence = line.startswith(_FENCE)
        number += fence
        if not fence or number % 2 == 1:  # the first line of code has its title
            yield number, line


def _code(lines: Sequence[str], style: Style) -> Iterator[str]:
    """Code, indented, under the name of its file."""
    opening, *code = lines
    title = _TITLE.search(opening)
    if title:
        yield style.paint(f"  {title.group(1)}", "dim")
    yield from (f"    {style.paint(line, 'cyan')}" if line else "" for line in code)


def _prose(lines: Sequence[str], style: Style) -> Iterator[str]:
    """Headings, tables, and paragraphs that are broken at the width of the terminal."""
    paragraph: list[str] = []
    for line in lines:
        alone = not line or line.startswith(("##", "|"))
        if paragraph and (alone or _ITEM.match(line)):
            yield from _wrapped(paragraph, style)
            paragraph = []
        if line.startswith("##"):
            yield style.paint(line.lstrip("# "), "bold")
        elif alone:
            yield line
        else:
            paragraph.append(line.strip())
    if paragraph:
        yield from _wrapped(paragraph, style)


def _wrapped(lines: Sequence[str], style: Style) -> Iterator[str]:
    """The lines of a paragraph as long as the terminal takes them; no code is torn apart."""
    text = _LINK.sub(r"\1 (\2)", " ".join(lines))
    text = _MARKED.sub(lambda found: found.group().replace(" ", _JOIN), text)
    item = _ITEM.match(text)
    if item:
        text = text[: item.end()].replace(" ", _JOIN) + text[item.end() :]
    broken = textwrap.wrap(
        text,
        min(style.width, _WIDEST),
        subsequent_indent=" " * item.end() if item else "",
        break_long_words=False,
        break_on_hyphens=False,
    )
    for line in broken:
        yield _MARKED.sub(lambda found: _painted(found.group(), style), line).replace(_JOIN, " ")


def _painted(marked: str, style: Style) -> str:
    inner = marked.strip("`") if marked.startswith("`") else marked.strip("*")
    return style.paint(inner, "cyan" if marked.startswith("`") else "bold")
