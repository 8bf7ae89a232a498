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
from people.finding import Applicant
from people.models import PersonScore
from reports.filters import Filters
from reports.funnel import funnels
from reports.outcomes import Figures, Outcomes
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


def named(found: Outcomes) -> dict[str, Figures]:
    """The figures of a breakdown by the names of its lines."""
    names = found.known.names_of(found.filters.by, found.broken_down)
    return {names[key]: figures for key, figures in found.broken_down.items()}


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
        ("source=nonsense", 6),
        ("score=500", 0),
        ("score=hot", 6),
        ("first=0001-01-01&last=9999-12-31", 0),
    ],
)
def test_filters(cast, delivered, query, total):
    with cast.inside():
        assert report(cast.adam, query).all.total == total


def test_by_member_and_by_campaign(cast, delivered):
    with cast.inside():
        by_member = {name: figures.total for name, figures in named(report(cast.adam, "by=member")).items()}
        assert by_member == {"Jana Dvořáková": 3, "Petr Svoboda": 3}
        assert list(named(report(cast.adam, "by=campaign"))) == ["Support agents, Brno"]
        assert list(named(report(cast.adam, "by=team"))) == ["Hiring team"]
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
        found = [(why.status.name, why.reason, why.count, round(why.share)) for why in report(cast.adam).why_not]
    assert found == [("Not qualified", "No work permit", 2, 67), ("Not qualified", "Language level too low", 1, 33)]


def test_undelivered_and_its_age(cast, delivered):
    with cast.inside():
        found = report(cast.adam)
        assert (found.known.undelivered, found.known.oldest) == (1, NOW)
        assert found.undelivered_share == pytest.approx(100 / 7)
        assert report(cast.adam, f"member={cast.petr.pk}").known.undelivered == 0
        assert report(cast.adam, "score=500").known.undelivered == 0


def test_the_funnel_follows_those_who_applied(cast, delivered):
    with cast.inside():
        found = {f.source: [s.count for s in f.steps] for f in funnels(report(cast.adam).filters)}
        referral = Source.objects.get(slug="referral")
    assert found[cast.source.pk] == [4, 1, 2, 1]  # spam is no application
    assert found[referral.pk] == [2, 0, 0, 0]


@pytest.mark.parametrize("by", ["source", "period"])
def test_each_number_of_the_page_opens_what_it_counts(cast, delivered, by):
    client = signed_in(cast.adam)
    page = client.get(reverse("reports:outcomes") + f"?first=2026-11-01&last=2026-11-30&by={by}")
    tables = page.context["sections"].tables()
    cells = [cell for table in tables for row in table.rows for cell in row if cell.url and cell.text.isdecimal()]
    assert len(cells) > 10
    for cell in {cell.url: cell for cell in cells}.values():
        behind = client.get(cell.url).context
        rows = next(behind[name] for name in ("deliveries", "conversations", "rows") if name in behind)
        assert len(rows) == int(cell.text), cell
        assert behind["pressed"] or ("status=" not in cell.url and "source=" not in cell.url), cell


def test_what_is_behind_a_number_is_listed_by_score_too(cast, delivered):
    client, period = signed_in(cast.adam), {"first": "2026-11-01", "last": "2026-11-30", "sort": "score"}
    with cast.inside():
        for number, total in enumerate((5, 70, -3)):
            PersonScore.objects.filter(person__name=f"C {number}").update(total=total)
    for name, people in (
        ("behind", lambda page: [delivery.conversation.person for delivery in page["deliveries"]]),
        ("applied", lambda page: [application.person for application, _ in page["rows"]]),
        ("undelivered", lambda page: [conversation.person for conversation in page["conversations"]]),
    ):
        page = client.get(reverse(f"reports:{name}"), period).context
        totals = [person.score for person in people(page)]
        assert totals == sorted(totals, reverse=True), name
        assert "sort" not in page["back"]


def test_the_way_back_forgets_what_the_number_asked_and_nothing_else(cast, delivered):
    with cast.inside():
        asked = report(cast.adam, f"campaign={cast.campaign.pk}&by=member").filters
        number = report(cast.adam, asked.behind(status="qualified", member=cast.jana.pk).partition("?")[2]).filters
        assert number.values["member"] == cast.jana.pk
        assert QueryDict(number.back.partition("?")[2]) == QueryDict(asked.url("reports:outcomes").partition("?")[2])


def test_csv_says_what_the_page_shows(cast, delivered):
    query = "?first=2026-11-01&last=2026-11-30"
    client = signed_in(cast.adam)
    tables = client.get(reverse("reports:outcomes") + query).context["sections"].tables()
    shown = [[cell.text for cell in row] for table in tables for row in table.rows]
    response = client.get(reverse("reports:outcomes_csv") + query)
    lines = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert all(row in lines for row in shown)
    assert ["Jobs.example", "2", "1", "0", "0", "0", "3", "67 %", "4.5", "0", "–"] in lines
    assert ["Not qualified", "No work permit", "2", "67 %"] in lines
    assert any("1 spam, not counted" in line for line in lines)


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
    with django_assert_max_num_queries(12):  # ten, the door's and the rail's among them; BEGIN and COMMIT
        client.get(reverse("reports:outcomes"))


@pytest.mark.parametrize("name", ["outcomes", "outcomes_csv", "behind", "applied", "undelivered"])
def test_guests_and_strangers(cast, delivered, stranger, name):
    url = reverse(f"reports:{name}") + "?first=2026-11-01&last=2026-11-30"
    assert signed_in(cast.jana).get(url).status_code == 200
    assert signed_in(cast.jana).post(url).status_code == 405
    assert signed_in(cast.guest).get(url).status_code == 404
    assert "Jobs.example" not in signed_in(stranger.member).get(url).content.decode()
