import io
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.doors import organization_of_slug
from accounts.models import Member, Organization, Workspace
from accounts.tenancy import enter
from people.models import PersonStatus, Temperature
from scoring.models import ScoreRule

FACTS = {
    "name": "Fabrikam",
    "slug": "fabrikam",
    "public_email": "jobs@fabrikam.example",
    "admin_email": "ann@fabrikam.example",
}


def create(monkeypatch, password="", **changes) -> str:
    out = StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(password))
    call_command("create_organization", stdout=out, **FACTS | changes)
    return out.getvalue()


def test_an_organization_begins_with_what_it_needs(db, monkeypatch):
    said = create(monkeypatch, "a-long-password\n", time_zone="Europe/Moscow", language="de")
    assert "ann@fabrikam.example signs in with their password" in said
    with enter(organization_of_slug("fabrikam")):
        organization, admin = Organization.objects.get(), Member.objects.get()
        assert (organization.time_zone, organization.language) == ("Europe/Moscow", "de")
        assert admin.is_admin
        assert admin.user.check_password("a-long-password")
        assert Workspace.objects.count() == 1
        assert [each.slug for each in Temperature.objects.all()] == ["hot", "warm", "cold"]
        assert ScoreRule.objects.values("activity_kind").distinct().count() >= 5
        assert PersonStatus.objects.exists()


def test_without_a_password_the_admin_signs_in_with_a_code(db, monkeypatch):
    assert "with a code" in create(monkeypatch)
    with enter(organization_of_slug("fabrikam")):
        assert not Member.objects.get().user.has_usable_password()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"slug": "no good"}, "--slug"),
        ({"public_email": "nobody"}, "--public-email"),
        ({"admin_email": "a@"}, "--admin-email"),
        ({"time_zone": "Mars/Base"}, "Mars/Base"),
        ({"name": " "}, "--name"),
    ],
)
def test_what_cannot_be_right_is_said(db, monkeypatch, wrong, said):
    with pytest.raises(CommandError, match=said):
        create(monkeypatch, **wrong)


def test_a_slug_that_is_taken_is_said(cast, monkeypatch):
    with pytest.raises(CommandError, match="already"):
        create(monkeypatch, slug="northwind")
