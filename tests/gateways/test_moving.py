"""A mail in the wrong conversation is moved, and what its sender writes later follows it."""

import pytest

from conversations import refusals
from conversations.models import Conversation, Event
from conversations.moving import move
from people.models import Activity, PersonScore
from tests.cast import signed_in
from tests.gateways.letters import arrive, id_of, letter, reply_address


@pytest.fixture
def here(lead) -> Conversation:
    return lead


@pytest.fixture
def there(cast, here) -> Conversation:
    return cast.apply("Karel Novotný", "karel@mail.example")


@pytest.fixture
def address(cast, here) -> str:
    return reply_address(cast, here)


@pytest.fixture
def moved(cast, here, there, address):
    message = arrive(cast, letter("For another place"), address).message
    answer = signed_in(cast.jana).post(f"/messages/{message.pk}/move/", {"to": str(there.pk)})
    assert answer.status_code == 302
    with cast.inside():
        message.refresh_from_db()
        return message


def test_it_is_there_and_a_line_says_so_here(cast, here, there, moved):
    assert (moved.conversation_id, moved.found_by) == (there.pk, "moved")
    assert moved.third_party == "Lucie Němcová <lucie@mail.example>"
    with cast.inside():
        line = here.events.get(kind="message_moved")
        assert line.data["to"] == "Karel Novotný"
        for conversation in (here, there):
            conversation.refresh_from_db()
            numbers = list(conversation.events.order_by("number").values_list("number", flat=True))
            assert numbers == list(range(1, conversation.last_number + 1))
        assert here.last_message_text == "Hello"
        assert there.last_message_text == "For another place"
        person = Activity.objects.filter(kind="message_received", conversation_id=here.pk)
        assert person.count() == 1


def test_what_it_counted_for_its_person_counts_no_more_at_once(cast, here, there, address):
    message = arrive(cast, letter("For another place"), address).message
    with cast.inside():
        before = PersonScore.objects.get(person=here.person).total
        move(message, there, by=cast.jana)
        assert PersonScore.objects.get(person=here.person).total == before - 5


def test_later_mails_of_its_sender_follow(cast, there, moved, address):
    later = arrive(cast, letter("And another"), address).message
    assert (later.conversation_id, later.found_by) == (there.pk, "followed")


def test_one_that_ended_goes_on_by_it(cast, here, there, address):
    """It lay there unseen: the conversation stood in no list of what waits."""
    with cast.inside():
        Conversation.objects.filter(pk=there.pk).update(state=Conversation.State.ENDED, waiting_since=None)
    message = arrive(cast, letter("For Karel"), address).message
    signed_in(cast.jana).post(f"/messages/{message.pk}/move/", {"to": there.pk})
    now = cast.conversation(pk=there.pk)
    assert (now.is_open, now.leg.number, bool(now.waiting_since)) == (True, 2, True)
    with cast.inside():
        assert now.messages.get(text="For Karel").leg == now.leg


def test_an_answer_to_what_was_written_here_since_stays(cast, here, moved, address):
    with cast.inside():
        said = here.reply("One more question", by=cast.jana)
    later = arrive(cast, letter("The answer", In_Reply_To=id_of(cast, said)), address).message
    assert (later.conversation_id, later.found_by) == (here.pk, "token")


def test_moved_back_everything_is_as_before(cast, here, moved, address):
    with cast.inside():
        move(moved, here, by=cast.petr)
        assert Event.objects.filter(kind="message_moved").count() == 2
        assert moved.third_party == ""
    assert arrive(cast, letter("And another"), address).message.conversation_id == here.pk


def test_only_what_came_in_and_only_to_another_place(cast, here, there, moved):
    with cast.inside():
        said = there.reply("Hello", by=cast.jana)
        with pytest.raises(refusals.NotMovable):
            move(said, here, by=cast.jana)
        with pytest.raises(refusals.AlreadyThere):
            move(moved, there, by=cast.jana)


def test_nobody_moves_what_they_do_not_see(cast, stranger, here, there, moved):
    for member in (cast.eva, cast.guest, stranger.member):
        client = signed_in(member)
        assert client.get(f"/messages/{moved.pk}/move/").status_code == 404
        assert client.post(f"/messages/{moved.pk}/move/", {"to": str(here.pk)}).status_code == 404
    for to in ("", "x", str(stranger.campaign.pk)):
        assert signed_in(cast.jana).post(f"/messages/{moved.pk}/move/", {"to": to}).status_code == 404


def test_the_dialog_finds_where_to(cast, here, there):
    message = arrive(cast, letter("Wrong place"), reply_address(cast, here)).message
    page = signed_in(cast.jana).get(f"/messages/{message.pk}/move/?q=karel").content.decode()
    assert str(there.pk) in page
    assert str(here.pk) not in page


def test_by_the_api(cast, here, there):
    message = arrive(cast, letter("Wrong place"), reply_address(cast, here)).message
    client = signed_in(cast.jana)
    client.logout()
    answer = client.put(
        f"/api/v1/messages/{message.pk}/conversation",
        {"conversation": str(there.pk), "author": "jana@northwind.example"},
        content_type="application/json",
        headers={"Authorization": f"Bearer {cast.token()}"},
    )
    assert (answer.status_code, answer.json()["found_by"]) == (200, "moved")
