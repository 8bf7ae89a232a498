"""The assign dialog: who may open it, what it offers, who wins."""

import pytest
from django.urls import reverse

from accounts.models import Organization
from assignment.assigning import assign
from campaigns.models import CampaignAccess
from tests.cast import signed_in


@pytest.fixture
def lead(cast, lead):
    with cast.inside():
        CampaignAccess.objects.filter(member=cast.petr).update(auto_assign=False)
    return lead


def url(conversation, name="assignment:new") -> str:
    return reverse(name, args=[conversation.pk])


def post(cast, conversation, by, to, seen=None):
    data = {"member": to.pk if to else "", "seen": seen.pk if seen else ""}
    return signed_in(by).post(url(conversation), data, headers={"HX-Request": "true"})


def owner(cast, conversation):
    with cast.inside():
        conversation.refresh_from_db()
        return conversation.owner


def test_an_admin_gives_it_to_any_recruiter(cast, lead):
    response = post(cast, lead, cast.adam, cast.petr, seen=cast.jana)
    assert response.status_code == 200
    assert "thread-changed" in response.headers["HX-Trigger"]
    assert owner(cast, lead) == cast.petr
    with cast.inside():
        last = lead.assignments.last()
        assert (last.because, last.by) == ("by_hand", cast.adam)


def test_the_dialog_offers_who_has_a_campaign_with_their_workload(cast, lead):
    page = signed_in(cast.adam).get(url(lead)).content.decode()
    assert "Assign Lucie Němcová" in page
    assert "Petr Svoboda" in page
    assert "Jana Dvořáková has it now." in page
    assert "Eva Malá" not in page
    assert "Greta Guest" not in page
    assert "1 open" in page


def test_a_recruiter_takes_an_unassigned_one(cast, lead):
    with cast.inside():
        assign(lead, None, because="by_hand")
    page = signed_in(cast.petr).get(url(lead)).content.decode()
    assert "Take it" in page
    assert "Search members" not in page
    assert post(cast, lead, cast.petr, cast.petr).status_code == 200
    assert owner(cast, lead) == cast.petr


def test_who_comes_second_is_told_who_was_first(cast, lead):
    with cast.inside():
        assign(lead, None, because="by_hand")
    post(cast, lead, cast.sofia, cast.petr)
    response = post(cast, lead, cast.adam, cast.jana)
    assert response.status_code == 409
    assert "Petr Svoboda has this conversation now." in response.content.decode()
    assert owner(cast, lead) == cast.petr


def test_back_to_the_queue(cast, lead):
    assert "Back to the queue" in signed_in(cast.jana).get(url(lead)).content.decode()
    assert post(cast, lead, cast.jana, None, seen=cast.jana).status_code == 200
    assert owner(cast, lead) is None


def test_a_recruiter_may_not_take_a_colleagues(cast, lead):
    response = post(cast, lead, cast.petr, cast.petr, seen=cast.jana)
    assert response.status_code == 422
    assert "Only a supervisor" in response.content.decode()


def test_the_organization_can_forbid_handing_over(cast, lead):
    with cast.inside():
        Organization.objects.filter(pk=cast.organization.pk).update(recruiters_may_hand_over=False)
    assert post(cast, lead, cast.jana, cast.petr, seen=cast.jana).status_code == 422


@pytest.mark.parametrize("member", ["nonsense", "00000000-0000-0000-0000-000000000000", "\x00"])
def test_nobody_of_that_kind(cast, lead, member):
    response = signed_in(cast.adam).post(url(lead), {"member": member})
    assert response.status_code == 422
    assert "Choose a member." in response.content.decode()


def test_another_organizations_member_is_not_there(cast, lead, stranger):
    response = signed_in(cast.adam).post(url(lead), {"member": stranger.member.pk})
    assert response.status_code == 422


def test_the_history_names_everybody_who_had_it(cast, lead):
    with cast.inside():
        assign(lead, cast.petr, because="by_hand", by=cast.adam)
    page = signed_in(cast.jana).get(url(lead, "assignment:history")).content.decode()
    assert page.index("Jana Dvořáková") < page.index("Petr Svoboda") < page.index("by Adam Novák")


@pytest.mark.parametrize("name", ["assignment:new", "assignment:history"])
def test_others_find_nothing_there(cast, lead, stranger, name):
    for member in (cast.eva, cast.guest, stranger.member):
        assert signed_in(member).get(url(lead, name)).status_code == 404
        assert signed_in(member).post(url(lead, "assignment:new"), {"member": member.pk}).status_code == 404
    assert signed_in(cast.jana).delete(url(lead, name)).status_code == 405
