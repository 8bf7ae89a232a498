"""What was said a moment ago and can be unsaid."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from conversations import lines
from conversations.by_hand import add_by_hand
from conversations.models import Conversation, Draft, Event, Message
from gateways.models import Attempt
from gateways.tasks import sweep_outbox
from people.finding import Applicant
from people.models import Activity
from recruitchat.tasks import sweep_reactions
from tests.cast import signed_in

HTMX = {"HX-Request": "true"}


@pytest.fixture
def said(cast, lead, settings) -> Message:
    """Jana has just written; it waits."""
    settings.TAKE_BACK_SECONDS = 60
    address = reverse("messages", args=[lead.pk])
    answer = signed_in(cast.jana).post(address, {"kind": "reply", "text": "Good mrning"}, headers=HTMX)
    assert answer.status_code == 201
    assert "take-back" in answer.content.decode()
    with cast.inside():
        return Message.objects.select_related("conversation").get(kind="outbound")


def take_back(member, message, **headers):
    return signed_in(member).post(reverse("gateways:take_back", args=[message.pk]), headers=headers)


def let_time_pass(cast, message) -> None:
    past = timezone.now() - timedelta(seconds=1)
    with cast.inside():
        Message.objects.filter(pk=message.pk).update(held_until=past)
        Attempt.objects.filter(message=message).update(due_at=past)
        Event.objects.filter(message=message).update(created_at=past - timedelta(minutes=1))


def test_what_was_typed_meanwhile_stands_below_what_is_taken_back(cast, said):
    with cast.inside():
        Draft.objects.create(conversation=said.conversation, member=cast.jana, text="Next words")
    assert take_back(cast.jana, said, **HTMX).status_code == 200
    with cast.inside():
        assert Draft.objects.get().text == "Good mrning\nNext words"


def test_it_waits_and_the_candidate_does_not_see_it(cast, said, mailoutbox):
    sweep_outbox()
    assert not [mail for mail in mailoutbox if "lucie@mail.example" in mail.to[0]]
    with cast.inside():
        assert not lines.candidate_lines(said.conversation).filter(message=said).exists()
        assert not Activity.objects.filter(kind="message_sent").exists()
    let_time_pass(cast, said)
    sweep_outbox()
    sweep_reactions()
    assert [mail for mail in mailoutbox if "lucie@mail.example" in mail.to[0]]
    with cast.inside():
        assert lines.candidate_lines(said.conversation).filter(message=said).exists()
        assert Activity.objects.filter(kind="message_sent").exists()


def test_its_author_takes_it_back_and_all_is_as_before(cast, said, mailoutbox):
    answer = take_back(cast.jana, said, **HTMX)
    assert answer.json() == {"text": "Good mrning"}
    with cast.inside():
        conversation = Conversation.objects.get()
        assert not conversation.messages.filter(kind="outbound").exists()
        assert (conversation.last_message_text, conversation.last_outbound_at) == ("Hello", None)
        assert conversation.waiting_since
        assert (conversation.leg.first_answer_at, conversation.application.stage) == (None, "new")
        assert Draft.objects.get(member=cast.jana).text == "Good mrning"
        event = conversation.events.get(kind="taken_back")
        assert list(conversation.events.order_by("number").values_list("number", flat=True)) == list(
            range(1, conversation.last_number + 1)
        )
    page = signed_in(cast.petr).get(f"/conversations/{conversation.pk}/events/?after={event.number - 1}")
    assert f'id="message-{said.client_id}"' in page.content.decode()
    let_time_pass(cast, said)
    sweep_outbox()
    assert not [mail for mail in mailoutbox if "lucie@mail.example" in mail.to[0]]


def test_what_came_meanwhile_is_kept(cast, said):
    with cast.inside():
        said.conversation.receive("One more thing", via="web")
    take_back(cast.jana, said)
    with cast.inside():
        conversation = Conversation.objects.get()
        assert conversation.last_message_text == "One more thing"
        assert conversation.waiting_since


def test_where_nothing_else_was_said_the_lists_show_nothing_of_it(cast):
    with cast.inside():
        added = add_by_hand(Applicant("Karel Novotný", "karel@mail.example"), by=cast.jana)
        message = added.conversation.reply("Good mrning", by=cast.jana, hold=timedelta(minutes=1))
    assert take_back(cast.jana, message).status_code == 302
    with cast.inside():
        conversation = Conversation.objects.get()
        assert (conversation.last_message_text, conversation.last_message_author) == ("", "")
        assert conversation.last_message_at == conversation.opened_at


@pytest.mark.parametrize("who", ["petr", "eva", "guest", "sofia"])
def test_nobody_else_takes_it_back(cast, said, who):
    assert take_back(getattr(cast, who), said).status_code == 404


def test_once_it_has_left_it_stays(cast, said):
    let_time_pass(cast, said)
    sweep_outbox()
    assert take_back(cast.jana, said).status_code == 409
    with cast.inside():
        assert Message.objects.filter(pk=said.pk, delivery_state="sent").exists()
