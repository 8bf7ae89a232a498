import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils import timezone

from accounts.models import User
from recruitchat.shared_cache import SharedCache
from tests.cast import PASSWORD, signed_in

LOGIN, CODE, CONFIRM = "/accounts/login/", "/accounts/login/code/", "/accounts/login/code/confirm/"
SECOND_FACTOR = [
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/password/change/",
]


@pytest.fixture
def visitor() -> Client:
    return Client()


def test_with_address_and_password(cast, visitor):
    answer = visitor.post(LOGIN, {"login": "Jana@Northwind.example", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert visitor.get("/inbox/mine/").status_code == 200


@pytest.mark.parametrize("address", ["jana@northwind.example", "nobody@northwind.example"])
def test_a_wrong_password_does_not_tell_who_is_a_member(cast, visitor, address):
    answer = visitor.post(LOGIN, {"login": address, "password": "wrong"})
    assert answer.status_code == 200
    assert "belong together" in answer.content.decode()


def test_with_a_code_by_mail(cast, visitor):
    assert visitor.post(CODE, {"email": "jana@northwind.example"}).status_code == 302
    code = re.search(r"^([A-Z0-9]{3,4}-?[A-Z0-9]{2,4})$", mail.outbox[-1].body, re.MULTILINE)
    assert code, mail.outbox[-1].body
    assert visitor.post(CONFIRM, {"code": "AAAA-AAAA"}).status_code == 200
    assert visitor.post(CONFIRM, {"code": code[1]}).status_code == 302
    assert visitor.get("/inbox/mine/").status_code == 200


def test_a_guest_comes_in_by_code_and_sees_what_was_delivered_only(cast, visitor):
    visitor.post(CODE, {"email": cast.guest.user.email})
    code = re.search(r"^([A-Z0-9]{3,4}-?[A-Z0-9]{2,4})$", mail.outbox[-1].body, re.MULTILINE)
    assert code
    assert visitor.post(CONFIRM, {"code": code[1]}).status_code == 302
    assert visitor.get("/delivered/").status_code == 200
    assert visitor.get("/inbox/mine/").status_code == 404


@override_settings(AXES_ENABLED=True, AXES_FAILURE_LIMIT=3)
def test_who_guesses_passwords_is_stopped_and_colleagues_in_the_same_office_are_not(cast, visitor):
    for _ in range(3):
        answer = visitor.post(LOGIN, {"login": "Jana@northwind.example", "password": "wrong"})
    assert answer.status_code == 429
    assert "Too many tries" in answer.text
    assert visitor.post(LOGIN, {"login": "jana@northwind.example", "password": PASSWORD}).status_code == 429
    assert visitor.post(LOGIN, {"login": "petr@northwind.example", "password": PASSWORD}).status_code == 302


def test_codes_are_not_asked_for_without_end(cast):
    cache.clear()
    answers = [Client().post(CODE, {"email": "jana@northwind.example"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [302] * 3 + [200] * 2
    assert "Too many" in answers[-1].text
    assert len(mail.outbox) == 3
    cache.clear()


def test_failures_are_counted_for_all_processes_and_forgiven_without_redis():
    one, other, away = (SharedCache(url, {}) for url in (settings.REDIS_URL,) * 2 + ("redis://127.0.0.1:1",))
    assert one.add("tests:code", 1, 5)
    assert not other.add("tests:code", 1, 5)
    assert (other.incr("tests:code"), one.get("tests:code")) == (2, 2)
    assert one.delete("tests:code")
    away.set("tests:code", 1, 5)
    assert (away.add("tests:code", 1, 5), away.get("tests:code"), away.incr("tests:code")) == (True, None, 1)


def test_mails_about_signing_in_are_ours(cast, visitor):
    visitor.post(CODE, {"email": "jana@northwind.example"})
    visitor.post("/accounts/password/reset/", {"email": "jana@northwind.example"})
    Client().post(CODE, {"email": "nobody@northwind.example"})
    assert len(mail.outbox) == 3, [sent.subject for sent in mail.outbox]
    code, reset, unknown = mail.outbox
    assert code.subject.startswith("[RecruitChat] ")
    assert "/accounts/password/reset/key/" in reset.body
    assert "no member has this address" in unknown.body
    for sent in (code, reset, unknown):
        assert sent.from_email.startswith("RecruitChat <")
        assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
        assert "!" not in sent.body


def test_an_address_is_an_admins_to_give(cast):
    """By its address a guest is found: whoever could take another's would read what was delivered to them."""
    client = signed_in(cast.guest)
    assert client.get("/accounts/email/").status_code == 404
    assert client.get("/accounts/confirm-email/x/").status_code == 404
    taken = {"email": "jana@northwind.example", "action_add": "", "action_primary": ""}
    assert client.post("/accounts/email/", taken).status_code == 404


def test_a_second_factor_needs_no_mail_before(cast, visitor):
    visitor.post(LOGIN, {"login": "jana@northwind.example", "password": PASSWORD})
    asked = visitor.get("/accounts/2fa/totp/activate/")
    page = visitor.post(asked["Location"], {"password": PASSWORD}, follow=True)
    assert "authenticator_secret" in page.content.decode()


def test_who_signs_in_by_code_gives_themselves_a_second_factor_too(cast, visitor):
    visitor.post(CODE, {"email": cast.guest.user.email})
    User.objects.filter(pk=cast.guest.user_id).update(password="!")
    code = re.search(r"^([A-Z0-9]{3,4}-?[A-Z0-9]{2,4})$", mail.outbox[-1].body, re.MULTILINE)
    assert code
    visitor.post(CONFIRM, {"code": code[1]})
    assert "authenticator_secret" in visitor.get("/accounts/2fa/totp/activate/", follow=True).content.decode()


def test_a_script_of_a_page_whose_member_is_signed_out_gets_a_sentence_instead_of_the_sign_in_page(lead, visitor):
    asked = visitor.get("/inbox/mine/", headers={"HX-Request": "true"})
    said = visitor.post(f"/conversations/{lead.pk}/messages/", {"text": "Hi"}, headers={"HX-Request": "true"})
    for answer in (asked, said):
        assert answer.status_code == 401
        assert "refusal" in answer.text
        assert "/accounts/login/" in answer.text


def test_nobody_signs_up(cast, visitor):
    answer = visitor.post("/accounts/signup/", {"email": "new@mail.example", "password1": PASSWORD})
    assert "invited by an admin" in answer.content.decode()


@pytest.mark.parametrize("path", SECOND_FACTOR)
def test_the_second_factor_asks_who_it_is_first(cast, path):
    answer = signed_in(cast.jana).get(path, follow=True)
    assert answer.status_code == 200


def test_who_was_switched_off_is_out_at_once(cast):
    client = signed_in(cast.jana)
    with cast.inside():
        cast.jana.is_active = False
        cast.jana.save()
    assert client.get("/inbox/mine/").status_code == 403


def test_the_member_of_two_organizations_switches(cast, stranger):
    from accounts.models import Member

    with stranger.inside():
        Member.objects.create(user=cast.jana.user)
    client = signed_in(cast.jana)
    lead = cast.apply()
    address = f"/conversations/{lead.pk}/"
    client.post("/me/organization/", {"organization": cast.organization.pk})
    assert client.get(address).status_code == 200
    client.post("/me/organization/", {"organization": stranger.organization.pk})
    assert client.get(address).status_code == 404


def test_a_session_ends_with_its_time(cast):
    client = signed_in(cast.jana)
    assert client.get("/delivered/").status_code == 200
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/delivered/").status_code == 302
