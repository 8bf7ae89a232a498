"""Nobody there: the queue in its order, what the candidate is told, and what comes back to the queue."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Availability, Member
from accounts.presence import say
from assignment.models import Promise
from assignment.promising import break_late, promise_answer, usual_answer
from assignment.returning import take_back_unanswered
from assignment.tasks import work_off_queues
from campaigns.models import Campaign
from conversations.models import Conversation, Leg
from tests.assignment.test_giving_out import rotate
from tests.cast import signed_in


@pytest.fixture
def nobody_there(cast):
    rotate(cast, cast.jana, cast.petr, over="available")
    return cast


def letters(cast, *leads):
    with cast.inside():
        for lead in leads:
            lead.refresh_from_db()
        return "".join(lead.owner.name[0] if lead.owner else "-" for lead in leads)


def test_who_waits_is_told_once_and_in_their_language(nobody_there):
    cast = nobody_there
    lead = cast.apply(text="Dobrý den")
    with cast.inside():
        lead.receive("Haló?", via="web")
    with cast.inside():
        promise = Promise.objects.get()
        said = lead.messages.get(kind="outbound")
        assert said.text.startswith("Děkujeme za vaši zprávu.")
        assert (said.author, said.author_name) == (None, "Northwind Talent")
        assert promise.due_at - promise.promised_at >= timedelta(minutes=60)  # the campaign's goal
        lead.refresh_from_db()
        assert lead.waiting_since == promise.waiting_since
        assert lead.last_outbound_at is None
        now = timezone.now()
        assert usual_answer(cast.campaign, now) == timedelta(minutes=60)
        Leg.objects.update(started_at=now - timedelta(hours=3), first_answer_at=now - timedelta(hours=1))
        assert usual_answer(cast.campaign, now) == timedelta(hours=2)  # the median of the last 14 days
        assert usual_answer(cast.campaign, now + timedelta(days=15)) == timedelta(minutes=60)


def test_the_promise_is_kept_or_broken(nobody_there):
    cast = nobody_there
    kept, broken = cast.apply(), cast.apply("Karel", "karel@mail.example")
    with cast.inside():
        kept.reply("Good morning", by=cast.jana)
        assert break_late(timezone.now() + timedelta(days=1)) == 1
        broken.reply("Sorry", by=cast.jana, at=timezone.now() + timedelta(days=2))
        assert dict(Promise.objects.values_list("conversation__person__name", "kept")) == {
            "Lucie Němcová": "kept",
            "Karel": "broken",
        }
    page = signed_in(cast.sofia).get(reverse("assignment:campaign", args=[cast.campaign.pk])).text
    assert "1 kept, 1 broken, 0 still open" in page


def test_nobody_is_told_who_stopped_or_whose_campaign_keeps_silent(nobody_there):
    cast = nobody_there
    lead = cast.apply(text="STOP")
    with cast.inside():
        assert not lead.messages.filter(kind="outbound").exists()
        Campaign.objects.update(says_away=False)
    quiet = cast.apply("Karel", "karel@mail.example")
    with cast.inside():
        assert promise_answer(quiet) is None
        assert not quiet.messages.filter(kind="outbound").exists()


def test_a_newer_lead_never_overtakes_an_older_one(nobody_there):
    cast = nobody_there
    old = cast.apply()
    with cast.inside():
        Member.objects.filter(pk=cast.jana.pk).update(availability=Availability.AVAILABLE, open_limit=1)
    new = cast.apply("Karel", "karel@mail.example")
    assert letters(cast, old, new) == "J-"


def test_an_end_makes_room_for_who_waits(nobody_there):
    cast = nobody_there
    old = cast.apply()
    with cast.inside():
        Member.objects.filter(pk=cast.jana.pk).update(open_limit=1)
        cast.jana.refresh_from_db()
        say(cast.jana, Availability.AVAILABLE)
    new = cast.apply("Karel", "karel@mail.example")
    assert letters(cast, old, new) == "J-"
    with cast.inside():
        old.end_leg(by=cast.jana, data={}, at=timezone.now())
    assert letters(cast, new) == "J"


def test_assign_now_gives_to_who_isnt_there(nobody_there):
    cast = nobody_there
    leads = [cast.apply(f"Person {n}", f"p{n}@mail.example") for n in range(3)]
    page = signed_in(cast.sofia).post(reverse("assignment:queue", args=[cast.campaign.pk]), follow=True).text
    assert "3 leads were assigned." in page
    assert letters(cast, *leads) == "JPJ"
    assert signed_in(cast.jana).post(reverse("assignment:queue", args=[cast.campaign.pk])).status_code == 404


def test_unanswered_goes_back_and_not_to_the_same_member_at_once(cast):
    rotate(cast, cast.jana, cast.petr)
    lead, answered = cast.apply(), cast.apply("Karel", "karel@mail.example")
    with cast.inside():
        answered.reply("Hello", by=cast.petr)
        Campaign.objects.update(return_after_minutes=30)
    take_back_unanswered(cast.organization.pk, timezone.now() + timedelta(minutes=29))
    assert letters(cast, lead) == "J"
    take_back_unanswered(cast.organization.pk, timezone.now() + timedelta(minutes=31))
    work_off_queues()
    assert letters(cast, lead, answered) == "PP"
    with cast.inside():
        rows = list(lead.assignments.values_list("because", "member__user__name"))
        assert rows == [("rotation", "Jana Dvořáková"), ("unanswered", None), ("rotation", "Petr Svoboda")]


def test_who_returns_goes_to_their_last_owner_when_there_else_round(nobody_there):
    cast = nobody_there
    with cast.inside():
        Member.objects.filter(pk=cast.jana.pk).update(availability=Availability.AVAILABLE)
    lead = cast.apply()
    with cast.inside():
        lead.end_leg(by=cast.jana, data={}, at=timezone.now())
        lead.receive("Me again", via="web")
    assert letters(cast, lead) == "J"
    with cast.inside():
        lead.end_leg(by=cast.jana, data={}, at=timezone.now())
        Member.objects.filter(pk=cast.jana.pk).update(availability=Availability.AWAY)
        Member.objects.filter(pk=cast.petr.pk).update(availability=Availability.AVAILABLE)
        lead.receive("And again", via="web")
    assert letters(cast, lead) == "P"


def test_the_shares_say_why_they_differ(nobody_there):
    cast = nobody_there
    with cast.inside():
        Member.objects.filter(pk=cast.jana.pk).update(availability=Availability.AWAY)
        Member.objects.filter(pk=cast.petr.pk).update(availability=Availability.AVAILABLE)
    cast.apply()
    page = signed_in(cast.sofia).get(reverse("assignment:campaign", args=[cast.campaign.pk])).text
    assert "away: 1×" in page


def test_nobody_is_told_whom_another_worker_has_given_a_recruiter_meanwhile(nobody_there):
    cast = nobody_there
    with cast.inside():
        Campaign.objects.update(says_away=False)
    lead = cast.apply()
    with cast.inside():
        Campaign.objects.update(says_away=True)
        as_it_was = Conversation.objects.get(pk=lead.pk)
        lead.assign_to(cast.jana, because="by_hand")
        assert promise_answer(as_it_was) is None
        assert not lead.messages.filter(kind="outbound").exists()
