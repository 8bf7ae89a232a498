"""The four routes on which people are handed on, leg by leg; the person's page shows the chain."""

from dataclasses import dataclass

import pytest
from django.urls import reverse

from accounts.models import Member, Team, TeamMember
from conversations.models import Conversation
from delivery.delivering import deliver
from delivery.models import Delivery, Procedure, Status
from tests.cast import make_member, signed_in
from tests.delivery.outcomes import outcome


@dataclass
class Route:
    """From whom, to whom it is delivered (a member, a team by slug, an address), and who takes it up."""

    first: str
    to: str
    then: str


ROUTES = {
    "advocate to recruiter": Route("eva", "jana", "jana"),
    "recruiter to hiring manager": Route("jana", "manager", "manager"),
    "agency to client by address": Route("jana", "Boss@Client.example", "boss@client.example"),
    "central team to team": Route("petr", "brno", "eva"),
}


@pytest.fixture
def people(cast):
    with cast.inside():
        manager = make_member("Karel Vedoucí")
        team = Team.objects.create(name="Brno", slug="brno", workspace=cast.organization.workspaces()[0])
        TeamMember.objects.create(team=team, member=cast.eva)
        Procedure.objects.create(team=cast.team, status=Status.objects.get(slug="qualified"), guests_may_reply=True)
        return {"manager": manager, "brno": team, "jana": cast.jana, "petr": cast.petr, "eva": cast.eva}


@pytest.mark.parametrize("route", ROUTES.values(), ids=list(ROUTES))
def test_each_leg_has_its_owner_first_answer_and_end(cast, lead, people, route):
    with cast.inside():
        lead.assign_to(people[route.first], because="by_hand")
        lead.reply("Hello", by=people[route.first])
        deliver(lead, outcome(lead), by=people[route.first], to=[people.get(route.to, route.to)])
        delivery = Delivery.objects.get()
        takes = people.get(route.then) or Member.objects.select_related("user").get(user__email=route.then)
    client = signed_in(takes)
    assert "Lucie Němcová" in client.get(reverse("delivery:received")).text
    assert client.post(reverse("delivery:leg", args=[delivery.pk])).status_code == 302
    said = {"text": "When can you come?", "to": "candidate"}
    assert client.post(reverse("delivery:messages", args=[delivery.pk]), said).status_code == 302
    with cast.inside():
        lead = Conversation.objects.select_related("person", "campaign", "application").get()
        deliver(lead, outcome(lead, "not_interested"), by=takes, to=[])
        legs = list(lead.legs.select_related("owner"))
        assert [leg.owner for leg in legs] == [people[route.first], takes]
        for leg in legs:
            assert leg.first_answer_at
            assert leg.ended_at
            assert leg.started_at <= leg.first_answer_at <= leg.ended_at
        assert [leg.delivery.status.slug for leg in legs] == ["qualified", "not_interested"]
        person = lead.person_id
    chain = signed_in(cast.sofia).get(reverse("delivery:legs", args=[person])).text
    shown = [f"1. {people[route.first].name}", "Qualified", f"2. {takes.name}", "Not interested"]
    assert [chain.index(words) for words in shown] == sorted(chain.index(words) for words in shown)
    assert reverse("delivery:legs", args=[person]) in signed_in(cast.sofia).get(reverse("person", args=[person])).text


def test_the_candidate_reopens_it_with_its_last_owner(cast, lead):
    with cast.inside():
        deliver(lead, outcome(lead), by=cast.petr, to=[cast.team])
        lead.receive("One more thing", via="web")
    with cast.inside():
        lead.refresh_from_db()
        assert (lead.is_open, lead.owner, lead.leg.number) == (True, cast.jana, 2)
        assert lead.legs.get(number=2).owner == cast.jana


def test_or_with_the_colleague_who_accepted_it(cast, lead):
    with cast.inside():
        delivery = deliver(lead, outcome(lead), by=cast.jana, to=[cast.team])
    signed_in(cast.eva).post(reverse("delivery:answer", args=[delivery.pk]), {"answer": "accepted"})
    with cast.inside():
        lead.receive("One more thing", via="web")
    with cast.inside():
        lead.refresh_from_db()
        assert lead.owner == lead.leg.owner == cast.eva
