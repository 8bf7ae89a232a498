"""Replies to be said later: planned, changed, called off, and said when their time has come."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _  # kept in English, shown in the reader's language
from django.utils.translation import override

from accounts.identifiers import new_id
from accounts.models import Member
from conversations import live, refusals
from conversations.attaching import Upload, kept_contents, kept_name
from conversations.file_rules import FileRules
from conversations.models import Conversation, Event, ScheduledFile, ScheduledReply
from conversations.moments import check_to_come
from conversations.speaking import cleaned

NO_ACCESS = _("Its author has no access to this conversation any more.")
COLLEAGUE_WROTE = _("A colleague has written since it was planned.")


def schedule(
    conversation: Conversation,
    text: str,
    *,
    by: Member,
    send_at: datetime,
    files: Iterable[Upload] = (),
    client_id: UUID | None = None,
    seen_number: int | None = None,
) -> ScheduledReply:
    """Plans a reply; the same `client_id` twice is one plan. Raises Past, and what `reply` raises."""
    text, files = cleaned(text), FileRules.of(conversation.organization).checked(files)
    if not text and not files:
        raise refusals.NothingSaid
    check_to_come(send_at)
    with conversation.changing():
        conversation.check_reply(by, seen_number)
        seen = conversation.last_number if seen_number is None else min(seen_number, conversation.last_number)
        facts = {"author": by, "text": text, "send_at": send_at, "seen_number": seen}
        planned, is_new = ScheduledReply.objects.get_or_create(
            conversation=conversation, client_id=client_id or new_id(), defaults=facts
        )
        if is_new:
            _attach(planned, files)
            _show(conversation)
        return planned


def change(planned: ScheduledReply, *, text: str, send_at: datetime) -> None:
    """Another text or time; one that couldn't leave is planned anew, now that its author has seen why.

    Raises NothingSaid, Past, TooLate.
    """
    text = cleaned(text)
    if not text and not planned.files.exists():
        raise refusals.NothingSaid
    check_to_come(send_at)
    with planned.conversation.changing() as conversation:
        facts = {"text": text, "send_at": send_at, "refusal": "", "seen_number": conversation.last_number}
        if not ScheduledReply.objects.filter(pk=planned.pk).update(**facts):
            raise refusals.TooLate
        _show(conversation)


def call_off(planned: ScheduledReply) -> None:
    """It won't be said. Raises TooLate when it was said a moment ago."""
    with planned.conversation.changing() as conversation:
        if not ScheduledReply.objects.filter(pk=planned.pk).delete()[0]:
            raise refusals.TooLate
        _show(conversation)


def due(now: datetime) -> Any:
    return ScheduledReply.objects.filter(refusal="", send_at__lte=now).order_by("send_at")


def say(planned_id: UUID, now: datetime) -> None:
    """Says it, once; or holds it and says why."""
    planned = due(now).filter(pk=planned_id).select_related("conversation", "author__user").first()
    if planned is None:
        return
    with planned.conversation.changing() as conversation:
        # Whoever changes or says it holds the conversation's lock, so this look is the last.
        planned = due(now).filter(pk=planned_id).select_related("author__user", "author__organization").first()
        if planned is None:
            return
        try:
            with transaction.atomic():
                _reply(conversation, planned)
                planned.delete()
        except refusals.Refused as refusal:
            _hold(conversation, planned, str(refusal))
        _show(conversation)


def _reply(conversation: Conversation, planned: ScheduledReply) -> None:
    author = planned.author
    if not author.is_active or not Conversation.objects.visible_to(author).filter(pk=conversation.pk).exists():
        raise refusals.Refused(NO_ACCESS)
    files = [
        Upload(file.name, bytes(file.content.content), is_checked=True)
        for file in planned.files.select_related("content")
    ]
    once, seen = planned.client_id, planned.seen_number
    try:
        with override("en"):  # a refusal is kept, and shown in the reader's language
            conversation.reply(planned.text, by=author, files=files, client_id=once, seen_number=seen)
    except refusals.Unseen:
        raise refusals.Refused(COLLEAGUE_WROTE) from None


def _hold(conversation: Conversation, planned: ScheduledReply, reason: str) -> None:
    planned.refusal = reason[:300]
    planned.save(update_fields=["refusal"])
    data = {"reason": planned.refusal, "scheduled": str(planned.pk)}
    Event.record(conversation, Event.Kind.REPLY_HELD, at=timezone.now(), member=planned.author, data=data)


def _attach(planned: ScheduledReply, files: list[Upload]) -> None:
    ScheduledFile.objects.bulk_create(
        ScheduledFile(reply=planned, name=kept_name(upload), size=len(upload.content), content_id=content)
        for upload, content in zip(files, kept_contents(files), strict=True)
    )


def _show(conversation: Conversation) -> None:
    transaction.on_commit(lambda: live.show_standing(conversation), robust=True)
