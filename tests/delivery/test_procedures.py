"""Whom a team's procedure offers first, and what the dialog says of it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Member, Team
from conversations.models import Conversation
from delivery.delivering import deliver
from delivery.models import Offer, Procedure, Status
from delivery.outcome import InvalidOutcome
from delivery.procedures import procedure_of
from tests.cast import signed_in
from tests.delivery.outcomes import outcome


@pytest.fixture
def procedure(cast):
    """Qualified goes to Eva, the hiring team or the client; nobody else by address."""
    with cast.inside():
        status = Status.objects.get(slug="qualified")
        made = Procedure.objects.create(team=cast.team, status=status, recipients="required", free_address=False)
        for named in ({"member": cast.eva}, {"address": "client@client.example"}, {"team": cast.team}):
            Offer.objects.create(procedure=made, **named)
        return made


def step_2(cast, conversation) -> str:
    with cast.inside():
        data = {"status": Status.objects.get(slug="qualified").pk, "notes": "Good", "rating": "4"}
        data |= {"application": conversation.application_id, "step": "recipients"}
    return signed_in(cast.jana).post(reverse("delivery:new", args=[conversation.pk]), data).content.decode()


def test_the_dialog_says_it_in_words_and_offers_them_first(cast, lead, procedure):
    page = step_2(cast, lead)
    assert "Qualified goes first to:" in page
    assert "Somebody must be chosen." in page
    offered = [page.index(name + "</option>") for name in ("Eva Malá", "client@client.example", "Hiring team")]
    assert offered == sorted(offered)
    assert offered[-1] < page.index("Adam Novák</option>")


def test_without_any_set_up_everybody_is_offered_and_nobody_is_needed(cast, lead):
    page = step_2(cast, lead)
    assert "Nobody is fine too." in page
    assert "Colleagues, teams, or any email address." in page


def test_an_offered_address_is_taken_where_a_free_one_is_not(cast, lead, procedure):
    first, second = lead, cast.apply("Daan", "daan@mail.example")
    with cast.inside():
        deliver(first, outcome(first), by=cast.jana, to=["Client@client.example"])
        assert Member.objects.get(user__email="client@client.example").is_guest
        with pytest.raises(InvalidOutcome):
            deliver(second, outcome(second), by=cast.jana, to=["other@client.example"])


def test_who_is_switched_off_is_delivered_nothing_by_name_or_address(cast, lead):
    with cast.inside():
        Member.objects.filter(pk=cast.guest.pk).update(is_active=False)
        with pytest.raises(InvalidOutcome) as refused:
            deliver(lead, outcome(lead), by=cast.jana, to=["greta@client.example"])
        assert "Greta Guest has been switched off here." in str(refused.value)


def test_an_offer_names_one(cast, procedure):
    with cast.inside():
        for wrong in ({}, {"member": cast.eva, "address": "a@client.example"}, {"member": cast.eva, "team": cast.team}):
            with pytest.raises(ValidationError, match="Name one"):
                Offer(procedure=procedure, **wrong).validate_constraints()


def test_admins_set_it_up(cast, procedure):
    page = signed_in(cast.adam).get(reverse("admin:delivery_procedure_change", args=[procedure.pk]))
    assert "client@client.example" in page.content.decode()


def test_a_team_without_campaigns_rules_no_conversation_without_one(cast):
    with cast.inside():
        status = Status.objects.get(slug="qualified")
        idle = Team.objects.create(name="Idle", slug="idle", workspace=cast.team.workspace)
        Procedure.objects.create(team=idle, status=status, recipients="required")
        assert procedure_of(Conversation(campaign=None), status).recipients != "required"
