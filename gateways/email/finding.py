"""Which conversation a mail belongs to: by its address, by the mail it answers, by its sender, else a new one."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet

from conversations.applying import apply
from conversations.models import Conversation, Doubt, Found, Message, Move, ReplyKey
from conversations.moving import moved_on
from gateways.email.automatic import NOBODY
from gateways.email.identity import token_in
from gateways.email.letter import Letter
from gateways.email.mail import Address
from gateways.email.sender import Writer, is_forged
from gateways.models import ChannelAccount
from gateways.refusals import Forged, Forgotten, UnknownAddress, UnknownSender
from people.finding import Applicant, hold, person_at, person_for
from people.models import Person, PersonEmail


class Place(NamedTuple):
    """Of a mail that was passed on: `author` names for whom and by whom, `writer` says whether that is believed."""

    conversation: Conversation
    found_by: str
    author: str = ""
    writer: Writer | None = None


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
    return found if moved == found.conversation else found._replace(conversation=moved, found_by=Found.FOLLOWED)


def _by_account(letter: Letter) -> Place:
    address = letter.arrival.envelope_to.strip().lower()
    accounts = ChannelAccount.objects.select_related("campaign").filter(channel="email", address=address)
    account = accounts.filter(is_active=True).first()
    if account is None:
        raise UnknownAddress(letter.arrival.envelope_to)
    return _by_reply_headers(letter) or _of_author(account, letter)


def _by_reply_headers(letter: Letter) -> Place | None:
    """The first of its references whose message is here. Ids of this organization that lead nowhere: it was deleted."""
    ids = letter.answers
    known = Message.objects.select_related("conversation__person").in_bulk(ids)
    if ids and not known:
        raise Forgotten(letter.writer)
    return next((Place(known[pk].conversation, Found.REPLY_HEADER) for pk in ids if pk in known), None)


def _of_author(account: ChannelAccount, letter: Letter) -> Place:
    """The conversation with its author. That somebody we know had it passed on, anybody can write: members decide."""
    author = _author(account, letter)
    person = person_at(author.address or letter.address)
    place = _going_on(account, person) or _new_one(account, author, letter)
    if author == letter.mail.sender:
        return place
    name = f"{author.name or author.address} via {letter.mail.sender.address} <{author.address}>"[-320:]
    return place._replace(author=name, writer=Writer(name, Doubt.STRANGER) if person else Writer())


def _author(account: ChannelAccount, letter: Letter) -> Address:
    """Its sender, if we know them; else whom it was passed on for."""
    sender, applicant = letter.mail.sender, letter.applicant
    is_the_same = applicant.address in {sender.address, account.address.lower()}
    is_known = not NOBODY.match(sender.address) and person_at(sender.address) is not None
    return sender if is_the_same or is_known else applicant


def _going_on(account: ChannelAccount, person: Person | None) -> Place | None:
    """The open conversation with them; of an account with a campaign, the one about that, or another where that one was
    rejected."""
    if person is None:
        return None
    going_on = person.conversations.open().filter(is_rejected=False).order_by("-last_message_at")
    if account.campaign and person.kind == Person.Kind.CANDIDATE:
        about_it = person.conversations.in_campaign(account.campaign)
        if not about_it.filter(is_rejected=True).exists():
            going_on = going_on.in_campaign(account.campaign)
    conversation = going_on.first()
    return Place(conversation, Found.SENDER) if conversation else None


def _new_one(account: ChannelAccount, author: Address, letter: Letter) -> Place:
    """An application to the account's campaign; who applied to it before is in that conversation, ended or rejected.

    Raises UnknownSender, Forged: a person is made of nobody, and of no forged address.
    """
    if not letter.mail.sender.address:
        raise UnknownSender(letter.writer)
    if is_forged(letter):
        raise Forged(letter.writer)
    at, name = letter.arrival.arrived_at, author.name or author.address.partition("@")[0]
    applicant = Applicant(name=name[:200], email=author.address)
    if account.campaign:
        applied = apply(account.campaign, applicant, via="email", at=at)
        return Place(applied.conversation, Found.NEW if applied.is_new else Found.SENDER)
    person = person_for(applicant, default_language=account.organization.language)
    hold(person)
    return _going_on(account, person) or Place(Conversation.open_for(person, None, at=at), Found.NEW)
