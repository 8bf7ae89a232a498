"""Selecting many conversations, doing one thing to all of them, and undoing it."""

import pytest
from django.urls import reverse

from conversations.bulk import begin, refused_of, undo
from conversations.models import BulkRun
from conversations.refusals import Refused
from conversations.selection import NothingSelected, Selection
from tests.cast import signed_in


@pytest.fixture
def leads(cast, once):
    return once(lambda: [cast.apply(f"Person {n}", f"p{n}@mail.example") for n in range(4)])


def owners(cast, leads):
    with cast.inside():
        for lead in leads:
            lead.refresh_from_db()
        return "".join(lead.owner.name[0] if lead.owner else "-" for lead in leads)


def said(run: BulkRun) -> list[tuple[str, list[str]]]:
    return [(each.sentence, [str(item.conversation) for item in each.first]) for each in refused_of(run)]


def test_all_that_match_a_filter_are_assigned_not_only_what_is_shown(cast, leads):
    with cast.inside():
        leads[0].assign_to(cast.petr, because="by_hand")
    client = signed_in(cast.adam)
    data = {"listing": f"view=everyone&member={cast.jana.pk}", "all": "yes", "member": cast.petr.pk}
    answer = client.post(reverse("assignment:bulk"), data)
    assert "bulk-began" in answer.headers["HX-Trigger"]
    assert owners(cast, leads) == "PPPP"
    with cast.inside():
        run = BulkRun.objects.get()
    page = client.get(reverse("bulk_run", args=[run.pk])).text
    assert "3 done." in page
    assert "Undo" in page
    client.delete(reverse("bulk_run", args=[run.pk]))
    assert owners(cast, leads) == "PJJJ"


def test_what_cant_be_done_to_some_is_said_and_the_rest_is_done(cast, leads):
    with cast.inside():
        leads[0].assign_to(cast.petr, because="by_hand")
        run = begin("assign", chosen(cast.jana, leads), by=cast.jana, parameters={"member": str(cast.petr.pk)})
    with cast.inside():
        assert said(run) == [("Only a supervisor takes a colleague’s conversation.", ["Person 0"])]
    assert owners(cast, leads) == "PPPP"


def test_undoing_leaves_alone_what_has_changed_since(cast, leads):
    with cast.inside():
        run = begin("assign", chosen(cast.adam, leads), by=cast.adam, parameters={"member": str(cast.petr.pk)})
    with cast.inside():
        leads[1].assign_to(cast.sofia, because="taken")
        undo(run := BulkRun.objects.get(pk=run.pk))
    with cast.inside():
        assert said(run) == [("Sofia Rossi has this conversation now.", ["Person 1"])]
        with pytest.raises(Refused):
            undo(run)
    assert owners(cast, leads) == "JSJJ"


def test_a_selection_holds_only_what_its_member_sees(cast, leads, stranger):
    with cast.inside(), pytest.raises(NothingSelected):
        chosen(cast.eva, leads).ids()
    with stranger.inside(), pytest.raises(NothingSelected):
        chosen(stranger.member, leads).ids()


def test_a_run_is_its_members_own(cast, leads):
    with cast.inside():
        run = begin("assign", chosen(cast.adam, leads), by=cast.adam, parameters={"member": ""})
    assert signed_in(cast.sofia).get(reverse("bulk_run", args=[run.pk])).status_code == 404


def test_the_bar_says_how_many_match(cast, leads):
    page = signed_in(cast.jana).get(reverse("inbox_selection", args=["everyone"]) + "?q=Person").text
    assert "Select all 4 that match" in page
    assert reverse("assignment:bulk") in page


def chosen(member, leads) -> Selection:
    return Selection.read(member, {"conversations": ",".join(str(lead.pk) for lead in leads)})
