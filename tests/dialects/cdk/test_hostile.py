"""Code of stacks that is broken, endless, too large or too deep; none of it is ever run."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamlint.dialects import budget
from lamlint.dialects.cdk.dialect import read
from lamlint.dialects.dialect import Declared
from tests.dialects.cdk.stacks import APP, declared, stack
from tests.memory import MemoryTree

FUNCTION = '_lambda.Function(self, "A", handler="app.handler")'
ENDLESS = {
    "a function that calls itself": ("def again(n):\n    return again(n + 1)", "again(0)"),
    "a class that makes itself": ("Album(self, 'Inner')",),
    "a loop without end": ("while True:\n    x = 1",),
    "a text that doubles": ("x = 'a'", *["x = x + x"] * 60),
    "a list that doubles": ("x = [1, 2]", *["x = x + x"] * 60),
    "a list that holds itself": ("x = []", "x.append(x)", "y = {'x': x}"),
    "a dictionary that holds itself": (
        "x = {}",
        "x['x'] = x",
        "_lambda.Function(self, 'B', environment=x, layers=[x])",
        "_lambda.CfnFunction(self, 'C', environment=x)",
    ),
    "loops in loops": (
        "for a in range(900):\n    for b in range(900):\n        for c in range(900):\n            d = a",
    ),
    "many choices": (
        *[f"x = 'a' if UNKNOWN == {n} else 'b'" for n in range(40)],
        "y = f'{x}{x}{x}{x}{x}'",
    ),
    "a deep expression": ("x = " + "(" * 90 + "1" + ")" * 90 + " + 1" * 300,),
    "a large power": ("x = 9 ** 9 ** 9", "y = 'a' * 10 ** 9", "z = 1 << 10 ** 9"),
    "a number without measure": (
        f"x = 0x{'F' * 5_000}",
        "y = f'{x}' + str(x)",
        "z = range(x), range(10 ** 30), range(100000000000000000000000)",
        "_lambda.Function(self, 'B', timeout=Duration.millis(x), memory_size=-x)",
    ),
    "numbers that are none": (
        "x = 1e999",
        "y = int(x), int(x * 0), f'{x}'",
        "_lambda.Function(self, 'B', timeout=Duration.minutes(x), memory_size=x * 0)",
    ),
    "other kinds than are asked for": (
        "_lambda.Function(self, 'B', timeout={}, memory_size={}, runtime={}, handler={}, code={})",
        "_lambda.CfnFunction(self, 'C', timeout={}, memory_size={}, runtime={}, handler={}, code={})",
        "_lambda.Function(self, 'D', timeout=[], memory_size=[], environment=[], layers={}, role=1)",
        "y = [Duration('x'), Duration.seconds(), Duration.seconds(None), _lambda.Code.from_asset()]",
    ),
    "what would do something": ("import os", "os.system('touch /tmp/x')", "exec('1/0')", "1 / 0"),
}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bound that is reached soon."""
    monkeypatch.setattr(budget, "MOST_MADE", 500_000)


@pytest.mark.parametrize("lines", ENDLESS.values(), ids=ENDLESS)
def test_what_never_ends_does_not_hide_a_function(lines: tuple[str, ...]) -> None:
    found = read(MemoryTree(stack(FUNCTION, *lines)), ())
    assert "A" in {one.name.rpartition("/")[2] for one in found.functions}
    assert found.problems == ()


DOUBLED = {
    "lists in a list": ("['x']", "[{x}, {x}]"),
    "dictionaries in a dictionary": ("{{'a': 1}}", "{{'a': {x}, 'b': {x}}}"),
    "lists unpacked": ("['x']", "[*{x}, *{x}]"),
    "sets unpacked": ("{{'x'}}", "{{*{x}, *{x}}}"),
    "dictionaries unpacked": ("{{'a': 1}}", "{{f'{{k}}{n}': [{x}, v] for k, v in {x}.items()}}"),
    "lists of lists": ("['x', 'y']", "[[b for b in {x}] for a in {x}]"),
    "arguments": ("['x']", "(lambda *a: a)(*{x}, *{x})"),
    "named arguments": ("{{'a': 1}}", "(lambda **k: k)(**{x}, k{n}={x})"),
    "lists that grow": ("['x']", "[*{x}, *list({x})]"),
    "quotes in quotes": ("'x'", "json.dumps({x})"),
    "one of two lists": ("['x']", "[{x}, 1] if UNKNOWN == {n} else [{x}, 2]"),
    "properties of properties": ("1", "_lambda.CfnFunction.CodeProperty(a={x}, b={x})"),
    "statements": ("'x'", "[iam.PolicyStatement(actions=[{x}], resources=[{x}, {x}])]"),
}
EVERYWHERE = (
    "_lambda.CfnFunction(self, 'L', code=x, environment=x, layers=x)",
    "_lambda.Function(self, 'F', environment={'A': x}, description=x, layers=[x], timeout=x)",
    "bucket.add_event_notification(x, x)",
)


@pytest.mark.parametrize("name", DOUBLED)
def test_what_doubles_ends(name: str, small: None) -> None:
    first, step = DOUBLED[name]
    before = [f"x{n} = {step.format(x=f'x{n - 1}', n=n)}" for n in range(1, 60)]
    lines = ("import json", f"x0 = {first.format()}", *before, "x = x59", *EVERYWHERE)
    found = read(MemoryTree(stack(FUNCTION, *lines)), ())
    assert "A" in {one.name.rpartition("/")[2] for one in found.functions}
    assert found.problems == ()


GROWN = {
    "lists in each other": ("x = []", "x = [x]"),
    "dictionaries in each other": ("x = {}", "x = {'a': x}"),
    "attributes of each other": ("x = self", "x = x.a"),
    "constructs in each other": ("x = self", "x = s3.Bucket(x, 'B')"),
    "calls of each other": ("x = bucket", "x = x.m(x)"),
    "classes of each other": ("class x: pass", "class x(x): pass"),
    "objects of each other": ("x = bucket", "y = dict(x=x); y['y'] = y; x = y"),
    "a longer text": ("x = 'a'", "x += 'aaaaaaaaaaaaaaaaaaaa'"),
    "a longer list": ("x = []", "x.append(a); y = [len(x), list(x), [*x]]"),
    "a larger dictionary": ("x = {}", "x[f'{a}-{b}'] = b; y = dict(x); z, w = x"),
    "a dictionary given": ("x = {}", "x[f'{a}-{b}'] = b; self.node.m(x)"),
    "a dictionary unpacked": ("x = {}", "x[f'{a}-{b}'] = b; y, z = x"),
    "a list searched": ("x = []", "x.append(a); y = b in x"),
    "a dictionary gone through": ("x = {}", "x[f'{a}-{b}'] = b; y = [0 for _ in x]"),
}


@pytest.mark.parametrize("name", GROWN)
def test_what_a_loop_makes_larger_and_larger_ends(name: str, small: None) -> None:
    first, step = GROWN[name]
    loop = f"for a in range(300):\n    for b in range(300):\n        {step}"
    found = read(MemoryTree(stack(FUNCTION, first, loop, *EVERYWHERE)), ())
    assert "A" in {one.name.rpartition("/")[2] for one in found.functions}
    assert found.problems == ()


@pytest.mark.parametrize("body", ["return [a, b]", "if UNKNOWN == b:\n            return [a, b]"])
def test_a_function_that_may_return_many_things(body: str, small: None) -> None:
    top = f"\ndef many():\n    for a in range(300):\n      for b in range(300):\n        {body}\n"
    found = read(MemoryTree(stack(FUNCTION, "x = many()", *EVERYWHERE, top=top)), ())
    assert "A" in {one.name.rpartition("/")[2] for one in found.functions}


def test_functions_of_a_loop_without_measure_are_told(small: None) -> None:
    line = (
        "for a in range(300):\n    for b in range(300):\n        _lambda.Function(self, f'{a}-{b}')"
    )
    found = read(MemoryTree(stack(FUNCTION, line)), ())
    assert 50 < len(found.functions) < 1_000
    assert found.left_out == {"cdk.json"}


def test_what_many_stages_say_of_their_constructs_leaves_the_functions_known() -> None:
    """Each stage makes the stack again, and with it what is no construct: amounts, statements."""
    line = "for a in range(40):\n    for b in range(100):\n        Duration.seconds(a)"
    found = read(MemoryTree(stack(line, FUNCTION)), ())
    assert [one.handler.only for one in found.functions] == ["app.handler"]
    assert found.left_out == frozenset()


def test_what_makes_too_much_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MOST_MADE", 200_000)
    line = "for a in range(90):\n    for b in range(90):\n        c = [a, b, a, b]"
    assert read(MemoryTree(stack(FUNCTION, line)), ()).left_out == {"cdk.json"}
    assert read(MemoryTree(stack(FUNCTION)), ()).left_out == frozenset()


@pytest.mark.parametrize(
    "changed",
    [
        {"stacks/album.py": "import aws_cdk\nclass (:\n"},
        {"stacks/album.py": "import aws_cdk\0"},
        {"stacks/album.py": "import aws_cdk\n" + "(" * 5_000},
        {"cdk.json": "{"},
        {"cdk.json": "[]"},
        {"cdk.json": '{"app": ["python3", "app.py"]}'},
        {"cdk.json": '{"app": "python3 \\"app.py"}'},
        {"app.py": "from stacks.album import Missing\nMissing()\n"},
        {"app.py": "import app\nfrom app import app\n"},
        {
            "app.py": "from stacks import *\n",
            "stacks/__init__.py": "from .a import *\nfrom . import b",
        },
        {"stacks/__init__.py": "from .a import *", "stacks/a.py": "from . import Album, B, a"},
    ],
)
def test_a_broken_file_hides_no_others(changed: Mapping[str, str]) -> None:
    good = {f"good/{path}": text for path, text in stack(FUNCTION).items()}
    found = declared({**stack(FUNCTION), **changed, **good})
    assert "good/stacks/album.py" in {one.template for one in found}


def test_paths_lead_nowhere_outside() -> None:
    line = '_lambda.Function(self, "A", handler="a.b", code=_lambda.Code.from_asset("{}"))'
    for path in ("/etc", "../../../etc", "~/x"):
        (found,) = declared(stack(line.format(path)))
        assert found.code.inline is None


LINES = st.sampled_from(
    [
        FUNCTION,
        "x = [self, bucket, *UNKNOWN, **COMMON]",
        "x = {**COMMON, bucket: 1, None: 2}",
        "bucket.add_event_notification()",
        "bucket.add_event_notification(s3.EventType.OBJECT_CREATED)",
        "fn = _lambda.Function(self)",
        "fn = _lambda.Function()",
        "fn.add_event_source(sources.SqsEventSource())",
        "fn.add_environment()",
        "fn.add_environment('A')",
        "fn.add_to_role_policy(iam.PolicyStatement(actions=UNKNOWN, effect=1))",
        "fn.role.add_managed_policy()",
        "events.Rule(self, 'R', targets=[fn, 1], schedule=events.Schedule.rate(fn))",
        "events.Rule(self, bucket, event_pattern=fn).add_target()",
        "_lambda.Function(self, 'B', timeout=Duration.seconds('x'), environment=[], layers={}, code=1)",
        "_lambda.CfnFunction(self, 'C', code=_lambda.CfnFunction.CodeProperty(zip_file=1))",
        "self.x = self.y.z(self)(1)[2]",
        "x, *y = self, 1, 2",
        "fn = (lambda **k: k['a'])(a=fn)",
        "del fn",
        "fn = super().nothing().role",
        "def f(self, a=1, *b, c, **d): return f(*b, **d)",
        "f(1, c=2, e=3)",
        "return fn",
        "bucket.grant_read(fn, 1)",
        "bucket.grant_read()",
        "'{}{'.format(fn)",
        "x = f'{fn!r:>{STAGE}}'",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=8))
def test_nothing_that_is_written_fails(lines: list[str]) -> None:
    assert read(MemoryTree(stack("fn = None", *lines)), ()).problems == ()


def test_work_grows_with_the_number_of_functions() -> None:
    def made(number: int) -> int:
        lines = [f'_lambda.Function(self, "F{n}", handler="app.handler")' for n in range(number)]
        return len(declared(stack(*lines)))

    assert [made(n) for n in (10, 400)] == [10, 400]


def test_an_empty_project_declares_nothing() -> None:
    assert read(MemoryTree({"app.py": "x = 1\n"}), ()) == Declared()
    assert read(MemoryTree({"app.py": APP}), ()).functions == ()
