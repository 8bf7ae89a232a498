"""The outcome report: a straight recount of the deliveries, for whoever may see them."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.http import QueryDict
from django.urls import reverse

from accounts.models import Organization
from campaigns.models import Application, Source
from conversations.applying import apply
from conversations.signals import quietly
from delivery.delivering import deliver
from delivery.models import Delivery
from people.finding import Applicant
from reports.filters import Filters
from reports.funnel import funnels
from reports.outcomes import Outcomes
from tests.cast import make_campaign, signed_in
from tests.delivery.outcomes import outcome

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
# source, status, rating, reason, days ago, deliverer
DELIVERED = [
    ("Jobs.example", "qualified", 5, "", 1, "jana"),
    ("Jobs.example", "qualified", 4, "", 2, "petr"),
    ("Jobs.example", "not_qualified", None, "no-work-permit", 2, "jana"),
    ("Jobs.example", "spam", None, "", 2, "jana"),
    ("Referral", "not_qualified", None, "language-level-too-low", 3, "jana"),
    ("Referral", "not_qualified", None, "no-work-permit", 4, "petr"),
    ("", "review", 2, "", 5, "petr"),
    ("Referral", "qualified", 3, "", 25, "jana"),  # in October
]


@pytest.fixture
def delivered(cast):
    """Deliveries of November and one before; one conversation that a member wrote in and nobody delivered."""
    with cast.inside(), quietly():
        sources = {"Jobs.example": cast.source, "Referral": Source.objects.create(name="Referral", slug="referral")}
        for number, (source, status, rating, reason, days, by) in enumerate(DELIVERED):
            at, email = NOW - timedelta(days=days), f"c{number}@mail.example"
            applied = apply(
                cast.campaign, Applicant(f"C {number}", email), source=sources.get(source), text="Hi", at=at
            )
            said = outcome(applied.conversation, status, rating=rating, reason=reason)
            deliver(applied.conversation, said, by=getattr(cast, by), to=[], at=at)
        waiting = apply(cast.campaign, Applicant("W", "w@mail.example"), source=cast.source, text="Hi", at=NOW)
        waiting.conversation.reply("Hello", by=cast.jana, at=NOW)
        Application.objects.filter(person__name="C 0").update(stage="hired")


def report(member, query: str = "") -> Outcomes:
    return Outcomes(Filters(member, QueryDict(query), now=NOW))


def test_the_report_equals_a_straight_recount(cast, delivered):
    with cast.inside():
        found = {figures.name: figures for figures in report(cast.adam).broken_down}
        rows = Delivery.objects.filter(delivered_at__month=11).exclude(status__slug="spam")
        for name, figures in found.items():
            own = [d for d in rows if (d.application.source.name if d.application.source else "No source") == name]
            assert figures.total == len(own)
            assert sum(figures.by_status.values()) == len(own)
            for slug, count in figures.by_status.items():
                assert count == sum(d.status.slug == slug for d in own)
            rated = [d.rating for d in own if d.rating]
            assert figures.rating == (sum(rated) / len(rated) if rated else None)
        assert set(found) == {"Jobs.example", "Referral", "No source"}


def test_spam_is_counted_beside(cast, delivered):
    with cast.inside():
        assert (report(cast.adam).all.total, report(cast.adam).spam) == (6, 1)


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("first=2026-10-01&last=2026-10-31", 1),
        ("first=2026-11-17", 4),
        ("first=2026-11-19&last=2026-11-19", 1),
        ("first=2026-11-20&last=2026-11-01", 0),
        ("first=nonsense&last=9999-99-99&campaign=x&member=%00&by=;drop", 6),
        ("source=none", 1),
        ("source=nonsense", 0),
        ("first=0001-01-01&last=9999-12-31", 0),
    ],
)
def test_filters(cast, delivered, query, total):
    with cast.inside():
        assert report(cast.adam, query).all.total == total


def test_by_member_and_by_campaign(cast, delivered):
    with cast.inside():
        by_member = {f.name: f.total for f in report(cast.adam, "by=member").broken_down}
        assert by_member == {"Jana Dvořáková": 3, "Petr Svoboda": 3}
        assert [f.name for f in report(cast.adam, "by=campaign").broken_down] == ["Support agents, Brno"]
        assert report(cast.adam, f"member={cast.jana.pk}").all.total == 3


def test_days_are_the_organizations(cast):
    """Half past eleven in the evening of UTC is the next day in Prague."""
    late = datetime(2026, 11, 10, 23, 30, tzinfo=UTC)
    with cast.inside(), quietly():
        applied = apply(cast.campaign, Applicant("N", "n@mail.example"), text="Hi", at=late)
        deliver(applied.conversation, outcome(applied.conversation), by=cast.jana, to=[], at=late)
        assert report(cast.adam, "first=2026-11-11&last=2026-11-11").all.total == 1
        Organization.objects.filter(pk=cast.organization.pk).update(time_zone="America/New_York")
        cast.adam.organization.refresh_from_db()
        assert report(cast.adam, "first=2026-11-10&last=2026-11-10").all.total == 1


def test_why_not(cast, delivered):
    with cast.inside():
        found = [(why.status, why.reason, why.count, round(why.share)) for why in report(cast.adam).why_not]
    assert found == [("Not qualified", "No work permit", 2, 67), ("Not qualified", "Language level too low", 1, 33)]


def test_undelivered_and_its_age(cast, delivered):
    with cast.inside():
        assert report(cast.adam).undelivered == {"count": 1, "oldest": NOW}


def test_the_funnel_follows_those_who_applied(cast, delivered):
    with cast.inside():
        found = {f.source: [s.count for s in f.steps] for f in funnels(report(cast.adam).filters)}
    assert found["Jobs.example"] == [4, 1, 2, 1]  # spam is no application
    assert found["Referral"] == [2, 0, 0, 0]


def test_the_page_links_each_number_to_what_is_behind_it(cast, delivered):
    client = signed_in(cast.adam)
    query = "?first=2026-11-01&last=2026-11-30"
    page = client.get(reverse("reports:outcomes") + query)
    assert page.status_code == 200
    for row in page.context["rows"]:
        for count, url in [*row["cells"], (row["figures"].total, row["url"])]:
            assert len(client.get(url).context["deliveries"]) == count
    for funnel in page.context["funnels"]:
        for step, url in funnel["steps"]:
            assert len(client.get(url).context["rows"]) == step.count
    for why, url in page.context["why_not"]:
        assert len(client.get(url).context["deliveries"]) == why.count
    assert len(client.get(page.context["urls"]["spam"]).context["deliveries"]) == 1


def test_csv_says_what_the_page_shows(cast, delivered):
    response = signed_in(cast.adam).get(reverse("reports:outcomes_csv") + "?first=2026-11-01&last=2026-11-30")
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == [
        "By source",
        "Qualified",
        "Not qualified",
        "Not interested",
        "Review",
        "Other",
        "Deliveries",
        "Qualified, %",
        "Rating",
    ]
    assert rows[1] == ["Jobs.example", "2", "1", "0", "0", "0", "3", "66.7", "4.5"]
    assert ["Spam, not counted", "1"] in rows
    assert ["Not qualified", "No work permit", "2", "66.7"] in rows


def test_a_formula_stays_text(cast, delivered):
    with cast.inside():
        Source.objects.filter(pk=cast.source.pk).update(name="=HYPERLINK(1)")
    response = signed_in(cast.adam).get(reverse("reports:outcomes_csv") + "?first=2026-11-01&last=2026-11-30")
    assert "'=HYPERLINK(1)" in response.content.decode()


def test_recruiters_see_the_deliveries_of_their_conversations(cast, delivered):
    with cast.inside(), quietly():
        other = make_campaign("Team lead, Utrecht", [cast.eva])
        applied = apply(other, Applicant("O", "o@mail.example"), text="Hi", at=NOW)
        deliver(applied.conversation, outcome(applied.conversation), by=cast.eva, to=[], at=NOW)
    with cast.inside():
        totals = {m.name: report(m).all.total for m in (cast.adam, cast.sofia, cast.jana, cast.eva)}
    assert totals == {"Adam Novák": 7, "Sofia Rossi": 7, "Jana Dvořáková": 6, "Eva Malá": 1}


def test_the_figures_take_few_queries(cast, delivered, django_assert_max_num_queries):
    client = signed_in(cast.adam)
    client.get(reverse("reports:outcomes"))
    with django_assert_max_num_queries(20):  # 10 of them are the door's and the rail's
        client.get(reverse("reports:outcomes"))


@pytest.mark.parametrize("name", ["outcomes", "outcomes_csv", "behind", "applied"])
def test_guests_and_strangers(cast, delivered, stranger, name):
    url = reverse(f"reports:{name}") + "?first=2026-11-01&last=2026-11-30"
    assert signed_in(cast.jana).get(url).status_code == 200
    assert signed_in(cast.jana).post(url).status_code == 405
    assert signed_in(cast.guest).get(url).status_code == 404
    assert "Jobs.example" not in signed_in(stranger.member).get(url).content.decode()
