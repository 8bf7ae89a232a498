import pytest
from django.utils import timezone

from accounts.models import Member
from accounts.tenancy import enter
from assignment.models import Assignment
from tests.cast import make_member, signed_in


def test_availability_is_said_and_nothing_else_is_taken(cast):
    jana = signed_in(cast.jana)
    assert jana.post("/me/availability/", {"availability": "away"}).status_code == 302
    assert jana.post("/me/availability/", {"availability": "asleep"}).status_code == 404
    assert jana.get("/me/availability/").status_code == 405
    assert signed_in(cast.guest).post("/me/availability/", {"availability": "away"}).status_code == 404
    with cast.inside():
        assert Member.objects.get(pk=cast.jana.pk).availability == "away"


def test_who_becomes_available_gets_what_waited(cast):
    with cast.inside():
        type(cast.campaign).objects.update(rotate_over="available")
    cast.apply()
    with cast.inside():
        assert not Assignment.objects.exists()
    signed_in(cast.jana).post("/me/availability/", {"availability": "available"})
    with cast.inside():
        assert Assignment.objects.get().member == cast.jana


def test_a_member_of_two_organizations_switches_between_them(cast, stranger):
    with stranger.inside():
        Member.objects.create(user=cast.jana.user, role="recruiter")
    jana = signed_in(cast.jana)
    assert "Contoso People" in jana.get("/inbox/mine/").text
    assert jana.post("/me/organization/", {"organization": stranger.organization.pk}).status_code == 302
    assert jana.get("/inbox/mine/").wsgi_request.organization == stranger.organization
    for wrong in (0, 999999, "x", ""):
        assert jana.post("/me/organization/", {"organization": wrong}).status_code == 404


def test_another_organization_is_not_to_be_switched_to(cast, stranger):
    assert signed_in(cast.jana).post("/me/organization/", {"organization": stranger.organization.pk}).status_code == 404


def test_the_language_is_the_members_own(cast):
    jana = signed_in(cast.jana)
    assert 'lang="en"' in jana.get("/inbox/mine/").text
    jana.post("/me/language/", {"language": "cs"})
    assert 'lang="cs"' in jana.get("/inbox/mine/").text
    assert jana.post("/me/language/", {"language": "tlh"}).status_code == 404


def test_being_seen_is_written_once_a_minute(cast, django_assert_num_queries):
    jana = signed_in(cast.jana)
    jana.get("/inbox/mine/")
    with cast.inside():
        first = Member.objects.get(pk=cast.jana.pk).last_seen_at
    jana.get("/inbox/mine/")
    with cast.inside():
        assert Member.objects.get(pk=cast.jana.pk).last_seen_at == first
    assert first is not None
    assert (timezone.now() - first).total_seconds() < 60


@pytest.mark.parametrize(
    "referer", ["https://evil.example/x", "//evil.example", "javascript:alert(1)", "http://testserver//evil.example/"]
)
def test_nobody_is_sent_elsewhere(cast, referer):
    answer = signed_in(cast.jana).post("/me/language/", {"language": "de"}, headers={"referer": referer})
    assert answer["Location"] in {"/", "/evil.example/"}


def test_who_is_in_no_organization_is_told_so(cast):
    with enter(cast.organization.pk):
        lost = make_member("Lost Soul")
        lost.is_active = False
        lost.save()
    answer = signed_in(lost).get("/inbox/mine/")
    assert answer.status_code == 403
    assert "no organization" in answer.text
