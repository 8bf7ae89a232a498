"""A stretch of an organization's people put right in one transaction, by the statements of steps.py.

Runs inside the entered organization. Nothing is brought to the worker but numbers.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from accounts.tenancy import current_organization_id
from people.models import Person
from scoring import steps
from scoring.models import DuePerson

STRETCH = 20_000  # people; a second's work where every one of them changes
STRETCH_OF_DUE = 5_000
FIRST, LAST = UUID(int=0), UUID(int=2**128 - 1)
MOST_NAMED = 200
FEW = 1_000  # people are looked up one by one; more are quicker to read with all between them
UPTO = """
SELECT {column} FROM {table} WHERE organization_id = %(organization_id)s AND {column} > %(after)s
ORDER BY {column} OFFSET %(stretch)s - 1 LIMIT 1
"""
UPTO_PERSON = UPTO.format(table="people_person", column="id")
UPTO_DUE = UPTO.format(table="scoring_dueperson", column="person_id")


@dataclass(frozen=True)
class WorkedOut:
    """What it took to put a stretch right; all zero when everything was. `named`: some of the people changed."""

    records_gone: int = 0
    records_added: int = 0
    people_changed: int = 0
    named: tuple[UUID, ...] = ()

    def __add__(self, other: "WorkedOut") -> "WorkedOut":
        return WorkedOut(
            self.records_gone + other.records_gone,
            self.records_added + other.records_added,
            self.people_changed + other.people_changed,
            (self.named + other.named)[:MOST_NAMED],
        )


def end_of_stretch(after: UUID, size: int = STRETCH) -> UUID:
    """The last person of the stretch that begins behind `after`; LAST when there are fewer people than that."""
    return _last_of(UPTO_PERSON, after, size)


def end_of_due_stretch(after: UUID, size: int = STRETCH_OF_DUE) -> UUID:
    """The same among those who are due."""
    return _last_of(UPTO_DUE, after, size)


def _last_of(sql: str, after: UUID, size: int) -> UUID:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"organization_id": current_organization_id(), "after": after, "stretch": size})
        row = cursor.fetchone()
        return row[0] if row else LAST


def work_out(
    *, today: date, zone: str, now: datetime, after: UUID = FIRST, upto: UUID = LAST, is_first: bool = False
) -> WorkedOut:
    """Puts records, totals and temperatures right for the people behind `after`, up to `upto`, in one transaction.

    `today` is the scoring day. It is found first who isn't right, reading only; the first time (`is_first`) nobody is.
    """
    facts = _facts(today=today, zone=zone, now=now, after=after, upto=upto)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(steps.ROOM)
        return _put_all_right(cursor, facts) if is_first else _put_right(cursor, steps.WHO_IS_WRONG, facts)


def work_out_due(*, today: date, zone: str, now: datetime, after: UUID, upto: UUID) -> WorkedOut:
    """The same for those of them who are due, who then aren't any more."""
    facts = _facts(today=today, zone=zone, now=now, after=after, upto=upto)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(steps.ROOM)
        done = _put_right(cursor, steps.WHO_IS_DUE, facts, few=STRETCH_OF_DUE)
        cursor.execute(steps.DONE, facts)
        return done


def _facts(**facts: Any) -> dict[str, Any]:
    return {"organization_id": current_organization_id(), "most_named": MOST_NAMED} | facts


def _put_all_right(cursor: Any, facts: dict[str, Any]) -> WorkedOut:
    """Somebody can come and be counted between the statements; what then is there twice is looked for after all."""
    cursor.execute(steps.LOCK_ALL, facts)
    cursor.execute(steps.IS_ANY_COUNTED, facts)
    if not cursor.fetchone()[0]:
        with suppress(IntegrityError), transaction.atomic():
            return _done(cursor, steps.ALL_ADDED, facts)
    return _done(cursor, steps.ALL_RIGHT, facts)


def _put_right(cursor: Any, whom: str, facts: dict[str, Any], *, few: int = FEW) -> WorkedOut:
    cursor.execute(whom, facts)
    found = cursor.rowcount
    if not found:
        return WorkedOut()
    cursor.execute(steps.KNOWN)
    cursor.execute(steps.LOCK_MANY, facts)
    return _done(cursor, steps.FEW_RIGHT if found <= few else steps.MANY_RIGHT, facts)


def _done(cursor: Any, step: str, facts: dict[str, Any]) -> WorkedOut:
    cursor.execute(step, facts)
    gone, mended, added, changed, named = cursor.fetchone()
    return WorkedOut(gone + mended, added + mended, changed, tuple(named))


def people_within(after: UUID, upto: UUID) -> int:
    """How many people a stretch holds."""
    return Person.objects.filter(pk__gt=after, pk__lte=upto).count()


def due_within(after: UUID, upto: UUID) -> int:
    return DuePerson.objects.filter(person_id__gt=after, person_id__lte=upto).count()
