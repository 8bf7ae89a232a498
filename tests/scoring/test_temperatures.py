import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.temperatures import Range, classify, faults

COLD, WARM, HOT = Range("Cold", None, 10), Range("Warm", 10, 50), Range("Hot", 50, None)
DEFAULTS = [HOT, WARM, COLD]


@pytest.mark.parametrize(
    ("total", "name"), [(-1000, "Cold"), (9, "Cold"), (10, "Warm"), (49, "Warm"), (50, "Hot"), (10**9, "Hot")]
)
def test_every_total_has_its_temperature(total, name):
    assert classify(total, DEFAULTS).name == name


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        (DEFAULTS, []),
        ([Range("All", None, None)], []),
        ([], ["There must be at least one temperature."]),
        ([COLD, HOT], ["Totals from 10 to below 50 have no temperature."]),
        ([COLD, Range("Warm", 5, 50), HOT], ["Cold and Warm overlap from 5 to below 10."]),
        ([WARM, HOT], ["Totals below 10 have no temperature. Leave the lowest “from” empty."]),
        ([COLD, WARM], ["Totals from 50 have no temperature. Leave the highest “to below” empty."]),
        ([COLD, Range("Icy", None, -6), WARM, HOT], ["Icy and Cold overlap below −6."]),
        ([COLD, WARM, HOT, Range("Best", 90, None)], ["Hot and Best overlap from 90."]),
        ([COLD, Range("Warm", 50, 10), HOT], ["Warm begins at 50 and must end above that, not at 10."]),
        ([Range("A", None, None), Range("B", None, None)], ["A and B both have no ends."]),
    ],
)
def test_gaps_and_overlaps_are_named_with_their_numbers(ranges, expected):
    assert faults(ranges) == expected


ends = st.none() | st.integers(-5, 5)


@given(st.lists(st.builds(Range, st.just("R"), ends, ends), min_size=1, max_size=4))
def test_what_passes_puts_every_total_in_exactly_one(ranges):
    exactly_one = all(sum(total in each for each in ranges) == 1 for total in range(-8, 9))
    is_forward = all(each.begins < each.ends for each in ranges)
    assert (not faults(ranges)) == (exactly_one and is_forward)
