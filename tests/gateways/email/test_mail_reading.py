"""Mails known to break naive readers, each of our own making."""

import base64
import tracemalloc
from datetime import UTC, datetime
from email import message_from_bytes
from types import SimpleNamespace

import pytest

from gateways.email.authentication import authors
from gateways.email.mail import Address
from gateways.email.reading import read
from gateways.email.reply import reply_text
from gateways.email.structure import headers_in, parse
from tests.gateways.letters import letter

HEAD = b"From: Jana Mala <jana@home.example>\r\nTo: jobs@inbox.example\r\nSubject: Hello\r\nMIME-Version: 1.0\r\n"


def mail(content_type: str, body: bytes, head: bytes = HEAD) -> bytes:
    return head + b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body


def mixed(*parts: bytes, subtype: str = "mixed") -> bytes:
    body = b"".join(b"--frontier\r\n" + part + b"\r\n" for part in parts) + b"--frontier--\r\n"
    return mail(f'multipart/{subtype}; boundary="frontier"', body)


def part(headers: str, body: bytes = b"") -> bytes:
    return headers.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body


TEXT = part("Content-Type: text/plain; charset=utf-8", "Dobrý den".encode())


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("=?utf-8?q?Jana_Dvo=C5=99=C3=A1kov=C3=A1=2C_Northwind_Talent?=", "Jana Dvořáková, Northwind Talent"),
        ('"Dvořáková, Jana"', "Dvořáková, Jana"),
        ("Mala, Jana", "Mala, Jana"),
    ],
)
def test_a_comma_in_a_name_does_not_part_it(written, name):
    raw = f"From: {written} <jana@home.example>\r\nTo: Someone, jobs@inbox.example\r\n\r\nHi".encode()
    found = read(raw)
    assert found.sender == Address(name, "jana@home.example")
    assert found.to == (Address("", "jobs@inbox.example"),)


HERS = [Address("Lucie", "lucie@home.example")]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Lucie <lucie@home.example>", HERS),
        ("lucie@home.example (Lucie)", HERS),
        ('"Lucie" lucie@home.example', HERS),
        ("=?utf-8?q?Lucie_=3Clucie=40home.example=3E?=", HERS),
        ('"Lucie <lucie@home.example>"', HERS),
        ("<@relay.example:lucie@home.example> (Lucie)", [Address("", "lucie@home.example")]),
        ("'lucie@home.example'", [Address("", "lucie@home.example")]),
        ("Pat <pat.o'brien@home.example>", [Address("Pat", "pat.o'brien@home.example")]),
        ("lucie@home.example <lucie@home.example>", [Address("lucie@home.example", "lucie@home.example")]),
        ("Group: a@home.example, b@home.example;", [Address("Group", "a@home.example"), Address("", "b@home.example")]),
        ('"x"@home.example', [Address("", '"x"@home.example')]),
        ("nobody", []),
    ],
)
def test_addresses_as_they_are_written(written, expected):
    assert list(read(f"To: {written}\n\nHi".encode()).to) == expected


@pytest.mark.parametrize(
    "name",
    [
        "=?utf-8?q?=3Clucie=40home.example=3E?=",
        "=?utf-8?q?lucie=40home.example=2C?=",
        '"=?utf-8?q?=22=3Clucie=40home.example=3E=22?="',
        "=?utf-8?b?bHVjaWVAaG9tZS5leGFtcGxlAA==?=",
        '"<lucie@home.example>"',
        '"a \\"<lucie@home.example>\\""',
        "(<lucie@home.example>)",
        "lucie@home.example",
        "x" * 12_000 + " lucie@home.example",
    ],
)
def test_a_name_that_looks_like_an_address_is_a_name(name):
    raw = f"From: {name} <evil@elsewhere.example>\n\nHi".encode()
    found = read(raw)
    assert (found.sender.address, authors(found.headers)) == ("evil@elsewhere.example", ["evil@elsewhere.example"])


@pytest.mark.parametrize("between", ["", ",", " ", " (", " \x00"])
def test_two_addresses_are_two(between):
    found = read(f"From: <lucie@home.example>{between} <evil@elsewhere.example>\n\nHi".encode())
    assert len(authors(found.headers)) == 2


def test_all_the_fields():
    raw = (
        b"Message-ID: <one@home.example>\r\nIn-Reply-To: <two@inbox.example>\r\n"
        b"References: <zero@inbox.example>\r\n <two@inbox.example>\r\nReply-To: other@home.example\r\n"
        b'Cc: =?utf-8?b?UGV0ciDFmGV6w6HEjQ==?= <petr@home.example>, "Last, First" <first@home.example>\r\n'
        b"Date: Thu, 12 Nov 2026 10:02:00 +0100\r\n"
    ) + mail("text/plain; charset=utf-8", b"Hi")
    found = read(raw)
    assert (found.message_id, found.in_reply_to) == ("one@home.example", "two@inbox.example")
    assert found.references == ("zero@inbox.example", "two@inbox.example")
    assert found.sender == Address("Jana Mala", "jana@home.example")
    assert found.reply_to == (Address("", "other@home.example"),)
    assert found.cc == (Address("Petr Řezáč", "petr@home.example"), Address("Last, First", "first@home.example"))
    assert found.date == datetime(2026, 11, 12, 9, 2, tzinfo=UTC)
    assert (found.subject, found.text, found.headers.get("to")) == ("Hello", "Hi", "jobs@inbox.example")


def test_blank_lines_before_the_headers():
    assert read(b"\r\n\r\n\n" + mail("text/plain", b"Hi")).subject == "Hello"


def test_junk_inside_the_header_block():
    raw = b"From someone Thu Nov 12\nFrom: a@home.example\nthis is no header\n*** nor this\nSubject: Hello\n\nHi"
    found = read(raw)
    assert (found.sender.address, found.subject, found.text) == ("a@home.example", "Hello", "Hi")


def test_body_without_a_blank_line_before_it():
    assert read(b"From: a@home.example\nSubject: Hello\nHi Anna,\n\nyes.").text == "Hi Anna,\n\nyes."


def test_bare_carriage_returns():
    assert read(b"From: a@home.example\rSubject: Hello\r\rHi").text == "Hi"


def test_raw_8_bit_headers_by_language():
    raw = b"From: Ji\xf8\xed <jiri@home.example>\nSubject: P\xf8ihl\xe1\x9aka\n\nx"
    found = read(raw, language="cs")
    assert (found.sender.name, found.subject) == ("Jiří", "Přihláška")


def test_raw_utf8_headers():
    assert read("From: Jiří <jiri@home.example>\nSubject: Přihláška\n\nx".encode()).subject == "Přihláška"


def test_encoded_word_cut_inside_a_character():
    raw = b"From: a@home.example\nSubject: =?utf-8?b?xI0=?= =?utf-8?q?=C3?=\n =?utf-8?q?=A1p?= end\n\nx"
    assert read(raw).subject == "čáp end"


@pytest.mark.parametrize(
    ("declared", "codec", "text"),
    [
        ("windows-874", "cp874", "สวัสดีครับ"),
        ("gb2312", "gb18030", "你好，我可以星期四来"),
        ("ks_c_5601-1987", "cp949", "안녕하세요, 목요일 좋습니다"),
        ("ks_c_5601", "cp949", "안녕하세요"),
        ("iso-8859-1", "cp1252", "“Já” – café"),
        ("x-sjis", "cp932", "よろしくお願いします"),
        ("cp-850", "cp850", "café"),
        ("windows-1250", "cp1250", "Příliš žluťoučký"),
        ("win-1251", "cp1251", "Здравствуйте"),
        ("koi8-r", "koi8-r", "Здравствуйте"),
        ("utf-7", "utf-7", "Příliš"),
        ("UTF8", "utf-8", "Příliš"),
        ("iso-2022-jp", "iso-2022-jp", "よろしく"),
    ],
)
def test_charsets_by_any_name(declared, codec, text):
    assert read(mail(f"text/plain; charset={declared}", text.encode(codec))).text == text


@pytest.mark.parametrize("declared", ["x-unknown", "unknown-8bit", "", "hex", "punycode", "none", "utf-8", "us-ascii"])
@pytest.mark.parametrize(
    ("language", "codec", "text"),
    [
        ("cs", "cp1250", "Děkuji, přijdu ve čtvrtek. Šťastný žlutý kůň."),
        ("cs", "iso-8859-2", "Děkuji, přijdu ve čtvrtek. Šťastný žlutý kůň."),
        ("pl", "cp1250", "Dziękuję, przyjdę w czwartek. Gęślą jaźń."),
        ("ru", "cp1251", "Спасибо, приду в четверг."),
        ("ru", "koi8-r", "Спасибо, приду в четверг."),
        ("uk", "cp1251", "Дякую, прийду в четвер. Їжак, ґанок."),
        ("de", "cp1252", "Schöne Grüße – Jürgen"),
        (None, "cp1251", "Спасибо, приду в четверг."),
        (None, "utf-8", "Děkuji"),
    ],
)
def test_undeclared_or_wrong_charset_by_language(declared, language, codec, text):
    assert read(mail(f"text/plain; charset={declared}", text.encode(codec)), language=language).text == text


def test_a_declared_charset_with_a_few_bad_bytes_is_kept():
    body = "Příliš žluťoučký kůň úpěl ďábelské ódy".encode() + b" \xf8"
    assert read(mail("text/plain; charset=utf-8", body), language="cs").text.startswith("Příliš žluťoučký kůň")


def test_utf8_declared_as_latin1():
    assert read(mail("text/plain; charset=iso-8859-1", "Děkuji, přijdu".encode())).text == "Děkuji, přijdu"


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="=?utf-8?b?xb1pdm90b3Bpcy5wZGY=?="', "Životopis.pdf"),
        ("attachment; filename*=utf-8''%C5%BDivotopis.pdf", "Životopis.pdf"),
        ("attachment; filename*0*=utf-8''%C5%BDivo;\n filename*1=topis.pdf", "Životopis.pdf"),
        ("attachment; filename==?utf-8?q?=C5=BDivotopis.pdf?=", "Životopis.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\Users\\\\jana\\\\cv.doc"', "cv.doc"),
        ('attachment; filename="cv\u202efdp.exe"', "cvfdp.exe"),
        ("attachment; filename*=utf-8''..%2F%E2%80%8Fcv%00%E2%80%8E%D8%9C.pdf", "cv.pdf"),
        ("attachment; filename=..", "application.pdf"),
        ("attachment", "application.pdf"),
    ],
)
def test_file_names(disposition, name):
    raw = mixed(TEXT, part(f"Content-Type: application/pdf\nContent-Disposition: {disposition}", b"%PDF"))
    (file,) = read(raw).files
    assert (file.name, file.content) == (name, b"%PDF")


def test_files_in_nested_parts():
    inner = (
        b"--inner\r\n"
        + TEXT
        + b"\r\n--inner\r\n"
        + part("Content-Type: image/png; name=a.png\nContent-ID: <logo@x>", b"PNG")
    )
    nested = part('Content-Type: multipart/related; boundary="inner"', inner + b"\r\n--inner--\r\n")
    found = read(mixed(nested, part("Content-Type: application/msword; name=cv.doc", b"DOC"), subtype="alternative"))
    assert [(file.name, file.content_id) for file in found.files] == [("a.png", "logo@x"), ("cv.doc", None)]
    assert found.text == "Dobrý den"


def test_an_attached_mail_is_a_file_and_not_the_text():
    inner = b"From: boss@old.example\r\nSubject: Reference\r\n\r\nShe is great."
    found = read(mixed(TEXT, part("Content-Type: message/rfc822", inner)))
    assert [(file.name, file.content_type) for file in found.files] == [("Reference.eml", "message/rfc822")]
    assert b"She is great." in found.files[0].content
    assert found.text == "Dobrý den"


def test_an_attached_mail_in_base64():
    inner = base64.encodebytes(b"From: boss@old.example\nSubject: Reference\n\nShe is great.")
    found = read(mixed(TEXT, part("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64", inner)))
    assert b"She is great." in found.files[0].content


def test_only_html():
    head = "<html><head><title>no</title><style>p{}</style></head>"
    html = head + "<body><p>Dobrý den,</p><p>ano &amp; ráda<br>Jana</p></body>"
    assert read(mail("text/html; charset=utf-8", html.encode())).text == "Dobrý den,\n\nano & ráda\nJana"


def test_plain_text_that_only_says_to_get_another_program():
    plain = part("Content-Type: text/plain", b"This is an HTML message. Please use a client that can view it.")
    found = read(mixed(plain, part("Content-Type: text/html", b"<p>Yes!</p>"), subtype="alternative"))
    assert found.text == "Yes!"


def test_text_on_both_sides_of_a_file():
    found = read(
        mixed(
            TEXT, part("Content-Type: application/pdf; name=cv.pdf", b"%PDF"), part("Content-Type: text/plain", b"Jana")
        )
    )
    assert found.text == "Dobrý den\n\nJana"
    assert len(found.files) == 1


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_texts_around_a_file_in_one_form_of_several(kind):
    """As Apple Mail writes them."""
    first, last = (part(f"Content-Type: text/{kind}", word) for word in (b"First words", b"Last words"))
    inside = mixed(first, part("Content-Type: application/pdf", b"%PDF"), last).removeprefix(HEAD)
    raw = mail("multipart/alternative; boundary=outside", b"--outside\r\n" + inside + b"--outside--\r\n")
    found = read(raw)
    assert found.text.split() == ["First", "words", "Last", "words"]
    assert len(found.files) == 1


@pytest.mark.parametrize("declared", ["", "; charset=us-ascii", "; charset=x-unknown"])
@pytest.mark.parametrize("meta", ["http-equiv=Content-Type content='text/html; charset=koi8-r'", 'charset="koi8-r"'])
def test_a_charset_that_only_the_html_tells(declared, meta):
    body = f"<html><head><meta {meta}></head><p>Здравствуйте, приду в четверг".encode("koi8-r")
    assert read(mail(f"text/html{declared}", body), language="cs").text == "Здравствуйте, приду в четверг"


@pytest.mark.parametrize("depth", [1_000, 40_000])
@pytest.mark.parametrize("end", [b"", b"</div>"])
def test_html_nested_beyond_reason_is_read_and_never_cleaned(depth, end):
    """Which takes nh3 28 s at 40,000."""
    found = read(mail("text/html", b"<div>" * depth + b"deep" + end * depth))
    assert (found.text, found.html) == ("deep", "")


def test_html_of_the_usual_depth_is_kept():
    html = "<div><p>a<br>b" * 200
    assert read(mail("text/html", html.encode())).html == html


def test_winmail_dat():
    raw = mixed(TEXT, part('Content-Type: application/ms-tnef; name="winmail.dat"', b"\x78\x9f\x3e\x22"))
    assert [file.name for file in read(raw).files] == ["winmail.dat"]


def test_no_sender():
    assert read(b"Subject: Hello\n\nHi").sender == Address("", "")
    assert read(b"From: MAILER-DAEMON\n\nHi").sender == Address("MAILER-DAEMON", "")
    assert read(b"From: A\nSender: a@home.example\n\nHi").sender == Address("A", "")


def test_no_nul_anywhere():
    raw = b"From: a\x00b <a@home.example>\nSubject: He\x00llo =?utf-8?q?=00?=\nContent-Type: text/plain"
    raw += b"; charset=utf-16\n\n"
    for body in ("Hi\x00 you".encode("utf-16"), b"H\x00i", b"&#0;<p>\x00"):
        found = read(raw + body)
        assert "\x00" not in found.text + found.subject + found.sender.name
    assert "\x00" not in read(mail("text/html", b"a&#0;b\x00c")).text
    assert "\x00" not in reply_text("a\x00b")


def test_25_megabytes():
    content = base64.encodebytes(b"x" * 18_000_000)
    attached = part("Content-Type: application/pdf; name=cv.pdf\nContent-Transfer-Encoding: base64", content)
    assert len(read(mixed(TEXT, attached)).files[0].content) == 18_000_000


def test_calendar_reply():
    ics = part(
        "Content-Type: text/calendar; method=REPLY; charset=utf-8", b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR"
    )
    found = read(mixed(TEXT, ics, subtype="alternative"))
    assert [(file.name, file.content_type) for file in found.files] == [("text.ics", "text/calendar")]


@pytest.mark.parametrize("line", [b"X-Long: " + b"a" * 70 + b"\n", b"X-A: b\n", b" folded\n", b"Received: from\n"])
def test_headers_of_a_megabyte(line):
    raw = b"From: a@home.example\nSubject: Hello\n" + line * (1_000_000 // len(line)) + b"\nHi"
    found = read(raw)
    assert (found.sender.address, found.text) == ("a@home.example", "Hi")


@pytest.mark.parametrize("line", [b"\n\t", b"X-A: y\n"])
def test_of_a_header_block_of_many_megabytes_the_beginning_is_read(line):
    found = read(b"From: a@home.example\n" + b"X-A: y" + line * (4_000_000 // len(line)) + b"z\n\nHi")
    assert (found.sender.address, found.text) == ("a@home.example", "Hi")


def test_folds_take_no_memory():
    """A worker died of them."""
    raw = b"X-A: y" + b"\n\t" * 900_000 + b"z\n\nHi"
    tracemalloc.start()
    try:
        assert headers_in(raw).get("X-A") == "y z"
        assert tracemalloc.get_traced_memory()[1] < 6 * len(raw)
    finally:
        tracemalloc.stop()


def test_10000_parts_keep_the_original():
    raw = mixed(*[TEXT] * 10_000)
    found = read(raw)
    assert (found.subject, found.files[0].name, found.files[0].content) == ("Hello", "original.eml", raw)


def test_nested_beyond_reason():
    raw = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(3_000))
    assert read(raw).files[0].content == raw
    assert read(b"Content-Type: message/rfc822\n\n" * 5_000).files


def test_of_10000_references_the_last_count():
    ids = [f"<{number:060}@home.example>" for number in range(10_000)]
    found = read(f"From: a@home.example\nReferences: {'\n '.join(ids)}\n\nHi".encode())
    assert [f"<{one}>" for one in found.references] == ids[-200:]


def test_5000_recipients():
    raw = (
        b"From: a@home.example\nTo: "
        + b",\n ".join(b'"P, %d" <p%d@home.example>' % (at, at) for at in range(5_000))
        + b"\n\nHi"
    )
    found = read(raw)
    assert len(found.to) == 5_000
    assert found.to[4_999] == Address("P, 4999", "p4999@home.example")


def test_format_flowed():
    raw = mail(
        "text/plain; charset=utf-8; format=flowed", b"One long \r\nline.\r\n\r\n> quoted \r\n> too\r\n\r\n-- \r\nJana"
    )
    assert read(raw).text == "One long line.\n\n> quoted too\n\n-- \nJana"


def test_link_and_list_in_html():
    html = b'<p>See <a href="https://work.example/jana">my work</a>:</p><ul><li>one</li><li>two</li></ul>'
    assert read(mail("text/html", html)).text == "See my work <https://work.example/jana>:\n\n- one\n- two"


@pytest.mark.parametrize(
    "raw", [b"", b"\x00", b"\n", b":", b"From:", b"\xff\xfe", b"--\n--", b"Content-Type: multipart/mixed\n\n"]
)
def test_hardly_a_mail(raw):
    assert read(raw).text is not None


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("size", [57 * 30, 57 * 30 + 11, 57 * 19])
def test_the_lines_of_files_come_out_as_the_library_gives_them(line_end, size):
    first, inside = letter("A file", files=[a_file("1", size)]), letter("Another", files=[a_file("2", size)])
    first.add_attachment(inside)
    raw = first.as_bytes().replace(b"\n", line_end)
    expected, found = (
        [one.get_payload(decode=True) for one in root.walk()] for root in (message_from_bytes(raw), parse(raw))
    )
    assert found == expected
    assert b"1" * size in found
    assert b"2" * size in found


def a_file(letter: str, size: int) -> SimpleNamespace:
    return SimpleNamespace(name=f"{letter}.pdf", content=letter.encode() * size)
