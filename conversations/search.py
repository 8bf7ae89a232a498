"""Finds people and messages by words. Accents and case don't matter; names and addresses need only begin."""

import re
import unicodedata
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from conversations.models import Conversation, Message
from conversations.queries import ConversationQuerySet
from people.models import PersonEmail, PersonPhone

MOST = 200
LAST_LETTER = "\U0010ffff"
BEFORE, AROUND = 30, 120


def matching(rows: ConversationQuerySet, words: str) -> ConversationQuerySet:
    """Of these conversations, the ones with such a person, or in which these words were said."""
    said = [conversation for _message, conversation in _messages(words)]
    return rows.filter(Q(person__in=people_ids(words)) | Q(pk__in=said))


def people_ids(words: str) -> list[UUID]:
    """People by name, by the beginning of an email address, or by the beginning of a phone number."""
    words = words.strip().lower()
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


def _messages(words: str) -> list[tuple[UUID, UUID]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT message_id, conversation_id FROM search_messages(%s, %s)", [words, MOST])
        return cursor.fetchall()


def with_snippets(words: str, conversations: list[Conversation]) -> None:
    """Gives each conversation whose messages match a `snippet`: the newest match, the words marked."""
    shown = {conversation.pk for conversation in conversations}
    newest = {found: message for message, found in reversed(_messages(words)) if found in shown}
    texts = dict(Message.objects.filter(pk__in=newest.values()).values_list("conversation", "text"))
    for conversation in conversations:
        if conversation.pk in texts:
            vars(conversation)["snippet"] = snippet(texts[conversation.pk], words)


def snippet(text: str, words: str) -> SafeString:
    """A line of the text around the first word asked for, with every such word in <mark>."""
    text = " ".join(text.split())
    asked = {plain(word) for word in re.findall(r"\w+", words)}
    hits = [match for match in re.finditer(r"\w+", text) if plain(match[0]) in asked]
    start = max(0, hits[0].start() - BEFORE) if hits else 0
    pieces, at = [], start
    for hit in hits:
        if hit.end() > start + AROUND:
            break
        pieces.append((text[at : hit.start()], hit[0]))
        at = hit.end()
    marked = format_html_join("", "{}<mark>{}</mark>", pieces)
    return format_html("{}{}{}", "…" if start else "", marked, text[at : max(at, start + AROUND)])


def plain(word: str) -> str:
    """The word without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
