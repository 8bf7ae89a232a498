"""Search in names and messages, through the database's own functions (migration 0003 says why)."""

from uuid import UUID

from django.db import connection
from django.db.models import Q

from conversations.queries import ConversationQuerySet

MOST = 1000


def matching(rows: ConversationQuerySet, words: str) -> ConversationQuerySet:
    """The conversations with a person of this name, or in which these words were said."""
    people = _ids("SELECT person_id FROM search_people(%s, %s)", words)
    said = _ids("SELECT DISTINCT conversation_id FROM search_messages(%s, %s)", words)
    return rows.filter(Q(person__in=people) | Q(pk__in=said))


def _ids(sql: str, words: str) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [words, MOST])
        return [row[0] for row in cursor.fetchall()]
