"""Many selected conversations delivered with one outcome: progress, what failed and why, and back again."""

import pytest
from django.urls import reverse

from conversations.bulk import refused_of, undo
from conversations.models import BulkRun, Conversation
from delivery.delivering import deliver
from delivery.models import Delivery, Procedure, Status
from people.models import Person
from tests.cast import signed_in
from tests.delivery.outcomes import outcome


@pytest.fixture
def leads(cast, once):
    return once(lambda: [cast.apply(f"Person {n}", f"p{n}@mail.example") for n in range(4)])


def send(member, leads, **fields):
    data = {"conversations": ",".join(str(lead.pk) for lead in leads), "listing": "view=everyone", "count": len(leads)}
    return signed_in(member).post(reverse("delivery:many"), data | fields)


def said(cast, status="not_interested", **fields):
    with cast.inside():
        row = Status.objects.get(slug=status)
        reason = row.reasons.first()
    return {"status": row.pk, "reason": reason.pk if reason else "", "notes": "No answer since May"} | fields


def test_each_is_delivered_about_its_own_application(cast, leads):
    page = send(cast.jana, leads, **said(cast), recipients=[f"team:{cast.team.pk}"], typed="boss@client.example")
    assert "bulk-began" in page.headers["HX-Trigger"]
    with cast.inside():
        assert not Conversation.objects.open().exists()
        rows = Delivery.objects.select_related("application__person").prefetch_related("recipients__member__user")
        assert {row.application.person.name for row in rows} == {f"Person {n}" for n in range(4)}
        assert {str(recipient) for row in rows for recipient in row.recipients.all()} == {
            "Hiring team",
            "boss@client.example",
        }
        run = BulkRun.objects.get()
    assert "4 done." in signed_in(cast.jana).get(reverse("bulk_run", args=[run.pk])).text


def test_which_failed_is_reported_with_why_and_the_rest_is_done(cast, leads):
    with cast.inside():
        deliver(leads[0], outcome(leads[0]), by=cast.petr, to=[])
        stray = Conversation.open_for(Person.objects.create(name="No Application"), None, at=leads[0].opened_at)
        stray.assign_to(cast.jana, because="by_hand")
    send(cast.jana, [*leads, stray], **said(cast))
    with cast.inside():
        run = BulkRun.objects.get()
        failed = {str(item.conversation): each.sentence for each in refused_of(run) for item in each.first}
        assert failed == {
            "Person 0": "Petr Svoboda has already delivered this conversation: Qualified.",
            "No Application": "Choose the application this is about.",
        }
        assert Delivery.objects.count() == 4
    page = signed_in(cast.jana).get(reverse("bulk_run", args=[run.pk])).text
    assert reverse("conversation", args=[stray.pk]) in page


def test_each_teams_procedure_decides_on_its_own(cast, leads):
    with cast.inside():
        status = Status.objects.get(slug="not_interested")
        Procedure.objects.create(team=cast.team, status=status, recipients="required")
    send(cast.jana, leads, **said(cast))
    with cast.inside():
        assert [each.sentence for each in refused_of(BulkRun.objects.get())] == ["Choose who it is delivered to."]
        assert not Delivery.objects.exists()


def test_it_is_undone_where_nobody_has_gone_on(cast, leads):
    send(cast.jana, leads, **said(cast))
    with cast.inside():
        Conversation.objects.get(pk=leads[1].pk).take_up(by=cast.petr)
        undo(BulkRun.objects.get())
    with cast.inside():
        assert Delivery.objects.standing().get().conversation_id == leads[1].pk
        owners = {conversation.owner for conversation in Conversation.objects.open()}
        assert owners == {cast.jana, cast.petr}


@pytest.mark.parametrize(
    "fields",
    [{"status": ""}, {"reason": ""}, {"notes": "n" * 100_000}, {"typed": "nobody"}, {"recipients": "member:x"}],
)
def test_what_cannot_be_is_refused_before_anything_begins(cast, leads, fields):
    assert send(cast.jana, leads, **said(cast) | fields).status_code == 422
    assert send(cast.jana, [], **said(cast)).status_code == 422
    with cast.inside():
        assert not BulkRun.objects.exists()


def test_what_one_does_not_see_is_not_delivered(cast, leads, stranger):
    for member in (cast.eva, stranger.member):
        assert send(member, leads, **said(cast)).status_code == 422
    assert send(cast.guest, leads, **said(cast)).status_code == 404
    with cast.inside():
        assert not Delivery.objects.exists()
