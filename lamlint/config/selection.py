"""Which rules run: names, families and tiers, selected and ignored in layers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lamlint.rule import Rule, Tier
from lamlint.text.dataclass import dataclass

ALL = "all"
_TIERS = frozenset(tier.value for tier in Tier)


@dataclass(frozen=True)
class Layer:
    """One place that speaks about rules: a configuration file, an override, the command line.

    `select` starts from nothing; None leaves what came before. In one layer
    the more exact word wins (name over family over tier over all), and
    ignore wins over select where both are equally exact.
    """

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def selects(self, rule: Rule, before: bool) -> bool:
        """Whether a rule runs after this layer, given that it ran before it or not."""
        wanted = _exactness(rule, (*(self.select or ()), *self.extend_select))
        unwanted = _exactness(rule, self.ignore)
        if not wanted and not unwanted:
            return before and self.select is None
        return wanted > unwanted


DEFAULT = Layer(select=(Tier.DEFAULT.value,))
SILENT = Layer()
"""A layer that says nothing."""


def runs(rule: Rule, layers: Iterable[Layer]) -> bool:
    """Whether a rule runs when the layers have spoken, the last one last."""
    running = False
    for layer in layers:
        running = layer.selects(rule, running)
    return running


def ignored(rule: Rule, layer: Layer) -> bool:
    """Whether a layer turns a rule off."""
    return bool(_exactness(rule, layer.ignore)) and not layer.selects(rule, True)


def _exactness(rule: Rule, words: Sequence[str]) -> int:
    """How exactly some words mean a rule: 0 when none does.

    A family means its default rules only, so that a strict one never comes
    by surprise.
    """
    if rule.name in words:
        return 4
    if rule.family in words and rule.tier is Tier.DEFAULT:
        return 3
    if rule.tier.value in words:
        return 2
    return int(ALL in words)


def words(rules: Mapping[str, Rule]) -> frozenset[str]:
    """Everything that may be selected."""
    return frozenset(rules) | {rule.family for rule in rules.values()} | _TIERS | {ALL}


def means(words: Iterable[str], rule: Rule) -> bool:
    """Whether one of some words is a rule's name, its family or its tier."""
    return not {rule.name, rule.family, rule.tier.value, ALL}.isdisjoint(words)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, as the end of a sentence; else nothing."""
    import difflib

    found = difflib.get_close_matches(word.lower().replace("_", "-"), sorted(known), 1, 0.6)
    return f"; did you mean {found[0]}?" if found else ""
