"""What a page shows, as CSV for a spreadsheet."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any

from django.http import HttpResponse

FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def csv_of(name: str, rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """A download. Text that a spreadsheet would run as a formula begins with an apostrophe."""
    written = StringIO()
    csv.writer(written).writerows([_safe(cell) for cell in row] for row in rows)
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _safe(cell: Any) -> Any:
    if isinstance(cell, str) and cell.startswith(FORMULAS):
        return f"'{cell}"
    return cell
