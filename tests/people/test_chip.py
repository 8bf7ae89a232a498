import pytest
from django.template.loader import render_to_string

from people.models import Person, Temperature
from people.templatetags.points import minus, signed


@pytest.mark.parametrize(("number", "shown", "added"), [(74, "74", "+74"), (-6, "−6", "−6"), (0, "0", "+0")])
def test_numbers_have_a_real_minus(number, shown, added):
    assert minus(number) == shown
    assert signed(number) == added


def chip(person: Person) -> str:
    return " ".join(render_to_string("people/_chip.html", {"person": person}).split())


def test_the_chip_says_the_word_and_the_score():
    cold = Temperature(slug="cold", name="Cold", tone="cold", organization_id=1)
    person = Person(name="Pieter", score=-6, temperature=cold, organization_id=1)
    assert chip(person) == '<span class="chip number cold">Cold −6</span>'


def test_a_name_of_the_organizations_own_making_is_escaped():
    odd = Temperature(slug="odd", name="<b>", tone="hot", organization_id=1)
    assert "<b>" not in chip(Person(name="P", temperature=odd, organization_id=1))


def test_who_was_never_scored_has_no_chip():
    assert chip(Person(name="New", organization_id=1)) == ""
