"""Decorators of libraries that keep what a function gave.

Source: each library's documentation, and its code where it says more; as of 2026-11-28.
"""

from __future__ import annotations

_DECORATORS = frozenset(
    {
        # https://docs.python.org/3/library/functools.html
        "functools.lru_cache",
        "functools.cache",
        "functools.cached_property",
        # https://cachetools.readthedocs.io
        "cachetools.cached",
        "cachetools.cachedmethod",
        "cachetools.func.fifo_cache",
        "cachetools.func.lfu_cache",
        "cachetools.func.lru_cache",
        "cachetools.func.mru_cache",
        "cachetools.func.rr_cache",
        "cachetools.func.ttl_cache",
        # https://aiocache.aio-libs.org, https://github.com/aio-libs/async-lru
        "aiocache.cached",
        "aiocache.cached_stampede",
        "aiocache.decorators.cached",
        "aiocache.decorators.cached_stampede",
        "async_lru.alru_cache",
        # https://asyncstdlib.readthedocs.io
        "asyncstdlib.cache",
        "asyncstdlib.cached_property",
        "asyncstdlib.lru_cache",
        "asyncstdlib.functools.cache",
        "asyncstdlib.functools.cached_property",
        "asyncstdlib.functools.lru_cache",
        # https://pypi.org/project/methodtools, …/memoization, …/cachebox, …/theine, …/cachier
        "methodtools.lru_cache",
        "memoization.cached",
        "cachebox.cached",
        "cachebox.cachedmethod",
        "theine.Memoize",
        "cachier.cachier",
        "cachier.core.cachier",
        # https://toolz.readthedocs.io
        "toolz.memoize",
        "toolz.functoolz.memoize",
        "toolz.curried.memoize",
        "cytoolz.memoize",
        "cytoolz.functoolz.memoize",
        # https://boltons.readthedocs.io/en/latest/cacheutils.html
        "boltons.cacheutils.cached",
        "boltons.cacheutils.cachedmethod",
        "boltons.cacheutils.cachedproperty",
        # https://ring-cache.readthedocs.io
        "ring.lru",
        "ring.dict",
        # https://docs.djangoproject.com, https://werkzeug.palletsprojects.com
        "django.utils.functional.cached_property",
        "werkzeug.utils.cached_property",
        # https://pypi.org/project/cached-property
        "cached_property.cached_property",
        "cached_property.cached_property_with_ttl",
        "cached_property.timed_cached_property",
        "cached_property.threaded_cached_property",
        "cached_property.threaded_cached_property_with_ttl",
        "cached_property.timed_threaded_cached_property",
        # what other libraries have for themselves and code borrows
        "aws_lambda_powertools.shared.functions.cached",
        "botocore.utils.instance_cache",
        "kombu.utils.objects.cached_property",
        "propcache.cached_property",
        "propcache.api.cached_property",
        "propcache.under_cached_property",
        "pyramid.decorator.reify",
        "sqlalchemy.util.memoized_property",
    }
)

_OF_OBJECTS = frozenset(
    {
        # https://grantjenks.com/docs/diskcache/api.html
        ("diskcache", "memoize"),
        # https://joblib.readthedocs.io/en/stable/memory.html
        ("joblib", "cache"),
        # https://dogpilecache.sqlalchemy.org, https://beaker.readthedocs.io
        ("dogpile", "cache_on_arguments"),
        ("beaker", "cache"),
        # https://flask-caching.readthedocs.io
        ("flask_caching", "cached"),
        ("flask_caching", "memoize"),
    }
)
"""Methods of a cache that is an object, by the first name of its library: `@memory.cache`."""

_PROPERTIES = (
    "cached_property",
    "cached_property_with_ttl",
    "cachedproperty",
    "reify",
    "memoized_property",
)


_KEEPING = frozenset(
    {"cache", "cached", "memo", "memoise", "memoised", "memoize", "memoized", "singleton"}
)
_NOT_KEEPING = frozenset(
    {"bust", "clear", "control", "disable", "evict", "flush", "headers", "invalidate", "never"}
    | {"no", "purge", "reset", "skip", "without"}
)


def keeps(name: str) -> bool:
    """Whether a decorator of this full name keeps what the function gave."""
    return name in _DECORATORS or (name.partition(".")[0], name.rpartition(".")[2]) in _OF_OBJECTS


def says_that_it_keeps(name: str) -> bool:
    """Whether a decorator's own name says that it keeps what the function gave.

    So do those that a project writes itself, and those of libraries that are not listed here.
    """
    words = frozenset(name.lower().split("_"))
    return not words.isdisjoint(_KEEPING) and words.isdisjoint(_NOT_KEEPING)


def makes_property(name: str) -> bool:
    """Whether a decorator of this full name makes a method an attribute."""
    return name == "property" or (name in _DECORATORS and name.endswith(_PROPERTIES))
