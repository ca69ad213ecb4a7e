"""What is said of a name that a suppression holds and no rule has."""

from __future__ import annotations

from collections.abc import Mapping

from lamlint.config.selection import ALL, nearest
from lamlint.rule import Rule, Tier

_NAMED = 4


def unknown_name(name: str, rules: Mapping[str, Rule]) -> str:
    """Why a name suppresses nothing, and what to write, as the end of a sentence."""
    word = name.lower()
    if word == ALL or word in {tier.value for tier in Tier}:
        return f"an ignore names its rules, one by one; {name!r} is no rule"
    members = [rule.name for rule in rules.values() if rule.family == word]
    if members:
        more = " or another of them" if len(members) > _NAMED else ""
        told = " or ".join(members[:_NAMED])
        return f"{name!r} is a family of rules; name the rule itself: {told}{more}"
    return f"there is no rule {name!r}{nearest(name, rules) or '; remove it, or name one'}"
