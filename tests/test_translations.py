import re
from gettext import GNUTranslations
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import gettext, override
from django.utils.translation.template import templatize

LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]
FIELD = re.compile(r"%\(\w+\)[sd]|%[sd]|{\w*}")
KEYWORDS = dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"))
KEYWORDS |= {"ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
FOR_CANDIDATES = [
    "templates/candidate_base.html", "templates/centred.html", "templates/base.html", "templates/40*.html",
    "templates/500.html", "templates/mail/*", "templates/conversations/*apply*", "templates/conversations/*candidate*",
    "templates/conversations/_stored*", "templates/conversations/_file.html", "conversations/apply_form.py",
    "conversations/refusals.py", "campaigns/models/application.py", "people/models/activity.py", "gateways/email/*.py",
    "notifications/composing.py", "notifications/wording.py",
]  # fmt: skip


def catalogue(language: str) -> Catalog:
    with (settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po").open("rb") as source:
        return read_po(source, locale=language)


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def fields(text: str) -> set[str]:
    return set(FIELD.findall(text))


def written_for_candidates() -> list[tuple]:
    """The texts of what candidates see, and their contexts."""
    found = []
    for path in [path for pattern in FOR_CANDIDATES for path in settings.BASE_DIR.glob(pattern)]:
        source = path.read_text()
        if path.suffix != ".py":  # Python's grammar knows no indented line without reason
            source = "\n".join(line.lstrip() for line in templatize(source).splitlines())
        lines = extract("python", BytesIO(source.encode()), KEYWORDS, options={"encoding": "utf-8"})
        found += [(text, context) for _, text, _, context in lines]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_was_translated(language):
    """`make translations` compiles them anew."""
    fresh = BytesIO()
    write_mo(fresh, catalogue(language))
    fresh.seek(0)
    with (settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.mo").open("rb") as compiled:
        expected, found = (vars(GNUTranslations(file))["_catalog"] for file in (fresh, compiled))
    assert {key: text for key, text in found.items() if key} == {key: text for key, text in expected.items() if key}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_collected_is_left_untranslated_or_guessed(language):
    assert not [message.id for message in catalogue(language) if message.id and not all(forms(message))]
    assert not [message.id for message in catalogue(language) if message.id and message.fuzzy]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_candidates_read_is_translated(language):
    known = catalogue(language)
    assert len(written_for_candidates()) > 80
    assert not [text for text, context in written_for_candidates() if known.get(text, context) is None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_fields_are_kept_in_translation(language):
    for message in catalogue(language):
        if message.id:
            assert not [str(error) for error in message.check()], message.id
            singular, plural = (message.id, message.id) if isinstance(message.id, str) else message.id
            assert all(fields(singular) <= fields(form) <= fields(plural) for form in forms(message)), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_shouted_at(language):
    assert not [message.id for message in catalogue(language) if message.id and "!" in "".join(forms(message))]


WORDS = [("cs", "Odeslat"), ("nl", "Versturen"), ("ru", "Отправить"), ("de", "Senden")]


@pytest.mark.parametrize(("language", "word"), WORDS)
def test_the_candidates_page_speaks_their_language(language, word):
    with override(language):
        assert gettext("Send") == word
