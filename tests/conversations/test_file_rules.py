"""Which files are taken: by size, by kind, by what ClamAV says."""

import io
import struct
import threading
import zipfile
from contextlib import contextmanager, nullcontext
from socketserver import StreamRequestHandler, ThreadingTCPServer

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from accounts.models import FileKind, Organization
from conversations import refusals, scanning
from conversations.attaching import Upload
from conversations.contents import content_type_of, kind_of
from conversations.file_rules import FileRules, withheld_where_harmful
from conversations.models import MessageFile, ReplyKey
from conversations.sizes import limit_in_words
from conversations.tasks import sweep_withheld
from tests.cast import CV, signed_in

VIRUS = b"this test's own virus"


def packed(*names: str, content: str | bytes = "x") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "application/vnd.oasis.opendocument.text" if name == "mimetype" else content)
    return file.getvalue()


FILES = [
    ("document", CV.content),
    ("document", packed("[Content_Types].xml", "word/document.xml")),
    ("document", packed("mimetype", "content.xml")),
    ("document", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ("document", "Životopis".encode()),
    ("document", b"{\\rtf1 text}"),
    ("picture", b"\x89PNG\r\n\x1a\n" + bytes(30)),
    ("recording", b"\0\0\0\x18ftypmp42" + bytes(30)),
    ("archive", packed("cv.txt", "inner.zip")),
    ("archive", packed("cv.docx", content=packed("[Content_Types].xml", "word/document.xml"))),
    ("archive", b"7z\xbc\xaf'\x1c" + bytes(30)),
    ("program", b"MZ\x90\x00" + bytes(200)),
    ("program", b"\x7fELF" + bytes(200)),
    ("program", b"#!/bin/sh\nrm -r /"),
    ("program", packed("META-INF/MANIFEST.MF", "Main.class")),
    ("program", b"<!doctype html><script>1</script>"),
    ("program", b'<?xml version="1.0"?><svg onload="x()"/>'),
    ("other", bytes(range(256)) * 3),
    ("document", b""),
]


@pytest.mark.parametrize(("kind", "content"), FILES)
def test_the_kind_is_what_the_bytes_are(kind, content):
    assert kind_of(content_type_of(content)) == kind


@contextmanager
def clamd(settings, answer: str | None = None):
    """A daemon that knows one virus, and says `answer` to all when there is one."""

    class Handler(StreamRequestHandler):
        def handle(self):
            assert self.rfile.read(10) == b"zINSTREAM\0"
            content = b""
            while size := struct.unpack(">I", self.rfile.read(4))[0]:
                content += self.rfile.read(size)
            found = "Test.Virus FOUND" if VIRUS in content else "OK"
            self.wfile.write((answer or f"stream: {found}").encode() + b"\0")

    with ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        settings.CLAMD_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield
        server.shutdown()


def rules(**facts) -> FileRules:
    return FileRules.of(Organization(**facts))


def test_the_organization_says_how_large_and_of_which_kinds():
    assert rules().check(CV).is_checked
    with pytest.raises(refusals.TooLarge):
        rules(file_size_limit=1).check(Upload("film.mp4", bytes(1024 * 1024 + 1)))
    with pytest.raises(refusals.RefusedKind, match=r"cv\.pdf .* documents"):
        rules(file_kinds=[FileKind.DOCUMENT]).check(Upload("cv.pdf", b"MZ" + bytes(99)))
    assert rules(file_kinds=[FileKind.PROGRAM]).check(Upload("tool.exe", b"MZ" + bytes(99)))


def test_what_is_infected_is_refused_and_from_a_mail_held_back(settings):
    infected = Upload("cv.txt", b"x" * 200_000 + VIRUS)
    with clamd(settings):
        assert rules().check(CV).withheld == ""
        with pytest.raises(refusals.Infected, match=r"Test\.Virus"):
            rules().check(infected)
        assert [file.withheld for file in withheld_where_harmful([CV, infected])] == ["", "Test.Virus"]


@pytest.mark.parametrize("answer", [None, "INSTREAM size limit exceeded. ERROR", ""])
def test_without_an_answer_nothing_is_taken_and_a_mails_file_is_held_back(settings, answer):
    if answer is None:
        settings.CLAMD_URL = "tcp://127.0.0.1:1"
        check_is_refused()
    else:
        with clamd(settings, answer or " "):
            check_is_refused()


def check_is_refused() -> None:
    with pytest.raises(refusals.NotScanned):
        rules().check(CV)
    assert withheld_where_harmful([CV])[0].withheld == scanning.NOT_SCANNED


def test_what_came_while_the_scanner_was_away_is_looked_through_when_it_is_back(cast, settings):
    conversation, names = cast.apply(), {"cv.pdf": CV.content, "bad.txt": VIRUS}
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    with cast.inside():
        conversation.receive("My CV", via="email", files=[Upload(*each) for each in names.items()])
    for answer, expected in ((None, NOT_YET), ("INSTREAM size limit exceeded. ERROR", NOT_YET), ("", LOOKED_THROUGH)):
        with clamd(settings, answer) if answer is not None else nullcontext():
            sweep_withheld()
        with cast.inside():
            assert dict(MessageFile.objects.values_list("name", "withheld")) == expected


NOT_YET = {"cv.pdf": scanning.NOT_SCANNED, "bad.txt": scanning.NOT_SCANNED}
LOOKED_THROUGH = {"cv.pdf": "", "bad.txt": "Test.Virus"}


def test_every_entrance_asks_the_same_rule(cast, client):
    conversation = cast.apply()
    with cast.inside():
        Organization.objects.update(file_kinds=["picture"], file_size_limit=3)
        token = ReplyKey.of(conversation, ReplyKey.Use.LINK).token
    jana = signed_in(cast.jana)
    doors = [
        (jana, reverse("messages", args=[conversation.pk]), {"kind": "reply"}),
        (jana, reverse("messages", args=[conversation.pk]), {"kind": "note"}),
        (client, f"/c/{token}/messages/", {}),
        (client, f"/apply/northwind/{cast.campaign.slug}/", {"name": "A", "email": "a@b.example", "consent": "on"}),
    ]
    for who, address, fields in doors:
        answer = who.post(address, fields | {"files": [SimpleUploadedFile("cv.png", CV.content)]})
        assert answer.status_code == 422, address
    page = client.get(f"/c/{token}/").content.decode()
    assert "3,0" in page or "3.0" in page
    program = client.post(
        "/api/v1/applications",
        {
            "campaign": cast.campaign.slug,
            "person": {"name": "B", "email": "b@b.example"},
            "files": [{"name": "cv.pdf", "content": "JVBERi0xLjQK"}],
        },
        content_type="application/json",
        headers={"Authorization": f"Bearer {cast.token()}"},
    )
    assert program.status_code == 422
    with cast.inside():
        assert not MessageFile.objects.exists()


def test_what_is_held_back_is_shown_and_given_to_nobody(cast):
    conversation = cast.apply()
    with cast.inside():
        conversation.receive(
            "My CV", via="email", files=[Upload("cv.pdf", CV.content, withheld="Bad", is_checked=True)]
        )
        file = MessageFile.objects.get()
    jana = signed_in(cast.jana)
    page = jana.get(reverse("conversation", args=[conversation.pk])).content.decode()
    assert "held back: a virus was found (Bad)" in page
    assert f"/files/{file.pk}" not in page
    assert jana.get(f"/files/{file.pk}/cv.pdf").status_code == 404


def test_what_is_taken_is_told_by_what_is_not_where_that_is_shorter():
    assert rules().kinds_in_words == "everything except programs and web pages"
    assert rules(file_kinds=list(FileKind)).kinds_in_words == "everything"
    assert rules(file_kinds=[FileKind.DOCUMENT, FileKind.PICTURE]).kinds_in_words == "documents, pictures"


@pytest.mark.parametrize(("language", "words"), [("en", "20 MB"), ("cs", "20 MB"), ("ru", "20 МБ")])
def test_a_limit_is_a_round_number(language, words):
    with override(language):
        assert rules(file_size_limit=20).limit_in_words == words.replace(" ", "\N{NO-BREAK SPACE}")
        assert limit_in_words(1_572_864)[:1] == "1"
        assert len(limit_in_words(1_572_864)) > len("1 MB")
