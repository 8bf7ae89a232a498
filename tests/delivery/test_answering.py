"""What recipients answer: by one press, from the page a mail leads to; opening it changes nothing."""

import pytest
from django.urls import reverse

from accounts.models import TeamMember
from conversations.models import Event, Mention
from delivery.answering import Withdrawn, answer
from delivery.delivering import deliver
from delivery.models import Recipient
from delivery.withdrawing import withdraw
from notifications.models import Notification
from tests.cast import signed_in
from tests.delivery.outcomes import outcome


@pytest.fixture
def delivered(cast, lead):
    """Lucie's conversation, delivered to the guest and to the hiring team (Eva)."""
    with cast.inside():
        return deliver(lead, outcome(lead), by=cast.jana, to=["greta@client.example", cast.team])


def url(delivery, name="delivery:answer") -> str:
    return reverse(name, args=[delivery.pk])


def send(member, delivery, **data):
    return signed_in(member).post(url(delivery), data)


def kept(cast, delivery) -> list[tuple[str, str, str]]:
    with cast.inside():
        rows = Recipient.objects.filter(delivery=delivery).exclude(answer="")
        return list(rows.values_list("answered_by__user__name", "answer", "answer_text"))


def test_opening_the_page_by_the_link_of_the_mail_changes_nothing(cast, delivered, client):
    page = url(delivered, "delivery:shown")
    assert client.get(page).status_code == 302  # a scanner is sent to the sign-in page
    for query in ("", "?answer=accepted", "?answer=not_a_fit&text=x"):
        assert signed_in(cast.guest).get(page + query).status_code == 200
        assert client.get(url(delivered) + query).status_code == 405
    assert kept(cast, delivered) == []


@pytest.mark.parametrize("who", ["guest", "eva"])
def test_a_recipient_accepts_with_one_press_and_the_deliverer_is_told(cast, delivered, who):
    member = getattr(cast, who)
    assert send(member, delivered, answer="accepted").status_code == 302
    assert kept(cast, delivered) == [(member.name, "accepted", "")]
    with cast.inside():
        assert Event.objects.get(kind="delivery_answered").member == member
        assert Notification.objects.get(kind="answered").member == cast.jana
    assert "accepted" in signed_in(member).get(url(delivered, "delivery:shown")).content.decode()


def test_not_a_fit_needs_to_say_why(cast, delivered):
    refused = send(cast.guest, delivered, answer="not_a_fit", text=" ")
    assert refused.status_code == 422
    assert "Write in a word why it isn’t a fit." in refused.content.decode()
    assert send(cast.guest, delivered, answer="not_a_fit", text="No German").status_code == 302
    assert kept(cast, delivered) == [("Greta Guest", "not_a_fit", "No German")]


def test_asking_back_puts_the_question_into_the_thread_as_a_note_to_the_deliverer(cast, delivered):
    assert send(cast.eva, delivered, answer="asked_back").status_code == 422
    assert send(cast.eva, delivered, answer="asked_back", text="Has she a permit?").status_code == 302
    with cast.inside():
        mention = Mention.objects.get()
        assert (mention.member, mention.message.text, mention.message.kind) == (cast.jana, "Has she a permit?", "note")
        assert Notification.objects.filter(kind="mentioned", member=cast.jana).exists()


@pytest.mark.parametrize(
    "data", [{}, {"answer": "maybe"}, {"answer": "not_a_fit", "text": "x" * 10_001}, {"answer": "accepted\x00"}]
)
def test_what_is_no_answer_is_refused(cast, delivered, data):
    assert send(cast.guest, delivered, **data).status_code == 422
    assert kept(cast, delivered) == []


def test_a_double_click_is_one_answer_and_another_answer_of_the_same_replaces_it(cast, delivered):
    for _ in range(2):
        send(cast.guest, delivered, answer="accepted")
    send(cast.guest, delivered, answer="not_a_fit", text="Not after all")
    assert kept(cast, delivered) == [("Greta Guest", "not_a_fit", "Not after all")]
    with cast.inside():
        assert Event.objects.filter(kind="delivery_answered").count() == 2


def test_a_team_answers_once_and_the_second_is_told_who_did(cast, delivered):
    with cast.inside():
        TeamMember.objects.create(team=cast.team, member=cast.petr)
    send(cast.eva, delivered, answer="accepted")
    refused = send(cast.petr, delivered, answer="not_a_fit", text="No")
    assert refused.status_code == 409
    assert "Eva Malá has answered for the team already: accepted." in refused.content.decode()


def test_a_withdrawn_delivery_is_not_answered(cast, delivered):
    with cast.inside():
        withdraw(delivered, by=cast.jana)
        with pytest.raises(Withdrawn):
            answer(delivered, "accepted", by=cast.guest)
    assert send(cast.guest, delivered, answer="accepted").status_code == 404
