"""Bars as shapes: widths stand in the drawing, since a page's style may not. Each piece carries its number."""

from collections.abc import Iterable
from dataclasses import dataclass

from delivery.models import Basis
from reports.outcomes import Figures
from reports.tables import count, percent

SHADES = [Basis.QUALIFIED, Basis.REVIEW, Basis.NOT_QUALIFIED, Basis.NOT_INTERESTED, Basis.OTHER]
HATCHED = {Basis.NOT_QUALIFIED: "lines", Basis.NOT_INTERESTED: "dots", Basis.OTHER: "grid"}
WIDE_ENOUGH = 6  # percent of the drawing, for a number to stand in


@dataclass(frozen=True)
class Segment:
    """A piece of a bar, in percent of the longest; `pattern` tells it from its neighbours without colour."""

    basis: str
    name: str
    count: int
    start: float
    width: float
    pattern: str

    @property
    def is_wide(self) -> bool:
        return self.width >= WIDE_ENOUGH

    @property
    def middle(self) -> float:
        return round(self.start + self.width / 2, 2)


@dataclass(frozen=True)
class Bar:
    name: str
    url: str
    said: str
    segments: list[Segment]


def bar_of(name: str, figures: Figures, longest: int, url: str) -> Bar:
    """One line of the chart, as long as its total beside the longest."""
    pieces, start = [], 0.0
    for basis in SHADES:
        if many := figures.by_basis.get(basis, 0):
            width = round(100 * many / longest, 2)
            pieces.append(Segment(basis, str(basis.label), many, round(start, 2), width, HATCHED.get(basis, "")))
            start += width
    said = f"{count(figures.total).text} · {percent(figures.qualified_share).text}"
    return Bar(name, url, said, pieces)


def longest_of(rows: Iterable[Figures]) -> int:
    return max((row.total for row in rows), default=0)
