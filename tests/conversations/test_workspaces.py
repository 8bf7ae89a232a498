"""Divisions of an organization: lists show one or all, and with one nobody sees the word."""

from django.urls import reverse

from accounts.models import Workspace
from conversations.applying import apply
from people.finding import Applicant
from tests.cast import make_campaign, signed_in


def test_lists_numbers_and_campaigns_switch_between_one_and_all(cast, stranger):
    cast.apply()
    client = signed_in(cast.sofia)
    assert "workspace" not in client.get("/inbox/everyone/").text.lower()
    with cast.inside():
        other = Workspace.objects.create(name="Netherlands", slug="nl")
        campaign = make_campaign("Team lead, Utrecht", [])
        campaign.workspace = other
        campaign.save()
        apply(campaign, Applicant("Daan Visser", "daan@mail.example"), text="Hallo")
    with stranger.inside():
        theirs = Workspace.objects.get()
    assert client.post(reverse("switch_workspace"), {"workspace": theirs.pk}).status_code == 404
    page = client.get("/inbox/everyone/").text
    assert ("Lucie" in page, "Daan" in page, "All workspaces" in page) == (True, True, True)
    client.post(reverse("switch_workspace"), {"workspace": other.pk})
    page = client.get("/inbox/everyone/").text
    assert ("Lucie" in page, "Daan" in page, "Support agents" in page) == (False, True, False)
    client.post(reverse("switch_workspace"), {"workspace": ""})
    assert "Lucie" in client.get("/inbox/everyone/").text
