from threading import Barrier, Thread

import pytest
from django.db import connections

from accounts.models import Member, Role, User
from conversations.models import Conversation, Event, Grant
from delivery.delivering import AlreadyDelivered, deliver
from delivery.models import Delivery, Procedure, Status
from delivery.outcome import InvalidOutcome
from tests.delivery.outcomes import outcome


def test_done_records_outcome_recipients_and_the_end_of_the_leg(cast, lead):
    with cast.inside():
        delivery = deliver(lead, outcome(lead), by=cast.jana, to=[cast.petr, cast.team])
        lead.refresh_from_db()
        assert (lead.state, lead.leg, delivery.leg.ended_at) == (
            "ended",
            delivery.leg,
            delivery.delivered_at,
        )
        assert lead.application.stage == "delivered"
        assert {str(recipient) for recipient in delivery.recipients.all()} == {"Petr Svoboda", "Hiring team"}
        event = Event.objects.get(kind="delivered")
        assert event.member == cast.jana
        assert event.data == {
            "delivery": str(delivery.pk),
            "status": "Qualified",
            "basis": "qualified",
            "stars": 4,
            "reason": "",
            "to": ["Petr Svoboda", "Hiring team"],
        }


def test_recipients_may_see_the_conversation_and_nobody_else_may(cast, lead):
    with cast.inside():
        assert not Conversation.objects.visible_to(cast.eva).exists()
        deliver(lead, outcome(lead), by=cast.jana, to=[cast.team])
        assert Conversation.objects.visible_to(cast.eva).get() == lead
        assert not Conversation.objects.visible_to(cast.guest).exists()


def test_an_address_becomes_a_guest_who_sees_to_the_end_of_the_leg(cast, lead):
    with cast.inside():
        delivery = deliver(lead, outcome(lead), by=cast.jana, to=[" Boss@Client.example "])
        guest = delivery.recipients.get().member
        assert (guest.role, guest.user.email, guest.user.has_usable_password()) == (
            Role.GUEST,
            "boss@client.example",
            False,
        )
        assert Grant.objects.get(member=guest).until_number == lead.last_number
        assert Conversation.objects.visible_to(guest).get() == lead


def test_known_addresses_are_not_made_twice(cast, lead):
    with cast.inside():
        before = User.objects.count()
        to = ["petr@northwind.example", cast.petr, "PETR@northwind.example", "greta@client.example"]
        delivery = deliver(lead, outcome(lead), by=cast.jana, to=to)
        assert {r.member for r in delivery.recipients.all()} == {cast.petr, cast.guest}
        assert User.objects.count() == before


def test_a_user_of_another_organization_becomes_a_guest_of_this_one(cast, lead, stranger):
    with cast.inside():
        deliver(lead, outcome(lead), by=cast.jana, to=[stranger.member.user.email])
        assert Member.objects.get(user=stranger.member.user).role == Role.GUEST


def test_spam_marks_the_person_and_needs_no_application(cast, lead):
    with cast.inside():
        deliver(lead, outcome(lead, "spam", application=None), by=cast.jana, to=[])
        lead.person.refresh_from_db()
        assert lead.person.is_spam


def test_a_rejected_application_stays_rejected(cast, lead):
    with cast.inside():
        lead.reject(by=cast.jana)
        deliver(lead, outcome(lead, "not_qualified"), by=cast.jana, to=[])
        lead.application.refresh_from_db()
        assert lead.application.stage == "rejected"


def test_somebody_elses_application_is_refused(cast, lead):
    other = cast.apply("Daan Visser", "daan@mail.example")
    with cast.inside(), pytest.raises(InvalidOutcome) as refused:
        deliver(lead, outcome(lead, application=other.application), by=cast.jana, to=[])
    assert set(refused.value.errors) == {"application"}


def test_nothing_is_recorded_when_it_is_refused(cast, lead):
    with cast.inside():
        with pytest.raises(InvalidOutcome) as refused:
            deliver(lead, outcome(lead, notes="", rating=9), by=cast.jana, to=["new@client.example"])
        assert set(refused.value.errors) == {"notes", "rating"}
        assert not Delivery.objects.exists()
        assert not User.objects.filter(email="new@client.example").exists()


@pytest.mark.parametrize("typed", ["", "nobody", "a@b", "x" * 300 + "@client.example", "a\x00@client.example"])
def test_what_is_no_address_is_refused(cast, lead, typed):
    with cast.inside(), pytest.raises(InvalidOutcome) as refused:
        deliver(lead, outcome(lead), by=cast.jana, to=[typed])
    assert set(refused.value.errors) == {"recipients"}


@pytest.mark.parametrize(
    ("fields", "to", "is_refused"),
    [
        ({"recipients": "required"}, [], True),
        ({"recipients": "required"}, ["petr"], False),
        ({"recipients": "none"}, ["petr"], True),
        ({"recipients": "none"}, [], False),
        ({"free_address": False}, ["new@client.example"], True),
        ({"free_address": False}, ["petr@northwind.example"], False),
        ({"free_address": False}, ["team"], False),
    ],
)
def test_the_teams_procedure_holds(cast, lead, fields, to, is_refused):
    with cast.inside():
        Procedure.objects.create(team=cast.team, status=Status.objects.get(slug="qualified"), **fields)
        to = [named if "@" in named else getattr(cast, named) for named in to]
        if not is_refused:
            assert deliver(lead, outcome(lead), by=cast.jana, to=to)
            return
        with pytest.raises(InvalidOutcome) as refused:
            deliver(lead, outcome(lead), by=cast.jana, to=to)
        assert set(refused.value.errors) == {"recipients"}


def test_of_twenty_dones_one_counts_and_the_others_are_told_who(cast, lead):
    start, refusals = Barrier(20), []

    def done(member: Member) -> None:
        start.wait()
        try:
            with cast.inside():
                mine = Conversation.objects.get(pk=lead.pk)
                deliver(mine, outcome(mine), by=member, to=[cast.team])
        except AlreadyDelivered as refused:
            refusals.append((refused.who, str(refused)))
        connections.close_all()

    threads = [Thread(target=done, args=(member,)) for member in [cast.jana, cast.petr] * 10]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with cast.inside():
        delivery = Delivery.objects.select_related("author__user").get()
        assert Event.objects.filter(kind="delivered").count() == 1
    assert len(refusals) == 19
    assert {who for who, _ in refusals} == {delivery.author}
    assert all(delivery.author.name in sentence for _, sentence in refusals)


def test_a_second_leg_has_its_own_delivery(cast, lead):
    with cast.inside():
        deliver(lead, outcome(lead), by=cast.jana, to=[cast.team])
        lead.take_up(by=cast.eva)
        deliver(lead, outcome(lead, "not_qualified"), by=cast.eva, to=[])
        legs = lead.legs.values_list("number", "owner__user__name", "delivery__status__slug")
        assert list(legs) == [(1, "Jana Dvořáková", "qualified"), (2, "Eva Malá", "not_qualified")]


def test_a_new_organization_has_six_statuses_and_reasons(cast):
    with cast.inside():
        assert list(Status.objects.values_list("slug", flat=True)) == [
            "qualified",
            "not_qualified",
            "not_interested",
            "review",
            "spam",
            "other",
        ]
        with_reasons = Status.objects.filter(reasons__isnull=False).distinct()
        assert {status.slug for status in with_reasons} == {"not_qualified", "not_interested"}
