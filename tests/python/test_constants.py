"""What is known of values in code: which they are, where they stand, and how they are changed."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.model.value import NOT_SET, Origin
from lamlint.python import Call, Entries, Items, Known, Made, at
from lamlint.text import Safety, Source
from tests.memory import MemoryTree
from tests.python.handlers import handler

ONE = """
LIMIT = 5
NAMES = ["a", "b"]
SETTINGS = {"retries": 3, "deep": {"level": 1.5}}
CHANGED = {"a": 1}
CHANGED["a"] = 2


class Config:
    seconds = 7

    def __init__(self, size=9):
        self.size = size


CONFIG = Config()


def five():
    return 5


def spread(*args, **kwargs):
    return kwargs
"""


def call(given: str, before: str = "", **others: str) -> Call:
    """The call of `lib.use` in a handler."""
    text = f"import lib\n{ONE}\ndef handler(event, context):\n    {before}\n    lib.use({given})\n"
    found = handler(text, **others)
    (only,) = found.calls({"lib.use"})
    return only


def plain(value: Known) -> object:
    """A value as Python has it; `...` for what is unknown."""
    if not value.choices:
        return ...
    found = [_plain(choice.value) for choice in value.choices]
    return found[0] if len(found) == 1 else found


def _plain(constant: object) -> object:
    match constant:
        case Items(values, complete):
            return [plain(one) for one in values] + ([] if complete else ["and more"])
        case Entries(entries, complete):
            made = {key: plain(one) for key, one in entries.items()}
            return made if complete else made | {"and": "more"}
        case Made(name, arguments, keywords):
            return name, _plain(arguments), _plain(keywords)
        case _:
            return constant


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("5", 5),
        ("-5", -5),
        ("2.5", 2.5),
        ("1_000", 1000),
        ("True", True),
        ("None", None),
        ("'a'", "a"),
        ("'a' 'b'", "ab"),
        ("b'a'", b"a"),
        ("(3, 10)", [3, 10]),
        ("{1, 2}", [1, 2]),
        ("[]", []),
        ("{'a': [1, {'b': None}]}", {"a": [1, {"b": None}]}),
        ("{'a': event}", {"a": ...}),
        ("[1, event['x']]", [1, ...]),
        ("[1, *NAMES]", [1, "a", "b"]),
        ("[1, *event]", [1, "and more"]),
        ("{**SETTINGS, 'retries': 4}", {"retries": 4, "deep": {"level": 1.5}}),
        ("{'a': 1, **event}", {"and": "more"}),
        ("{event: 1}", {"and": "more"}),
        ("dict(a=1, **SETTINGS)", {"a": 1, "retries": 3, "deep": {"level": 1.5}}),
        ("60 * 5", 300),
        ("2 ** 10", 1024),
        ("2 ** 10 ** 10", ...),
        ("1 / 0", ...),
        ("LIMIT * 2", 10),
        ("'a' + 'b'", "ab"),
        ("not LIMIT", False),
        ("int('5')", 5),
        ("int('x')", ...),
        ("float(LIMIT)", 5.0),
        ("tuple(NAMES)", ["a", "b"]),
        ("LIMIT", 5),
        ("NAMES[1]", "b"),
        ("SETTINGS['deep']['level']", 1.5),
        ("SETTINGS['other']", ...),
        ("CHANGED", ...),
        ("CHANGED['a']", ...),
        ("CONFIG.seconds", 7),
        ("CONFIG.size", 9),
        ("Config(11).size", 11),
        ("five()", 5),
        ("5 if event else 6", [5, 6]),
        ("event or 6", ...),
        ("(x := 5)", 5),
        ("f'{LIMIT}'", ...),
        ("'%s-b' % 'a'", "a-b"),
        ("'A'.lower()", "a"),
        ("event['x']", ...),
        ("lib.Config(5, retries=LIMIT)", ("lib.Config", [5], {"retries": 5})),
        ("unknown", ...),
    ],
)
def test_a_value_is_known_wherever_it_is_written(written: str, expected: object) -> None:
    found = plain(call(written).value(place=0))
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("x = 5", 5),
        ("x, y = 4, 5", 4),
        ("x = 5\n    x += 1", ...),
        ("x = 5\n    if event:\n        x = 6", [5, 6]),
        ("for x in (1, 2): pass", [1, 2]),
        ("from conf import VALUE as x", 12),
        ("import conf\n    x = conf.VALUE", 12),
        ("from conf import ROUND as x", ...),
    ],
)
def test_names_are_followed(before: str, expected: object) -> None:
    others = {"conf": "VALUE = 12\nfrom other import ROUND", "other": "from conf import ROUND"}
    assert plain(call("x", before, **others).value(place=0)) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("timeout=5", 5),
        ("1, 5", 5),
        ("**{'timeout': 5}", 5),
        ("**dict(timeout=5)", 5),
        ("**SETTINGS", NOT_SET),
        ("**{**SETTINGS}", NOT_SET),
        ("**{**SETTINGS, 'timeout': 5}", 5),
        ("**{**event}", None),
        ("**event", None),
        ("1, *event", None),
        ("1", NOT_SET),
        ("timeout=event", None),
    ],
)
def test_an_argument_is_asked_for_by_keyword_and_place(given: str, expected: object) -> None:
    found = call(given).number("timeout", 1)
    if isinstance(expected, int):
        assert found.only == expected
    else:
        assert not found.choices
        assert (found.reason == NOT_SET) is (expected == NOT_SET)


def test_a_partial_may_have_given_what_a_call_lacks() -> None:
    text = "import functools, lib\n{}\ndef handler(event, context):\n    use(1)\n"
    for line, lacks in {
        "use = functools.partial(lib.use, timeout=5)": False,
        "use = lib.use": True,
        "from lib import use": True,
    }.items():
        (only,) = handler(text.format(line)).calls({"lib.use"})
        assert only.lacks("timeout") is lacks, line


@pytest.mark.parametrize(
    ("given", "path", "expected"),
    [
        ("config=lib.Config(read_timeout=5)", ("read_timeout",), 5),
        ("config=lib.Config(5)", (0,), 5),
        ("config=lib.Config(5)", ("read_timeout",), NOT_SET),
        ("config=lib.Config(**event)", ("read_timeout",), None),
        ("config={'a': [{'b': 5}]}", ("a", 0, "b"), 5),
        ("config={'a': [{'b': 5}]}", ("a", 1, "b"), NOT_SET),
        ("config=event", ("a",), None),
    ],
)
def test_what_is_inside_of_a_value_is_asked_for_by_its_path(
    given: str, path: tuple[str | int, ...], expected: object
) -> None:
    found = at(call(given).value("config"), *path)
    if found.choices:
        assert found.only == expected
    else:
        assert (found.reason == NOT_SET) is (expected == NOT_SET)


def changed(given: str, new: object, *path: str | int, before: str = "") -> tuple[str, Origin]:
    """The module's line that a change of a value writes, and how the value came there."""
    found = call(given, before)
    value = at(found.value("timeout"), *path)
    fix = value.change(new, "Change it", Safety.SAFE)
    assert fix is not None
    (edit,) = fix.edits
    text = found.module.source.text
    made = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert (fix.safety is Safety.SAFE) is (value.choices[0].origin is Origin.WRITTEN)
    source = Source("app.py", made)
    return source.line(source.position(edit.span.start).line).strip(), value.choices[0].origin


@pytest.mark.parametrize(
    ("given", "new", "path", "line", "origin"),
    [
        ("timeout=5", 6, (), "lib.use(timeout=6)", Origin.WRITTEN),
        ("timeout=(5)", None, (), "lib.use(timeout=(None))", Origin.WRITTEN),
        ("timeout='a'", 'it\'s "b"', (), "lib.use(timeout='it\\'s \"b\"')", Origin.WRITTEN),
        ("timeout='a'", "b", (), 'lib.use(timeout="b")', Origin.WRITTEN),
        ("timeout=(3, 5)", 4, (1,), "lib.use(timeout=(3, 4))", Origin.WRITTEN),
        ("timeout=LIMIT", 6, (), "LIMIT = 6", Origin.INHERITED),
        ("timeout=CONFIG.seconds", 6, (), "seconds = 6", Origin.INHERITED),
        ("**{'timeout': 5}", 6, (), "lib.use(**{'timeout': 6})", Origin.WRITTEN),
        ("timeout=SETTINGS", 6, ("retries",), 'SETTINGS = {"retries": 6, "deep": {"level": 1.5}}',
         Origin.INHERITED),
    ],
)  # fmt: skip
def test_a_value_is_changed_where_it_is_written(
    given: str, new: object, path: tuple[str | int, ...], line: str, origin: Origin
) -> None:
    assert changed(given, new, *path) == (line, origin)


def test_a_finding_points_at_the_value() -> None:
    found = call("timeout=LIMIT")
    finding = found.number("timeout").finding("too little")
    text = found.module.source.text
    assert text[: finding.span.start].endswith("LIMIT = ")
    assert text[finding.span.start : finding.span.end] == "5"


TEMPLATE = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      Environment:
        Variables:
          SECONDS: 30
          BUCKET: !Ref Bucket
"""


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("os.environ['SECONDS']", "30"),
        ("int(os.environ['SECONDS']) * 2", 60),
        ("int(os.getenv('SECONDS', 5))", 30),
        ("os.environ.get('OTHER', 5)", 5),
        ("os.environ.get('OTHER')", None),
        ("os.environ['OTHER']", ...),
        ("os.environ.get('BUCKET', 'b')", ...),
        ("os.environ.get('AWS_REGION', 'eu-west-1')", ...),
        ("os.environ[event]", ...),
    ],
)
def test_environment_variables_are_what_the_configuration_says(
    written: str, expected: object
) -> None:
    text = f"import lib, os\ndef handler(event, context):\n    lib.use({written})\n"
    tree = MemoryTree({"template.yaml": TEMPLATE, "src/app.py": text, "lamlint.toml": ""})
    built = project.build(tree, (), Catalog(), date(2026, 11, 24))
    found = built.handler_of(built.functions[0])
    assert found is not None
    (only,) = found.calls({"lib.use"})
    assert plain(only.value(place=0)) == expected


def test_environment_variables_are_unknown_where_nothing_says_who_runs_the_code() -> None:
    before = "import os"
    assert plain(call("os.environ.get('OTHER', 5)", before).value(place=0)) is ...
