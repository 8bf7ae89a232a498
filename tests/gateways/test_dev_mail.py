import smtplib

import pytest
from django.test import Client, override_settings

from gateways.email import listener
from gateways.email.development import folder
from gateways.models import Arrival
from tests.gateways.sink import running

EML = {"default": {"BACKEND": "gateways.email.development.EmlBackend"}}


@pytest.fixture
def development(cast, lead, settings, tmp_path):
    settings.DEVELOPMENT, settings.DATA_DIR, settings.MAILERS = True, tmp_path, EML
    with cast.inside():
        lead.reply("Dobrý den, <b>Lucie</b>", by=cast.jana)
    return Client()


def test_a_mail_is_a_file_and_can_be_read(development):
    (path,) = folder().glob("*.eml")
    page = development.get("/dev/mail/").content.decode()
    assert path.stem in page
    assert "Support agents, Brno" in page
    page = development.get(f"/dev/mail/{path.stem}/").content.decode()
    assert "sandbox=" in page
    html = development.get(f"/dev/mail/{path.stem}/html/")
    assert "sandbox" in html["Content-Security-Policy"]
    assert "script-src" not in html["Content-Security-Policy"]
    assert "&lt;b&gt;" in html.content.decode()


def test_an_answer_goes_by_smtp_and_comes_in(cast, development, settings):
    async def listening():
        return await listener.listen("127.0.0.1", 0)

    (path,) = folder().glob("*.eml")
    with running(listening) as port, override_settings(MAIL_HOST="127.0.0.1", MAIL_PORT=port):
        answer = development.post(f"/dev/mail/{path.stem}/", {"text": "Ano, mohu."})
    assert answer.status_code == 302
    with cast.inside():
        message = Arrival.objects.get(state="understood").message
        assert (message.text, message.third_party) == ("Ano, mohu.", "")
        assert "Dobrý den" in message.quoted_text


def test_without_a_listener_it_says_so(development, settings):
    settings.MAIL_PORT = 1
    (path,) = folder().glob("*.eml")
    answer = development.post(f"/dev/mail/{path.stem}/", {"text": "Kept"})
    assert answer.status_code == 422
    assert "Kept" in answer.content.decode()
    assert issubclass(smtplib.SMTPException, OSError)


@pytest.mark.parametrize("name", ["../../etc/passwd", "..%2f..%2fsettings", "20261122T000000.000000-00000000"])
def test_names_lead_nowhere_else(development, name):
    assert development.get(f"/dev/mail/{name}/").status_code == 404


def test_elsewhere_there_is_no_such_page(cast):
    assert Client().get("/dev/mail/").status_code == 404
