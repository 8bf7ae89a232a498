"""The three columns: saved at once, by one admin at a time, and nobody's turn is lost."""

from itertools import pairwise

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assignment.permissions import ChangedMeanwhile, NotPermitted, Permissions, order_of_turn
from assignment.permissions import permissions_of as read
from assignment.permissions import save_permissions as save
from campaigns.models import Campaign, CampaignAccess
from tests.cast import signed_in


def as_posted(cast, auto, access=(), version=0, seen=()):
    return {
        "access": [m.pk for m in access],
        "auto": [m.pk for m in auto],
        "seen": [m.pk for m in seen],
        "version": version,
    }


def url(cast):
    return reverse("assignment:permissions", args=[cast.campaign.pk])


def turns(cast) -> str:
    with cast.inside():
        return "".join(access.member.name[0] for access in cast.campaign.in_turn)


def test_what_was_arranged_is_saved_at_once(cast):
    client = signed_in(cast.adam)
    page = client.get(url(cast)).text
    assert page.index("Team members") < page.index("Eva Malá") < page.index("Members with access")
    assert page.index("Auto assign</h2>") < page.index('data-name="Jana')
    answer = client.post(url(cast), as_posted(cast, [cast.eva, cast.jana], [cast.sofia]), follow=True)
    assert "Permissions are saved." in answer.text
    assert turns(cast) == "EJ"
    with cast.inside():
        assert not CampaignAccess.objects.filter(member=cast.petr).exists()
        assert CampaignAccess.objects.get(member=cast.sofia).auto_assign is False
        (noted,) = LogEntry.objects.all()
        assert noted.user == cast.adam.user
        said = noted.get_change_message()
    for change in (
        "Added campaign access “Eva Malá”.",
        "Deleted campaign access “Petr Svoboda”.",
        "Changed auto_assign.",
    ):
        assert change in said


def test_the_second_of_two_admins_is_told_and_loses_nothing(cast):
    client = signed_in(cast.adam)
    client.post(url(cast), as_posted(cast, [cast.petr]))
    answer = client.post(url(cast), as_posted(cast, [cast.eva], [cast.jana]))
    assert answer.status_code == 409
    assert "Auto assign is now: Petr Svoboda." in answer.text
    page = answer.text
    assert page.index('data-column="auto"') < page.index('data-name="Eva')
    assert turns(cast) == "P"
    assert client.post(url(cast), as_posted(cast, [cast.eva], version=1)).status_code == 302
    assert turns(cast) == "E"


def test_a_forged_request_saves_nothing(cast, stranger):
    client = signed_in(cast.adam)
    for forged in (
        as_posted(cast, [stranger.member]),
        as_posted(cast, [cast.guest]),
        as_posted(cast, [cast.jana, cast.jana]),
        as_posted(cast, [cast.jana], version="x"),
        as_posted(cast, [cast.jana]) | {"access": ["nonsense"]},
    ):
        answer = client.post(url(cast), forged)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
    assert turns(cast) == "J"


def test_auto_assign_is_a_mark_on_access_so_it_cannot_be_without(cast):
    with cast.inside():
        with pytest.raises(NotPermitted, match="Only members with access"):
            save(cast.campaign, Permissions([], [cast.jana.pk], 0), by=cast.adam)
        CampaignAccess.objects.filter(campaign=cast.campaign, member=cast.jana).delete()
        assert not cast.campaign.in_turn.exists()


def test_only_admins_arrange(cast, stranger):
    for member in (cast.jana, cast.sofia, cast.guest, stranger.member):
        assert signed_in(member).get(url(cast)).status_code == 404
        assert signed_in(member).post(url(cast), as_posted(cast, [])).status_code == 404


def test_by_the_api_as_one_document(cast):
    from django.test import Client

    client = Client(headers={"Authorization": f"Bearer {cast.token()}"})
    address = "/api/v1/campaigns/support-agents-brno/permissions"
    document = client.get(address).json()
    assert document["auto_assign"] == ["jana@northwind.example"]
    document["auto_assign"] = ["petr@northwind.example", "jana@northwind.example"]
    assert client.put(address, document, content_type="application/json").json()["version"] == 1
    assert client.put(address, document, content_type="application/json").status_code == 409
    document |= {"version": 1, "access": []}
    answer = client.put(address, document, content_type="application/json")
    assert (answer.status_code, "Only members with access" in answer.json()["detail"]) == (422, True)
    assert turns(cast) == "PJ"


def test_a_lead_given_out_meanwhile_costs_nobody_their_turn(cast):
    with cast.inside():
        save(cast.campaign, Permissions([cast.jana.pk, cast.petr.pk], [cast.jana.pk, cast.petr.pk], 0), by=cast.adam)
        seen = read(Campaign.objects.get()).auto_assign
    cast.apply()
    assert turns(cast) == "PJ"
    with cast.inside():
        asked = [cast.jana.pk, cast.petr.pk, cast.eva.pk]
        save(cast.campaign, Permissions(asked, asked, 1, seen), by=cast.adam)
    assert turns(cast) == "PJE"
    with cast.inside(), pytest.raises(ChangedMeanwhile):
        save(cast.campaign, Permissions(asked, asked, 1, seen), by=cast.adam)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations("ABCDEF"), st.permutations("ABCDEFG"), st.integers(0, 6))
def test_who_stays_keeps_their_order_whoever_joins_and_leaves(now, seen, joins):
    """Whatever the order is now, a save that reorders nobody leaves it."""
    stay = [member for member in seen if member in now][joins // 2 :]
    asked = [*stay, *"XYZ"[: joins % 4]]
    order = order_of_turn(now, [m for m in seen if m in now], asked)
    assert sorted(order) == sorted(asked)
    kept = [member for member in now if member in stay]
    assert all(order.index(one) < order.index(other) for one, other in pairwise(kept))
