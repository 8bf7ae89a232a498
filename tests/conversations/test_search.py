import pytest

from conversations.models import Conversation
from conversations.search import matching, snippet
from tests.cast import signed_in

ODD = [
    "\x00",
    "a" * 5000,
    "%",
    "_",
    "\\",
    "'",
    '"',
    "a:*",
    "& |",
    "😀",
    "مرحبا",
    "<script>",
    "(((",
    "-",
    "or",
    "'; DROP",
]


def found(cast, member, words: str) -> set[str]:
    with cast.inside():
        rows = matching(Conversation.objects.visible_to(member), words)
        return set(rows.values_list("person__name", flat=True))


@pytest.fixture
def two(cast, once) -> None:
    once(lambda: cast.apply(text="Nastoupím třetího prosince"))
    once(lambda: cast.apply("Daan Visser", "daan@mail.example", "Is de functie parttime?"))


@pytest.mark.parametrize(
    "words",
    ["Lucie", "lucie nem", "NĚMCOVÁ", "nemc", "ne", "lu ne", "lucie@mail", "tretiho", "TŘETÍHO prosince"],
)
def test_words_find_the_person_or_what_was_said(cast, two, words):
    assert "Lucie Němcová" in found(cast, cast.jana, words)
    if words != "ne":
        assert "Daan Visser" not in found(cast, cast.jana, words)


@pytest.mark.parametrize("words", ODD)
def test_odd_words_are_harmless(cast, two, words):
    jana = signed_in(cast.jana)
    assert jana.get("/inbox/everyone/", {"q": words}).status_code == 200
    assert jana.get("/go/found/", {"q": words}).status_code == 200
    assert (
        jana.get("/inbox/mine/", dict.fromkeys(("campaign", "tag", "member", "sort", "before"), words)).status_code
        == 200
    )


def test_search_stays_within_what_one_may_see(cast, stranger, two):
    assert found(cast, cast.eva, "Lucie") == set()
    assert found(cast, cast.guest, "Lucie") == set()
    with stranger.inside():
        assert not matching(Conversation.objects.all(), "Lucie").exists()


def test_the_list_shows_what_matched(cast, two):
    page = signed_in(cast.jana).get("/inbox/everyone/", {"q": "tretiho"}).text
    assert "<mark>třetího</mark>" in page
    assert "Daan" not in page


def test_a_snippet_is_around_the_match_and_is_no_markup():
    text = "word " * 50 + "<b>Český</b> " + "word " * 50
    shown = snippet(text, "cesky")
    assert "&lt;b&gt;<mark>Český</mark>&lt;/b&gt;" in shown
    assert len(shown) < 250
