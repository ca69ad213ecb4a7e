"""Which range holds for a function, and the finding on what is certainly outside of one."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.catalog.quotas import Quota, Range
from lamlint.model.amount import Scalar, amount, refused, shown
from lamlint.model.condition import told
from lamlint.model.function import Function
from lamlint.model.value import Choice, Value
from lamlint.text import Finding, Fix, Safety, Severity
from lamlint.text.dataclass import dataclass, replace


def out_of_range(
    function: Function, value: Value[Scalar], quota: Quota, *, only_lowered: bool = False
) -> Iterator[Finding]:
    """The findings on what Lambda refuses of a property's choices, each judged where it is made.

    Where only some choices are refused, some deployments fail: a warning. The fix is the
    nearest amount that can be deployed; none where that differs between the choices, or where
    it is no number. `only_lowered`: none either for what is not too large, where that says
    nothing of what was meant (0 seconds).
    """
    for one in _refused(function, value, quota):
        counted = f"number of {quota.counted}" if quota.counted else "number"
        yield one.value.finding(
            f"{one.said(quota)}: "
            f"set a whole {counted} from {one.limits.least:,} to {one.limits.most:,}",
            fix=_nearest(one, quota, only_lowered=only_lowered),
            severity=None if one.always else Severity.WARNING,
        )


@dataclass(frozen=True)
class _Refused:
    """Choices of a value that Lambda certainly refuses, and the range that holds for them."""

    value: Value[Scalar]
    limits: Range
    always: bool
    """Whether every choice is refused; else the deployment fails only in some cases."""

    def said(self, quota: Quota) -> str:
        """What is written, and what comes of it, as the first half of a message."""
        each = (shown(choice.value, quota.unit) for choice in self.value.choices)
        written = " or ".join(dict.fromkeys(each))
        if self.always:
            return f"{quota.what} is {written}, so the deployment fails"
        (choice, *others) = self.value.choices
        where = "" if others else told(choice.when)
        if where:
            return f"{where}, {quota.what} is {written}, so that the deployment fails"
        return f"{quota.what} is {written} in some deployments, which fail"


def _refused(function: Function, value: Value[Scalar], quota: Quota) -> Iterator[_Refused]:
    choices = [choice for choice in value.ever if choice.possible]
    found: dict[Range, list[Choice[Scalar]]] = {}
    for choice in choices:
        limits = limits_where(function, quota, choice)
        if refused(choice.value, limits):
            found.setdefault(limits, []).append(choice)
    always = not value.among and sum(map(len, found.values())) == len(choices)
    for limits, those in found.items():
        # What a parameter only allows is refused where somebody chooses it, and not before.
        told = those if always else [choice for choice in those if not choice.offered]
        if told:
            yield _Refused(replace(value, choices=tuple(told), among=()), limits, always)


def limits_where(function: Function, quota: Quota, choice: Choice[Scalar]) -> Range:
    """The range that holds for a function where a property is a choice.

    It is the widest that may, where that is not known.
    """
    may = [quota.edge if function.edge.where(choice).is_in([True]) else quota.function]
    if not function.managed_instances.where(choice).is_in([False]):
        may.append(quota.managed_instances)
    if not function.accelerated.where(choice).is_in([False]):
        may.append(quota.accelerated)
    return Range(min(one.least for one in may), max(one.most for one in may))


def _nearest(found: _Refused, quota: Quota, *, only_lowered: bool) -> Fix | None:
    value, limits = found.value, found.limits
    amounts = [amount(choice.value) for choice in value.choices]
    known = [one for one in amounts if one is not None]
    nearest = {limits.nearest(one) for one in known}
    if len(known) < len(amounts) or len(nearest) != 1:
        return None
    if only_lowered and not all(one > limits.most for one in known):
        return None
    (new,) = nearest
    return value.change(new, f"Set {quota.what} to {shown(new, quota.unit)}", Safety.SAFE)
