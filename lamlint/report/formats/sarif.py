"""SARIF 2.1.0, with all that GitHub's code scanning reads."""

from __future__ import annotations

from itertools import groupby
from typing import TypeAlias
from urllib.parse import quote

from lamlint.report.json_text import json_text
from lamlint.report.markdown import plain
from lamlint.report.places import Place
from lamlint.report.report import HOME, Change, Item, Note, Repair, Report, page_url
from lamlint.report.terminal.style import Style
from lamlint.rule import Rule, Tier
from lamlint.text import Safety, Severity, Source

Json: TypeAlias = "dict[str, object]"

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_MOST_RESULTS = 25_000
_MOST_LOCATIONS = 1_000
_LONGEST_DESCRIPTION = 1_024
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note"}
_PROBLEMS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFORMATION: "recommendation",
}
_INTERNAL_ERROR = "internal-error"


def render(report: Report, _style: Style) -> str:
    """One run. What is suppressed or in the baseline is left out: GitHub would open alerts."""
    names = sorted({*report.rules, *(item.rule for item in report.items)})
    rules = [_rule(name, report.rules.get(name)) for name in names]
    indexes = {name: index for index, name in enumerate(names)}
    items = sorted(report.items, key=lambda item: -item.severity)[:_MOST_RESULTS]
    kept = {id(item) for item in items}
    driver: Json = {
        "name": "lamlint",
        "informationUri": HOME,
        "version": report.version,
        "semanticVersion": report.version,
        "rules": rules,
    }
    run: Json = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "lamlint/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": [_result(item, indexes[item.rule]) for item in report.items if id(item) in kept],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(document, halves=False)


def _invocation(report: Report) -> Json:
    done: Json = {"executionSuccessful": all(i.rule != _INTERNAL_ERROR for i in report.items)}
    notes = [_notification("not-read", note) for note in report.unread]
    notes += [_notification("relaxed", note) for note in report.relaxed]
    return {**done, "toolExecutionNotifications": notes} if notes else done


def _notification(kind: str, note: Note) -> Json:
    """What the run did not look at; its place is a file that may be no text."""
    return {
        "descriptor": {"id": kind},
        "level": "warning" if kind == "not-read" else "note",
        "message": {"text": f"{kind.replace('-', ' ')}: {note.message}"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(note.place)}}}],
    }


def _rule(name: str, rule: Rule | None) -> Json:
    if rule is None:
        about = {"text": name}
        return {"id": name, "shortDescription": about, "fullDescription": about, "help": about}
    summary = plain(rule.summary)
    why = plain(rule.page.partition("## Why this matters")[2].partition("\n## ")[0])
    properties: Json = {
        "tags": [rule.family, *(["security"] if rule.security is not None else [])],
        "precision": "medium" if rule.tier is Tier.PREVIEW else "high",
        "problem.severity": _PROBLEMS[rule.severity],
    }
    if rule.security is not None:
        properties["security-severity"] = f"{rule.security:.1f}"
    return {
        "id": name,
        "name": name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": _crop(f"{summary} {why}".strip())},
        "help": {"text": plain(rule.page), "markdown": f"# {name}\n\n{rule.page}"},
        "helpUri": page_url(name),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": properties,
    }


def _crop(text: str) -> str:
    if len(text) <= _LONGEST_DESCRIPTION:
        return text
    return text[: _LONGEST_DESCRIPTION - 1] + "…"


def _result(item: Item, index: int) -> Json:
    location = _location(item.place)
    if item.functions:
        location["logicalLocations"] = [
            {"name": name, "kind": "function"} for name in item.functions
        ]
    related = item.related[:_MOST_LOCATIONS]
    result: Json = {
        "ruleId": item.rule,
        "ruleIndex": index,
        "level": _LEVELS[item.severity],
        "message": {"text": _message(item.message, related)},
        "locations": [location],
        "partialFingerprints": _fingerprints(item),
    }
    if related:
        result["relatedLocations"] = [
            {"id": number, **_location(note.place), "message": {"text": note.message}}
            for number, note in enumerate(related, 1)
        ]
    if item.flow:
        result["codeFlows"] = [{"threadFlows": [{"locations": _flow(item)}]}]
    if item.fix and item.fix.whole and item.fix.safety is not Safety.DISPLAY:
        result["fixes"] = [_fix(item.fix)]
    return result


def _message(message: str, related: tuple[Note, ...]) -> str:
    """The message with a link to each related place."""
    links = [f"[{_link_text(note.message)}]({number})" for number, note in enumerate(related, 1)]
    # Brackets of the message itself must not be taken for a link.
    return "\n".join([message.replace("](", "\\]("), *links])


def _link_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _fingerprints(item: Item) -> dict[str, str]:
    found = {"primaryLocationLineHash": item.line_hash, "lamlint/v1": item.fingerprint}
    return {name: value for name, value in found.items() if value}


def _flow(item: Item) -> list[Json]:
    steps = list(item.flow)
    last = steps[-1].place
    if (last.path, last.start) != (item.place.path, item.place.start):
        steps.append(Note(item.place, item.message))
    return [
        {"location": {**_location(step.place), "message": {"text": step.message}}}
        for step in steps[:_MOST_LOCATIONS]
    ]


def _location(place: Place) -> Json:
    physical: Json = {"artifactLocation": {"uri": _uri(place)}, "region": _region(place)}
    return {"physicalLocation": physical}


def _uri(place: Place) -> str:
    """The path by its bytes, which need not be text."""
    path = place.path if place.checkout is None else place.checkout
    try:
        data = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a character, which only Windows takes in a name
        data = path.encode("utf-8", "surrogatepass")
    return quote(data or ".", safe="/~!$&'()*+,;=@")


def _region(place: Place, *, snippet: bool = True) -> Json:
    region: Json = {
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
    }
    text = _text(place.source, place) if snippet and place.source else ""
    return {**region, "snippet": {"text": text}} if text else region


def _text(source: Source, place: Place) -> str:
    return source.text[source.offset(*place.start) : source.offset(*place.end)]


def _fix(fix: Repair) -> Json:
    changes = [
        {
            "artifactLocation": {"uri": uri},
            "replacements": [_replacement(change) for change in group],
        }
        for uri, group in groupby(fix.changes, key=lambda change: _uri(change.place))
    ]
    return {
        "description": {"text": f"{fix.title} ({fix.safety.label})"},
        "artifactChanges": changes,
    }


def _replacement(change: Change) -> Json:
    return {
        "deletedRegion": _region(change.place, snippet=False),
        "insertedContent": {"text": change.text},
    }
