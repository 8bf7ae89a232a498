"""Everybody reads their own language: members theirs, candidates theirs, whoever applies the campaign's."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.core import mail as sent_mail
from django.test import Client
from django.utils.translation import override

from campaigns.models import Campaign
from conversations.models import ReplyKey
from notifications import composing
from notifications.models import Notification
from tests.cast import signed_in
from tests.gateways.letters import arrive, letter, reply_address

WORDS = {
    "cs": {"inbox": "Moji zájemci", "page": "Napište odpověď", "mail": "Odpovědět", "apply": "Odeslat přihlášku"},
    "nl": {"inbox": "Mijn leads", "page": "Schrijf je antwoord", "mail": "Antwoorden", "apply": "Solliciteren"},
    "ru": {"inbox": "Мои лиды", "page": "Напишите ответ", "mail": "Ответить", "apply": "Откликнуться"},
    "de": {
        "inbox": "Meine Leads",
        "page": "Schreiben Sie Ihre Antwort",
        "mail": "Antworten",
        "apply": "Bewerbung senden",
    },
}
every_language = pytest.mark.parametrize("language", WORDS)


def reads(member, language: str):
    member.user.language = language
    member.user.save(update_fields=["language"])
    return member


@every_language
def test_a_member_reads_the_inbox_in_their_language(cast, language):
    page = signed_in(reads(cast.jana, language)).get("/inbox/mine/", HTTP_ACCEPT_LANGUAGE="en")
    assert WORDS[language]["inbox"] in page.text
    assert f'<html lang="{language}">' in page.text
    assert page["Content-Language"] == language


def test_a_member_who_chose_none_reads_the_organizations(cast):
    with cast.inside():
        cast.organization.language = "de"
        cast.organization.save()
    page = signed_in(cast.jana).get("/inbox/mine/", HTTP_ACCEPT_LANGUAGE="ru")
    assert "Meine Leads" in page.text


@every_language
def test_a_candidate_gets_page_and_mail_in_their_language(cast, language):
    conversation = cast.apply()
    with cast.inside():
        conversation.person.language = language
        conversation.person.save(update_fields=["language"])
        conversation.reply("Hello Lucie", by=reads(cast.jana, "en"))
        token = ReplyKey.of(conversation, ReplyKey.Use.LINK).token
    page = Client().get(f"/c/{token}/", HTTP_ACCEPT_LANGUAGE="en")
    assert WORDS[language]["page"] in page.text
    (mail,) = [mail for mail in sent_mail.outbox if "lucie@mail.example" in mail.to[0]]
    assert WORDS[language]["mail"] in str(mail.alternatives[0].content)
    assert mail.extra_headers["Content-Language"] == language


@every_language
def test_whoever_applies_reads_the_campaigns_language(cast, language):
    with cast.inside():
        Campaign.objects.filter(pk=cast.campaign.pk).update(language=language)
    address = f"/apply/{cast.organization.slug}/{cast.campaign.slug}/"
    assert WORDS[language]["apply"] in Client().get(address, HTTP_ACCEPT_LANGUAGE="en").text
    assert WORDS[language]["apply"] in Client().post(address, {}, HTTP_ACCEPT_LANGUAGE="en").text


@pytest.mark.parametrize(("accepted", "words"), [("de-AT,en;q=0.5", "Anmelden"), ("ru", "Войти"), ("fi", "Sign in")])
def test_the_signed_out_read_what_their_browser_asks_for(db, accepted, words):
    assert words in Client().get("/accounts/login/", HTTP_ACCEPT_LANGUAGE=accepted).text
    assert "404" not in Client().get("/c/unknown/", HTTP_ACCEPT_LANGUAGE=accepted).text


@every_language
def test_a_member_is_told_by_mail_in_their_language(cast, language):
    reads(cast.jana, language)
    cast.apply()
    with cast.inside():
        mail = composing.compose([Notification.objects.select_related("member__user").get(member=cast.jana)])
    assert mail.extra_headers["Content-Language"] == language
    assert "Open the conversation" not in mail.body


def test_a_member_whose_mail_was_not_sent_is_told_why_in_their_language(cast):
    conversation = cast.apply()
    with cast.inside():
        conversation.receive("STOP", via="web")
    sent_mail.outbox.clear()
    address = reply_address(cast, conversation, reads(cast.jana, "de"))
    arrive(cast, letter("Hello", to=address, sender=cast.jana.user.email), address)
    assert "Diese Person hat STOP geschrieben" in sent_mail.outbox[-1].body


def test_why_a_mail_failed_is_shown_in_the_readers_language(cast):
    conversation = cast.apply()
    with cast.inside():
        conversation.person.emails.all().delete()
        conversation.messages.update(
            delivery_state="failed", delivery_reason="There is no email address to write to. Add one first."
        )
    page = signed_in(reads(cast.jana, "nl")).get(f"/conversations/{conversation.pk}/")
    assert "no email address" not in page.text


def named(model, model_admin, language: str) -> list[str]:
    """What the settings call a model and the columns of its list."""
    with override(language):
        columns = [label_for_field(name, model, model_admin) for name in model_admin.list_display]
        return [str(name) for name in (model._meta.verbose_name, model._meta.verbose_name_plural, *columns)]


def test_the_settings_name_everything_in_the_admins_language(cast):
    index = signed_in(reads(cast.adam, "de")).get("/admin/").text
    same_in_german = {"name", "slug", "status", "position", "team", "teams", "tag", "tags"}
    for model, model_admin in admin.site._registry.items():
        if f"/admin/{model._meta.app_label}/{model._meta.model_name}/" in index:
            english, german = named(model, model_admin, "en"), named(model, model_admin, "de")
            left = {one for one, other in zip(english, german, strict=True) if one == other}
            assert {name.lower() for name in left} <= same_in_german
