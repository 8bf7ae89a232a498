"""Arrival → Message: whose mail it is, which conversation it belongs to, what was said in it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import override

from accounts.models import Member
from conversations import refusals as said_no
from conversations.models import Conversation, Event, Message, ReplyKey
from conversations.receiving import Origin, Received, take_in
from gateways.email import bounced_attempt, calendar_answer, finding, flood
from gateways.email.automatic import Verdict
from gateways.email.identity import answered, is_ours
from gateways.email.known import KnownKeys
from gateways.email.letter import Letter
from gateways.email.mail import Mail
from gateways.email.sender import doubt_of, writer_of
from gateways.models import Arrival
from gateways.refusals import (
    ArrivalRefused,
    AutoReply,
    EmptyBody,
    Held,
    Line,
    NotSent,
    RejectedCandidate,
    SenderMismatch,
)

Outcome = Message | ArrivalRefused | None


def understood(letters: Iterable[Letter], known: KnownKeys) -> list[Outcome]:
    """What becomes of each, inside the organization; the same mail twice is one message. None: it was a calendar's
    answer to an invitation, and nothing else.

    What people say to us is written together. Raises ArrivalRefused where a mail is refused that others may have been
    written with: then nothing of them is to stay.
    """
    outcomes = [_looked_at(letter, known) for letter in letters]
    messages = iter(_taken_in([said for said in outcomes if isinstance(said, Received)]))
    known.are_used()
    return [next(messages) if isinstance(outcome, Received) else outcome for outcome in outcomes]


def _looked_at(letter: Letter, known: KnownKeys) -> Outcome | Received:
    """What was said to us, which is still to be taken in, or what has become of the mail."""
    try:
        key = known.at(letter.arrival.envelope_to)
        if calendar_answer.taken(letter.raw, key):
            return None
        _refuse_machines(letter, key)
        if letter.is_empty:
            raise EmptyBody(letter.mail.subject)
    except ArrivalRefused as refusal:  # nothing has been written, so nothing is to be undone
        return refusal
    if key and (member := _member_behind(key, letter)):
        return _reply(key.conversation, member, letter)
    return _said_to_us(finding.place_of(letter, key), letter)


def _member_behind(key: ReplyKey, letter: Letter) -> Member | None:
    """Whose address it is; of one for staff, who wrote. Raises SenderMismatch."""
    if key.use != ReplyKey.Use.STAFF:
        return key.member
    member = Member.objects.staff().select_related("user").filter(user__email=letter.mail.sender.address).first()
    if member is None:
        raise SenderMismatch(f"{letter.writer} is no member.")
    return member


def _refuse_machines(letter: Letter, key: ReplyKey | None) -> None:
    """Raises Bounce, Held, AutoReply."""
    arrival, conversation, verdict = letter.arrival, key.conversation if key else None, letter.verdict
    if is_ours(letter.mail.headers):
        verdict = Verdict(True, False, True, "our own mail came back")
    if verdict.is_bounce:
        raise bounced_attempt.refusal_of(letter.raw, conversation)
    if not (key and key.member) and flood.is_flood(arrival):
        raise Held(arrival.sender, _line_of_held(arrival, conversation))
    if verdict.is_automatic:
        raise AutoReply(verdict.because, _line_of_machine(letter.mail, verdict, conversation))


def _line_of_held(arrival: Arrival, conversation: Conversation | None) -> Line | None:
    if not flood.is_first_held(arrival):
        return None
    conversation = conversation or flood.last_conversation(arrival)
    data = {"sender": arrival.sender or arrival.envelope_from}
    return Line(conversation, Event.Kind.MAIL_HELD, data) if conversation else None


def _line_of_machine(mail: Mail, verdict: Verdict, conversation: Conversation | None) -> Line | None:
    if conversation is None:
        ids = answered([mail.in_reply_to, *mail.references])
        message = Message.objects.filter(pk__in=ids).select_related("conversation").first()
        conversation = message.conversation if message else None
    if conversation is None:
        return None
    data = {"subject": mail.subject[:200], "because": verdict.because, "sender": mail.sender.address[:320]}
    return Line(conversation, Event.Kind.AUTOMATIC_MAIL, data)


def _said_to_us(place: finding.Place, letter: Letter) -> Received:
    """The person's own message, or a third party's who was given the address."""
    writer, heard = place.writer or writer_of(letter, place.conversation), letter.heard()
    return Received(
        place.conversation,
        heard.text,
        via="email",
        third_party=writer.third_party,
        origin=Origin(place.author or letter.writer, place.found_by, writer.doubt, letter.verdict.must_not_answer),
        quoted_text=heard.folded,
        files=heard.files,
        client_id=letter.client_id,
        at=letter.arrival.arrived_at,
    )


def _taken_in(received: list[Received]) -> list[Message]:
    try:
        return take_in(received) if received else []
    except said_no.Rejected as refused:
        raise RejectedCandidate(str(refused)) from refused
    except said_no.NothingSaid as refused:
        raise EmptyBody(str(refused)) from refused


def _reply(conversation: Conversation, member: Member, letter: Letter) -> Message:
    """A member answered the mail that told them. What colleagues wrote since that mail, they haven't seen."""
    _check_member(conversation, member, letter)
    try:
        with override(member.language):  # a refusal is answered in it
            return _written_by(member, conversation, letter)
    except said_no.NothingSaid as refused:
        raise EmptyBody(str(refused)) from refused
    except said_no.Refused as refused:
        raise NotSent(str(refused)) from refused


def _written_by(member: Member, conversation: Conversation, letter: Letter) -> Message:
    """A guest's is a note: to the candidate they write from the page of a delivery, where its procedure lets them."""
    facts: dict[str, Any] = {"by": member, "files": letter.uploads, "client_id": letter.client_id}
    facts["at"] = letter.arrival.arrived_at
    if not member.is_guest:
        return conversation.reply(letter.said, seen_number=letter.seen_number, **facts)
    return conversation.note(letter.said, mentions=_who_delivered(conversation, but=member), **facts)


def _who_delivered(conversation: Conversation, *, but: Member) -> list[Member]:
    """The last who did, whom a guest's answer concerns."""
    lines = conversation.events.filter(kind=Event.Kind.DELIVERED, member__isnull=False).exclude(member=but)
    latest = lines.select_related("member__user").order_by("-number").first()
    return [latest.member] if latest and latest.member else []


def _check_member(conversation: Conversation, member: Member, letter: Letter) -> None:
    """Raises SenderMismatch."""
    if letter.mail.sender.address != member.user.email or not member.is_active:
        raise SenderMismatch(f"{letter.writer} wrote to the address of {member.name} <{member.user.email}>.")
    if doubt_of(letter):
        raise SenderMismatch(f"{letter.writer}: the mail failed the check of its sender (DMARC).")
    if not Conversation.objects.visible_to(member).filter(pk=conversation.pk).exists():
        raise SenderMismatch(f"{member.name} has no access to this conversation any more.")
