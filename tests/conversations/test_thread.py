import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Member
from conversations.models import Conversation, Message, MessageFile
from conversations.signals import quietly
from tests.cast import CV, signed_in

HTMX = {"HX-Request": "true"}


def url(name: str, conversation: Conversation, query: str = "") -> str:
    return reverse(name, args=[conversation.pk]) + query


def test_the_page_shows_list_thread_and_profile(cast):
    conversation = cast.apply(text="Good morning")
    page = signed_in(cast.jana).get(url("conversation", conversation)).content.decode()
    assert "Good morning" in page
    assert 'role="log"' in page
    assert "lucie@mail.example" in page
    assert "Applied through Jobs.example" in page
    assert f"item-{conversation.pk}" in page


def test_htmx_gets_the_thread_and_the_profile_out_of_band(cast, lead):
    page = signed_in(cast.jana).get(url("conversation", lead), headers=HTMX).content.decode()
    assert "<html" not in page
    assert 'hx-swap-oob="innerHTML:#profile"' in page


@pytest.mark.parametrize(
    "name", ["conversation", "conversation_events", "saved_replies", "colleagues", "snooze", "rejection"]
)
def test_others_get_404(cast, lead, stranger, name):
    for member in (cast.eva, cast.guest, stranger.member):
        assert signed_in(member).get(url(name, lead)).status_code == 404


@pytest.mark.parametrize("name", ["messages", "draft", "reading", "snooze", "rejection", "leg"])
def test_others_change_nothing(cast, lead, stranger, name):
    with cast.inside():
        before = lead.events.count()
    for member in (cast.eva, cast.guest, stranger.member):
        data = {"text": "Hello", "kind": "reply", "number": "1"}
        assert signed_in(member).post(url(name, lead), data).status_code == 404
    with cast.inside():
        assert lead.events.count() == before
        assert not lead.drafts.exists()


@pytest.mark.parametrize("name", ["messages", "reading", "leg"])
def test_what_changes_something_wants_a_post(cast, lead, name):
    assert signed_in(cast.jana).get(url(name, lead)).status_code == 405


def test_nobody_signed_in_is_asked_to_sign_in(lead, client):
    answer = client.get(url("conversation", lead))
    assert answer.status_code == 302


def test_events_after_a_number_are_what_the_page_missed(cast, lead):
    client = signed_in(cast.jana)
    with cast.inside():
        lead.refresh_from_db()
        last = lead.last_number
    assert client.get(url("conversation_events", lead, f"?after={last}")).status_code == 204
    with cast.inside():
        lead.reply("Here I am", by=cast.petr)
    missed = client.get(url("conversation_events", lead, f"?after={last}")).content.decode()
    assert missed.count("<article") == 1
    assert "Here I am" in missed
    assert 'data-part="thread-actions"' in missed


def test_older_events_come_a_page_at_a_time(cast, lead):
    client = signed_in(cast.jana)
    with cast.inside(), quietly():
        for number in range(60):
            lead.note(f"Note {number:02}", by=cast.petr)
        last = lead.last_number
    page = client.get(url("conversation", lead)).content.decode()
    assert "Note 59" in page
    assert "Note 05" not in page
    assert f"?before={last - 49}" in page
    older = client.get(url("conversation_events", lead, f"?before={last - 49}")).content.decode()
    assert "Note 05" in older
    assert "?before=" not in older


@pytest.mark.parametrize("after", ["x", "-1", "99999999999999999999", "1.5", "%00", "²"])
def test_a_number_that_is_none_is_as_if_it_were_not_there(cast, lead, after):
    assert signed_in(cast.jana).get(url("conversation_events", lead, f"?after={after}")).status_code == 200


def test_states_of_delivery_are_words(cast, lead):
    with cast.inside():
        message = lead.reply("Good morning", by=cast.jana)
    with cast.inside():
        Message.objects.filter(pk=message.pk).update(delivery_state="failed", delivery_reason="mailbox full")
    page = signed_in(cast.jana).get(url("conversation", lead)).content.decode()
    assert "failed: mailbox full" in page


def test_somebody_else_is_named_as_such_and_what_they_quote_is_folded(cast, lead):
    with cast.inside():
        lead.receive("From my uncle", via="email", third_party="uncle@mail.example", quoted_text="> Hello")
    page = signed_in(cast.jana).get(url("conversation", lead)).content.decode()
    assert "somebody else" in page
    assert "uncle@mail.example" in page
    assert "<details" in page


def test_what_a_candidate_writes_is_never_markup(cast):
    conversation = cast.apply(text='<script>alert(1)</script> https://a.example/?"onmouseover="x')
    page = signed_in(cast.jana).get(url("conversation", conversation)).content.decode()
    assert "<script>alert" not in page
    assert 'onmouseover="x' not in page
    assert 'rel="nofollow noopener noreferrer" target="_blank"' in page


def test_reading_is_remembered_and_never_goes_back(cast, lead):
    client = signed_in(cast.jana)
    for number, status in [("2", 204), ("1", 204), ("x", 422), ("9" * 30, 422)]:
        assert client.post(url("reading", lead), {"number": number}).status_code == status
    with cast.inside():
        assert lead.readings.get(member=cast.jana).number == 2


def test_snooze_and_wake(cast, lead):
    client = signed_in(cast.jana)
    assert "Tomorrow morning" in client.get(url("snooze", lead)).content.decode()
    for bad in ["", "yesterday", "2020-01-01T10:00", "9999-99-99T00:00", "2500-01-01T00:00", "0001-01-01T00:00+14:00"]:
        refused = client.post(url("snooze", lead), {"until": bad}, headers=HTMX)
        assert refused.status_code == 422
        assert "<dialog" in refused.content.decode()
    until = {"until": (lead.opened_at.replace(microsecond=0).isoformat()).replace("2026", "2027", 1)}
    answer = client.post(url("snooze", lead), {"until": until["until"][:16]}, headers=HTMX)
    assert answer.headers["HX-Trigger"] == "thread-changed" or "thread-changed" in answer.headers["HX-Trigger"]
    with cast.inside():
        lead.refresh_from_db()
        assert lead.snoozed_until is not None
    client.delete(url("snooze", lead))
    with cast.inside():
        lead.refresh_from_db()
        assert lead.snoozed_until is None


def test_rejection_and_its_undo(cast, lead):
    client = signed_in(cast.jana)
    client.post(url("rejection", lead), headers=HTMX)
    page = client.get(url("conversation", lead)).content.decode()
    assert "Undo rejection" in page
    client.delete(url("rejection", lead), headers=HTMX)
    with cast.inside():
        lead.refresh_from_db()
        assert not lead.is_rejected
        assert lead.application.stage == "new"
        lead.receive("I can write again", via="web")


def test_an_ended_conversation_is_taken_up_again(cast, lead):
    client = signed_in(cast.petr)
    with cast.inside():
        lead.end_leg(by=cast.jana, data={"status": "Qualified", "stars": 4}, at=lead.opened_at)
    page = client.get(url("conversation", lead)).content.decode()
    assert "Take up again" in page
    assert "Jana Dvořáková delivered this: Qualified · ★★★★" in page
    client.post(url("leg", lead), headers=HTMX)
    with cast.inside():
        lead.refresh_from_db()
        assert lead.is_open
        assert lead.owner == cast.petr


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_a_thread_takes_twelve_queries_for_one_line_or_for_fifty(cast, lead, headers):
    client = signed_in(cast.jana)
    with cast.inside(), quietly():
        for number in range(40):
            lead.reply(f"Message {number}", by=cast.petr, files=[CV])
        assert MessageFile.objects.count() == 40
        assert Member.objects.count() == 6
    client.get(url("conversation", lead))
    with CaptureQueriesContext(connection) as asked:
        client.get(url("conversation", lead), headers=headers)
    queries = [query["sql"] for query in asked if query["sql"] not in {"BEGIN", "COMMIT"}]
    assert len(queries) <= 12, "\n".join(queries)


def test_whom_a_note_can_name_is_asked_for_when_needed(cast, lead):
    client = signed_in(cast.jana)
    assert "Petr Svoboda" not in client.get(url("conversation", lead), headers=HTMX).text
    named = client.get(url("colleagues", lead)).text
    assert 'data-insert="@Petr Svoboda"' in named
    assert "Jana" not in named
