"""Taking a delivery back: made to the wrong people, or by mistake."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Member, Role
from campaigns.models import Application
from conversations.models import Conversation, Event, Grant, ReplyKey
from delivery.answering import Withdrawn
from delivery.models import Basis, Delivery


def may_withdraw(delivery: Delivery, member: Member) -> bool:
    """Who made it, and who sees everything; nobody twice."""
    is_theirs = delivery.author_id == member.pk and not member.is_guest
    return delivery.withdrawn_at is None and (is_theirs or member.sees_everything)


def withdraw(delivery: Delivery, *, by: Member, at: datetime | None = None) -> None:
    """Its recipients see the conversation no more, it counts no more, and who withdrew it has the conversation open.

    Raises Withdrawn when somebody did so before.
    """
    at = at or timezone.now()
    with transaction.atomic(), delivery.conversation.changing() as conversation:
        rows = Delivery.objects.standing().filter(pk=delivery.pk)
        if not rows.update(withdrawn_at=at, withdrawn_by=by):
            raise Withdrawn
        delivery.withdrawn_at, delivery.withdrawn_by = at, by
        Grant.objects.filter(recipient__delivery=delivery).update(revoked_at=at)
        _revoke_keys(delivery, at=at)
        data = {"delivery": str(delivery.pk), "status": delivery.status.name}
        Event.record(conversation, Event.Kind.DELIVERY_WITHDRAWN, at=at, member=by, data=data)
        _take_back(conversation, delivery, by=by, at=at)
        _undo_marks(delivery)


def _revoke_keys(delivery: Delivery, *, at: datetime) -> None:
    """The addresses by which its guests answered, unless it was delivered to them otherwise, too."""
    keys = ReplyKey.objects.filter(conversation=delivery.conversation, revoked_at=None)
    guests = Member.objects.filter(received__delivery=delivery, role=Role.GUEST)
    still_in = Grant.objects.filter(conversation=delivery.conversation, revoked_at=None, member__isnull=False)
    keys.filter(member__in=guests).exclude(member__in=still_in.values("member")).update(revoked_at=at)


def _take_back(conversation: Conversation, delivery: Delivery, *, by: Member, at: datetime) -> None:
    """It was the conversation's end: then it goes on. A recipient has it: then it is theirs no more."""
    if delivery.leg_id == conversation.leg_id:
        conversation.take_up(by=by, at=at)
    elif conversation.is_open and conversation.owner and not _may_keep(conversation, conversation.owner):
        conversation.assign_to(by, because="delivery", by=by, at=at)


def _may_keep(conversation: Conversation, owner: Member) -> bool:
    """Whether the owner sees the conversation otherwise than by having it."""
    others = Conversation.objects.filter(pk=conversation.pk).visible_otherwise_to(owner)
    return others.exists()


def _undo_marks(delivery: Delivery) -> None:
    """What the delivery said of the application and of the person, unless another says so too."""
    standing, application = Delivery.objects.standing(), delivery.application
    is_delivered = bool(application and application.stage == Application.Stage.DELIVERED)
    if application and is_delivered and not standing.filter(application=application).exists():
        application.move_to(Application.Stage.IN_CONVERSATION)
    person = delivery.conversation.person
    spam = standing.filter(conversation__person=person, status__basis=Basis.SPAM)
    if delivery.status.basis == Basis.SPAM and not spam.exists():
        person.is_spam = False
        person.save(update_fields=["is_spam"])
