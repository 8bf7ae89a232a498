import io
import logging
from typing import Any

import pytest
import structlog
from django.conf import settings

from recruitchat.logs import masked
from tests.cast import signed_in

TOKEN = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f'127.0.0.1:1 - "GET /c/{TOKEN}/messages/ HTTP/1.1" 200', '127.0.0.1:1 - "GET /c/…/messages/ HTTP/1.1" 200'),
        (f'"WebSocket /ws/c/{TOKEN}/" [accepted]', '"WebSocket /ws/c/…/" [accepted]'),
        (f"to reply+{TOKEN}@inbound.example failed", "to reply+…@inbound.example failed"),
        ("GET /accounts/password/reset/key/1-abc-def/", "GET /accounts/password/reset/key/…/"),
        ("token rc_0123456789_0123456789-abc used", "token rc_… used"),
        ("IntegrityError\nDETAIL:  Failing row contains (Hello).\n", "IntegrityError\nDETAIL: …\n"),
    ],
)
def test_what_opens_something_is_masked(text, shown):
    assert masked(text) == shown


@pytest.fixture
def written():
    """What the console would show."""
    stream = io.StringIO()
    formatter: Any = dict(settings.LOGGING["formatters"]["structured"])
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter.pop("()")(**formatter))
    logging.getLogger().addHandler(handler)
    yield stream.getvalue
    logging.getLogger().removeHandler(handler)


def test_a_request_is_one_line_with_organization_and_id_and_without_query(cast, written):
    signed_in(cast.jana).get("/inbox/mine/", {"q": "Lucie"})
    (line,) = [line for line in written().splitlines() if "request_finished" in line]
    assert "GET /inbox/mine/?…" in line
    assert f"organization={cast.organization.pk}" in line
    assert "request_id=" in line
    assert "Lucie" not in line


def test_an_error_is_written_without_the_words_around_it(written):
    words = "I would like to work with you"
    try:
        raise ValueError(len(words))
    except ValueError:
        structlog.get_logger("a").exception("failed")
        logging.getLogger("b").exception("failed")
    assert written().count("ValueError: 29") == 2
    assert words not in written().replace('words = "I would like to work with you"', "")


def test_words_of_messages_are_not_logged(cast, written):
    conversation = cast.apply(text="Pamplemousse")
    with cast.inside():
        conversation.reply("Quetschentaart", by=cast.jana)
    assert "Pamplemousse" not in written()
    assert "Quetschentaart" not in written()
