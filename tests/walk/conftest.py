from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import ApiToken
from conversations.bulk import begin
from conversations.models import MessageFile, ReplyKey, SavedView
from conversations.scheduling import schedule
from conversations.selection import Selection
from delivery.delivering import deliver
from notifications.models import Notification
from people.models import Activity
from tests.cast import CV, Cast, Stranger, make_cast, make_stranger, signed_in
from tests.conversations.appointments import appointment_of
from tests.delivery.outcomes import outcome
from tests.gateways.letters import arrive, letter, reply_address
from tests.walk.samples import Sample


@dataclass
class World:
    """An organization with something behind each kind of address, and somebody of each kind who asks."""

    cast: Cast
    stranger: Stranger
    ids: dict[str, str]
    tokens: dict[str, str]

    def client(self, name: str, sample: Sample) -> Client:
        """Somebody's browser; on the API a program of their organization."""
        if name == "nobody":
            client = Client()
        elif sample.who == "token":
            organization = "stranger" if name == "stranger" else "cast"
            client = Client(headers={"Authorization": f"Bearer {self.tokens[organization]}"})
        else:
            client = signed_in(self.stranger.member if name == "stranger" else getattr(self.cast, name))
        client.raise_request_exception = False
        return client

    def opener(self, sample: Sample) -> Client:
        """Somebody who may open it."""
        name = {"admins": "adam", "supervisors": "sofia", "anyone": "nobody"}.get(sample.who, "jana")
        return self.client(name, sample)


@pytest.fixture
def world(once, settings) -> World:
    """Making it takes longer than walking a hundred addresses."""
    settings.API_REQUESTS_A_MINUTE = 100_000
    return once(make_world)


def make_world() -> World:
    cast, stranger = make_cast(), make_stranger()
    conversation, ended = cast.apply(), cast.apply("Karel Novotný", "karel@mail.example")
    mail = arrive(
        cast, letter("From somebody else", sender="anna@elsewhere.example"), reply_address(cast, conversation)
    )
    with cast.inside():
        conversation.receive("My CV", via="web", files=[CV])
        chosen = Selection.read(cast.jana, {"conversations": str(conversation.pk)})
        delivery = deliver(ended, outcome(ended), by=cast.petr, to=[cast.jana])
        ids = {
            "conversation": conversation.pk,
            "person": conversation.person_id,
            "file": MessageFile.objects.get().pk,
            "notification": Notification.objects.filter(member=cast.jana)[0].pk,
            "message": conversation.reply("Good morning", by=cast.jana).pk,
            "mail": mail.message_id,
            "held": mail.pk,
            "scheduled": schedule(conversation, "Later", by=cast.jana, send_at=timezone.now() + timedelta(days=1)).pk,
            "delivery": delivery.pk,
            "activity": Activity.objects.filter(person=conversation.person_id)[0].pk,
            "appointment": appointment_of(conversation, by=cast.jana).pk,
            "token": ReplyKey.of(conversation, ReplyKey.Use.LINK).token,
            "bulk_run": begin("assign", chosen, by=cast.jana, parameters={"member": ""}).pk,
            "saved_view": SavedView.objects.create(member=cast.jana, name="Mine", query="view=mine").pk,
            "campaign_id": cast.campaign.pk,
            "organization": cast.organization.slug,
            "campaign": cast.campaign.slug,
        }
    with stranger.inside():
        theirs = ApiToken.issue("theirs", ["read", "write", "admin"])[1]
    tokens = {"cast": cast.token(), "stranger": theirs}
    return World(cast, stranger, {name: str(value) for name, value in ids.items()}, tokens)
