"""Code frames, as compilers print them: for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.report.report import Item, Note, Report
from lamlint.report.terminal.closing import amount, closing
from lamlint.report.terminal.frame import frame
from lamlint.report.terminal.style import Style, look_of
from lamlint.text.visible import sentence

MOST_SHOWN = 5
"""How many other places are framed; one cause may have made a hundred."""


def render(report: Report, style: Style) -> str:
    """Each finding with its frames, then the closing line."""
    blocks = ["\n".join(_block(item, style)) for item in report.items]
    return "".join(f"{block}\n\n" for block in blocks) + closing(report, style)


def _block(item: Item, style: Style) -> Iterator[str]:
    look = look_of(item.severity)
    rule = style.link(style.paint(item.rule, look), item.url)
    head = f"{style.paint(item.severity.label, look)}[{rule}]"
    yield f"{head}: {style.paint(sentence(item.message), 'bold')}"
    yield from frame(item.place, style, look, context=1)
    for note in item.related[:MOST_SHOWN]:
        yield f"{style.paint('note', 'cyan')}: {sentence(note.message)}"
        yield from frame(note.place, style, "cyan", mark="-")
    if len(item.related) > MOST_SHOWN:
        more = amount(len(item.related) - MOST_SHOWN, "more place")
        yield f"{style.paint('note', 'cyan')}: {more}"
    yield from _path(item.flow, style)
    if len(item.functions) > 1:
        yield f"{style.paint('functions', 'cyan')}: {', '.join(item.functions)}"
    if item.fix is not None:
        grade = f"fix ({item.fix.safety.label})"
        yield f"{style.paint(grade, 'green')}: {sentence(item.fix.title)}"


def _path(flow: tuple[Note, ...], style: Style) -> Iterator[str]:
    if not flow:
        return
    yield f"{style.paint('call path', 'cyan')}:"
    width = max(len(note.place.label) for note in flow)
    for number, note in enumerate(flow, 1):
        yield f"  {number}. {note.place.label:{width}}  {sentence(note.message)}"
