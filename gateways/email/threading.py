"""What keeps the mails of a conversation together in Gmail, Outlook and Apple Mail: ids, references, one subject."""

import base64
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.mailing import one_line
from conversations.models import Conversation, Message
from gateways.email.identity import mail_id, mail_ids
from gateways.models import Arrival, Attempt

THEIRS = "Re: "
LATEST = 9  # ids in References, beside the first one


def id_of(attempt: Attempt) -> str:
    """The same for every try at this attempt; one made by hand after a failure has another, so that it isn't taken for
    a copy."""
    earlier = Attempt.objects.filter(message=attempt.message_id, pk__lt=attempt.pk).count()
    return mail_id(attempt.message_id, retry=earlier)


class Subject(NamedTuple):
    """The same for the whole conversation, whatever is renamed meanwhile: theirs when a mail of theirs began it,
    otherwise ours."""

    topic: str
    is_theirs: bool

    def __str__(self) -> str:
        return f"{THEIRS}{self.topic}" if self.is_theirs else self.topic


def subject_of(conversation: Conversation) -> Subject:
    if earlier := _subject_before(conversation):
        topic = earlier.removeprefix(THEIRS)
        return Subject(topic, is_theirs=topic != earlier)
    if theirs := _subject_of_first_mail(conversation):
        return Subject(theirs, is_theirs=True)
    organization = conversation.organization.name
    if conversation.campaign:
        return Subject(f"{conversation.campaign.name} – {organization}", is_theirs=False)
    with override(conversation.person.language):
        return Subject(_("Message from %(organization)s") % {"organization": organization}, is_theirs=False)


def thread_headers(message: Message, topic: str) -> dict[str, str]:
    """RFC 5322, 3.6.4: the mail before this one, and the way here from the first. Outlook groups by its own two."""
    conversation = message.conversation
    headers = {"Thread-Topic": one_line(topic), "Thread-Index": thread_index(conversation.pk, conversation.opened_at)}
    if ids := ids_before(message):
        headers |= {"In-Reply-To": f"<{ids[-1]}>", "References": " ".join(f"<{one}>" for one in ids)}
    return headers


def ids_before(message: Message) -> list[str]:
    """The ids of the first mail of the conversation and of the latest before this one, in order."""
    mails = _mails(message)
    latest = [*mails.order_by("-event__number")[:LATEST]][::-1]
    first = [*mails.order_by("event__number")[:1]] if len(latest) == LATEST else []
    return [one for facts in dict.fromkeys([*first, *latest]) for one in _ids_of(*facts) if is_usable(one)]


def thread_index(conversation_id: UUID, at: datetime) -> str:
    """MS-OXOMSG 2.2.1.3: a day's time in 100 ns since 1601, of which five bytes are kept, and the thread's id."""
    ticks = int((at - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10_000_000)
    return base64.b64encode(b"\x01" + ticks.to_bytes(8)[1:6] + conversation_id.bytes).decode()


def is_usable(one: str) -> bool:
    """An id that may stand in a header of ours: someone else wrote it."""
    return one.isascii() and one.isprintable() and " " not in one and 0 < len(one) < 250


def _mails(message: Message) -> Any:
    """Kind, key, number of attempts and Message-ID of what was written by mail before this message."""
    by_mail = Q(kind=Message.Kind.OUTBOUND) | Q(kind=Message.Kind.INBOUND, channel="email")
    earlier = message.conversation.messages.filter(by_mail, event__number__lt=message.event.number)
    theirs = Arrival.objects.filter(message=OuterRef("pk")).order_by("arrived_at").values("mail_id")[:1]
    facts = earlier.annotate(tries=Count("attempts"), theirs=Subquery(theirs))
    return facts.values_list("kind", "pk", "tries", "theirs")


def _ids_of(kind: str, pk: UUID, tries: int, theirs: str | None) -> list[str]:
    """One, unless SECRET_KEY has changed lately: a mail of ours may have left with its earlier id."""
    if kind == Message.Kind.OUTBOUND:
        return mail_ids(pk, retry=max(0, tries - 1))[::-1]
    return [(theirs or "").strip().strip("<>")]


def _subject_before(conversation: Conversation) -> str:
    """Of the first mail of ours that left."""
    sent = Attempt.objects.filter(message__conversation=conversation).exclude(subject="")
    return sent.order_by("pk").values_list("subject", flat=True).first() or ""


def _subject_of_first_mail(conversation: Conversation) -> str:
    """Of their mail that began the conversation, without its Re:; empty when we began it."""
    first = conversation.messages.exclude(kind=Message.Kind.NOTE).order_by("created_at", "pk").first()
    if first is None or not first.is_inbound or first.channel != "email":
        return ""
    return without_re(Arrival.objects.filter(message=first).values_list("subject", flat=True).first() or "")


def without_re(subject: str) -> str:
    subject = " ".join(subject.split())[:200]
    while subject[:3].lower() == "re:":
        subject = subject[3:].strip()
    return subject
