from gettext import GNUTranslations
from io import BytesIO

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import gettext, override

LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_was_translated(language):
    """`make translations` compiles them anew."""
    folder = settings.LOCALE_PATHS[0] / language / "LC_MESSAGES"
    fresh = BytesIO()
    with (folder / "django.po").open("rb") as source, (folder / "django.mo").open("rb") as compiled:
        write_mo(fresh, read_po(source, locale=language))
        fresh.seek(0)
        expected, found = (vars(GNUTranslations(file))["_catalog"] for file in (fresh, compiled))
    assert {key: text for key, text in found.items() if key} == {key: text for key, text in expected.items() if key}


@pytest.mark.parametrize("language", LANGUAGES)
def test_fields_are_kept_in_translation(language):
    with (settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po").open("rb") as source:
        for message in read_po(source):
            if message.id and isinstance(message.id, str) and message.string and message.python_format:
                assert not [str(error) for error in message.check()], message.id


WORDS = [("cs", "Odeslat"), ("nl", "Versturen"), ("ru", "Отправить"), ("de", "Senden")]


@pytest.mark.parametrize(("language", "word"), WORDS)
def test_the_candidates_page_speaks_their_language(language, word):
    with override(language):
        assert gettext("Send") == word
