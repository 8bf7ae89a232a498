"""Search over a million messages and a hundred thousand names, beside the bare query of the same form."""

from collections.abc import Callable

from django.db import connections

from accounts.tenancy import enter
from benchmarks.pages import Visitor
from benchmarks.results import Row
from benchmarks.timing import in_turn, p95
from conversations.search import conversations_said
from people.search import people_ids

WORDS = {"rare": "zvláštnost", "common": "práce", "unaccented": "prace", "two": "termín smlouva"}
NAMES = {"name": "Němcová", "name-unaccented": "novotna", "name-short": "ki"}
BARE_MESSAGES = """
WITH hits AS MATERIALIZED (
    SELECT id, created_at FROM conversations_message
    WHERE organization_id = %(organization)s AND search @@ websearch_to_tsquery('simple', immutable_unaccent(%(words)s))
    LIMIT 1000)
SELECT id FROM hits ORDER BY created_at DESC LIMIT 50
"""
BARE_PEOPLE = """
WITH hits AS MATERIALIZED (
    SELECT id, name FROM people_person
    WHERE organization_id = %(organization)s AND immutable_unaccent(lower(name)) LIKE '%%' || immutable_unaccent(lower(%(words)s)) || '%%'
    LIMIT 1000)
SELECT id FROM hits ORDER BY name LIMIT 50
"""
LIMIT = 2.0


def search() -> list[Row]:
    visitor = Visitor("large")
    asked = [("message", word, BARE_MESSAGES) for word in WORDS.values()]
    asked += [("name", word, BARE_PEOPLE) for word in NAMES.values()]
    ours, bare = [], []
    for kind, words, sql in asked:
        taken = in_turn(_asked(visitor, words, kind == "name"), _bare(visitor, words, sql), times=20, warm=3)
        ours += taken[0]
        bare += taken[1]
    work = f"1,000,000 messages, 100,000 people; {', '.join([*WORDS, *NAMES])}"
    return [Row("search", p95(ours), p95(bare), LIMIT, "ms", work)]


def _asked(visitor: Visitor, words: str, is_name: bool) -> Callable[[], None]:
    def ask() -> None:
        with enter(visitor.organization_id):
            people_ids(words) if is_name else conversations_said(words)

    return ask


def _bare(visitor: Visitor, words: str, sql: str) -> Callable[[], None]:
    def run() -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute(sql, {"organization": visitor.organization_id, "words": words})
            cursor.fetchall()

    return run
