from threading import Thread
from time import sleep

import pytest
from django.db import connections

from accounts.models import Workspace
from conversations.by_hand import conversation_with
from conversations.models import Conversation
from gateways.models import ChannelAccount
from people.models import Person
from tests.cast import signed_in
from tests.gateways.letters import arrive, letter

WRITTEN = {"name": "Olena Kovalenko", "email": "olena@mail.example", "language": "en", "text": "Good morning"}


def test_a_person_added_by_hand_is_written_to(cast):
    answer = signed_in(cast.jana).post("/people/new/", WRITTEN | {"campaign": str(cast.campaign.pk)})
    assert answer.status_code == 302
    with cast.inside():
        conversation = Conversation.objects.get()
        assert conversation.owner == cast.jana
        assert conversation.application.campaign == cast.campaign
        assert conversation.waiting_since is None
        assert conversation.messages.get().delivery_state
        kept = conversation.assignments.get()
        assert (kept.member, kept.by, kept.because) == (cast.jana, cast.jana, "taken")
    assert signed_in(cast.jana).get(answer["Location"]).status_code == 200


def test_who_is_there_already_is_found_again(cast):
    conversation = cast.apply(email="olena@mail.example")
    answer = signed_in(cast.jana).post("/people/new/", WRITTEN | {"campaign": str(cast.campaign.pk)})
    assert str(conversation.pk) in answer["Location"]
    with cast.inside():
        assert Person.objects.count() == 1


def test_without_a_campaign_it_is_the_members_own(cast):
    location = signed_in(cast.jana).post("/people/new/", WRITTEN)["Location"]
    assert signed_in(cast.jana).get(location).status_code == 200
    assert signed_in(cast.petr).get(location).status_code == 404


@pytest.mark.parametrize("how", ["by hand", "by mail"])
def test_what_begins_twice_at_once_is_one_conversation(cast, how):
    """A second press, a colleague's, or their own mail, while the first is not committed yet."""
    with cast.inside():
        olena = Person.objects.create(name="Olena")
        olena.emails.create(address="olena@mail.example", is_primary=True)
        ChannelAccount.objects.create(name="Jobs", address="jobs@inbound.localhost", workspace=Workspace.objects.get())

    def begins() -> None:
        if how == "by mail":
            arrive(cast, letter("Hello", sender="olena@mail.example"), "jobs@inbound.localhost")
        else:
            with cast.inside():
                conversation_with(olena, None)
        connections.close_all()

    other = Thread(target=begins)
    with cast.inside():
        conversation = conversation_with(olena, None)
        other.start()
        sleep(0.5)
    other.join()
    with cast.inside():
        assert Conversation.objects.get() == conversation


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(cast, stranger):
    jana = signed_in(cast.jana)
    for wrong in [
        {"email": "nowhere"},
        {"name": ""},
        {"name": "x" * 300},
        {"name": "a\x00b"},
        {"phone": "twelve"},
        {"language": "xx"},
        {"campaign": str(stranger.campaign.pk)},
        {"campaign": "1"},
    ]:
        answer = jana.post("/people/new/", WRITTEN | wrong)
        assert answer.status_code == 422, wrong
        assert "Good morning" in answer.text
    with cast.inside():
        assert not Person.objects.exists()


def test_who_was_rejected_or_stopped_is_not_written_to_by_this_way(cast):
    conversation = cast.apply(email="olena@mail.example", text="STOP")
    with cast.inside():
        Person.objects.filter(pk=conversation.person_id).update(stopped_at=conversation.opened_at)
    answer = signed_in(cast.jana).post("/people/new/", WRITTEN | {"campaign": str(cast.campaign.pk)})
    assert answer.status_code == 422
    assert "STOP" in answer.text


def test_guests_and_other_methods_are_refused(cast):
    assert signed_in(cast.guest).get("/people/new/").status_code == 404
    assert signed_in(cast.jana).delete("/people/new/").status_code == 405
