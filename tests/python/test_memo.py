"""What is kept for later invocations, and what only looks like it."""

from __future__ import annotations

import pytest

from tests.python.memos import answers

H = "def handler(event, context):\n    make()\n"
B = "import boto3\n"
KEPT: dict[str, tuple[str, dict[str, str]]] = {
    "helper global": (
        "from near import make\n" + H,
        {
            "near": B
            + "_c = None\ndef make():\n    global _c\n    if _c is None:\n        _c = boto3.client('s3')\n    return _c\n"
        },
    ),
    "dict key": (
        B
        + "_c = {}\ndef make(region='x'):\n    if region not in _c:\n        _c[region] = boto3.client('s3', region_name=region)\n    return _c[region]\n"
        + H,
        {},
    ),
    "class cache": (
        B
        + "class A:\n    _clients: dict = {}\n    def make(self, n):\n        if n not in self._clients:\n            self._clients[n] = boto3.client(n)\n        return self._clients[n]\ndef handler(event, context):\n    A().make('s3')\n",
        {},
    ),
    "class cache cls": (
        B
        + "class A:\n    _clients: dict = {}\n    @classmethod\n    def make(cls, n):\n        if n not in cls._clients:\n            cls._clients[n] = boto3.client(n)\n        return cls._clients[n]\ndef handler(event, context):\n    A.make('s3')\n",
        {},
    ),
    "class cache name": (
        B
        + "class A:\n    _c = None\n    @staticmethod\n    def make():\n        if A._c is None:\n            A._c = boto3.client('s3')\n        return A._c\ndef handler(event, context):\n    A.make()\n",
        {},
    ),
    "lazy property": (
        B
        + "class A:\n    def __init__(self):\n        self._c = None\n    @property\n    def c(self):\n        if self._c is None:\n            self._c = boto3.client('s3')\n        return self._c\na = A()\ndef handler(event, context):\n    a.c\n",
        {},
    ),
    "hasattr": (
        B
        + "class A:\n    def c(self):\n        if not hasattr(self, '_c'):\n            self._c = boto3.client('s3')\n        return self._c\na = A()\ndef handler(event, context):\n    a.c()\n",
        {},
    ),
    "cached_property": (
        B
        + "from functools import cached_property\nclass A:\n    @cached_property\n    def c(self):\n        return boto3.client('s3')\na = A()\ndef handler(event, context):\n    a.c\n",
        {},
    ),
    "metaclass": (
        B
        + "class S(type):\n    _i = {}\n    def __call__(cls, *a, **k):\n        if cls not in cls._i:\n            cls._i[cls] = super().__call__(*a, **k)\n        return cls._i[cls]\nclass A(metaclass=S):\n    def __init__(self):\n        self.c = boto3.client('s3')\ndef handler(event, context):\n    A()\n",
        {},
    ),
    "new": (
        B
        + "class A:\n    _i = None\n    def __new__(cls):\n        if cls._i is None:\n            cls._i = super().__new__(cls)\n            cls._i.c = boto3.client('s3')\n        return cls._i\ndef handler(event, context):\n    A()\n",
        {},
    ),
    "NameError": (
        B
        + "def make():\n    global c\n    try:\n        return c\n    except NameError:\n        c = boto3.client('s3')\n        return c\n"
        + H,
        {},
    ),
    "NameError bare": (
        B
        + "def make():\n    global c\n    try:\n        c\n    except NameError:\n        c = boto3.client('s3')\n"
        + H,
        {},
    ),
    "walrus": (
        B
        + "_c = {}\ndef make(k='s3'):\n    if (c := _c.get(k)) is None:\n        c = boto3.client(k)\n        _c[k] = c\n    return c\n"
        + H,
        {},
    ),
    "powertools": (
        B
        + "from aws_lambda_powertools.shared.functions import cached\n@cached\ndef make():\n    return boto3.client('s3')\n"
        + H,
        {},
    ),
    "lru two up": (
        B
        + "from functools import lru_cache\ndef a():\n    return boto3.client('s3')\ndef b():\n    return a()\n@lru_cache(maxsize=None)\ndef make():\n    return b()\n"
        + H,
        {},
    ),
}
ASKED = (
    B + "def load():\n    if not hasattr(load, 'found'):\n        load.found = read()\n"
    "    return load.found\n"
)
ASKED_FOR_ITSELF = {
    "put there by another": ASKED + "def handler(event, context):\n    c = load()\n"
    "    if c is None:\n        c = boto3.client('s3')\n        load.found = c\n",
    "in itself": B + "def make():\n    if not hasattr(make, 'c'):\n"
    "        make.c = boto3.client('s3')\n    return make.c\n" + H,
    "by its attribute": ASKED + "load.c = None\ndef handler(event, context):\n"
    "    if load.c is None:\n        load.c = boto3.client('s3')\n",
    "handed on": ASKED + "def keep(where, what):\n    where.c = what\n"
    "def handler(event, context):\n    c = load()\n    if not c:\n"
    "        c = boto3.client('s3')\n        keep(load, c)\n",
}
KEPT.update({name: (text, {}) for name, text in ASKED_FOR_ITSELF.items()})
ASKED_FOR_ITS_ANSWER = {
    "behind a guard": "    tools = load()\n    if not tools:\n        return\n    boto3.client('s3')\n",
    "of a part": "    tools = list(load().keys())\n    if not tools:\n        return {}\n"
    "    for one in tools:\n        boto3.client('s3').head_bucket(Bucket=one)\n",
    "in a branch": "    if load():\n        boto3.client('s3')\n",
    "by a key": "    if event['key'] not in load():\n        boto3.client('s3')\n",
}
BARE: dict[str, tuple[str, dict[str, str]]] = {
    **{
        name: (f"{ASKED}def handler(event, context):\n{body}", {})
        for name, body in ASKED_FOR_ITS_ANSWER.items()
    },
    "local None": (
        B
        + "def handler(event, context):\n    c = None\n    if c is None:\n        c = boto3.client('s3')\n",
        {},
    ),
    "unconditional": (
        B + "c = None\ndef make():\n    global c\n    c = boto3.client('s3')\n    return c\n" + H,
        {},
    ),
    "per call object": (
        B
        + "class A:\n    def __init__(self):\n        self._c = None\n    @property\n    def c(self):\n        if self._c is None:\n            self._c = boto3.client('s3')\n        return self._c\ndef handler(event, context):\n    A().c\n",
        {},
    ),
    "per call hasattr": (
        B
        + "class A:\n    def c(self):\n        if not hasattr(self, '_c'):\n            self._c = boto3.client('s3')\n        return self._c\ndef handler(event, context):\n    A().c()\n",
        {},
    ),
    "per call cached_property": (
        B
        + "from functools import cached_property\nclass A:\n    @cached_property\n    def c(self):\n        return boto3.client('s3')\ndef handler(event, context):\n    A().c\n",
        {},
    ),
    "other test": (
        B
        + "DEBUG = True\nc = None\ndef make():\n    global c\n    if DEBUG:\n        c = boto3.client('s3')\n    return c\n"
        + H,
        {},
    ),
    "local dict": (
        B
        + "def handler(event, context):\n    cache = {}\n    if 's3' not in cache:\n        cache['s3'] = boto3.client('s3')\n",
        {},
    ),
    "lru beside": (
        B
        + "from functools import lru_cache\n@lru_cache\ndef a():\n    return make()\ndef make():\n    return boto3.client('s3')\n"
        + H.replace("make()", "a(); make()"),
        {},
    ),
}


@pytest.mark.parametrize(("text", "others"), KEPT.values(), ids=KEPT)
def test_a_client_is_kept(text: str, others: dict[str, str]) -> None:
    assert answers(text, others) == [True]


@pytest.mark.parametrize(("text", "others"), BARE.values(), ids=BARE)
def test_a_client_is_not_kept(text: str, others: dict[str, str]) -> None:
    assert answers(text, others) == [False]
