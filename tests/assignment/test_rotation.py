"""The order of the turn, as a table of cases and as a property."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assignment.rotation import Candidate, next_in_turn


def give_out(row: list[Candidate], leads: int, *, over_available_only: bool = True) -> list[str]:
    """Gives out leads one after another, as the verb does, and says who got them."""
    given_to = []
    for _ in range(leads):
        decision = next_in_turn(row, over_available_only=over_available_only)
        if decision.member is None:
            break
        given_to.append(decision.member)
        row[:] = [replace(c, turn=decision.last_turn) if c.member == decision.member else c for c in row]
    return given_to


def row_of(members: str, away: str = "") -> list[Candidate]:
    return [Candidate(m, place, "away" if m in away else "") for place, m in enumerate(members)]


@pytest.mark.parametrize(
    ("members", "away", "over_available_only", "expected"),
    [
        ("ABC", "", True, "ABCABC"),
        ("ABC", "", False, "ABCABC"),
        ("A", "", True, "AAAAAA"),
        ("ABC", "B", True, "ACACAC"),
        ("ABC", "B", False, "ABCABC"),
        ("ABC", "ABC", True, ""),
        ("", "", True, ""),
    ],
)
def test_leads_go_round(members, away, over_available_only, expected):
    assert "".join(give_out(row_of(members, away), 6, over_available_only=over_available_only)) == expected


def test_who_is_passed_over_stands_there_with_the_reason():
    decision = next_in_turn(row_of("ABC", away="AB"), over_available_only=True)
    assert decision.member == "C"
    assert decision.passed_over == (("A", "away"), ("B", "away"))


def test_who_was_skipped_keeps_the_place_and_is_next():
    row = row_of("ABC", away="A")
    give_out(row, 3)
    row[:] = [replace(candidate, absence="") for candidate in row]
    assert give_out(row, 1) == ["A"]


def test_equal_turns_go_by_the_order_given():
    assert give_out([Candidate("A", 0), Candidate("B", 0), Candidate("C", 0)], 4) == ["A", "B", "C", "A"]


def test_a_newcomer_gets_one_lead_and_then_waits_like_the_others():
    row = row_of("AB")
    give_out(row, 10)
    row.append(Candidate("C", 0))
    assert "".join(give_out(row, 6)) == "CABCAB"


@given(st.lists(st.integers(0, 6), max_size=7), st.integers(0, 60))
def test_shares_never_differ_by_more_than_one(turns, leads):
    members = [f"m{place}" for place in range(len(turns))]
    row = [Candidate(m, turn) for m, turn in zip(members, turns, strict=True)]
    shares = Counter(dict.fromkeys(members, 0))
    shares.update(give_out(row, leads))
    assert not shares or max(shares.values()) - min(shares.values()) <= 1


@given(st.lists(st.sets(st.integers(0, 4)), min_size=1, max_size=40))
def test_with_absences_nobody_present_is_passed_by_twice(absences):
    """Between two leads of one member everybody who was there all the while has had one."""
    row = [Candidate(member, member) for member in range(5)]
    history: list[tuple[int | None, set[int]]] = []
    for away in absences:
        row[:] = [replace(c, absence="away" if c.member in away else "") for c in row]
        given_to = give_out(row, 1)
        history.append((given_to[0] if given_to else None, away))
    for member in range(5):
        own = [at for at, (got, _) in enumerate(history) if got == member]
        for first, second in pairwise(own):
            between = history[first + 1 : second]
            there = {
                m for m in range(5) if m != member and not any(m in away for _, away in history[first : second + 1])
            }
            assert there <= {got for got, _ in between}


STEPS = st.one_of(
    st.just(("lead", 0)),
    st.tuples(st.sampled_from(["join", "leave", "away", "back"]), st.integers(10, 19)),
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(2, 5), st.lists(STEPS, max_size=80))
def test_whoever_comes_and_goes_those_who_stay_share_evenly(staying, steps):
    """The bound between the members available throughout, over joins, leaves, absences and leads in any order."""
    row = [Candidate(member, member) for member in range(staying)]
    shares = Counter(dict.fromkeys(range(staying), 0))
    for step, member in steps:
        if step == "lead":
            shares.update(give_out(row, 1))
        elif step == "join" and member not in {candidate.member for candidate in row}:
            row.append(Candidate(member, row[member % len(row)].turn))
        elif step == "leave":
            row[:] = [candidate for candidate in row if candidate.member != member]
        else:
            away = "away" if step == "away" else ""
            row[:] = [replace(c, absence=away) if c.member == member else c for c in row]
    even = [shares[member] for member in range(staying)]
    assert max(even) - min(even) <= 1
