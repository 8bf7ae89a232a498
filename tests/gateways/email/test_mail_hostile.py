"""Whatever arrives, nothing raises, and twice as much takes about twice as long."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateways.email.automatic import verdict
from gateways.email.ingest import facts_of, key_of
from gateways.email.reading import read, unread
from gateways.email.reply import reply_text, split
from gateways.email.structure import headers_in

FOLDER = Path(__file__).parents[2] / "mail"
SEEDS = [path.read_bytes() for path in sorted(FOLDER.rglob("*.eml"))[::9]]
SPICE = [
    b"\x00", b"\xff\xfe", b"\n\n", b"\r", b"=?utf-8?b?", b"?=", b"boundary=", b"--", b"<blockquote>", b"<!--", b"&#0;",
    b"> ", b"From: ", b"Content-Type: message/rfc822\n\n", b"Content-Transfer-Encoding: base64\n", b"charset=utf-16",
    b"\xed\xa0\x80", b"On 1.1.2026 10:00 a@b.example wrote:\n", b"filename*0*=x''%", b"-- \n",
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    raw = draw(st.sampled_from(SEEDS))[:20_000]
    for _ in range(draw(st.integers(1, 6))):
        at, length = draw(st.integers(0, len(raw))), draw(st.integers(0, 40))
        raw = raw[:at] + draw(st.sampled_from(SPICE) | st.binary(max_size=8)) + raw[at + length :]
    return raw


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutated(), st.sampled_from([None, "cs", "ru", "de"]))
def test_nothing_raises(raw, language):
    found = read(raw, language=language)
    parted = split(found)
    at_the_door = facts_of(headers_in(raw))
    assert key_of(raw, headers_in(raw), "jobs@inbox.example")
    everything = [
        found.text,
        found.subject,
        found.sender.name,
        parted.said,
        parted.cut,
        *(file.name for file in found.files),
        *(file.name for file in unread(raw).files),
        *(at_the_door["sender"], at_the_door["subject"], at_the_door["mail_id"], *at_the_door["recipients"]),
    ]
    for text in everything:
        assert "\x00" not in text
        text.encode()  # a lone surrogate would raise here, or later in the database
    assert isinstance(reply_text(raw), str)
    assert isinstance(verdict(raw).because, str)


@settings(max_examples=120, deadline=None)
@given(st.text(alphabet="> -_:@<.aA1\n\tод", max_size=300))
def test_no_word_of_a_plain_text_is_lost(text):
    parted = split(text)
    assert sorted((parted.said + "\n" + parted.cut).split()) == sorted(text.split())


PLAIN = b"From: a@home.example\nSubject: x\n\n"
HTML = b"From: a@home.example\nContent-Type: text/html\n\n"
DAEMON = b"From: MAILER-DAEMON@home.example\nSubject: failure notice\n\n"
MIXED = b"Content-Type: multipart/mixed; boundary=a\n\n"
HOSTILE = [
    *[
        (PLAIN, piece)
        for piece in (b">\n", b"> a\nb\n", b"a:\n", b"--\n", b"____\n", b"\n", b" ", b"-", b"a@", b"From: a\n")
    ],
    *[
        (PLAIN, piece)
        for piece in (b"On 1.1.2026 10:00 x\n", b"wrote: ", b"Ab: " * 40 + b"\n", b"Sent from my iPhone\n")
    ],
    *[
        (HTML, piece)
        for piece in (b"<", b"<!--", b"<div>", b"<blockquote>x", b"<a '", b"<style", b"&", b"<br>", b"<ol><li>a")
    ],
    *[(HTML, piece) for piece in (b"</p>", b"<a href='https://a'>x", b"<pre>\n", b"<head", b"<div id=")],
    *[(DAEMON, piece) for piece in (b"a", b"a@b.", b"5.1.", b"550 ", b"\n")],
    *[(MIXED, piece) for piece in (b"--a\n", b"--a\nContent-Type: message/rfc822\n\n", b"boundary=b\n")],
    *[(b"From: ", piece) for piece in (b"a", b'"', b"<", b",", b"a@b.example,", b"=?a?q?", b"\n ", b"(")],
    (b"", b"Content-Type: message/rfc822\n\n"),
    (b"", b"a:\n"),
]


def seconds(raw: bytes) -> float:
    begin = time.process_time()
    reply_text(raw)
    verdict(raw)
    return time.process_time() - begin


@pytest.mark.parametrize(("head", "piece"), HOSTILE)
def test_time_grows_with_the_mail(head, piece):
    """Eight times the mail in less than 24 times the time: quadratic would be 64."""
    short, long = (head + piece * (size // len(piece)) for size in (25_000, 200_000))
    least = max(min(seconds(short) for _ in range(3)), 0.002)
    assert min(seconds(long) for _ in range(2)) / least < 24


MARKS = [
    b"<p>", b"</div>", b"<a href=", b'"', b">", b"\n", b"Sent: 1.1.2026 10:00\n", b"To: b@c.example\n", b"&#0;", b"=20",
    b"-----", b"*", b"www.avast.com", b"<x@y.example>", b"\xc4\x8d", b"this is an automatic ", b"auto: ", b"550 5.1.1 ",
]  # fmt: skip
units = st.lists(st.sampled_from([*SPICE, *MARKS]), min_size=1, max_size=5).map(b"".join)


@settings(max_examples=12, deadline=None)
@given(st.sampled_from([PLAIN, HTML, DAEMON, MIXED]), units)
def test_whatever_is_repeated_takes_linear_time(head, unit):
    short, long = (head + unit * (size // len(unit)) for size in (25_000, 200_000))
    least = max(min(seconds(short) for _ in range(2)), 0.005)
    assert min(seconds(long) for _ in range(2)) / least < 24
