"""Decorators of libraries that keep what a function gave, by their full names."""

from __future__ import annotations

CACHES = frozenset(
    {
        "functools.lru_cache",
        "functools.cache",
        "functools.cached_property",
        "cachetools.cached",
        "cachetools.cachedmethod",
        "cachetools.func.lru_cache",
        "cachetools.func.ttl_cache",
        "cachetools.func.lfu_cache",
        "werkzeug.utils.cached_property",
        "cached_property.cached_property",
        "diskcache.Cache.memoize",
        "joblib.Memory.cache",
        "memoization.cached",
        "async_lru.alru_cache",
        "methodtools.lru_cache",
        "django.utils.functional.cached_property",
        "aws_lambda_powertools.shared.functions.cached",
    }
)
PROPERTIES = frozenset({"property", "functools.cached_property"}) | {
    name for name in CACHES if name.endswith("cached_property")
}
