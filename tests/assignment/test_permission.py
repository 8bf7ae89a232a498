"""Who may give what to whom."""

import pytest

from assignment.assigning import assign
from assignment.permission import NotAllowed, check_assignment
from conversations import refusals

CASES = [
    # by, owner now, to, is allowed
    ("adam", None, "jana", True),
    ("sofia", "petr", "jana", True),
    ("sofia", "petr", None, True),
    ("sofia", None, "sofia", True),
    ("adam", None, "eva", False),  # no campaign yet
    ("adam", None, "guest", False),
    (None, "petr", "jana", True),
    ("petr", None, "petr", True),
    ("petr", None, "jana", False),
    ("petr", "petr", "jana", True),
    ("petr", "petr", None, True),
    ("petr", "jana", "petr", False),
    ("petr", "jana", None, False),
    ("guest", None, "jana", False),
]


@pytest.mark.parametrize(("by", "owner", "to", "is_allowed"), CASES)
def test_who_may_assign_to_whom(cast, lead, by, owner, to, is_allowed):
    by, owner, to = (name and getattr(cast, name) for name in (by, owner, to))
    with cast.inside():
        assign(lead, owner, because="by_hand")
        if is_allowed:
            check_assignment(by, lead, to)
        else:
            with pytest.raises(NotAllowed):
                check_assignment(by, lead, to)


@pytest.mark.parametrize(
    ("setting", "owner", "to"),
    [("recruiters_may_take", None, "petr"), ("recruiters_may_hand_over", "petr", "jana")],
)
def test_an_organization_can_leave_it_to_supervisors(cast, lead, setting, owner, to):
    with cast.inside():
        assign(lead, owner and cast.petr, because="by_hand")
        setattr(cast.petr.organization, setting, False)
        with pytest.raises(NotAllowed, match="supervisor"):
            check_assignment(cast.petr, lead, getattr(cast, to))


def test_two_who_take_it_one_wins_and_the_other_is_told_who(cast, lead):
    with cast.inside():
        assign(lead, None, because="by_hand")
        assign(lead, cast.petr, because="taken", by=cast.petr, instead_of=None)
        with pytest.raises(refusals.Faster, match="Petr Svoboda"):
            assign(lead, cast.jana, because="taken", by=cast.jana, instead_of=None)
        assert lead.owner == cast.petr


def test_assigning_to_the_owner_writes_nothing(cast, lead):
    with cast.inside():
        before = lead.last_number
        assign(lead, cast.jana, because="by_hand", by=cast.adam)
        assert lead.last_number == before


def test_an_ended_conversation_is_not_assigned(cast, lead):
    with cast.inside():
        lead.end_leg(by=cast.jana, data={}, at=lead.opened_at)
        with pytest.raises(refusals.Ended):
            assign(lead, cast.petr, because="by_hand")
