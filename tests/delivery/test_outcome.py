"""Which fields each of the six asks for."""

import pytest

from accounts.identifiers import new_id
from campaigns.models import Application
from delivery.models import Reason, Status
from delivery.outcome import Outcome, check

REASON = object()
BASES = ["qualified", "not_qualified", "not_interested", "review", "spam", "other"]
CASES = [
    ("qualified", {}, {"notes", "rating"}),
    ("qualified", {"notes": "n"}, {"rating"}),
    ("qualified", {"rating": 4}, {"notes"}),
    ("qualified", {"notes": "n", "rating": 4}, set()),
    ("qualified", {"notes": "n", "rating": 0}, {"rating"}),
    ("qualified", {"notes": "n", "rating": 6}, {"rating"}),
    ("qualified", {"notes": " \x00 ", "rating": 4}, {"notes"}),
    ("review", {}, {"notes", "rating"}),
    ("review", {"notes": "n", "rating": 1}, set()),
    ("not_qualified", {}, {"reason"}),
    ("not_qualified", {"reason": REASON}, set()),
    ("not_interested", {}, {"reason"}),
    ("not_interested", {"reason": REASON, "explanation": "e", "notes": "n"}, set()),
    ("not_interested", {"reason": REASON, "explanation": "e" * 10_001}, {"explanation"}),
    ("spam", {}, {"notes"}),
    ("spam", {"notes": "n", "application": None}, set()),
    ("other", {}, {"notes"}),
    ("other", {"notes": "n"}, set()),
    ("other", {"notes": "n" * 10_001}, {"notes"}),
    ("other", {"notes": "n", "application": None}, {"application"}),
]


@pytest.mark.parametrize(("basis", "fields", "wrong"), CASES)
def test_each_status_asks_for_its_own_fields(basis, fields, wrong):
    status = Status(basis=basis, name=basis)
    if fields.get("reason") is REASON:
        fields = fields | {"reason": Reason(status=status)}
    outcome = Outcome(status=status, **({"application": Application()} | fields))
    assert set(check(outcome)) == wrong


@pytest.mark.parametrize("basis", BASES)
def test_another_statuses_reason_and_a_retired_one_are_refused(basis):
    status = Status(basis=basis, name=basis)
    filled = {"application": Application(), "notes": "n", "rating": 3}
    other = Reason(status_id=new_id())
    retired = Reason(status=status, is_active=False)
    assert set(check(Outcome(status=status, reason=other, **filled))) == {"reason"}
    assert set(check(Outcome(status=status, reason=retired, **filled))) == {"reason"}


def test_a_retired_status_is_refused():
    outcome = Outcome(Status(basis="other", is_active=False), Application(), notes="n")
    assert set(check(outcome)) == {"status"}


def test_what_the_status_does_not_ask_for_is_left_out():
    outcome = Outcome(Status(basis="spam"), Application(), rating=5, explanation="e", notes=" adverts\x00 ").cleaned()
    assert (outcome.rating, outcome.explanation, outcome.notes) == (None, "", "adverts")
