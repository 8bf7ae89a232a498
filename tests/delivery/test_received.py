"""Delivered to me, for members and guests; a guest sees what was delivered to them and nothing else."""

import pytest
from django.urls import get_resolver, reverse

from accounts.models import Member
from conversations.attaching import Upload
from conversations.models import Grant
from delivery.answering import answer
from delivery.delivering import deliver
from delivery.models import Delivery, Procedure, Status
from people.models import PersonScore
from tests.cast import CV, signed_in
from tests.delivery.outcomes import outcome

ADDRESS = "greta@client.example"


@pytest.fixture
def delivered(cast, once):
    """Lucie's conversation, delivered to the guest and to the hiring team."""

    def done() -> Delivery:
        conversation = cast.apply(text="I can start in December")
        with cast.inside():
            conversation.note("Ask about German", by=cast.petr)
            conversation.receive("My CV", via="web", files=[CV])
            return deliver(conversation, outcome(conversation), by=cast.jana, to=[ADDRESS, cast.team])

    return once(done)


def shown(delivery, name="delivery:shown") -> str:
    return reverse(name, args=[delivery.pk])


def test_it_stands_in_their_list_until_they_read_it(cast, delivered):
    for member in (cast.guest, cast.eva):
        client = signed_in(member)
        page = client.get(reverse("delivery:received")).content.decode()
        assert "Lucie Němcová" in page
        assert "from Jana Dvořáková" in page
        assert "unread" in page
        assert client.get(shown(delivered)).status_code == 200
        assert "unread" not in client.get(reverse("delivery:received")).content.decode()


def test_a_guest_reads_the_conversation_to_the_end_of_the_leg(cast, delivered):
    with cast.inside():
        conversation = delivered.conversation
        conversation.receive("A secret for later", via="web")
        file = conversation.messages.get(text="My CV").files.get()
    page = signed_in(cast.guest).get(shown(delivered)).content.decode()
    assert "I can start in December" in page
    assert "Strong CV" in page  # the deliverer's notes
    assert "Ask about German" not in page  # colleagues' notes
    assert "A secret for later" not in page
    assert signed_in(cast.guest).get(reverse("file", args=[file.pk, file.name])).status_code == 200


def test_a_guest_does_not_get_a_later_file(cast, delivered):
    with cast.inside():
        message = delivered.conversation.receive("Later", via="web", files=[Upload("later.txt", b"later")])
        file = message.files.get()
    assert signed_in(cast.guest).get(reverse("file", args=[file.pk, file.name])).status_code == 404


def test_a_guest_writes_a_note_and_sees_it(cast, delivered):
    client = signed_in(cast.guest)
    response = client.post(shown(delivered, "delivery:messages"), {"text": "We like her", "to": "colleagues"})
    assert response.status_code == 302
    assert "We like her" in client.get(shown(delivered)).content.decode()
    with cast.inside():
        assert delivered.conversation.messages.get(text="We like her").kind == "note"


def test_a_guest_writes_to_the_candidate_only_where_the_procedure_lets_them(cast, delivered):
    data = {"text": "When can you come?", "to": "candidate"}
    client = signed_in(cast.guest)
    refused = client.post(shown(delivered, "delivery:messages"), data)
    assert refused.status_code == 422
    assert "When can you come?" in refused.content.decode()
    with cast.inside():
        Procedure.objects.create(team=cast.team, status=Status.objects.get(slug="qualified"), guests_may_reply=True)
    assert client.post(shown(delivered, "delivery:messages"), data).status_code == 302
    with cast.inside():
        conversation = delivered.conversation
        conversation.refresh_from_db()
        assert conversation.owner == cast.guest
        assert conversation.messages.get(text="When can you come?").author == cast.guest


def test_a_guest_takes_it_up_sees_what_follows_and_delivers_onward(cast, delivered):
    client = signed_in(cast.guest)
    assert client.post(shown(delivered, "delivery:leg")).status_code == 302
    with cast.inside():
        delivered.conversation.receive("Meant for the guest", via="web")
    assert "Meant for the guest" in client.get(shown(delivered)).content.decode()
    with cast.inside():
        data = {
            "status": Status.objects.get(slug="other").pk,
            "application": delivered.application_id,
            "notes": "Not now",
        }
    dialog = reverse("delivery:new", args=[delivered.conversation_id])
    page = client.get(dialog).content.decode()
    assert "Petr Svoboda" not in page
    response = client.post(dialog, data | {"step": "done", "typed": "boss@client.example"})
    assert response.headers["HX-Redirect"] == reverse("delivery:received")
    with cast.inside():
        conversation = delivered.conversation
        assert Delivery.objects.filter(conversation=conversation).count() == 2
        conversation.receive("No longer for the guest", via="web")
        boss = Member.objects.get(user__email="boss@client.example")
    assert "No longer for the guest" not in client.get(shown(delivered)).content.decode()
    assert "Lucie" in signed_in(boss).get(reverse("delivery:received")).content.decode()


def test_who_takes_it_up_second_is_told_who_was_first(cast, delivered):
    assert signed_in(cast.eva).post(shown(delivered, "delivery:leg")).status_code == 302
    response = signed_in(cast.guest).post(shown(delivered, "delivery:leg"))
    assert response.status_code == 409
    assert "Eva Malá has taken it up again already." in response.content.decode()


def test_a_withdrawn_grant_closes_the_page(cast, delivered):
    with cast.inside():
        Grant.objects.filter(member=cast.guest).update(revoked_at=delivered.delivered_at)
    assert signed_in(cast.guest).get(shown(delivered)).status_code == 404
    assert "Lucie" not in signed_in(cast.guest).get(reverse("delivery:received")).content.decode()


@pytest.mark.parametrize("name", ["delivery:shown", "delivery:leg", "delivery:messages"])
def test_nobody_else_finds_it(cast, delivered, stranger, name):
    other = cast.apply("Daan Visser", "daan@mail.example")
    with cast.inside():
        deliver(other, outcome(other), by=cast.jana, to=["else@client.example"])
        outsider = Member.objects.get(user__email="else@client.example")
    for member in (cast.petr, outsider, stranger.member):
        client = signed_in(member)
        method = client.get if name == "delivery:shown" else client.post
        assert method(shown(delivered, name)).status_code == 404
    client = signed_in(cast.guest)
    wrong = client.post if name == "delivery:shown" else client.get
    assert wrong(shown(delivered, name)).status_code == 405


def test_the_legs_stand_in_the_profile(cast, delivered, stranger):
    with cast.inside():
        url = reverse("delivery:legs", args=[delivered.conversation.person_id])
    page = signed_in(cast.petr).get(url).content.decode()
    assert "Support agents, Brno" in page
    assert "Qualified" in page
    for member in (cast.guest, stranger.member):
        assert signed_in(member).get(url).status_code == 404
    assert signed_in(cast.petr).post(url).status_code == 405


def test_a_guest_sees_no_other_page(cast, delivered):
    """Every address that takes a conversation, the guest's own included, and every list."""
    client = signed_in(cast.guest)
    pk = delivered.conversation_id
    for pattern in get_resolver().reverse_dict.getlist("conversation"):
        assert pattern
    for name in ("conversation", "conversation_events", "snooze", "rejection", "assignment:new", "delivery:new"):
        assert client.get(reverse(name, args=[pk])).status_code == 404
    for name in ("messages", "draft", "reading", "leg"):
        assert client.post(reverse(name, args=[pk]), {"text": "x"}).status_code == 404
    assert client.get(reverse("inbox", args=["everyone"])).status_code == 404


def test_reading_the_list_costs_the_same_for_one_and_for_many(cast, django_assert_max_num_queries):
    for number in range(4):
        conversation = cast.apply(f"Candidate {number}", f"c{number}@mail.example")
        with cast.inside():
            deliver(conversation, outcome(conversation), by=cast.jana, to=[cast.team])
    client = signed_in(cast.eva)
    with django_assert_max_num_queries(17):
        client.get(reverse("delivery:received"))
    with cast.inside():
        for number, total in enumerate((5, 70, -3)):
            PersonScore.objects.filter(person__name=f"Candidate {number}").update(total=total)
        PersonScore.objects.filter(person__name="Candidate 3").delete()
    listed = client.get(reverse("delivery:received"), {"sort": "score"}).context["deliveries"]
    assert [delivery.conversation.person.name[-1] for delivery in listed] == ["1", "0", "2", "3"]


def test_the_list_says_what_was_answered_and_narrows_to_it(cast, delivered):
    with cast.inside():
        answer(delivered, "accepted", by=cast.eva)
    guests, teams = (signed_in(member) for member in (cast.guest, cast.eva))
    received = reverse("delivery:received")
    for client, said, others in ((teams, "accepted", "none"), (guests, "none", "accepted")):
        assert "Lucie Němcová" in client.get(f"{received}?answer={said}").content.decode()
        page = client.get(f"{received}?answer={others}").content.decode()
        assert "Lucie Němcová" not in page
        assert "Nothing here with this answer" in page
    assert '<span class="chip">accepted</span>' in teams.get(received).content.decode()
    assert teams.get(f"{received}?answer=unheard-of").status_code == 200
    for score, is_there in (("1", True), ("500", False), ("x", True), ("", True)):
        assert ("Lucie Němcová" in teams.get(received, {"score": score}).text) is is_there, score
    asked = guests.get(received, {"score": "500", "sort": "score"})  # nor can a guest find a score out
    assert "Lucie Němcová" in asked.text
    assert "Score from" not in asked.text
