import time
from collections.abc import Callable
from statistics import median, quantiles
from typing import Any

from django.db import connection


def milliseconds(act: Callable[[], Any], *, times: int = 30, warm: int = 5) -> list[float]:
    """How long each of `times` runs took, after some to warm up."""
    for _ in range(warm):
        act()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def in_turn(
    *acts: Callable[[], Any], times: int = 30, warm: int = 5, between: Callable[[], object] = bool
) -> list[list[float]]:
    """The same for several, one after the other in each round, so that a noisy minute meets all of them; `between` lets
    each finish what it leaves to threads."""
    taken: list[list[float]] = [[] for _ in acts]
    for round_ in range(times + warm):
        for place, act in enumerate(acts):
            began = time.perf_counter()
            act()
            if round_ >= warm:
                taken[place].append((time.perf_counter() - began) * 1000)
            between()
    return taken


def p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


class Sql:
    """Counts a block's statements and adds up the time spent in them, in milliseconds."""

    def __init__(self) -> None:
        self.count = 0
        self.spent = 0.0
        self.statements: list[str] = []

    def __enter__(self) -> "Sql":
        self._wrapper = connection.execute_wrapper(self._measured)
        self._wrapper.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._wrapper.__exit__(*error)

    def _measured(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.count += 1
            self.spent += (time.perf_counter() - began) * 1000
            self.statements.append(sql)


__all__ = ["Sql", "in_turn", "median", "milliseconds", "p95"]
