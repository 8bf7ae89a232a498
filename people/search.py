"""Finds people by words. Accents and case don't matter; addresses and numbers need only begin so."""

import re
import unicodedata
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from people.models import PersonEmail, PersonPhone

MOST = 200
LAST_LETTER = "\U0010ffff"


def people_ids(words: str) -> list[UUID]:
    """People by name, by the beginning of an email address, or by the beginning of a phone number."""
    words = words.replace("\x00", "").strip().lower()
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM search_people(%s, %s)", [words, MOST])
        named = [row[0] for row in cursor.fetchall()]
    return named + list(_by_email(words)) + list(_by_phone(words))


def _by_email(words: str) -> QuerySet[PersonEmail, UUID]:
    # A range, since LIKE isn't leakproof and would lose the index behind the policy.
    emails = PersonEmail.objects.filter(address__gte=words, address__lt=words + LAST_LETTER)
    return emails.values_list("person_id", flat=True)[: MOST if len(words) > 1 else 0]


def _by_phone(words: str) -> QuerySet[PersonPhone, UUID]:
    digits = re.sub(r"[\s()/.-]", "", words)
    numbers = PersonPhone.objects.filter(number__gte=digits, number__lt=digits + LAST_LETTER)
    return numbers.values_list("person_id", flat=True)[: MOST if re.fullmatch(r"\+\d{3,15}", digits) else 0]


def plain(word: str) -> str:
    """The word without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
