import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conversations.models import ReplyKey
from people.models import Activity
from scoring.models import VisitSite
from scoring.views.visits import SCRIPT
from scoring.visits import token_for
from tests.cast import signed_in

JOBS = "https://jobs.northwind.example"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def person(lead):
    return lead.person


@pytest.fixture
def site(cast) -> VisitSite:
    with cast.inside():
        return VisitSite.objects.create(address=f"{JOBS}/open/")


def look(site, token: str, path: str = "/jobs/1", origin: str = JOBS, agent: str = BROWSER) -> int:
    body = json.dumps({"token": token, "path": path})
    headers = {"Origin": origin, "User-Agent": agent}
    address = reverse("scoring:visit", args=[getattr(site, "pk", site)])
    return Client(headers=headers).post(address, body, content_type="text/plain").status_code


def visits(cast) -> int:
    with cast.inside():
        return Activity.objects.filter(kind="website_visit").count()


def test_the_script_is_at_most_two_kilobytes(client):
    assert SCRIPT.stat().st_size <= 2048
    answer = client.get(reverse("scoring:visits_script"))
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not answer.cookies


def test_a_page_counts_once_a_day_for_who_came_from_a_reply_link(cast, person, site):
    token = token_for(person)
    assert [look(site, token), look(site, token), look(site, token, "/jobs/2")] == [204, 204, 204]
    assert visits(cast) == 2
    with cast.inside():
        assert Activity.objects.filter(kind="website_visit", text="/jobs/1", person=person).exists()


def test_what_does_not_belong_together_is_not_counted(cast, stranger, person, site):
    token = token_for(person)
    with stranger.inside():
        theirs = VisitSite.objects.create(address=JOBS)
    wrong = [
        look(site, token, origin="https://evil.example"), look(site, token, origin="null"), look(site, "forged"),
        look(theirs, token), look(uuid4(), token), look(site, token[:-2] + "xx"),
    ]  # fmt: skip
    assert wrong == [403] * 6
    assert look(site, token, agent="Googlebot/2.1 (+http://www.google.com/bot.html)") == 204
    assert visits(cast) == 0
    with stranger.inside():
        assert not Activity.objects.exists()


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'{"token": 1}', b"\xff\xfe", b'{"token": "x", "path": "\\u0000"}']
)
def test_garbage_is_refused(cast, site, body):
    address = reverse("scoring:visit", args=[site.pk])
    client = Client(headers={"Origin": JOBS, "User-Agent": BROWSER})
    assert client.post(address, body, content_type="text/plain").status_code == 403
    assert client.post(address, b"x" * 5000, content_type="text/plain").status_code == 413


def test_a_flood_is_not_counted(cast, person, site, monkeypatch):
    monkeypatch.setattr("scoring.visits.MOST_IN_AN_HOUR", 4)
    token = token_for(person)
    for number in range(6):
        assert look(site, token, f"/jobs/{number}") == 204
    assert visits(cast) == 4


def test_the_candidates_page_leads_there_and_counts_nothing(cast, person, site):
    with cast.inside():
        token = ReplyKey.of(person.conversations.get(), ReplyKey.Use.LINK).token
    assert f"{JOBS}/open/#rc=" in Client().get(f"/c/{token}/job-site/").content.decode()
    assert visits(cast) == 0


def test_the_admin_shows_the_script_to_put_on_the_site(cast, site):
    page = signed_in(cast.adam).get(reverse("admin:scoring_visitsite_change", args=[site.pk])).content.decode()
    assert "visits/script.js" in page
    assert str(site.pk) in page
    assert timezone.now()
