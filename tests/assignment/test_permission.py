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
def test_who_may_assign_to_whom(cast, by, owner, to, is_allowed):
    conversation = cast.apply()
    by, owner, to = (name and getattr(cast, name) for name in (by, owner, to))
    with cast.inside():
        assign(conversation, owner, because="by_hand")
        if is_allowed:
            check_assignment(by, conversation, to)
        else:
            with pytest.raises(NotAllowed):
                check_assignment(by, conversation, to)


@pytest.mark.parametrize(
    ("setting", "owner", "to"),
    [("recruiters_may_take", None, "petr"), ("recruiters_may_hand_over", "petr", "jana")],
)
def test_an_organization_can_leave_it_to_supervisors(cast, setting, owner, to):
    conversation = cast.apply()
    with cast.inside():
        assign(conversation, owner and cast.petr, because="by_hand")
        setattr(cast.petr.organization, setting, False)
        with pytest.raises(NotAllowed, match="supervisor"):
            check_assignment(cast.petr, conversation, getattr(cast, to))


def test_two_who_take_it_one_wins_and_the_other_is_told_who(cast):
    conversation = cast.apply()
    with cast.inside():
        assign(conversation, None, because="by_hand")
        assign(conversation, cast.petr, because="taken", by=cast.petr, instead_of=None)
        with pytest.raises(refusals.Faster, match="Petr Svoboda"):
            assign(conversation, cast.jana, because="taken", by=cast.jana, instead_of=None)
        assert conversation.owner == cast.petr


def test_assigning_to_the_owner_writes_nothing(cast):
    conversation = cast.apply()
    with cast.inside():
        before = conversation.last_number
        assign(conversation, cast.jana, because="by_hand", by=cast.adam)
        assert conversation.last_number == before


def test_an_ended_conversation_is_not_assigned(cast):
    conversation = cast.apply()
    with cast.inside():
        conversation.end_leg(by=cast.jana, data={}, at=conversation.opened_at)
        with pytest.raises(refusals.Ended):
            assign(conversation, cast.petr, because="by_hand")
