import pytest

from conversations import refusals
from conversations.models import Conversation, Event, Message
from tests.cast import CV


def kinds(conversation: Conversation) -> list[str]:
    return list(conversation.events.values_list("kind", flat=True))


def test_an_application_opens_a_conversation_that_waits(cast):
    conversation = cast.apply(text="I would like to work with you")
    with cast.inside():
        assert kinds(conversation)[:2] == ["applied", "message_received"]
        assert conversation.waiting_since is not None
        assert conversation.last_message_text == "I would like to work with you"


def test_applying_twice_is_one_application_and_one_conversation(cast):
    first, second = cast.apply(), cast.apply(text="Me again")
    assert first.pk == second.pk
    with cast.inside():
        assert first.messages.count() == 2


def test_a_reply_ends_the_wait_and_is_queued(cast, lead):
    with cast.inside():
        message = lead.reply("Good morning", by=cast.jana)
        assert message.delivery_state == "queued"
        lead.refresh_from_db()
        assert lead.waiting_since is None
        assert lead.leg.first_answer_at is not None
        assert lead.application.stage == "in_conversation"


def test_the_same_client_id_twice_is_one_message(cast, lead):
    with cast.inside():
        client_id = Message().client_id
        first = lead.reply("Once", by=cast.jana, client_id=client_id)
        assert lead.reply("Once", by=cast.jana, client_id=client_id) == first


def test_a_reply_without_having_seen_a_colleagues_is_refused(cast, lead):
    with cast.inside():
        seen = lead.last_number
        lead.reply("From Petr", by=cast.petr)
        with pytest.raises(refusals.Unseen, match="Petr Svoboda"):
            lead.reply("From Jana", by=cast.jana, seen_number=seen)


def test_numbers_of_events_have_no_gaps(cast, lead):
    with cast.inside():
        lead.reply("One", by=cast.jana)
        lead.note("Two", by=cast.petr)
        lead.receive("Three", via="web")
        numbers = list(lead.events.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_rejected_candidate_cannot_write_and_the_organization_can(cast, lead):
    with cast.inside():
        lead.reject(by=cast.jana)
        with pytest.raises(refusals.Rejected):
            lead.receive("Please", via="web")
        lead.reply("We are sorry", by=cast.jana)


def test_writing_after_the_end_starts_a_new_leg(cast, lead):
    with cast.inside():
        lead.assign_to(cast.jana, because="by_hand")
        lead.end_leg(by=cast.jana, data={}, at=lead.opened_at)
        with pytest.raises(refusals.Ended):
            lead.reply("Too late", by=cast.jana)
        lead.receive("One more thing", via="web")
        assert lead.is_open
        assert lead.leg.number == 2
        assert lead.owner == cast.jana


def test_a_message_of_nothing_is_refused_and_a_file_alone_is_not(cast, lead):
    with cast.inside():
        with pytest.raises(refusals.NothingSaid):
            lead.reply(" \x00 ", by=cast.jana)
        message = lead.reply("", by=cast.jana, files=[CV])
        assert message.files.get().content_type == "application/pdf"
        assert lead.last_message_text == "Nemcova-CV.pdf"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hello,\n\n> when?\nIn May.\n\n> where?\nBrno.", "Hello, In May. Brno."),
        ("> when?\n> where?", "> when? > where?"),
        ("5 > 4", "5 > 4"),
    ],
)
def test_lists_show_what_is_new_in_a_message(cast, lead, text, shown):
    with cast.inside():
        lead.receive(text, via="email")
        assert lead.last_message_text == shown


def test_who_sees_a_conversation(cast, lead, stranger):
    with cast.inside():
        sees = {
            member.name
            for member in (cast.jana, cast.petr, cast.eva, cast.sofia, cast.adam, cast.guest)
            if Conversation.objects.visible_to(member).exists()
        }
    assert sees == {"Jana Dvořáková", "Petr Svoboda", "Sofia Rossi", "Adam Novák"}
    with stranger.inside():
        assert not Conversation.objects.visible_to(stranger.member).filter(pk=lead.pk).exists()


def test_events_are_reacted_to(cast):
    cast.apply()
    with cast.inside():
        assert not Event.objects.filter(reacted_at=None).exists()
