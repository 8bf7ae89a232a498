"""Somebody else wrote to a conversation: a member says who it is."""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Member
from conversations import live, moving, refusals
from conversations.models import Conversation, Doubt, Event, Message, ReplyKey
from people.finding import knows, person_at
from people.models import Person, PersonEmail


def is_theirs(message: Message, *, by: Member) -> None:
    """It is the person. An address that wasn't known is theirs from now on, and all that came from it. Where it is in
    doubt whether they really used it, this message alone is theirs. Raises Taken."""
    with message.conversation.changing() as conversation:
        address = moving.address_of(message)
        is_new = message.doubt == Doubt.STRANGER and not knows(conversation.person, address)
        _give(conversation.person, address)
        alike = {Doubt.STRANGER} if is_new else set()
        known = [each for each in _of(address, conversation) if each == message or each.doubt in alike]
        for each in known:
            each.third_party = each.doubt = ""
            each.save(update_fields=["third_party", "doubt"])
        data = {"address": address, "name": conversation.person.name}
        Event.record(conversation, Event.Kind.SENDER_KNOWN, at=timezone.now(), member=by, data=data)
        moving.look_back(conversation)
    _show(known)


def is_new_contact(message: Message, *, by: Member) -> None:
    """It is somebody else: a contact, with a conversation of their own, where later mails follow. Raises Taken."""
    origin, address, at = message.conversation, moving.address_of(message), timezone.now()
    with transaction.atomic():
        name = message.sender.partition("<")[0].strip() or address
        contact = Person.objects.create(kind=Person.Kind.CONTACT, name=name[:200], language=origin.person.language)
        _give(contact, address)
        own = Conversation.open_for(contact, None, at=at)
        own.campaign, own.owner = origin.campaign, by
        own.leg.owner = by
        own.leg.save(update_fields=["owner"])
        own.save(update_fields=["campaign", "owner"])
        for each in _of(address, origin):
            moving.move(each, own, by=by, at=at)


def discard(message: Message, *, by: Member) -> None:
    """Takes it away and makes the reply address that was passed on worthless; the next mail carries a new one."""
    with transaction.atomic():
        for key in ReplyKey.objects.filter(
            conversation=message.conversation, use=ReplyKey.Use.ADDRESS, member=None, revoked_at=None
        ):
            key.revoke()
        message.arrivals.update(message=None)  # the mail itself stays, as it came
        moving.remove(message, by=by)


CHOICES: dict[str, Callable[..., None]] = {"theirs": is_theirs, "contact": is_new_contact, "discard": discard}


def _of(address: str, conversation: Conversation) -> list[Message]:
    doubted = conversation.messages.exclude(doubt="").select_related("conversation__person", "event")
    return [each for each in doubted.order_by("created_at") if moving.address_of(each) == address]


def _give(person: Person, address: str) -> None:
    """Makes it an address of this person. Raises Taken, NoAddress."""
    if not address:
        raise refusals.NoAddress
    owner = person_at(address)
    if owner is None:
        try:
            with transaction.atomic():
                PersonEmail.objects.create(person=person, address=address, is_primary=not person.email)
        except IntegrityError:
            owner = person_at(address)
    if owner and owner.pk != person.pk:
        raise refusals.Taken(address, owner.name)


def _show(messages: list[Message]) -> None:
    for each in messages:
        transaction.on_commit(lambda each=each: live.show_message(each), robust=True)  # type: ignore[misc]
