"""What a member answers to a mail that told them: it goes to the person under the member's name, a guest's to
members."""

from typing import Any

from django.utils.translation import gettext, gettext_noop, override

from accounts.models import Member
from conversations import refusals as said_no
from conversations.models import Conversation, Event, Message, ReplyKey
from gateways.email.letter import Letter
from gateways.email.sender import doubt_of
from gateways.refusals import EmptyBody, Line, NotSent, SenderMismatch
from people.models.address import without_tag

ELSEWHERE = gettext_noop("It came from another address than the one we wrote to.")
UNPROVEN = gettext_noop("Its sender could not be verified (DMARC).")
NO_ACCESS = gettext_noop("Its sender has no access to this conversation any more.")


def is_for_members(key: ReplyKey | None) -> bool:
    return key is not None and bool(key.member_id or key.use == ReplyKey.Use.STAFF)


def author(key: ReplyKey, address: str) -> Member | None:
    """Whose key it is, of one for staff any member; None for everybody else. A sub-address is theirs, too."""
    own = without_tag(address)
    if key.use == ReplyKey.Use.STAFF:
        return Member.objects.staff().select_related("user").filter(user__email__in={address, own}).first()
    return key.member if key.member and without_tag(key.member.user.email) == own else None


def reply(key: ReplyKey, letter: Letter) -> Message:
    """What colleagues wrote since the mail that is answered, its author hasn't seen.

    Raises SenderMismatch, EmptyBody, NotSent.
    """
    member = author(key, letter.mail.sender.address)
    if reason := _against(member, letter, key.conversation):
        raise _mismatch(key, letter, reason)
    assert member
    with override(member.language):  # a refusal is answered in it
        return _said(key.conversation, member, letter)


def _against(member: Member | None, letter: Letter, conversation: Conversation) -> str:
    if member is None or not member.is_active:
        return ELSEWHERE
    if doubt_of(letter.mail.headers):
        return UNPROVEN
    is_visible = Conversation.objects.visible_to(member).filter(pk=conversation.pk).exists()
    return "" if is_visible else NO_ACCESS


def _mismatch(key: ReplyKey, letter: Letter, reason: str) -> SenderMismatch:
    data = {"sender": letter.writer, "reason": reason}
    line = Line(key.conversation, Event.Kind.MAIL_REFUSED, data)
    with override(key.member.language if key.member else letter.arrival.organization.language):
        return SenderMismatch(gettext(reason), line)


def _said(conversation: Conversation, member: Member, letter: Letter) -> Message:
    try:
        return _written(conversation, member, letter)
    except said_no.NothingSaid as refused:
        raise EmptyBody(str(refused)) from refused
    except said_no.Refused as refused:
        raise NotSent(str(refused)) from refused


def _written(conversation: Conversation, member: Member, letter: Letter) -> Message:
    """A guest's is a note: to the candidate they write from the page of a delivery, where its procedure lets them."""
    facts: dict[str, Any] = {"by": member, "files": letter.uploads, "client_id": letter.client_id}
    facts["at"] = letter.arrival.arrived_at
    if not member.is_guest:
        seen = conversation.taken_as_seen(member) if letter.seen_number is None else letter.seen_number
        return conversation.reply(letter.said, seen_number=seen, **facts)
    return conversation.note(letter.said, mentions=_who_delivered(conversation, but=member), **facts)


def _who_delivered(conversation: Conversation, *, but: Member) -> list[Member]:
    """The last who did, whom a guest's answer concerns."""
    lines = conversation.events.filter(kind=Event.Kind.DELIVERED, member__isnull=False).exclude(member=but)
    latest = lines.select_related("member__user").order_by("-number").first()
    return [latest.member] if latest and latest.member else []
