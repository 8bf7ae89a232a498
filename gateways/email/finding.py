"""Which conversation a mail belongs to: by its address, by the mail it answers, by its sender, else a new one."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet

from conversations.applying import apply
from conversations.models import Conversation, Found, Message, Move, ReplyKey
from conversations.moving import moved_on
from gateways.email.identity import token_in
from gateways.email.letter import Letter
from gateways.email.sender import is_forged
from gateways.models import ChannelAccount
from gateways.refusals import Forgotten, SenderMismatch, UnknownAddress, UnknownSender
from people.finding import Applicant, person_at, person_for
from people.models import PersonEmail


class Place(NamedTuple):
    conversation: Conversation
    found_by: str


def keys_of(addresses: Iterable[str], *, locks: bool = True) -> Sequence[ReplyKey]:
    """The good keys of those that are reply addresses, with persons and conversations: these locked, in the order of
    their own keys, as by all who lock several."""
    tokens = {token_in(address) for address in addresses} - {""}
    if not tokens:
        return []
    good = _keys().filter(ReplyKey.is_good(tokens, ReplyKey.Use.ADDRESS, ReplyKey.Use.STAFF))
    keys = list(good.select_for_update(of=("conversation",)) if locks else good)
    conversations = {key.conversation_id: key.conversation for key in keys}
    for key in keys:
        key.conversation = conversations[key.conversation_id]  # one for all keys, so that none is behind another
        key.conversation.is_read_under_lock = locks
        key.conversation.person.known_addresses = key.addresses  # type: ignore[attr-defined]
    return keys


@cache  # composed once: that takes as long as to ask
def _keys() -> QuerySet[ReplyKey]:
    moves = Move.objects.filter(origin=OuterRef("conversation"))
    addresses = PersonEmail.objects.filter(person=OuterRef("conversation__person")).values("address")
    keys = ReplyKey.objects.select_related("conversation__person").order_by("conversation")
    return keys.annotate(has_moves=Exists(moves), addresses=ArraySubquery(addresses))


def place_of(letter: Letter, key: ReplyKey | None) -> Place:
    """Raises ArrivalRefused."""
    found = Place(key.conversation, Found.TOKEN) if key else _by_account(letter)
    if key and not key.has_moves:  # type: ignore[attr-defined] # so it is with nearly all
        return found
    moved = moved_on(found.conversation, letter.address, answering=letter.answers)
    return found if moved == found.conversation else Place(moved, Found.FOLLOWED)


def _by_account(letter: Letter) -> Place:
    address = letter.arrival.envelope_to.strip().lower()
    account = ChannelAccount.objects.filter(channel="email", address=address, is_active=True).first()
    if account is None:
        raise UnknownAddress(letter.arrival.envelope_to)
    return _by_reply_headers(letter) or _by_sender(letter) or _new_one(account, letter)


def _by_reply_headers(letter: Letter) -> Place | None:
    """The first of its references whose message is here. Ids of ours that lead nowhere: it was deleted."""
    ids = letter.answers
    known = Message.objects.select_related("conversation__person").in_bulk(ids)
    if ids and not known:
        raise Forgotten(letter.writer)
    return next((Place(known[pk].conversation, Found.REPLY_HEADER) for pk in ids if pk in known), None)


def _by_sender(letter: Letter) -> Place | None:
    person = person_at(letter.address) if letter.address else None
    conversation = person.conversations.open().order_by("-last_message_at").first() if person else None
    return Place(conversation, Found.SENDER) if conversation else None


def _new_one(account: ChannelAccount, letter: Letter) -> Place:
    """Somebody new. Raises UnknownSender, SenderMismatch: a person is made of nobody, and of no forged address."""
    if not letter.mail.sender.address:
        raise UnknownSender(letter.writer)
    if is_forged(letter):
        raise SenderMismatch(letter.writer)
    at, name = letter.arrival.arrived_at, letter.mail.sender.name or letter.address.partition("@")[0]
    applicant = Applicant(name=name[:200], email=letter.address)
    if account.campaign:
        return Place(apply(account.campaign, applicant, via="email", at=at).conversation, Found.NEW)
    person = person_for(applicant, default_language=account.organization.language)
    return Place(Conversation.open_for(person, None, at=at), Found.NEW)
