"""What importing a handler's modules runs, beside what its invocations run."""

from __future__ import annotations

import pytest

from tests.python.handlers import handler

CLIENT = {"boto3.client"}
NOTHING = "def handler(event, context):\n    pass\n"

AT_IMPORT = {
    "directly": "boto3.client('s3')\n",
    "in a function": "def f():\n    return boto3.client('s3')\nc = f()\n",
    "in a class body": "class A:\n    s3 = boto3.client('s3')\n",
    "in a constructor": (
        "class A:\n    def __init__(self):\n        self.s3 = boto3.client('s3')\na = A()\n"
    ),
    "as a default": "def f(s3=boto3.client('s3')):\n    pass\n",
    "in a branch": "import os\nif os.environ.get('X'):\n    c = boto3.client('s3')\n",
    "in a decorator": ("def d(f):\n    boto3.client('s3')\n    return f\n@d\ndef g():\n    pass\n"),
    "not as a script": (
        "if __name__ == '__main__':\n    pass\nelse:\n    c = boto3.client('s3')\n"
    ),
}


@pytest.mark.parametrize("text", AT_IMPORT.values(), ids=AT_IMPORT)
def test_what_import_runs_is_seen_when_it_is_asked_for(text: str) -> None:
    found = handler(f"import boto3\n{text}{NOTHING}")
    assert [call.at_import for call in found.calls(CLIENT, at_import=True)] == [True]
    assert list(found.calls(CLIENT)) == []


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    boto3.client('s3')\n",
        "f = lambda: boto3.client('s3')\n",
        "if __name__ == '__main__':\n    boto3.client('s3')\n",
        "def f():\n    boto3.client('s3')\nif __name__ == '__main__':\n    f()\n",
    ],
)
def test_what_import_leaves_alone_is_not_seen(text: str) -> None:
    found = handler(f"import boto3\n{text}{NOTHING}")
    assert list(found.calls(CLIENT, at_import=True)) == []


def test_what_runs_at_import_and_in_an_invocation_is_seen_as_both() -> None:
    found = handler(
        "import boto3\ndef f():\n    return boto3.client('s3')\nc = f()\n"
        "def handler(event, context):\n    f()\n"
    )
    assert [call.at_import for call in found.calls(CLIENT, at_import=True)] == [True, False]
    assert [call.at_import for call in found.calls(CLIENT)] == [False]


MAIN = "__name__ == '__main__'"
OTHER = "__name__ != '__main__'"
CHOICES = [
    # condition, whether its body runs at import, and whether its else does
    (MAIN, False, True),
    ("'__main__' == __name__", False, True),
    (f"({MAIN})", False, True),
    (f"{MAIN} and debug", False, True),
    (f"{MAIN} or debug", True, True),
    (OTHER, True, False),
    (f"not {MAIN}", True, False),
    (f"not ({OTHER})", False, True),
    (f"{OTHER} and debug", True, True),
    (f"{OTHER} or debug", True, False),
    (f"not ({OTHER} or debug)", False, True),
    ("__name__ == 'app'", True, True),
    ("__name__ != 'builtins'", True, True),
    ("__name__.startswith('__main__')", True, True),
    ("'.' in __name__", True, True),
    ("debug == '__main__'", True, True),
    (f"{' or '.join(['debug'] * 200)} or {MAIN}", True, True),
]


@pytest.mark.parametrize(("asked", "body", "other"), CHOICES)
def test_a_choice_is_of_a_script_by_what_it_asks(asked: str, body: bool, other: bool) -> None:
    made, nothing = "    c = boto3.client('s3')\n", "    print('__main__')\n"
    head = "import boto3\ndebug = True\n"
    for first, second, seen in ((made, nothing, body), (nothing, made, other)):
        found = handler(f"{head}if {asked}:\n{first}else:\n{second}{NOTHING}")
        assert bool(list(found.calls(CLIENT, at_import=True))) is seen


@pytest.mark.parametrize(
    ("first", "second", "seen"),
    [
        ("debug", MAIN, (True, False, True)),
        (MAIN, "debug", (False, True, True)),
        (OTHER, "debug", (True, False, False)),
        ("debug", OTHER, (True, True, False)),
    ],
)
def test_the_branches_of_a_longer_choice(
    first: str, second: str, seen: tuple[bool, bool, bool]
) -> None:
    for place in range(3):
        bodies = ["boto3.client('s3')" if at == place else "pass" for at in range(3)]
        text = f"if {first}:\n    {bodies[0]}\nelif {second}:\n    {bodies[1]}\nelse:\n    {bodies[2]}\n"
        found = handler(f"import boto3\ndebug = True\n{text}{NOTHING}")
        assert bool(list(found.calls(CLIENT, at_import=True))) is seen[place]


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("import db", True),
        ("from db import s3", True),
        ("import other", True),
        ("try:\n    import db\nexcept ImportError:\n    db = None", False),
        ("if False:\n    import db", False),
        ("def f():\n    import db", False),
    ],
)
def test_only_modules_that_are_surely_imported_count(line: str, seen: bool) -> None:
    found = handler(
        f"{line}\n{NOTHING}", db="import boto3\ns3 = boto3.client('s3')\n", other="import db\n"
    )
    assert bool(list(found.calls(CLIENT, at_import=True))) is seen


def told(text: str, **others: str) -> list[str]:
    (call,) = handler(text + NOTHING, **others).calls(CLIENT, at_import=True)
    return [step.message for step in call.flow]


def test_the_flow_says_what_importing_runs() -> None:
    assert told("import boto3\ns3 = boto3.client('s3')\n") == [
        "importing app runs its code",
        "app calls boto3.client",
    ]
    assert told("import db\n", db="import boto3\ndef f():\n    boto3.client('s3')\nf()\n") == [
        "importing app runs db",
        "db calls f",
        "f calls boto3.client",
    ]


def test_what_import_gives_to_a_function_is_not_what_invocations_give_it() -> None:
    found = handler(
        "import boto3\ndef make(name):\n    return boto3.client('x', endpoint_url=name)\n"
        "a = make('import')\ndef handler(event, context):\n    make('invocation')\n"
    )
    assert [
        found.value(call, call.argument(None, "endpoint_url")).literal
        for call in found.calls(CLIENT, at_import=True)
    ] == ["import", "invocation"]


def test_what_runs_at_import_is_kept() -> None:
    found = handler(f"import boto3\ndef f():\n    return boto3.client('s3')\nc = f()\n{NOTHING}")
    (call,) = found.calls(CLIENT, at_import=True)
    assert found.memoized(call)
    assert not found.depends_on_event(call, call.node)
