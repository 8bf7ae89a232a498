"""A line through days, as an SVG needs it: numbers only, for attributes, since the page allows no styles."""

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.history import Day

WIDTH, HEIGHT, MARGIN = 300, 64, 4


@dataclass(frozen=True)
class Chart:
    """`points` is the line's; `zero` and `threshold` are heights, the latter None when it is out of sight."""

    points: str
    zero: float
    threshold: float | None
    highest: int
    lowest: int
    width: int = WIDTH
    height: int = HEIGHT


def chart(days: Sequence[Day], threshold: int | None = None) -> Chart:
    totals = [day.total for day in days]
    highest, lowest = max(*totals, 1, threshold or 0), min(*totals, 0)
    step = WIDTH / max(1, len(days) - 1)

    def y(total: int) -> float:
        return round(MARGIN + (highest - total) * (HEIGHT - 2 * MARGIN) / (highest - lowest), 1)

    points = " ".join(f"{round(number * step, 1)},{y(total)}" for number, total in enumerate(totals))
    return Chart(points, y(0), None if threshold is None else y(threshold), max(totals), min(totals))
