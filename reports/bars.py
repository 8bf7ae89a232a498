"""Bars as shapes: widths stand in the drawing, since a page's style may not."""

from collections.abc import Sequence
from dataclasses import dataclass

from delivery.models import Basis
from reports.outcomes import Figures

SHADES = [Basis.QUALIFIED, Basis.REVIEW, Basis.NOT_QUALIFIED, Basis.NOT_INTERESTED, Basis.OTHER]


@dataclass(frozen=True)
class Segment:
    """A piece of a bar, in thousandths of the longest."""

    basis: str
    start: int
    width: int


def segments(figures: Figures, longest: int) -> list[Segment]:
    """The pieces of one bar, as long as its total beside the longest."""
    pieces, start = [], 0
    for basis in SHADES:
        if count := figures.by_basis.get(basis, 0):
            width = round(1000 * count / longest)
            pieces.append(Segment(basis, start, width))
            start += width
    return pieces


def longest_of(rows: Sequence[Figures]) -> int:
    return max((row.total for row in rows), default=0)
