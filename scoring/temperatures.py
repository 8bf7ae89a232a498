"""Which temperature a total is, and whether a set of ranges leaves no total out and puts none in two."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Range:
    """From `lower` to below `upper`; None is no end."""

    name: str
    lower: int | None
    upper: int | None
    key: Any = None

    @property
    def begins(self) -> float:
        return -inf if self.lower is None else self.lower

    @property
    def ends(self) -> float:
        return inf if self.upper is None else self.upper

    def __contains__(self, total: int) -> bool:
        return self.begins <= total < self.ends


def classify(total: int, ranges: Iterable[Range]) -> Range | None:
    """The range the total is in; None only when the ranges have a gap."""
    return next((each for each in ranges if total in each), None)


def faults(ranges: Iterable[Range]) -> list[str]:
    """What is wrong with the ranges taken together, a sentence each with the numbers that clash; empty when nothing."""
    in_order = sorted(ranges, key=lambda each: (each.begins, each.ends))
    if not in_order:
        return [_("There must be at least one temperature.")]
    return [_backward(each) for each in in_order if each.begins >= each.ends] or _clashes(in_order)


def _backward(one: Range) -> str:
    numbers = {"name": one.name, "lower": one.lower, "upper": one.upper}
    return _("%(name)s begins at %(lower)s and must end above that, not at %(upper)s.") % numbers


def _clashes(in_order: list[Range]) -> list[str]:
    found, highest = [], in_order[0]
    if highest.begins > -inf:
        found.append(_gap(-inf, highest.begins))
    for each in in_order[1:]:
        if each.begins > highest.ends:
            found.append(_gap(highest.ends, each.begins))
        elif each.begins < highest.ends:
            found.append(_overlap(highest, each))
        highest = max(highest, each, key=lambda one: one.ends)
    return [*found, _gap(highest.ends, inf)] if highest.ends < inf else found


def _gap(begins: float, ends: float) -> str:
    numbers = {"begins": _number(begins), "ends": _number(ends)}
    if begins == -inf:
        return _("Totals below %(ends)s have no temperature. Leave the lowest “from” empty.") % numbers
    if ends == inf:
        return _("Totals from %(begins)s have no temperature. Leave the highest “to below” empty.") % numbers
    return _("Totals from %(begins)s to below %(ends)s have no temperature.") % numbers


def _overlap(one: Range, other: Range) -> str:
    begins, ends = max(one.begins, other.begins), min(one.ends, other.ends)
    facts = {"one": one.name, "other": other.name, "begins": _number(begins), "ends": _number(ends)}
    if begins == -inf and ends == inf:
        return _("%(one)s and %(other)s both have no ends.") % facts
    if begins == -inf:
        return _("%(one)s and %(other)s overlap below %(ends)s.") % facts
    if ends == inf:
        return _("%(one)s and %(other)s overlap from %(begins)s.") % facts
    return _("%(one)s and %(other)s overlap from %(begins)s to below %(ends)s.") % facts


def _number(number: float) -> str:
    return "" if number in {inf, -inf} else str(int(number)).replace("-", "−")
