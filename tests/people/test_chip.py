import pytest
from django.template.loader import render_to_string

from people.models import Person, PersonScore, Temperature
from people.templatetags.points import minus, signed


@pytest.mark.parametrize(("number", "shown", "added"), [(74, "74", "+74"), (-6, "−6", "−6"), (0, "0", "+0")])
def test_numbers_have_a_real_minus(number, shown, added):
    assert minus(number) == shown
    assert signed(number) == added


def chip(person: Person) -> str:
    return " ".join(render_to_string("people/_chip.html", {"person": person}).split())


def scored(total: int, temperature: Temperature) -> Person:
    person = Person(name="Pieter", organization_id=1)
    PersonScore(person=person, total=total, temperature=temperature, organization_id=1)
    return person


def test_the_chip_says_the_word_and_the_score():
    cold = Temperature(slug="cold", name="Cold", tone="cold", organization_id=1)
    assert chip(scored(-6, cold)) == '<span class="chip number cold">Cold −6</span>'


def test_a_name_of_the_organizations_own_making_is_escaped():
    odd = Temperature(slug="odd", name="<b>", tone="hot", organization_id=1)
    assert "<b>" not in chip(scored(0, odd))


def test_who_was_never_scored_has_no_chip(cast):
    with cast.inside():
        assert chip(Person(name="New")) == ""
