"""Code that nests deep, leads far or multiplies is checked like any other, or told as not read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lamlint.engine.fix import Reading, repair
from lamlint.python.values import analysis
from lamlint.text import Safety
from tests.checking import reader
from tests.command import TEMPLATE, Folder

HANDLER = "import boto3\ndef handler(event, context):\n"
CLIENT = '    return boto3.client("s3").list_buckets()\n'


def numbered(count: int, line: str) -> str:
    """A line so many times, with its number for each `#` and the next one for each `@`."""
    return "".join(
        line.replace("#", str(number)).replace("@", str(number + 1)) for number in range(count)
    )


DEEP = {
    "chained calls": HANDLER + f'    return boto3.client("s3"){".a()" * 100}\n',
    "strings side by side": (
        HANDLER + "    sql = (" + "'a '\n" * 500 + ")\n    boto3.client('s3').f(sql)\n"
    ),
    "sum of strings": (
        HANDLER + "    sql = (" + "'a ' +\n" * 500 + "'')\n    boto3.client('s3').f(sql)\n"
    ),
    "elif": (
        f"{HANDLER}    if event == 0:\n        return 1\n"
        + numbered(600, "    elif event == #:\n        return #\n")
        + CLIENT
    ),
    "aliases": (
        HANDLER
        + "    a0 = boto3.client\n"
        + numbered(400, "    a@ = a#\n")
        + '    return a400("s3").list_buckets()\n'
    ),
    "chain of functions": (
        HANDLER
        + "    return f0(event)\n"
        + numbered(700, "def f#(x):\n    return f@(x)\n")
        + f"def f700(x):\n{CLIENT}"
    ),
    "chain of functions from below": (
        numbered(700, "def f@(x):\n    return f#(x)\n")
        + f"{HANDLER}    return f700(event)\ndef f0(x):\n{CLIENT}"
    ),
    "blocks": (
        HANDLER
        + "".join(f"{'  ' * n}  if event[{n}]:\n" for n in range(1, 90))
        + "  " * 91
        + 'boto3.client("s3").list_buckets()\n'
    ),
    "attributes of an object": (
        "class A: pass\n"
        + HANDLER
        + '    o = A()\n    o.a0 = boto3.client("s3")\n'
        + numbered(300, "    o.a@ = o.a#\n")
        + "    return o.a300.list_buckets()\n"
    ),
    "defaults": f"def g(a={'f(' * 150}{')' * 150}): pass\n{HANDLER}{CLIENT}",
    "decorators": "def d(f): return f\n" + HANDLER.replace("def", "@d\n" * 300 + "def") + CLIENT,
    "boolean operators": HANDLER + f'    c = {"None or " * 600}boto3.client("s3")\n    c.f()\n',
}
MULTIPLIED = {
    "calls": (
        f"{HANDLER}    return f0(event)\n"
        + numbered(40, "def f#(x):\n    f@(x)\n    return f@(f@(x))\n")
        + f"def f40(x):\n{CLIENT}"
    ),
    "calls from dead code": (
        f"{HANDLER}    if False:\n        f0(1)\n{CLIENT}"
        + numbered(40, "def f#(x):\n    f@(x)\n    f@(2)\n    return f@(x)\n")
        + f"def f40(x):\n{CLIENT}"
    ),
    "what a switch is given": (
        HANDLER
        + "    f0(None)\n" * 2
        + numbered(12, "def f#(x):\n" + "    f@(x)\n" * 12)
        + f"def f12(x):\n    if x:\n        return 1\n{CLIENT}"
    ),
    "aliases": (
        "import boto3\na0 = boto3.client\n"
        + numbered(12, "a@ = a#\n" * 20)
        + 'def handler(event, context):\n    return a12("s3").list_buckets()\n'
    ),
    "sessions": (
        f"{HANDLER}    a0 = boto3.Session()\n"
        + numbered(60, "    if event: a@ = a#.client('s3')\n    else: a@ = a#.client('s3')\n")
        + '    return a60.client("s3").list_buckets()\n'
    ),
    "values of an argument": (
        HANDLER
        + '    a0 = "x"\n'
        + numbered(60, "    a@ = (a#, a#)\n")
        + '    return boto3.client("s3", config=a60).list_buckets()\n'
    ),
    "values in a circle": (
        f'{HANDLER}    a = (b, 1)\n    b = (a, 1)\n    return boto3.client("s3", config=a).f()\n'
    ),
    "classes": (
        'import boto3\nclass A0:\n    def m(self): return boto3.client("s3")\nclass B0(A0): pass\n'
        + numbered(
            12,
            "class A@(A#, B#):\n    def m(self): return super().m() or super().m()\n"
            "class B@(A#, B#):\n    def m(self): return super().m()\n",
        )
        + "def handler(event, context):\n    return A12().m().list_buckets()\n"
    ),
}
LISTS = (
    "import boto3\nL0 = [boto3.client]\n"
    + numbered(10, f"L@ = [{', '.join(['L#'] * 20)}]\n")
    + "def handler(event, context):\n"
    + "    for *_, (*_, (*_, (*_, (*_, (*_, (*_, c)))))) in L10:\n        c('s3').f()\n"
)


def check(folder: Path, code: str) -> Reading:
    """Check a function of some code with all rules, and mend it; no defect on the way."""
    (folder / "src").mkdir()
    (folder / "lamlint.toml").touch()
    (folder / "template.yaml").write_text(TEMPLATE)
    (folder / "src/app.py").write_text(code)
    read = reader(folder, None)
    reading = read({})
    mended = repair(read, Safety.UNSAFE, reading)
    for each in (reading, mended.reading):
        assert not [one for one in each.findings if one.rule == "internal-error"]
    assert not mended.undone
    return reading


def rules(reading: Reading) -> set[str]:
    return {finding.rule for finding in reading.findings}


def reasons(reading: Reading) -> list[str]:
    return [one.reason for one in reading.project.unread]


@pytest.mark.parametrize("kind", DEEP | MULTIPLIED)
def test_a_client_is_found_however_deep_it_lies(tmp_path: Path, kind: str) -> None:
    reading = check(tmp_path, (DEEP | MULTIPLIED)[kind])
    assert "connection-in-handler" in rules(reading)
    assert reasons(reading) == []


def test_a_file_that_nests_too_deep_is_told_in_every_command(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("lamlint.toml", "")
    folder.write("template.yaml", TEMPLATE)
    folder.write("src/app.py", f"{HANDLER}{CLIENT}\nx = {'-' * 12_000}1\n")
    said = re.compile(r"not read.*src/app\.py.*it nests too deep", re.IGNORECASE | re.DOTALL)
    for command in (("check", "."), ("check", "--diff", "."), ("check", "-q", "."), ("functions",)):
        done = folder.run(*command)
        assert said.search(done.out + done.err), command
        assert "not valid Python" not in done.out


def test_a_handler_that_asks_too_much_is_told(tmp_path: Path) -> None:
    reading = check(tmp_path, LISTS)
    assert reasons(reading) == [
        "only in part: handler leads through more code than lamlint follows"
    ]


def test_a_handler_that_runs_too_many_functions_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysis, "_MOST_FRAMES", 500)
    reading = check(tmp_path, DEEP["chain of functions"])
    assert "connection-in-handler" not in rules(reading)
    assert len(reasons(reading)) == 1


def test_what_was_found_before_the_end_of_the_budget_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysis, "_MOST_STEPS", 20)
    monkeypatch.setattr(analysis, "_MOST_OF_ONE", 0)
    reading = check(tmp_path, MULTIPLIED["calls"])
    assert "timeout-over-limit" in rules(reading)
    assert len(reasons(reading)) == 1
