"""Whether what a cache holds is the answer: `if cached: return cached`, ahead of what follows.

How often a cache that outlives the invocation has nothing, the code does not tell. What is made
anew in each invocation, or lives as long as the environment, is no such cache.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import dotted
from lamlint.python.module.walk import children
from lamlint.python.values.origins import depends

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame

_CACHES = frozenset(
    {
        "aiocache", "aiomcache", "aioredis", "bmemcached", "coredis", "django_redis", "elasticache",
        "glide", "memcache", "momento", "pylibmc", "pymemcache", "redis", "rediscluster",
        "upstash_redis", "valkey",
    }
)  # fmt: skip
"""What asks a server of Redis or Memcached, or a service like it."""
_STORES = frozenset({"aioboto3", "aiobotocore", "boto3", "botocore", "motor", "pymongo"})
"""What asks a store that may be a cache: its name says so then."""
_GETTING = frozenset(
    {
        "get", "get_item", "get_many", "get_multi", "get_object", "getex", "gets", "find_one",
        "hget", "hgetall", "hmget", "lrange", "mget", "query", "smembers",
    }
)  # fmt: skip
_CACHE = "cache"
_INSIDE = (cst.If, cst.Try, cst.With)
"""The blocks in which a cache may be asked ahead of a line: where there is one, if it answers."""


def answers(analysis: Analysis, frame: Frame, line: cst.CSTNode) -> Sequence[cst.If]:
    """The branches in a line that answer with what a cache has: of many lines that follow it."""
    if not isinstance(line, _INSIDE):
        return ()
    key = (answers, id(frame), id(line))
    if key not in analysis.kept:
        analysis.kept[key] = tuple(
            one
            for one in _answers(line)
            if any(is_cached(analysis, frame, asked) for asked in _asked(one.test))
        )
    found: Sequence[cst.If] = analysis.kept[key]
    return found


def is_cached(analysis: Analysis, frame: Frame, asked: cst.CSTNode) -> bool:
    """Whether something surely is what a cache has that outlives the invocation."""
    try:
        if depends(analysis, asked, frame, partial(_gets, of=_CACHES)):
            return True
        called = _is_called_cache(analysis, frame, asked)
        return called and depends(analysis, asked, frame, partial(_gets, of=_STORES))
    except RecursionError:
        analysis.give_up()
        return False


def _gets(name: str, of: frozenset[str]) -> bool:
    top, _, rest = name.partition(".")
    return top in of and rest.rpartition(".")[2] in _GETTING


def _is_called_cache(analysis: Analysis, frame: Frame, asked: cst.CSTNode) -> bool:
    """Whether a name says of something that a cache has it, or what it is got from does."""
    if _says_so(asked):
        return True
    if not isinstance(asked, cst.Name):
        return False
    bound = [one.value for one, _ in analysis.lookup(asked.value, asked, frame)]
    return any(one is not None and _says_so(one) for one in bound)


def _says_so(node: cst.CSTNode) -> bool:
    """Whether a cache is in a name, or in that of what is called, as far as it is written."""
    while True:
        match node:
            case cst.Name(value=name):
                return _CACHE in name.lower()
            case cst.Attribute(value=inner, attr=attribute):
                if _CACHE in attribute.value.lower():
                    return True
                node = inner
            case cst.Call(func=inner) | cst.Await(expression=inner) | cst.Subscript(value=inner):
                node = inner
            case _:
                return False


def _answers(line: cst.CSTNode) -> Iterator[cst.If]:
    """The branches in a line that return what they ask for."""
    waiting = [line]
    while waiting:
        node = waiting.pop()
        if isinstance(node, cst.If) and _returns_asked(node):
            yield node
        elif isinstance(node, _INSIDE) and isinstance(node.body, cst.IndentedBlock):
            waiting.extend(one for one in node.body.body if isinstance(one, _INSIDE))


def _returns_asked(choice: cst.If) -> bool:
    """Whether a branch returns what it asks for, or what its own lines make of that."""
    block = choice.body
    if not isinstance(block, cst.IndentedBlock):
        return False
    asked = [_without_await(one) for one in _asked(choice.test)]
    names = {one.value for one in asked if isinstance(one, cst.Name)}
    calls = {dotted(one.func) for one in asked if isinstance(one, cst.Call)} - {None}
    for line in block.body:
        for part in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            match part:
                case cst.Return(value=value):
                    return value is not None and _speaks_of(value, names, calls)
                case cst.Assign(targets=[cst.AssignTarget(cst.Name(value=name))], value=value):
                    if _speaks_of(value, names, calls):
                        names.add(name)
                case _:
                    pass
    return False


def _without_await(node: cst.CSTNode) -> cst.CSTNode:
    return node.expression if isinstance(node, cst.Await) else node


def _speaks_of(node: cst.CSTNode, names: set[str], calls: set[str | None]) -> bool:
    """Whether a name, or a call of something, stands in an expression."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        match current:
            case cst.Name(value=name) if name in names:
                return True
            case cst.Call(func=called) if dotted(called) in calls:
                return True
        waiting.extend(children(current))
    return False


def _asked(test: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """What has to be there where a test holds."""
    waiting = [test]
    while waiting:
        node = waiting.pop()
        match node:
            case cst.Name() | cst.Call() | cst.Await():
                yield node
            case cst.NamedExpr(target=target, value=value):
                yield from (target, value)
            case cst.BooleanOperation(left=left, operator=cst.And(), right=right):
                waiting += (left, right)
            case cst.Comparison(
                left=left,
                comparisons=[
                    cst.ComparisonTarget(cst.IsNot() | cst.NotEqual(), cst.Name(value="None"))
                ],
            ):
                waiting.append(left)
            case _:
                pass
