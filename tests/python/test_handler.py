"""What a handler reaches, and what is known there."""

from __future__ import annotations

import pytest

from lamlint.model.parts import ContextField, EventField, Literal, Variable
from lamlint.python import Codebase, When, signature_handlers
from tests.memory import MemoryTree
from tests.python.handlers import handler, only

REACHING = {
    "directly": "def handler(event, context):\n    boto3.client('s3')\n",
    "function": "def f():\n    boto3.client('s3')\ndef handler(event, context):\n    f()\n",
    "method": (
        "class A:\n    def f(self):\n        self.g()\n    def g(self):\n        boto3.client('s3')\n"
        "def handler(event, context):\n    A().f()\n"
    ),
    "module-level instance": (
        "class A:\n    def f(self):\n        boto3.client('s3')\na = A()\n"
        "def handler(event, context):\n    a.f()\n"
    ),
    "inherited": (
        "class B:\n    def f(self):\n        boto3.client('s3')\nclass A(B):\n    pass\n"
        "def handler(event, context):\n    A().f()\n"
    ),
    "super": (
        "class B:\n    def f(self):\n        boto3.client('s3')\n"
        "class A(B):\n    def f(self):\n        super().f()\n"
        "def handler(event, context):\n    A().f()\n"
    ),
    "property": (
        "class A:\n    @property\n    def f(self):\n        return boto3.client('s3')\n"
        "def handler(event, context):\n    return A().f\n"
    ),
    "nested": ("def handler(event, context):\n    def f():\n        boto3.client('s3')\n    f()\n"),
    "lambda": "make = lambda: boto3.client('s3')\ndef handler(event, context):\n    make()\n",
    "decorator": (
        "def d(f):\n    def inner(*args):\n        boto3.client('s3')\n        return f(*args)\n"
        "    return inner\n@d\ndef handler(event, context):\n    pass\n"
    ),
    "behind a decorator": (
        "def d(f):\n    def inner(*args):\n        return f(*args)\n    return inner\n"
        "@d\ndef f():\n    boto3.client('s3')\ndef handler(event, context):\n    f()\n"
    ),
    "context manager": (
        "class A:\n    def __enter__(self):\n        boto3.client('s3')\n"
        "    def __exit__(self, *a):\n        pass\n"
        "def handler(event, context):\n    with A():\n        pass\n"
    ),
    "comprehension": "def handler(event, context):\n    [boto3.client('s3') for _ in event]\n",
    "callback": (
        "def f(x):\n    boto3.client('s3')\ndef handler(event, context):\n    list(map(f, event))\n"
    ),
    "thread": (
        "import threading\ndef f():\n    boto3.client('s3')\n"
        "def handler(event, context):\n    threading.Thread(target=f).start()\n"
    ),
    "dispatch": (
        "def f(e):\n    boto3.client('s3')\nROUTES = {'a': f}\n"
        "def handler(event, context):\n    ROUTES[event['x']](event)\n"
    ),
    "partial": (
        "import functools\ndef f(a):\n    boto3.client('s3')\ng = functools.partial(f, 1)\n"
        "def handler(event, context):\n    g()\n"
    ),
    "route": (
        "from aws_lambda_powertools.event_handler import APIGatewayRestResolver\n"
        "app = APIGatewayRestResolver()\n@app.get('/x')\ndef f():\n    boto3.client('s3')\n"
        "def handler(event, context):\n    return app.resolve(event, context)\n"
    ),
}


@pytest.mark.parametrize("text", REACHING.values(), ids=REACHING)
def test_a_handler_reaches_what_runs_with_it(text: str) -> None:
    assert [c.name for c in handler("import boto3\n" + text).calls({"boto3.client"})] == [
        "boto3.client"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "boto3.client('s3')\ndef handler(event, context):\n    pass\n",
        "def f():\n    boto3.client('s3')\ndef handler(event, context):\n    pass\n",
        "def f():\n    return boto3.client('s3')\nc = f()\ndef handler(event, context):\n    c\n",
        "def handler(event, context):\n    def f():\n        boto3.client('s3')\n",
    ],
)
def test_a_handler_does_not_reach_what_only_stands_beside_it(text: str) -> None:
    assert not list(handler("import boto3\n" + text).calls({"boto3.client"}))


@pytest.mark.parametrize(
    "line",
    [
        "from pack.near import make",
        "from pack.near import make as make",
        "from pack import make",
        "import pack.near\nmake = pack.near.make",
        "import pack.near as n\nmake = n.make",
        "from pack.near import *",
    ],
)
def test_imports_are_followed(line: str) -> None:
    found = handler(
        f"{line}\ndef handler(event, context):\n    make()\n",
        pack__INIT="from .near import make\n",
        pack__near="import boto3\ndef make():\n    return boto3.client('s3')\n",
    )
    call = only(found, "boto3.client")
    assert call.module.path == "pack/near.py"
    assert len(call.flow) == 3


def test_modules_that_import_each_other_are_no_trap() -> None:
    found = handler(
        "import b\nX = b.Y\ndef handler(event, context):\n    X()\n",
        b="import app\nY = app.X\n",
    )
    assert list(found.calls())


MEMOS = {
    "global": "c = None\ndef make():\n    global c\n    if c is None:\n"
    "        c = boto3.client('s3')\n    return c\n",
    "early return": "c = None\ndef make():\n    global c\n    if c:\n        return c\n"
    "    c = boto3.client('s3')\n    return c\n",
    "dict": "cache = {}\ndef make():\n    if 's3' not in cache:\n"
    "        cache['s3'] = boto3.client('s3')\n    return cache['s3']\n",
    "walrus": "cache = {}\ndef make():\n    if (c := cache.get('s3')) is None:\n"
    "        c = cache['s3'] = boto3.client('s3')\n    return c\n",
    "lru_cache": "import functools\n@functools.lru_cache(maxsize=None)\ndef make():\n"
    "    return boto3.client('s3')\n",
    "cache": "from functools import cache\n@cache\ndef make():\n    return boto3.client('s3')\n",
    "name error": "def make():\n    global c\n    try:\n        return c\n    except NameError:\n"
    "        c = boto3.client('s3')\n    return c\n",
    "function attribute": "def make():\n    if not hasattr(make, 'c'):\n"
    "        make.c = boto3.client('s3')\n    return make.c\n",
    "singleton": "class S:\n    _i = None\n    @classmethod\n    def get(cls):\n"
    "        if cls._i is None:\n            cls._i = boto3.client('s3')\n        return cls._i\n"
    "def make():\n    return S.get()\n",
    "kept object": "class S:\n    def __init__(self):\n        self._c = None\n    def get(self):\n"
    "        if self._c is None:\n            self._c = boto3.client('s3')\n        return self._c\n"
    "s = S()\ndef make():\n    return s.get()\n",
    "cached property": "from functools import cached_property\nclass S:\n    @cached_property\n"
    "    def c(self):\n        return boto3.client('s3')\ns = S()\ndef make():\n    return s.c\n",
    "or": "c = None\ndef make():\n    global c\n    c = c or boto3.client('s3')\n    return c\n",
    "outer function": "c = None\ndef init():\n    global c\n    c = boto3.client('s3')\n"
    "def make():\n    if c is None:\n        init()\n    return c\n",
}


@pytest.mark.parametrize("text", MEMOS.values(), ids=MEMOS)
def test_a_memo_is_seen(text: str) -> None:
    found = handler(f"import boto3\n{text}def handler(event, context):\n    make()\n")
    assert found.memoized(only(found, "boto3.client"))


@pytest.mark.parametrize(
    "text",
    [
        "def make():\n    return boto3.client('s3')\n",
        "VERBOSE = True\ndef make():\n    if VERBOSE:\n        return boto3.client('s3')\n",
        "from functools import cached_property\nclass S:\n    @cached_property\n"
        "    def c(self):\n        return boto3.client('s3')\ndef make():\n    return S().c\n",
        "class S:\n    def __init__(self):\n        self._c = None\n    def get(self):\n"
        "        if self._c is None:\n            self._c = boto3.client('s3')\n"
        "        return self._c\ndef make():\n    return S().get()\n",
    ],
)
def test_what_is_made_anew_is_no_memo(text: str) -> None:
    found = handler(f"import boto3\n{text}def handler(event, context):\n    make()\n")
    assert not found.memoized(only(found, "boto3.client"))


DEPENDING = {
    "subscript": "    f(event['x'])\n",
    "local": "    a = event.get('x')\n    b = a\n    f(b)\n",
    "loop": "    for r in event['Records']:\n        f(r['x'])\n",
    "context": "    f(context.aws_request_id)\n",
    "alias": "    f(context.invoked_function_arn.split(':')[-1])\n",
    "changed dict": "    d = {}\n    d['r'] = event['r']\n    f(d)\n",
    "branch": "    a = 1\n    if event['x']:\n        a = 2\n    f(a)\n",
    "string": "    f(f'{event}')\n",
    "return": "    f(inner(event))\n",
    "attribute": "    o = O(event)\n    f(o.v)\n",
    "library call": "    f(len(event))\n",
    "unpacking": "    a, b = event['x'], 1\n    f(a)\n",
}


@pytest.mark.parametrize("body", DEPENDING.values(), ids=DEPENDING)
def test_what_may_depend_on_the_event_depends(body: str) -> None:
    found = handler(
        "import lib\ndef inner(e):\n    return e['x']\n"
        "class O:\n    def __init__(self, e):\n        self.v = e['x']\n"
        "def f(x):\n    lib.call(x)\ndef handler(event, context):\n" + body
    )
    call = only(found, "lib.call")
    argument = call.argument(0)
    assert argument is not None
    assert found.depends_on_event(call, argument)


@pytest.mark.parametrize(
    "body",
    [
        "    f(1)\n",
        "    a, b = event['x'], 1\n    f(b)\n",
        "    for r in event['Records']:\n        f('x')\n",
        "    f(inner(event))\n",
        "    f(context.function_name)\n",
        "    f(context.invoked_function_arn.split(':')[3])\n",
    ],
)
def test_what_is_the_same_for_every_event_does_not_depend(body: str) -> None:
    found = handler(
        "import lib\ndef inner(e):\n    return 'x'\n"
        "def f(x):\n    lib.call(x)\ndef handler(event, context):\n" + body
    )
    call = only(found, "lib.call")
    argument = call.argument(0)
    assert argument is not None
    assert not found.depends_on_event(call, argument)


@pytest.mark.parametrize(
    ("expression", "parts"),
    [
        ("'a' + 'b'", (Literal("ab"),)),
        ("f'{A}-x'", (Literal("a-x"),)),
        ("'%s/%s' % (A, 'b')", (Literal("a/b"),)),
        ("'{}/{k}'.format(A, k='b')", (Literal("a/b"),)),
        ("'/'.join([A, 'b'])", (Literal("a/b"),)),
        ("os.path.join('/tmp', A)", (Literal("/tmp/a"),)),
        ("Path('/tmp') / A", (Literal("/tmp/a"),)),
        ("os.environ['N']", (Variable("N"),)),
        ("os.getenv('N', 'd') + '/'", (Variable("N", "d"), Literal("/"))),
        ("event['Records'][0]['s3']", (EventField(("Records", "*", "s3")),)),
        ("event.get('a')", (EventField(("a",)),)),
        ("context.function_name", (ContextField("function_name"),)),
        ("conf.NAME", (Literal("from conf"),)),
        ("same('z')", (Literal("z"),)),
    ],
)
def test_strings_are_understood(expression: str, parts: tuple[object, ...]) -> None:
    found = handler(
        "import os, lib, conf\nfrom pathlib import Path\nA = 'a'\ndef same(x):\n    return x\n"
        f"def handler(event, context):\n    lib.call({expression})\n",
        conf="NAME = 'from conf'\n",
    )
    call = only(found, "lib.call")
    (choice,) = found.value(call, call.argument(0)).choices
    given = (one if isinstance(one, Literal) else one.taken_from for one in choice)
    assert tuple(given) == parts


@pytest.mark.parametrize(
    "made",
    [
        "boto3.client('sqs')",
        "boto3.Session().client('sqs')",
        "make('sqs')",
        "O().c",
        "boto3.resource('sqs').meta.client",
    ],
)
def test_a_client_has_its_service_wherever_it_was_made(made: str) -> None:
    found = handler(
        "import boto3\ndef make(n):\n    return boto3.client(n)\nc0 = make('s3')\n"
        "class O:\n    def __init__(self):\n        self.c = boto3.client('sqs')\n"
        f"c = {made}\ndef handler(event, context):\n    c.send_message(QueueUrl='x')\n"
    )
    call = only(found, "boto3.client.send_message")
    assert call.receiver is not None
    assert call.receiver.service == "sqs"


@pytest.mark.parametrize(
    ("body", "when"),
    [
        ("    lib.call()\n", When.ALWAYS),
        ("    if event:\n        lib.call()\n", When.CONDITIONAL),
        ("    try:\n        pass\n    except ValueError:\n        lib.call()\n", When.ERROR),
        ("    if event:\n        lib.call()\n        raise ValueError\n", When.ERROR),
        ("    for r in event:\n        lib.call()\n", When.ALWAYS),
    ],
)
def test_a_call_knows_when_it_runs(body: str, when: When) -> None:
    found = handler("import lib\ndef handler(event, context):\n" + body)
    assert only(found, "lib.call").when is when


@pytest.mark.parametrize(
    ("line", "required"),
    [
        ("os.environ['X']", True),
        ("os.environ.get('X')", False),
        ("os.environ['X'] if 'X' in os.environ else 1", False),
        ("'X' in os.environ and os.environ['X']", False),
    ],
)
def test_a_read_of_the_environment_is_required_or_not(line: str, required: bool) -> None:
    found = handler(f"import os\ndef handler(event, context):\n    return {line}\n")
    assert any(read.required for read in found.environment_reads) is required
    assert {read.name for read in found.environment_reads} == {"X"}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("def f(event, context):", True),
        ("def f(event, _):", False),
        ("def handler(event, _):", True),
        ("def f(evt, ctx):", True),
        ("def f(_event, _context):", True),
        ("def f(event: dict, context: object) -> dict:", True),
        ("def f(context, event):", False),
        ("def f(event):", False),
        ("def f(event, context, callback):", False),
        ("def f(self, event, context):", False),
        ("def f(a, b):  # event", False),
    ],
)
def test_a_handler_is_recognised_by_its_signature(line: str, found: bool) -> None:
    module = Codebase(MemoryTree({"a.py": f"{line}\n    pass\n"}), [""]).module("a")
    assert module is not None
    assert bool(list(signature_handlers(module))) is found


@pytest.mark.parametrize(
    ("calling", "called", "found"),
    [
        ("manual_trigger", "lambda_handler", ["lambda_handler", "manual_trigger"]),
        ("local_handler", "handler", ["handler", "local_handler"]),
        ("lambda_handler", "handle_order", ["lambda_handler"]),
        ("lambda_handler", "handler", ["lambda_handler"]),
        ("on_order", "on_all", ["on_order"]),
    ],
)
def test_what_is_given_the_event_of_another_is_its_helper_unless_it_alone_is_called_a_handler(
    calling: str, called: str, found: list[str]
) -> None:
    text = (
        f"def {called}(event, context):\n    return event\n"
        f"def {calling}(event, context):\n    return {called}(event, context)\n"
    )
    module = Codebase(MemoryTree({"a.py": text}), [""]).module("a")
    assert module is not None
    assert [one.name.value for one in signature_handlers(module)] == found


def test_what_a_template_names_has_helpers_of_any_name() -> None:
    text = (
        "def handler(event, context):\n    return event\n"
        "def run(event, context):\n    return handler(event, context)\n"
    )
    module = Codebase(MemoryTree({"a.py": text}), [""]).module("a")
    assert module is not None
    assert list(signature_handlers(module, {"run"})) == []
