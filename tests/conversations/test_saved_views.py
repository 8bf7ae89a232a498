"""Filters under a name: one's own, and a team's."""

from django.urls import reverse

from accounts.models import TeamMember
from conversations.models import SavedView
from tests.cast import signed_in


def save(member, query="sort=waiting&q=Lucie", **fields):
    return signed_in(member).post(
        reverse("saved_view_new", args=["everyone"]) + f"?{query}", {"name": "Lucies"} | fields
    )


def test_a_view_is_saved_shown_in_the_rail_and_let_go(cast, lead):
    client = signed_in(cast.jana)
    assert save(cast.jana).headers["Location"] == "/inbox/everyone/?sort=waiting&q=Lucie"
    page = client.get("/inbox/everyone/?sort=waiting&q=Lucie").text
    assert ">Lucies<" in page
    assert 'aria-current="page" title="Lucies"' in page
    assert save(cast.jana).status_code == 422
    with cast.inside():
        saved = SavedView.objects.get()
    assert signed_in(cast.petr).delete(reverse("saved_view", args=[saved.pk])).status_code == 404
    client.delete(reverse("saved_view", args=[saved.pk]))
    assert ">Lucies<" not in client.get("/inbox/everyone/").text


def test_a_team_has_what_is_shared_with_it_and_nobody_else(cast):
    with cast.inside():
        TeamMember.objects.create(team=cast.team, member=cast.petr)
    assert save(cast.jana, team=cast.team.pk).status_code == 422  # not a team of hers
    save(cast.sofia, team=cast.team.pk)
    assert ">Lucies<" in signed_in(cast.petr).get("/inbox/mine/").text
    assert ">Lucies<" not in signed_in(cast.jana).get("/inbox/mine/").text
