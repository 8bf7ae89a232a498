"""What our own listener finds out about who sends it mail, when it is the server that the world sends to."""

import smtplib

import pytest

from gateways.email import listener
from gateways.email.dmarc import Shown, verdict
from gateways.email.name_servers import Away
from gateways.email.receiving_server import Caller, found_out
from gateways.email.signing import Signer, with_new_key
from tests.cast import signed_in
from tests.gateways.letters import letter, reply_address
from tests.gateways.sink import running

SENDING = "192.0.2.25"
POLICY = "v=DMARC1; p=reject"


class Zone(dict):
    """Name servers that know what stands here; `Away` for a name that nobody answers about."""

    def __call__(self, name, kind):
        found = self.get((name, kind), [])
        if found is Away:
            raise Away(name)
        return found


def zone(**more) -> Zone:
    known = Zone()
    known["mail.example", "TXT"] = [b"v=spf1 ip4:8.8.8.0/24 ip6:2001:4860::/32 -all"]
    known["_dmarc.mail.example", "TXT"] = [POLICY.encode()]
    return known


def said(mail, ask, *, address="8.8.8.8", mail_from="lucie@mail.example") -> str:
    raw = mail if isinstance(mail, bytes) else mail.as_bytes(policy=mail.policy.clone(linesep="\r\n"))
    return found_out(raw, Caller(address, "mx.mail.example", mail_from), ask).decode()


@pytest.fixture(scope="module")
def key():
    return with_new_key("mail.example")


def signed(mail, key, domain="mail.example"):
    mail["DKIM-Signature"] = Signer(domain, "s1", _private(key)).signature(mail)
    return mail


def _private(key) -> bytes:
    from accounts.sealing import unseal

    return unseal(key.sealed_key).encode()


def with_key(known, key, domain="mail.example") -> Zone:
    known[f"s1._domainkey.{domain}", "TXT"] = [f"v=DKIM1; k=rsa; p={key.public_key}".encode()]
    return known


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860::8888"])
def test_the_server_that_the_domain_names(address):
    found = said(letter(), zone(), address=address)
    assert found.startswith("Authentication-Results: inbound.localhost; spf=pass smtp.mailfrom=mail.example;")
    assert found.endswith("dmarc=pass header.from=mail.example\r\n")


def test_any_other_server_fails():
    assert "spf=fail" in (found := said(letter(), zone(), address="9.9.9.9"))
    assert "dmarc=fail" in found


def test_another_domain_in_the_envelope_proves_nothing():
    ask = zone()
    ask["evil.example", "TXT"] = [b"v=spf1 +all"]
    found = said(letter(), ask, mail_from="x@evil.example")
    assert "spf=pass smtp.mailfrom=evil.example" in found
    assert "dmarc=fail header.from=mail.example" in found


def test_a_signature_proves_it_wherever_the_mail_went(key):
    ask = with_key(zone(), key)
    assert "dkim=pass header.d=mail.example; dmarc=pass" in said(signed(letter(), key), ask, address="9.9.9.9")
    changed = signed(letter(), key)
    changed.set_content("I withdraw.")
    assert "dkim=none; dmarc=fail" in said(changed, ask, address="9.9.9.9")


def test_another_domains_signature_doesnt(key):
    ask = with_key(zone(), key, "evil.example")
    found = said(signed(letter(), key, "evil.example"), ask, address="9.9.9.9")
    assert "dkim=pass header.d=evil.example; dmarc=fail" in found


def test_who_publishes_nothing_can_prove_nothing():
    assert said(letter(), Zone(), address="9.9.9.9").endswith("dmarc=none header.from=mail.example\r\n")


@pytest.mark.parametrize("name", ["_dmarc.mail.example", "mail.example"])
def test_name_servers_that_are_away_prove_neither(name):
    ask = zone()
    ask[name, "TXT"] = Away
    assert "dmarc=temperror" in said(letter(), ask)


def test_a_server_of_our_own_network_says_nothing_about_where_it_comes_from():
    assert "spf=none" in said(letter(), zone(), address="172.18.0.1")


def test_a_bounce_comes_from_the_server_itself():
    ask = zone()
    ask["mx.mail.example", "TXT"] = [b"v=spf1 ip4:8.8.8.8 -all"]
    assert "spf=pass smtp.mailfrom=mx.mail.example" in said(letter(), ask, mail_from="")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\x00",
        b"From: a@b, c@d\r\n\r\n",
        b"From: x@\xc5\xa1.example\r\nDKIM-Signature: v=1; d=\xff; \x00\r\n\r\nHi",
        b"DKIM-Signature: \r\n" * 50 + b"From: lucie@mail.example\r\n\r\nHi",
        b"From: x@" + b"a." * 200 + b"example\r\n\r\nHi",
    ],
)
def test_nothing_raises_and_nothing_is_slipped_in(raw):
    found = said(raw, zone(), mail_from="x@mail.example;\r\ndmarc=pass", address="9.9.9.9")
    assert found.count("\n") == 1
    assert "dmarc=pass" not in found.replace("?", "")


@pytest.mark.parametrize(
    ("records", "domain", "shown", "expected"),
    [
        ({"a.example": POLICY}, "a.example", ["a.example"], "pass"),
        ({"a.example": POLICY}, "jobs.a.example", ["a.example"], "pass"),
        ({"a.example": POLICY}, "a.example", ["mail.a.example"], "pass"),
        ({"a.example": POLICY}, "a.example", ["b.example"], "fail"),
        ({"a.example": POLICY + "; adkim=s"}, "a.example", ["mail.a.example"], "fail"),
        ({"a.example": POLICY + "; adkim=s"}, "a.example", ["a.example"], "pass"),
        ({"city.example": POLICY + "; psd=y"}, "a.city.example", ["b.city.example"], "fail"),
        ({"city.example": POLICY + "; psd=y"}, "a.city.example", ["x.a.city.example"], "pass"),
        ({"a.b.example": POLICY + "; psd=n", "b.example": POLICY}, "a.b.example", ["c.b.example"], "fail"),
        ({"a.example": "v=DMARC1 ; p=none"}, "a.example", [], "fail"),
        ({"a.example": "v=spf1 -all"}, "a.example", [], "none"),
        ({}, "a.example", ["a.example"], "none"),
    ],
)
def test_the_domain_that_counts(records, domain, shown, expected):
    ask = Zone({(f"_dmarc.{name}", "TXT"): [text.encode()] for name, text in records.items()})
    assert verdict(domain, Shown([], shown), ask) == expected


def test_two_policies_are_none():
    ask = Zone({("_dmarc.a.example", "TXT"): [POLICY.encode(), POLICY.encode()]})
    assert verdict("a.example", Shown([], []), ask) == "none"


def test_a_long_name_costs_few_questions():
    asked: dict[str, list] = {}
    verdict("x." * 100 + "example", Shown([], []), lambda name, kind: asked.setdefault(name, []))
    assert len(asked) == 8


def test_the_listener_writes_it_above_the_mail_and_it_is_believed(cast, settings):
    settings.CHECK_SENDERS, settings.TRUSTED_MAIL_SERVERS = True, ["inbound.localhost"]
    conversation = cast.apply()
    to, pretended = reply_address(cast, conversation), "inbound.localhost; dmarc=pass header.from=mail.example"
    with running(lambda: listener.listen("127.0.0.1", 0, zone)) as port, smtplib.SMTP("127.0.0.1", port) as client:
        client.send_message(letter("STOP", Authentication_Results=pretended), to_addrs=[to])
    with cast.inside():
        message = conversation.messages.get(channel="email")
        assert (message.doubt, message.text) == ("forged", "STOP")
        assert bytes(message.arrivals.get().raw).startswith(b"Authentication-Results: inbound.localhost; spf=none")
        conversation.person.refresh_from_db()
        assert conversation.person.stopped_at is None
    assert "DMARC" in signed_in(cast.jana).get(f"/conversations/{conversation.pk}/").content.decode()


def test_a_bounce_that_comes_to_the_listener_is_checked_by_its_servers_name(cast, settings, monkeypatch):
    settings.CHECK_SENDERS, asked = True, list[tuple[str, str]]()

    def note(raw: bytes, caller: Caller, ask) -> bytes:
        asked.append((caller.helo, caller.mail_from))
        return b""

    monkeypatch.setattr(listener, "found_out", note)
    to = reply_address(cast, cast.apply())
    with (
        running(lambda: listener.listen("127.0.0.1", 0, zone)) as port,
        smtplib.SMTP("127.0.0.1", port, "mx.a") as client,
    ):
        client.sendmail("", [to], b"Subject: Undelivered\r\n\r\nSorry.")
    assert asked == [("mx.a", "")]
