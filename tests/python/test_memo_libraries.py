"""The decorators of libraries that keep what a function gave, and objects of which there is one."""

from __future__ import annotations

import pytest

from tests.python.memos import answers

B = "import boto3\n"
MAKE = "\ndef make():\n    return boto3.client('s3')\ndef handler(event, context):\n    make()\n"
METHOD = (
    "    def make(self):\n        return boto3.client('s3')\n"
    "a = A()\ndef handler(event, context):\n    a.{use}\n"
)

FUNCTIONS = [
    ("from functools import cache", "@cache"),
    ("from mine import cached", "@cached"),
    ("from mine import Store\nstore = Store()", "@store.memoize()"),
    ("import functools", "@functools.lru_cache(maxsize=None)"),
    ("from cachetools import cached, TTLCache", "@cached(cache=TTLCache(maxsize=1, ttl=300))"),
    ("import cachetools", "@cachetools.cached({})"),
    ("from cachetools.func import ttl_cache", "@ttl_cache(ttl=60)"),
    ("import cachetools.func", "@cachetools.func.fifo_cache()"),
    ("from cachetools import func", "@func.rr_cache(maxsize=2)"),
    ("from cachetools.func import mru_cache", "@mru_cache"),
    ("import diskcache\ncache = diskcache.Cache('/tmp/c')", "@cache.memoize(expire=60)"),
    ("from diskcache import FanoutCache\ncache = FanoutCache()", "@cache.memoize()"),
    ("from joblib import Memory\nmemory = Memory('/tmp/c')", "@memory.cache"),
    ("import joblib\nmemory = joblib.Memory('/tmp/c')", "@memory.cache(verbose=0)"),
    ("from toolz import memoize", "@memoize"),
    ("from cytoolz import memoize", "@memoize(key=len)"),
    ("from toolz.functoolz import memoize", "@memoize"),
    ("from boltons.cacheutils import LRU, cached", "@cached(LRU())"),
    ("import ring", "@ring.lru()"),
    ("from dogpile.cache import make_region\nregion = make_region()", "@region.cache_on_arguments()"),
    (
        "from dogpile.cache import make_region\nregion = make_region().configure('memory')",
        "@region.cache_on_arguments(expiration_time=60)",
    ),
    ("from beaker.cache import CacheManager\ncaches = CacheManager()", "@caches.cache('c')"),
    ("from flask_caching import Cache\ncache = Cache()", "@cache.memoize(50)"),
    ("from flask_caching import Cache\ncache = Cache(app)", "@cache.cached(timeout=50)"),
    ("from memoization import cached", "@cached(ttl=5)"),
    ("from cachebox import cached, TTLCache", "@cached(TTLCache(1, ttl=5))"),
    ("from theine import Memoize", "@Memoize(1, None)"),
    ("from cachier import cachier", "@cachier()"),
    ("from aws_lambda_powertools.shared.functions import cached", "@cached"),
]  # fmt: skip
METHODS = [
    ("from cachetools import cachedmethod", "@cachedmethod(lambda self: self.cache)", "make()"),
    ("from methodtools import lru_cache", "@lru_cache()", "make()"),
    ("from functools import cache", "@cache", "make()"),
    ("from botocore.utils import instance_cache", "@instance_cache", "make()"),
    ("from boltons.cacheutils import cachedmethod", "@cachedmethod('cache')", "make()"),
    ("from functools import cached_property", "@cached_property", "make"),
    ("from cached_property import cached_property_with_ttl", "@cached_property_with_ttl(ttl=5)", "make"),
    ("from cached_property import threaded_cached_property", "@threaded_cached_property", "make"),
    ("from cached_property import timed_cached_property", "@timed_cached_property(5)", "make"),
    ("from boltons.cacheutils import cachedproperty", "@cachedproperty", "make"),
    ("from django.utils.functional import cached_property", "@cached_property", "make"),
    ("from werkzeug.utils import cached_property", "@cached_property", "make"),
    ("from propcache import cached_property", "@cached_property", "make"),
    ("from pyramid.decorator import reify", "@reify", "make"),
]  # fmt: skip
COROUTINES = [
    ("from async_lru import alru_cache", "@alru_cache(maxsize=1)"),
    ("from aiocache import cached", "@cached(ttl=60)"),
    ("import aiocache", "@aiocache.cached_stampede()"),
    ("import asyncstdlib", "@asyncstdlib.lru_cache"),
]
A = "class A:\n    def __init__(self):\n        self.c = boto3.client('s3')\n"
USE = "def handler(event, context):\n    A().c.list_buckets()\n"
META = (
    "class One({base}):\n    made = {{}}\n    def __call__(cls, *a, **k):\n"
    "        if cls not in cls.made:\n            cls.made[cls] = super().__call__(*a, **k)\n"
    "        return cls.made[cls]\n"
)
SINGLE = {
    "a metaclass": META.format(base="type") + A.replace("A:", "A(metaclass=One):") + USE,
    "a metaclass that is abstract": "from abc import ABCMeta\n"
    + META.format(base="ABCMeta")
    + A.replace("A:", "A(metaclass=One):")
    + USE,
    "the metaclass of a base": META.format(base="type")
    + "class Base(metaclass=One):\n    pass\n"
    + A.replace("A:", "A(Base):")
    + USE,
    "the metaclass of a base of a base": META.format(base="type")
    + "class Root(metaclass=One):\n    pass\nclass Base(Root):\n    pass\n"
    + A.replace("A:", "A(Base):")
    + USE,
    "a metaclass of a metaclass": META.format(base="type")
    + "class Two(One):\n    pass\n"
    + A.replace("A:", "A(metaclass=Two):")
    + USE,
    "one that is made by a kept function": "from functools import cache\n"
    + A
    + "@cache\ndef made():\n    return A()\ndef handler(event, context):\n    made()\n",
    "a kept method of one that is made by a kept function": "from functools import cache\n"
    "class A:\n    @cache\n    def make(self):\n        return boto3.client('s3')\n"
    "@cache\ndef made():\n    return A()\ndef handler(event, context):\n    made().make()\n",
    "a kept property of one in a variable": "from functools import cached_property\n"
    "class A:\n    @cached_property\n    def make(self):\n        return boto3.client('s3')\n"
    "one = None\ndef made():\n    global one\n    if one is None:\n        one = A()\n    return one\n"
    "def handler(event, context):\n    made().make\n",
    "a decorated class": "def singleton(of):\n    made = {}\n    def get(*a):\n"
    "        if of not in made:\n            made[of] = of(*a)\n        return made[of]\n    return get\n"
    "@singleton\n" + A + USE,
    "a class of a library's decorator": "from singleton_decorator import singleton\n@singleton\n"
    + A
    + USE,
    "made at module level": "class A:\n    def __init__(self):\n        self._c = None\n"
    "    def make(self):\n        if self._c is None:\n            self._c = boto3.client('s3')\n"
    "        return self._c\na = A()\ndef handler(event, context):\n    a.make()\n",
    "a class method that keeps it": "class A:\n    one = None\n    @classmethod\n"
    "    def get(cls):\n        if cls.one is None:\n            cls.one = boto3.client('s3')\n"
    "        return cls.one\ndef handler(event, context):\n    A.get()\n",
}
EACH_TIME = {
    "a kept method of an object of the invocation": "from functools import cache\n"
    "class A:\n    @cache\n    def make(self):\n        return boto3.client('s3')\n"
    "def handler(event, context):\n    A().make()\n",
    "a kept property of what a plain function makes": "from functools import cached_property\n"
    "class A:\n    @cached_property\n    def make(self):\n        return boto3.client('s3')\n"
    "def made():\n    return A()\ndef handler(event, context):\n    made().make\n",
    "a kept method of what is also made elsewhere": "from functools import cache\n"
    "class A:\n    @cache\n    def make(self):\n        return boto3.client('s3')\n"
    "@cache\ndef made():\n    return A()\n"
    "def handler(event, context):\n    made().make()\n    A().make()\n",
    "another decorator": "from retrying import retry\n@retry" + MAKE,
    "a decorator that keeps nothing by its name": "from mine import no_cache\n@no_cache" + MAKE,
    "a method that empties a cache": "from mine import Store\nstore = Store()\n"
    "@store.clear_cache()" + MAKE,
    "a method of a cache that keeps nothing": "from diskcache import Cache\nc = Cache()\n@c.transact()"
    + MAKE,
    "a metaclass that counts": "class Count(type):\n    pass\n"
    + A.replace("A:", "A(metaclass=Count):")
    + USE,
    "an abstract class": "from abc import ABC\n" + A.replace("A:", "A(ABC):") + USE,
}


@pytest.mark.parametrize(("head", "decorator"), FUNCTIONS)
def test_what_a_decorated_function_makes_is_kept(head: str, decorator: str) -> None:
    assert answers(f"{B}{head}\n{decorator}{MAKE}", {}) == [True]


@pytest.mark.parametrize(("head", "decorator"), COROUTINES)
def test_what_a_decorated_coroutine_makes_is_kept(head: str, decorator: str) -> None:
    code = MAKE.replace("def ", "async def ").replace("    make()", "    await make()")
    assert answers(f"{B}{head}\n{decorator}{code}", {}) == [True]


@pytest.mark.parametrize(("head", "decorator", "use"), METHODS)
def test_what_a_decorated_method_makes_is_kept_as_long_as_its_object(
    head: str, decorator: str, use: str
) -> None:
    code = f"{B}{head}\nclass A:\n    {decorator}\n{METHOD.format(use=use)}"
    assert answers(code, {}) == [True]
    assert answers(code.replace(f"    a.{use}", f"    A().{use}"), {}) == [False]


@pytest.mark.parametrize("code", SINGLE.values(), ids=SINGLE)
def test_what_the_one_object_makes_is_kept(code: str) -> None:
    assert answers(B + code, {}) == [True]


@pytest.mark.parametrize("code", EACH_TIME.values(), ids=EACH_TIME)
def test_what_is_made_each_time_is_not(code: str) -> None:
    assert set(answers(B + code, {})) == {False}
