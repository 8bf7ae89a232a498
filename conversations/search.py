"""Finds conversations by their person and by what was said in them. Accents and case don't matter."""

import re
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from conversations.models import Conversation, Message
from conversations.queries import ConversationQuerySet
from people.search import people_ids, plain

MOST = 200
BEFORE, AROUND = 30, 120


def matching(rows: ConversationQuerySet, words: str) -> ConversationQuerySet:
    """Of these conversations, the ones with such a person, or in which these words were said."""
    return rows.filter(Q(person__in=people_ids(words)) | Q(pk__in=conversations_said(words)))


def conversations_said(words: str) -> list[UUID]:
    """Conversations in which these words were said, the newest first, one for each message that has them."""
    return [conversation for _message, conversation in _messages(words)]


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
