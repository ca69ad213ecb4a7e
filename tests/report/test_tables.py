"""The tables beside the findings: rules, functions, statistics."""

from __future__ import annotations

import dataclasses
import json

from lamlint.dialects.serverless.dialect import read
from lamlint.report import PLAIN, Places, functions, rules, statistics
from lamlint.report.functions import Row, Unresolved
from lamlint.report.terminal import functions as functions_table
from lamlint.report.terminal.table import table
from lamlint.text import Edit, Fix, Safety
from tests.memory import MemoryTree
from tests.report.made import RULES, finding, report, span

TIMEOUT = span("template.yaml", "1000")
ROW = Row(
    name="Orders",
    handler="app.handler",
    path="src/app.py",
    line=5,
    runtime=("python3.12", "python3.13"),
    timeout=(1000,),
    memory=(),
    package="src",
    triggers=("s3 Uploads", "api"),
    template="template.yaml",
    template_line=2,
    unresolved=(Unresolved("memory", "it is imported", "template.yaml", 9),),
)


def test_columns_are_aligned_by_what_is_seen() -> None:
    text = table(("A", "B"), [("名前", "x"), ("longer", "y")], PLAIN)
    assert text == "A       B\n名前    x\nlonger  y\n"


def test_the_table_of_rules_has_a_line_for_each() -> None:
    lines = rules.render_table(RULES.values(), PLAIN).splitlines()
    assert len(lines) == len(RULES) + 1
    assert lines[1].split(maxsplit=5) == [
        "timeout-over-limit",
        "limits",
        "error",
        "default",
        "safe",
        "The sum of it, with code.",
    ]


def test_rules_as_json_hold_their_pages() -> None:
    document = json.loads(rules.render_json(RULES.values()))
    assert document["version"] == 1
    assert [rule["rule"] for rule in document["rules"]] == list(RULES)
    assert document["rules"][0]["page"].startswith("The sum of it")
    assert document["rules"][2]["fix"] is None


def test_statistics_count_most_often_first() -> None:
    fix = Fix("Set it", Safety.SAFE, (Edit(TIMEOUT, "1"),))
    found = [
        finding("memory-not-set", TIMEOUT),
        finding("timeout-over-limit", TIMEOUT, fix=fix),
        finding("timeout-over-limit", TIMEOUT, "other"),
    ]
    assert statistics.render(report(found), PLAIN).splitlines() == [
        "Count  Rule                Severity     Fixable",
        "2      timeout-over-limit  error        1",
        "1      memory-not-set      information",
        "Found 3 findings: 2 errors, 1 information.",
        "[*] 1 can be fixed with --fix.",
    ]


def test_functions_show_choices_and_what_is_not_known() -> None:
    lines = functions_table.render([ROW], PLAIN).splitlines()
    assert "app.handler (src/app.py:5)" in lines[1]
    assert "python3.12 or python3.13  1000 s   ?" in lines[1]
    assert lines[-1] == "Orders: memory: it is imported (template.yaml:9)"


def test_what_is_no_number_is_shown_without_a_unit() -> None:
    row = dataclasses.replace(ROW, timeout=("PT5M", "10s", 30, "60"), memory=("128MB", 512))
    line = functions_table.render([row], PLAIN).splitlines()[1]
    assert "  PT5M or 10s or 30 s or 60 s  128MB or 512 MB  " in line


def test_what_is_alike_is_told_once_and_counted() -> None:
    computed = "it is known only when the stack is deployed"
    unresolved = (
        Unresolved("environment TABLE", computed, "template.yaml", 9),
        Unresolved("environment STAGE", "a condition decides it", "template.yaml", 10),
        *(Unresolved(f"environment {name}", computed, "template.yaml", 11) for name in "ABCD"),
        Unresolved("memory", computed, "template.yaml", 12),
    )
    row = dataclasses.replace(ROW, unresolved=unresolved, triggers=("api", "schedule", "schedule"))
    lines = functions_table.render([row], PLAIN).splitlines()
    assert "  api, schedule (2)  " in lines[1]
    assert lines[-3:] == [
        f"Orders: environment TABLE, A, B and 2 more: {computed} (template.yaml:9)",
        "Orders: environment STAGE: a condition decides it (template.yaml:10)",
        f"Orders: memory: {computed} (template.yaml:12)",
    ]
    assert len(json.loads(functions.render_json([row]))["functions"][0]["unresolved"]) == 7


def test_a_function_is_shown_where_it_stands_and_not_where_its_file_is_included() -> None:
    service = (
        "service: album\nprovider:\n  name: aws\n  runtime: python3.13\n"
        "functions: ${file(functions.yml)}\n"
    )
    tree = MemoryTree({
        "serverless.yml": service,
        "functions.yml": "upload:\n  handler: app.handler\n",
    })  # fmt: skip
    (function,) = read(tree, ()).functions
    row = functions.row(function, None, tree, Places("/", "/"))
    assert function.template == "serverless.yml"
    assert (row.template, row.template_line) == ("functions.yml", 1)


IMPORTS = functions.Imports(
    (functions.Found("source/", "holds the package lib that source/a/p.py imports"),),
    (
        functions.Missed(
            "far.away", "source/a/p.py", "neither its code nor its requirements have it"
        ),
    ),
)


def test_functions_show_where_imports_are_found_and_which_are_not() -> None:
    row = dataclasses.replace(ROW, imports=IMPORTS)
    text = functions_table.render([row], PLAIN)
    assert (
        "\nImports found elsewhere\n"
        "Orders: root: source/ (holds the package lib that source/a/p.py imports)\n"
    ) in text
    assert (
        "\nImports not found\n"
        "Orders: far.away: neither its code nor its requirements have it (source/a/p.py)\n"
    ) in text
    loose = dataclasses.replace(row, template=None, handler="source.a.p.handler")
    assert "source.a.p.handler: root: source/ (" in functions_table.render([loose], PLAIN)
    (as_json,) = json.loads(functions.render_json([row]))["functions"]
    assert as_json["imports"] == {
        "roots": [{"path": "source/", "reason": IMPORTS.roots[0].reason}],
        "not_found": [
            {
                "module": "far.away",
                "path": "source/a/p.py",
                "reason": "neither its code nor its requirements have it",
            }
        ],
    }


def test_functions_as_json() -> None:
    document = json.loads(functions.render_json([ROW]))
    assert document == {
        "version": 1,
        "functions": [
            {
                "name": "Orders",
                "handler": "app.handler",
                "path": "src/app.py",
                "line": 5,
                "runtime": ["python3.12", "python3.13"],
                "timeout": 1000,
                "memory": None,
                "template": "template.yaml",
                "template_line": 2,
                "package": "src",
                "code": None,
                "imports": {"roots": [], "not_found": []},
                "triggers": ["s3 Uploads", "api"],
                "unresolved": [
                    {
                        "property": "memory",
                        "reason": "it is imported",
                        "path": "template.yaml",
                        "line": 9,
                    }
                ],
            }
        ],
    }
