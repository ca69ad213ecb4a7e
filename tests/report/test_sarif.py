"""SARIF: the official schema where it is at hand, and what GitHub requires everywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from lamlint.report import Places, Report, render
from lamlint.report.formats import sarif
from lamlint.report.line_hash import line_hashes
from lamlint.text import Edit, Finding, Fix, Related, Safety, Span
from tests.report.made import TEMPLATE, TREE, finding, report, span
from tests.report.official import official_errors

TIMEOUT = span("template.yaml", "1000")
CLIENT = Span("src/app.py", 89, 150)
HANDLER = span("src/app.py", "handler")
FOUND: dict[str, tuple[Finding, ...]] = {
    "nothing": (),
    "one": (finding("timeout-over-limit", TIMEOUT),),
    "everything": (
        finding(
            "timeout-over-limit",
            TIMEOUT,
            "A list [x](y) is too long",
            subjects=("Orders", "Refunds"),
            related=(Related(HANDLER, "the [first] handler"), Related(TIMEOUT, "itself")),
            fix=Fix("Set 900", Safety.SAFE, (Edit(TIMEOUT, "900"),)),
        ),
        finding(
            "connection-in-handler",
            CLIENT,
            flow=(Related(HANDLER, "handler calls it"),),
            fix=Fix(
                "Hoist",
                Safety.UNSAFE,
                (Edit(CLIENT, "client"), Edit(Span("src/app.py", 13, 13), "client = 1\n")),
            ),
        ),
        finding("memory-not-set", Span("template.yaml", len(TEMPLATE), len(TEMPLATE))),
        finding("hardcoded-secret", span("src/app.py", '"Zq7')),
        finding("internal-error", Span("", 0, 0)),
        finding("timeout-over-limit", Span("code dir/a%b.zip", 0, 0)),
    ),
}
all_found = pytest.mark.parametrize("found", FOUND.values(), ids=FOUND)


def document(made: Report) -> Any:
    return json.loads(render("sarif", made))


def run_of(*found: Finding, **more: Any) -> Any:
    (run,) = document(report(found, **more))["runs"]
    return run


ALLOWED = {
    "document": {"$schema", "version", "runs"},
    "run": {"tool", "automationDetails", "columnKind", "invocations", "results"},
    "driver": {"name", "informationUri", "version", "semanticVersion", "rules"},
    "rule": {
        "id",
        "name",
        "shortDescription",
        "fullDescription",
        "help",
        "helpUri",
        "defaultConfiguration",
        "properties",
    },
    "result": {
        "ruleId",
        "ruleIndex",
        "level",
        "message",
        "locations",
        "partialFingerprints",
        "relatedLocations",
        "codeFlows",
        "fixes",
    },
    "location": {"id", "physicalLocation", "logicalLocations", "message"},
    "physical": {"artifactLocation", "region"},
    "region": {"startLine", "startColumn", "endLine", "endColumn", "snippet"},
}


def physical_locations(value: Any) -> Iterator[Any]:
    """Every physical location anywhere in a document."""
    if isinstance(value, dict):
        if "physicalLocation" in value:
            assert value.keys() <= ALLOWED["location"]
            yield value["physicalLocation"]
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from physical_locations(part)


@all_found
def test_has_what_github_requires(found: tuple[Finding, ...]) -> None:
    made = document(report(found))
    assert official_errors(made) == []
    assert made["version"] == "2.1.0"
    assert made["$schema"].startswith("https://")
    assert made.keys() <= ALLOWED["document"]
    (run,) = made["runs"]
    assert run.keys() <= ALLOWED["run"]
    driver = run["tool"]["driver"]
    assert driver.keys() <= ALLOWED["driver"]
    assert driver["name"] == "lamlint"
    assert len(run["results"]) == len(found)
    for rule in driver["rules"]:
        assert rule.keys() <= ALLOWED["rule"]
        assert rule["id"]
        assert rule["shortDescription"]["text"]
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
    for result in run["results"]:
        assert result.keys() <= ALLOWED["result"]
        assert result["level"] in ("error", "warning", "note")
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert len(result["locations"]) == 1
        for flow in result.get("codeFlows", ()):
            assert all(thread["locations"] for thread in flow["threadFlows"])
    for place in physical_locations(run["results"]):
        assert place.keys() <= ALLOWED["physical"]
        assert not re.match(r"/|\w+:|\\", place["artifactLocation"]["uri"])
        region = place["region"]
        assert region.keys() <= ALLOWED["region"]
        start = region["startLine"], region["startColumn"]
        end = region["endLine"], region["endColumn"]
        assert min(*start, *end) >= 1
        assert start <= end


def test_columns_are_code_points_and_ends_exclusive() -> None:
    run = run_of(finding("timeout-over-limit", TIMEOUT))
    assert run["columnKind"] == "unicodeCodePoints"
    (result,) = run["results"]
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "template.yaml"},
        "region": {
            "startLine": 6,
            "startColumn": 16,
            "endLine": 6,
            "endColumn": 20,
            "snippet": {"text": "1000"},
        },
    }


def test_the_line_hash_is_githubs() -> None:
    run = run_of(finding("timeout-over-limit", TIMEOUT), fingerprints=["own"])
    assert run["results"][0]["partialFingerprints"] == {
        "primaryLocationLineHash": line_hashes(TEMPLATE)[5],
        "lamlint/v1": "own",
    }


def test_the_message_links_its_related_places() -> None:
    related = (Related(HANDLER, "the [first] handler"), Related(TIMEOUT, "itself"))
    run = run_of(finding("timeout-over-limit", TIMEOUT, "Bad [a](b)", related=related))
    (result,) = run["results"]
    assert result["message"]["text"].splitlines() == [
        r"Bad [a\](b)",
        r"[the \[first\] handler](1)",
        "[itself](2)",
    ]
    assert [place["id"] for place in result["relatedLocations"]] == [1, 2]


def test_a_call_path_ends_at_the_finding() -> None:
    flow = (Related(HANDLER, "handler calls it"),)
    run = run_of(finding("connection-in-handler", CLIENT, "made here", flow=flow))
    (thread,) = run["results"][0]["codeFlows"][0]["threadFlows"]
    steps = [place["location"]["message"]["text"] for place in thread["locations"]]
    assert steps == ["handler calls it", "made here"]


def test_only_security_rules_have_a_security_severity() -> None:
    run = run_of(*FOUND["everything"])
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    secret = rules["hardcoded-secret"]["properties"]
    assert secret["security-severity"] == "8.0"
    assert "security" in secret["tags"]
    assert "security-severity" not in rules["timeout-over-limit"]["properties"]
    assert rules["timeout-over-limit"]["properties"]["problem.severity"] == "error"
    assert rules["memory-not-set"]["properties"]["problem.severity"] == "recommendation"
    assert rules["memory-not-set"]["defaultConfiguration"] == {"level": "note"}
    assert rules["memory-not-set"]["properties"]["precision"] == "high"


def test_help_is_the_page_in_markdown_and_as_text() -> None:
    run = run_of(finding("timeout-over-limit", TIMEOUT))
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    rule = rules["timeout-over-limit"]
    assert rule["shortDescription"]["text"] == "The sum of it, with code."
    assert rule["fullDescription"]["text"] == "The sum of it, with code. It costs money."
    assert "```yaml" in rule["help"]["markdown"]
    assert "```" not in rule["help"]["text"]
    assert "Timeout: 1000" in rule["help"]["text"]


def test_fixes_are_replacements_by_file() -> None:
    run = run_of(*FOUND["everything"])
    (change,) = run["results"][1]["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "src/app.py"}
    inserted = [part["insertedContent"]["text"] for part in change["replacements"]]
    assert inserted == ["client = 1\n", "client"]


def test_paths_are_relative_to_the_checkout_that_holds_the_project() -> None:
    def uri(places: Places) -> str:
        (result,) = run_of(finding("timeout-over-limit", TIMEOUT), places=places)["results"]
        path: str = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        return path

    assert uri(Places("/w/services/one", "/w")) == "template.yaml"
    assert uri(Places("/w/services/one", "/w", "/w")) == "services/one/template.yaml"
    assert uri(Places("/w/services/one", "/w", "/elsewhere")) == "template.yaml"


def test_an_address_is_a_valid_uri() -> None:
    run = run_of(finding("timeout-over-limit", Span("code dir/a%b#c.zip", 0, 0)))
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "code%20dir/a%25b%23c.zip"


def test_an_internal_error_is_an_unsuccessful_execution() -> None:
    assert run_of()["invocations"] == [{"executionSuccessful": True}]
    broken = finding("internal-error", Span("", 0, 0))
    assert run_of(broken)["invocations"] == [{"executionSuccessful": False}]


def test_what_was_left_out_is_a_notification() -> None:
    note = (Related(Span("a b.py", 0, 0), "it is a binary file"),)
    made = document(report([], unread=note, relaxed=note))
    assert official_errors(made) == []
    (invocation,) = made["runs"][0]["invocations"]
    told = invocation["toolExecutionNotifications"]
    assert [one["message"]["text"] for one in told] == [
        "not read: it is a binary file",
        "relaxed: it is a binary file",
    ]
    place = told[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b.py"


def test_more_results_than_github_takes_lose_the_least_severe(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert sarif._MOST_RESULTS == 25_000
    monkeypatch.setattr(sarif, "_MOST_RESULTS", 3)
    mild = [finding("memory-not-set", TIMEOUT, f"number {n}") for n in range(3)]
    run = run_of(*mild, finding("timeout-over-limit", TIMEOUT))
    assert [result["level"] for result in run["results"]] == ["note", "note", "error"]
    assert TREE.is_file("template.yaml")
