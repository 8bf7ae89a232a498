"""Arrival → Message: whose mail it is, which conversation it belongs to, what was said in it."""

from collections.abc import Iterable
from dataclasses import replace

from conversations import refusals as said_no
from conversations.models import Conversation, Event, Message, ReplyKey
from conversations.receiving import Origin, Received, take_in
from conversations.stopping import heed
from gateways.email import bounced_attempt, by_member, calendar_answer, finding, flood
from gateways.email.identity import answered, is_ours
from gateways.email.known import KnownKeys
from gateways.email.letter import Letter
from gateways.email.sender import Writer, writer_of
from gateways.models import Arrival
from gateways.refusals import ArrivalRefused, AutoReply, EmptyBody, Held, Line, RejectedCandidate

Outcome = Message | ArrivalRefused | None
MOST_SAID = 200  # characters of an automatic mail, in the line that tells of it


def understood(letters: Iterable[Letter], known: KnownKeys) -> list[Outcome]:
    """What becomes of each, inside the organization; the same mail twice is one message. None: it was a calendar's
    answer to an invitation, or STOP of who can't write otherwise, and nothing else.

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
        _refuse_what_came_back(letter, key)
        if not (rest := _without_calendars(letter, key)):
            return None
        if rest.verdict.is_automatic:
            raise AutoReply(rest.verdict.because, _line_of_machine(rest, rest.verdict.because, key))
        if rest.is_empty and not by_member.is_for_members(key):
            raise EmptyBody
    except ArrivalRefused as refusal:  # nothing has been written, so nothing is to be undone
        return refusal
    if key and by_member.is_for_members(key):
        return by_member.reply(key, rest)
    said = _said_to_us(finding.place_of(rest, key), rest)
    return None if _is_rejecteds_stop(said) else said


def _is_rejecteds_stop(said: Received) -> bool:
    """Who was rejected can be written to, and so can put an end to it; anything else that they say is refused."""
    of_rejected = said.conversation.is_rejected and not said.third_party
    return of_rejected and heed(said.conversation, said.text, at=said.at)


def _refuse_what_came_back(letter: Letter, key: ReplyKey | None) -> None:
    """Our own mails, as they are or with a report, and what one sender sends again and again; a member may.

    Raises AutoReply, Bounce, Held.
    """
    conversation = key.conversation if key else None
    if is_ours(letter.mail.headers):
        because = "our own mail came back"
        raise AutoReply(because, _line_of_machine(letter, because, key))
    if report := letter.verdict.bounced:
        raise bounced_attempt.refusal_of(report, conversation)
    is_members = key is not None and by_member.author(key, letter.mail.sender.address) is not None
    if not is_members and flood.is_flood(letter.arrival):
        raise Held(letter.arrival.sender, _line_of_held(letter.arrival, conversation))


def _without_calendars(letter: Letter, key: ReplyKey | None) -> Letter | None:
    """With nothing but the words of who wrote it; None where their answer to an invitation was all. Only the person's
    own counts, wherever they were invited: an alias is theirs, too."""
    if not letter.answers_to_invitations or by_member.is_for_members(key):
        return letter
    is_persons = key is not None and writer_of(letter, key.conversation) == Writer()
    is_given = key is not None and is_persons and calendar_answer.give(letter, key.conversation)
    if words := calendar_answer.words_beside(letter):
        return replace(letter, said=words, verdict=letter.verdict._replace(is_automatic=False))
    return None if is_given else letter


def _line_of_held(arrival: Arrival, conversation: Conversation | None) -> Line | None:
    if not flood.is_first_held(arrival):
        return None
    conversation = conversation or flood.last_conversation(arrival)
    data = {"sender": arrival.written_by}
    return Line(conversation, Event.Kind.MAIL_HELD, data) if conversation else None


def _line_of_machine(letter: Letter, because: str, key: ReplyKey | None) -> Line | None:
    mail, conversation = letter.mail, key.conversation if key else None
    if conversation is None:
        ids = answered([mail.in_reply_to, *mail.references])
        message = Message.objects.filter(pk__in=ids).select_related("conversation").first()
        conversation = message.conversation if message else None
    if conversation is None:
        return None
    data = {"subject": mail.subject[:200], "because": because, "sender": mail.sender.address[:320]}
    data["said"] = letter.beginning(MOST_SAID)
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
