"""Which of some things lie in a round: they lead to others, and these back to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def in_rounds(following: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Those that may follow themselves, in a time that grows as their number does.

    They are left in the order in which all behind them is done; whoever then leads back to the
    last of them is in a round with it (Kosaraju's strongly connected components).
    """
    before: dict[str, list[str]] = {}
    for name, others in following.items():
        for other in others:
            before.setdefault(other, []).append(name)
    seen: set[str] = set()
    left = [one for name in following for one in _done(name, following, seen)]
    found = {name for name in following if name in following[name]}
    seen.clear()
    for name in reversed(left):
        together = _done(name, before, seen)
        found.update(together if len(together) > 1 else ())
    return frozenset(found)


def _done(name: str, following: Mapping[str, Iterable[str]], seen: set[str]) -> list[str]:
    """What is reached from one that nobody has seen, each behind all that it leads to."""
    if name in seen:
        return []
    seen.add(name)
    done: list[str] = []
    way = [(name, iter(following.get(name, ())))]
    while way:
        current, others = way[-1]
        further = next((one for one in others if one not in seen), None)
        if further is None:
            done.append(current)
            way.pop()
        else:
            seen.add(further)
            way.append((further, iter(following.get(further, ()))))
    return done
