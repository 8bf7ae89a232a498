"""The deliver dialog: its steps, what is refused, and that nothing typed is lost."""

import pytest
from django.urls import reverse

from accounts.models import TeamMember
from conversations.models import Conversation
from delivery.delivering import deliver
from delivery.models import Delivery, Procedure, Reason, Status
from people.models import Person
from tests.cast import make_campaign, signed_in
from tests.delivery.outcomes import outcome


def url(conversation) -> str:
    return reverse("delivery:new", args=[conversation.pk])


def typed(cast, conversation, status="qualified", **fields) -> dict:
    with cast.inside():
        row = Status.objects.get(slug=status)
        data = {"status": row.pk, "application": conversation.application_id or "", "notes": "Strong CV", "rating": "4"}
        if "reason" in fields:
            fields["reason"] = Reason.objects.get(slug=fields["reason"], status__slug="not_qualified").pk
        return data | fields


def send(member, conversation, data, step="done"):
    return signed_in(member).post(url(conversation), data | {"step": step}, headers={"HX-Request": "true"})


def test_the_dialog_shows_statuses_and_the_active_application(cast, lead):
    page = signed_in(cast.jana).get(url(lead)).content.decode()
    for words in (
        "Deliver Lucie Němcová",
        "Not interested",
        "Support agents, Brno (active)",
        "Working hours don’t fit",
    ):
        assert words in page


def test_next_asks_for_what_is_missing_and_keeps_what_was_typed(cast, lead):
    response = send(cast.jana, lead, typed(cast, lead, notes="Can start soon", rating=""), step="recipients")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Give one to five stars." in page
    assert "Can start soon" in page


def test_next_leads_to_the_recipients_and_back_again(cast, lead):
    page = send(cast.jana, lead, typed(cast, lead), step="recipients").content.decode()
    assert "Hiring team" in page
    assert "Done" in page
    assert "Strong CV" in page
    back = send(cast.jana, lead, typed(cast, lead), step="outcome").content.decode()
    assert "Next" in back
    assert "Strong CV" in back


def test_done_delivers_to_team_member_and_address(cast, lead):
    recipients = [f"team:{cast.team.pk}", f"member:{cast.petr.pk}", "email:new@client.example"]
    response = send(cast.jana, lead, typed(cast, lead, recipients=recipients, typed="a@b.example; c@d.example"))
    assert response.status_code == 200
    assert "thread-changed" in response.headers["HX-Trigger"]
    assert "Lucie Němcová delivered: Qualified." in response.content.decode()
    with cast.inside():
        names = {str(recipient) for recipient in Delivery.objects.get().recipients.all()}
        assert names == {"Hiring team", "Petr Svoboda", "new@client.example", "a@b.example", "c@d.example"}


def test_a_reason_of_another_status_is_left_out_when_none_is_asked_for(cast, lead):
    assert send(cast.jana, lead, typed(cast, lead, reason="no-work-permit")).status_code == 200
    with cast.inside():
        assert Delivery.objects.get().reason is None


def test_not_qualified_needs_a_reason(cast, lead):
    response = send(cast.jana, lead, typed(cast, lead, "not_qualified"))
    assert response.status_code == 422
    assert "Choose a reason." in response.content.decode()
    assert send(cast.jana, lead, typed(cast, lead, "not_qualified", reason="no-work-permit")).status_code == 200


@pytest.mark.parametrize(
    "fields",
    [
        {"status": ""},
        {"status": "nonsense"},
        {"status": "\x00"},
        {"application": "00000000-0000-0000-0000-000000000000"},
        {"rating": "7"},
        {"rating": "four"},
        {"notes": ""},
        {"notes": "\x00"},
        {"notes": "n" * 10_001},
        {"recipients": ["member:nobody"]},
        {"recipients": ["email:nobody"]},
        {"recipients": ["nonsense"]},
        {"typed": "nobody"},
        {"typed": "x" * 11_000},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_recorded(cast, lead, fields):
    assert send(cast.jana, lead, typed(cast, lead) | fields).status_code == 422
    with cast.inside():
        assert not Delivery.objects.exists()


def test_another_organizations_rows_are_not_there(cast, lead, stranger):
    with stranger.inside():
        status = Status.objects.get(slug="qualified").pk
    for fields in ({"status": status}, {"recipients": [f"member:{stranger.member.pk}"]}):
        assert send(cast.jana, lead, typed(cast, lead) | fields).status_code == 422


def test_the_second_is_told_who_delivered(cast, lead):
    with cast.inside():
        deliver(lead, outcome(lead), by=cast.petr, to=[])
    response = send(cast.jana, lead, typed(cast, lead))
    assert response.status_code == 409
    assert "Petr Svoboda has already delivered this conversation: Qualified." in response.content.decode()
    assert "Petr Svoboda has already" in signed_in(cast.jana).get(url(lead)).content.decode()


def test_the_teams_procedure_is_shown_and_holds(cast, lead):
    with cast.inside():
        status = Status.objects.get(slug="qualified")
        facts = {"recipients": "required", "explanation": "The client’s recruiter, please."}
        Procedure.objects.create(team=cast.team, status=status, **facts)
    page = send(cast.jana, lead, typed(cast, lead), step="recipients").content.decode()
    assert "The client’s recruiter, please." in page
    response = send(cast.jana, lead, typed(cast, lead))
    assert response.status_code == 422
    assert "Choose who it is delivered to." in response.content.decode()


def test_without_an_application_it_asks_for_a_campaign_and_makes_one(cast):
    with cast.inside():
        person = Person.objects.create(name="Nobody Applied")
        conversation = Conversation.open_for(person, None, at=cast.campaign.created_at)
        conversation.assign_to(cast.jana, because="by_hand")
        other = make_campaign("Elsewhere", [])
    page = signed_in(cast.jana).get(url(conversation)).content.decode()
    assert "Support agents, Brno" in page
    assert "Elsewhere" not in page
    assert send(cast.jana, conversation, typed(cast, conversation)).status_code == 422
    assert send(cast.jana, conversation, typed(cast, conversation, campaign=other.pk)).status_code == 422
    assert send(cast.jana, conversation, typed(cast, conversation, campaign=cast.campaign.pk)).status_code == 200
    with cast.inside():
        conversation.refresh_from_db()
        assert conversation.application.campaign == conversation.campaign == cast.campaign
        assert conversation.application.stage == "delivered"


def test_others_find_nothing_there(cast, lead, stranger):
    for member in (cast.eva, cast.guest, stranger.member):
        assert signed_in(member).get(url(lead)).status_code == 404
        assert send(member, lead, typed(cast, lead)).status_code == 404
    assert signed_in(cast.jana).delete(url(lead)).status_code == 405


def test_a_recipient_without_the_campaign_delivers_onward(cast, lead):
    with cast.inside():
        deliver(lead, outcome(lead), by=cast.jana, to=[cast.team])
        assert TeamMember.objects.filter(member=cast.eva).exists()
        lead.take_up(by=cast.eva)
    assert send(cast.eva, lead, typed(cast, lead)).status_code == 200
    with cast.inside():
        assert Delivery.objects.count() == 2
