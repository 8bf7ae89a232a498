import pytest
from django.urls import reverse

from conversations.attaching import Upload
from conversations.models import Grant, MessageFile
from tests.cast import CV, Cast, signed_in

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
PAGE = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
pytestmark = pytest.mark.usefixtures("lead")
DRAWING = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def sent(cast: Cast, *uploads: Upload) -> list[MessageFile]:
    with cast.inside():
        return list(cast.conversation().receive("Here", via="email", files=uploads).files.all())


def address(file: MessageFile) -> str:
    return reverse("file", args=[file.pk, file.name])


def test_others_get_404_and_visitors_are_asked_to_sign_in(cast, stranger, client):
    [file] = sent(cast, CV)
    assert signed_in(cast.jana).get(address(file)).content == CV.content
    for member in (cast.eva, cast.guest, stranger.member):
        assert signed_in(member).get(address(file)).status_code == 404
    assert client.get(address(file)).status_code == 302
    assert signed_in(cast.jana).post(address(file)).status_code == 405


def test_a_guest_gets_the_files_up_to_where_their_grant_reaches(cast):
    [file] = sent(cast, CV)
    guest = signed_in(cast.guest)
    with cast.inside():
        conversation, number = file.message.conversation, file.message.event.number
        grant = Grant.objects.create(conversation=conversation, member=cast.guest, until_number=number)
    assert guest.get(address(file)).status_code == 200
    with cast.inside():
        Grant.objects.filter(pk=grant.pk).update(until_number=number - 1)
    assert guest.get(address(file)).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "is_shown"),
    [
        ("a.png", PNG, True),
        ("cv.pdf", CV.content, True),
        ("page.png", PAGE, False),
        ("page.html", PAGE, False),
        ("drawing.svg", DRAWING, False),
        ("nothing", b"", False),
    ],
)
def test_only_what_was_found_to_be_an_image_or_pdf_is_shown_and_never_as_a_page(cast, name, content, is_shown):
    [file] = sent(cast, Upload(name, content))
    answer = signed_in(cast.jana).get(address(file))
    assert answer.headers["Content-Disposition"].startswith("inline" if is_shown else "attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert is_shown or answer.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    "name", ["Životopis 2026 “final”.pdf", 'a"b;c\r\nX-Evil: 1.pdf', "..", "x/../../etc/passwd", "%2e"]
)
def test_any_name_goes_out_whole_and_harmless(cast, name):
    [file] = sent(cast, Upload(name, CV.content))
    answer = signed_in(cast.jana).get(f"/files/{file.pk}/any")
    assert answer.status_code == 200
    assert "X-Evil" not in answer.headers
    assert file.name.strip(".")  # a path of dots leads elsewhere
    page = signed_in(cast.jana).get(reverse("conversation", args=[file.message.conversation_id]))
    assert page.status_code == 200
