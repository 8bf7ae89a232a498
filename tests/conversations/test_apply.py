import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from campaigns.models import Application
from conversations.models import Conversation
from tests.cast import CV, signed_in

PAGE = "/apply/northwind/support-agents-brno/"
FILLED = {"name": "Lucie Němcová", "email": "Lucie@mail.example", "message": "Dobrý den", "consent": "on"}


def upload(content: bytes = CV.content, name: str = CV.name) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def applications(cast) -> list[Application]:
    with cast.inside():
        return list(Application.objects.select_related("person", "source"))


def test_the_page_is_in_the_campaigns_language(cast):
    page = Client().get(PAGE)
    assert page.status_code == 200
    assert page["Content-Language"] == "cs"
    assert '<html lang="cs">' in page.content.decode()


def test_who_applies_is_in_a_conversation_with_their_cv(cast):
    answer = Client().post(f"{PAGE}?source=jobs-example", FILLED | {"phone": "601 234 567", "files": [upload()]})
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}done/")
    assert Client().get(answer["Location"]).status_code == 200
    (application,) = applications(cast)
    with cast.inside():
        conversation = Conversation.objects.get()
        assert conversation.messages.get().files.get().name == CV.name
        assert conversation.owner == cast.jana
        assert application.person.email == "lucie@mail.example"
        assert application.person.phone == "+420601234567"
        assert application.source == cast.source


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "id_name"),
        ({"name": "x" * 201}, "id_name"),
        ({"name": "a\x00b"}, "id_name"),
        ({"email": "nonsense"}, "id_email"),
        ({"email": ""}, "id_email"),
        ({"phone": "12"}, "id_phone"),
        ({"message": "x" * 20_001}, "id_message"),
        ({"consent": ""}, "id_consent"),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_nothing_typed_is_lost(cast, wrong, field):
    answer = Client().post(PAGE, {key: value for key, value in (FILLED | wrong).items() if value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="{field}_error"' in page
    if "message" not in wrong:
        assert "Dobrý den" in page
    assert applications(cast) == []


def test_emoji_and_right_to_left_text_are_taken(cast):
    assert Client().post(PAGE, FILLED | {"name": "لوسي 🎈", "message": "שלום 🙂"}).status_code == 302
    assert applications(cast)[0].person.name == "لوسي 🎈"


def test_a_file_of_30_mb_is_refused_clearly(cast):
    answer = Client().post(PAGE, FILLED | {"files": [upload(b"%PDF-" + b"0" * 30 * 1024 * 1024)]})
    assert answer.status_code == 413
    assert CV.name in answer.content.decode()
    assert "Dobrý den" in answer.content.decode()


def test_a_program_is_refused_by_what_it_is(cast):
    answer = Client().post(PAGE, FILLED | {"files": [upload(b"MZ\x90\x00" + b"\x00" * 300, "cv.pdf")]})
    assert answer.status_code == 422
    assert applications(cast) == []


def test_eleven_files_are_too_many(cast):
    assert Client().post(PAGE, FILLED | {"files": [upload() for _ in range(11)]}).status_code == 422


def test_a_machine_that_fills_in_everything_is_thanked_and_forgotten(cast):
    assert Client().post(PAGE, FILLED | {"website": "https://spam.example"}).status_code == 302
    assert applications(cast) == []


def test_too_many_from_one_place(cast, settings):
    settings.APPLICATIONS_IN_AN_HOUR = 2
    client = Client()
    answers = [client.post(PAGE, FILLED | {"email": f"p{n}@mail.example"}).status_code for n in range(3)]
    assert answers == [302, 302, 429]


def test_a_closed_campaign_says_so(cast):
    with cast.inside():
        cast.campaign.state = "closed"
        cast.campaign.save()
    assert Client().get(PAGE).status_code == 200
    assert Client().post(PAGE, FILLED).status_code == 409
    assert applications(cast) == []


def test_a_rejected_candidate_is_told_where_to_write(cast):
    conversation = cast.apply()
    with cast.inside():
        conversation.reject(by=cast.jana)
    answer = Client().post(PAGE, FILLED)
    assert answer.status_code == 409
    assert "jobs@northwind.example" in answer.content.decode()


def test_unknown_addresses(cast, stranger):
    for address in ("/apply/nowhere/x/", "/apply/northwind/nothing/", "/apply/northwind/drivers-bremen/"):
        assert Client().get(address).status_code == 404
    assert Client().delete(PAGE).status_code == 405


def test_a_member_of_another_organization_can_apply_too(cast, stranger):
    assert signed_in(stranger.member).post(PAGE, FILLED).status_code == 302


def test_the_list_of_vacancies(cast):
    page = Client().get("/apply/northwind/").content.decode()
    assert PAGE in page
