import pytest
from django.urls import reverse

from people.models import Person
from tests.cast import signed_in


@pytest.fixture
def panel(cast):
    conversation = cast.apply()
    return reverse("scoring:why", args=[conversation.person_id])


@pytest.mark.parametrize("who", ["jana", "petr", "sofia", "adam"])
def test_who_sees_a_conversation_sees_why(cast, panel, who):
    text = signed_in(getattr(cast, who)).get(panel).content.decode()
    for said in ("15", "Warm", "Application", "+10", "Message received", "+5", "Tonight 02:00", "lapses"):
        assert said in text


@pytest.mark.parametrize("who", ["eva", "guest"])
def test_who_sees_none_gets_404(cast, panel, who):
    assert signed_in(getattr(cast, who)).get(panel).status_code == 404


def test_the_stranger_gets_404(cast, stranger, panel):
    assert signed_in(stranger.member).get(panel).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client, panel):
    assert client.get(panel).status_code == 302


def test_only_reading_is_allowed(cast, panel):
    assert signed_in(cast.jana).post(panel).status_code == 405


def test_an_empty_panel_says_what_would_fill_it(cast):
    with cast.inside():
        person = Person.objects.create(name="Nobody yet")
    text = signed_in(cast.adam).get(reverse("scoring:why", args=[person.pk])).content.decode()
    assert "Nothing counts yet" in text
