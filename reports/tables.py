"""What a report shows: tables of cells, the same for the page and for the spreadsheet."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.formats import number_format

NOTHING = "–"


@dataclass(frozen=True)
class Cell:
    """What stands there, and the address of what is behind it."""

    text: str
    url: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """A title, the heads of its columns, and its rows; `key` is its DOM id."""

    key: str
    title: str
    head: list[Cell]
    rows: list[list[Cell]] = field(default_factory=list)
    note: str = ""

    def lines(self) -> Iterator[list[str]]:
        """As a spreadsheet has it, with an empty line after it."""
        yield [self.title, *([self.note] if self.note else [])]
        if self.head:
            yield [cell.text for cell in self.head]
        for row in self.rows:
            yield [cell.text for cell in row]
        yield []


def words(*texts: object) -> list[Cell]:
    return [Cell(str(text)) for text in texts]


def numbers(*texts: object) -> list[Cell]:
    """The heads of columns of numbers."""
    return [Cell(str(text), is_number=True) for text in texts]


def count(number: int, url: str = "") -> Cell:
    """How many; nothing is behind a zero."""
    return Cell(number_format(number), url if number else "", is_number=True)


def percent(share: float | None, url: str = "") -> Cell:
    return Cell(NOTHING if share is None else f"{number_format(round(share), 0)} %", url, is_number=True)


def average(value: float | None) -> Cell:
    return Cell(NOTHING if value is None else number_format(round(value, 1), 1), is_number=True)
