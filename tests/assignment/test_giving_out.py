from collections import Counter
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections

from accounts.models import Availability, Member
from accounts.presence import say
from assignment.assigning import assign
from assignment.giving import give_to_next
from assignment.models import Assignment
from assignment.tasks import work_off_queues
from campaigns.models import Campaign, CampaignAccess
from conversations.applying import apply
from conversations.models import Conversation
from conversations.signals import quietly
from people.finding import Applicant
from tests.cast import Cast, make_campaign, make_member


def rotate(cast: Cast, *members: Member, over: str = "everyone") -> None:
    """Sets who is in Auto assign of the cast's campaign, in this order."""
    with cast.inside():
        Campaign.objects.filter(pk=cast.campaign.pk).update(rotate_over=over)
        CampaignAccess.objects.filter(campaign=cast.campaign).delete()
        for turn, member in enumerate(members):
            CampaignAccess.objects.create(campaign=cast.campaign, member=member, auto_assign=True, turn=turn)
        cast.campaign.refresh_from_db()


def owners(cast: Cast, leads: int) -> str:
    made = [cast.apply(f"Candidate {n}", f"c{n}@mail.example") for n in range(leads)]
    return "".join(c.owner.name[0] if c.owner else "-" for c in made)


def test_leads_one_to_six_go_round(cast):
    rotate(cast, cast.jana, cast.petr, cast.eva)
    assert owners(cast, 6) == "JPEJPE"


def test_the_statement_that_gives_writes_what_the_verb_writes(cast):
    rotate(cast, cast.jana)
    with quietly(), cast.inside():
        given, assigned = (apply(cast.campaign, Applicant(n, f"{n}@mail.example")).conversation for n in "ab")
        assign(assigned, cast.jana, because="rotation")
        give_to_next(given)
        left, right = (written(lead) for lead in (given, assigned))
    assert left == right
    assert left["line"]["data"]["to"] == "Jana Dvořáková"


def written(lead: Conversation) -> dict[str, Any]:
    """What the database has of a lead and its assignment, without what is each row's own."""
    own = {"id", "conversation_id", "leg_id", "application_id", "person_id"}
    line, entry = lead.events.last(), lead.assignments.get()
    rows = {"lead": Conversation.objects.get(pk=lead.pk), "leg": lead.legs.get(), "line": line, "entry": entry}
    return {
        name: {key: value for key, value in vars(row).items() if key not in own and not key.endswith(("_at", "since"))}
        | {"_state": ""}
        for name, row in rows.items()
    }


def test_each_campaign_has_its_own_rotation(cast):
    rotate(cast, cast.jana, cast.petr)
    assert owners(cast, 1) == "J"
    with cast.inside():
        other = make_campaign("Team lead, Utrecht", [cast.jana, cast.petr], [cast.jana, cast.petr])
    cast.campaign = other
    assert owners(cast, 1) == "J"


def test_the_ledger_says_why_and_who_was_passed_over(cast):
    with cast.inside():
        Member.objects.filter(pk=cast.petr.pk).update(availability=Availability.AVAILABLE)
        Member.objects.filter(pk=cast.jana.pk).update(availability=Availability.AWAY)
    rotate(cast, cast.jana, cast.petr, over="available")
    conversation = cast.apply()
    with cast.inside():
        row = Assignment.objects.get(conversation=conversation)
        assert (row.member, row.because, row.campaign, row.leg) == (
            cast.petr,
            "rotation",
            cast.campaign,
            conversation.leg,
        )
        assert row.passed_over == [{"member": str(cast.jana.pk), "name": "Jana Dvořáková", "why": "away"}]


def test_a_member_who_left_or_became_a_guest_gets_nothing(cast):
    rotate(cast, cast.jana, cast.petr, cast.guest)
    with cast.inside():
        Member.objects.filter(pk=cast.jana.pk).update(is_active=False)
    assert owners(cast, 2) == "PP"


def test_without_anybody_the_lead_waits_and_the_oldest_goes_first(cast):
    rotate(cast, cast.jana, cast.petr, over="available")
    assert owners(cast, 3) == "---"
    with cast.inside():
        Member.objects.filter(pk=cast.petr.pk).update(availability=Availability.AVAILABLE, open_limit=2)
    work_off_queues()
    with cast.inside():
        leads = Conversation.objects.order_by("opened_at")
        assert [lead.owner for lead in leads] == [cast.petr, cast.petr, None]


def test_who_becomes_available_gets_what_has_waited(cast):
    rotate(cast, cast.jana, over="available")
    conversation = cast.apply()
    assert conversation.owner is None
    with cast.inside():
        say(cast.jana, Availability.AVAILABLE)
    with cast.inside():
        conversation.refresh_from_db()
        assert conversation.owner == cast.jana


def test_giving_out_twice_changes_nothing(cast):
    conversation = cast.apply()
    with cast.inside():
        assert give_to_next(conversation) is None
        assert Assignment.objects.filter(conversation=conversation).count() == 1


def test_a_new_message_in_an_unowned_conversation_finds_an_owner(cast):
    rotate(cast, cast.jana, over="available")
    conversation = cast.apply()
    assert conversation.owner is None
    with cast.inside():
        Member.objects.filter(pk=cast.jana.pk).update(availability=Availability.AVAILABLE)
        conversation.receive("Is anybody there?", via="web")
    with cast.inside():
        conversation.refresh_from_db()
        assert conversation.owner == cast.jana


def test_a_leg_taken_up_stands_in_the_ledger(cast):
    conversation = cast.apply()
    with cast.inside():
        conversation.end_leg(by=cast.jana, data={}, at=conversation.opened_at)
        conversation.take_up(by=cast.eva)
        conversation.end_leg(by=cast.eva, data={}, at=conversation.opened_at)
        conversation.receive("Me again", via="web")
        rows = conversation.assignments.values_list("member__user__name", "because", "leg__number")
        assert list(rows) == [
            ("Jana Dvořáková", "rotation", 1),
            ("Eva Malá", "delivery", 2),
            ("Eva Malá", "returned", 3),
        ]


@pytest.mark.parametrize(("threads", "each"), [(8, 20)])
def test_in_parallel_the_shares_differ_by_at_most_one(cast, threads, each):
    with cast.inside():
        members = [make_member(f"Member{n} Test") for n in range(7)]
    rotate(cast, *members)
    start = Barrier(threads)

    def many_apply(thread: int) -> None:
        start.wait()
        for n in range(each):
            with quietly(), cast.inside():
                applicant = Applicant(f"C {thread} {n}", f"c{thread}-{n}@mail.example")
                give_to_next(apply(cast.campaign, applicant, text="Hello").conversation)
        connections.close_all()

    running = [Thread(target=many_apply, args=(thread,)) for thread in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    with cast.inside():
        shares = Counter(Conversation.objects.values_list("owner", flat=True))
        assert Assignment.objects.count() == threads * each
    assert set(shares) == {member.pk for member in members}
    assert max(shares.values()) - min(shares.values()) <= 1
