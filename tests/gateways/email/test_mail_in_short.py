from gateways.email.automatic import verdict
from gateways.email.reading import read
from gateways.email.reply import reply_text


def test_nothing_at_all_is_a_mail_too():
    assert read(b"").text == ""
    assert reply_text(b"") == ""
    assert not verdict(b"").is_automatic
