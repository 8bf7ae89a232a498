"""A reply address lives as long as it is given out, whatever becomes of SECRET_KEY; nothing hanging on it is lost."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from accounts.sealing import seal, unseal
from accounts.secret_links import hash_of
from conversations.models import Conversation, ReplyKey
from gateways.email.identity import answered
from gateways.email.ingest import organization_of
from gateways.email.webhook_keys import keys_of, secret_of
from gateways.models import ChannelAccount
from tests.cast import signed_in
from tests.gateways.letters import reply_address

ANOTHER = "another-" + "key-for-tests" * 5


@pytest.fixture
def conversation(cast) -> Conversation:
    return cast.apply()


def next_mail(cast, conversation):
    with cast.inside():
        Conversation.objects.get(pk=conversation.pk).reply("And one more thing", by=cast.jana)
    return mail.outbox[-1]


def address_in(one) -> str:
    return one.reply_to[0].rpartition("<")[2].rstrip(">")


def link_in(one) -> str:
    return next(word for word in one.body.split() if "/c/" in word).partition("/c/")[2].partition("/")[0]


def account_of(cast, **fields) -> ChannelAccount:
    with cast.inside():
        workspace = cast.campaign.workspace
        return ChannelAccount.objects.create(
            name="Jobs", address="jobs@x.example", provider="postmark", workspace=workspace, **fields
        )


def rotate(settings) -> None:
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], ANOTHER


def test_who_is_written_to_can_answer_for_another_year(cast, conversation):
    address = reply_address(cast, conversation)
    with cast.inside():
        ReplyKey.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert organization_of(address) is None
    sent = next_mail(cast, conversation)
    assert address_in(sent) == address
    assert organization_of(address) == cast.organization.pk
    assert signed_in(cast.jana).get(f"/c/{link_in(sent)}/").status_code == 200
    with cast.inside():
        assert min(ReplyKey.objects.values_list("expires_at", flat=True)) > timezone.now() + timedelta(days=364)


def test_a_key_that_is_fresh_is_not_written_again(cast, conversation, django_assert_num_queries):
    reply_address(cast, conversation)
    with cast.inside(), django_assert_num_queries(1):
        ReplyKey.of(conversation, ReplyKey.Use.ADDRESS)


def test_a_new_secret_key_changes_no_address(cast, conversation, settings):
    before = next_mail(cast, conversation)
    rotate(settings)
    after = next_mail(cast, conversation)
    assert (address_in(after), link_in(after)) == (address_in(before), link_in(before))


def test_mails_from_before_are_answered(cast, conversation, settings):
    before = next_mail(cast, conversation).extra_headers["Message-ID"].strip("<>")
    rotate(settings)
    after = next_mail(cast, conversation)
    with cast.inside():
        assert len(answered([before, after.extra_headers["Message-ID"].strip("<>")])) == 2
    assert f"<{before}>" in after.extra_headers["References"]


def test_what_was_sealed_can_be_read_and_sealed_anew(cast, settings):
    account_of(cast, sealed_secret=seal("s3"))
    rotate(settings)
    call_command("seal_anew")
    settings.SECRET_KEY_FALLBACKS = []
    with cast.inside():
        account = ChannelAccount.objects.get(address="jobs@x.example")
        assert (unseal(account.sealed_secret), account.sealed_webhook_key) == ("s3", "")


def test_a_webhook_may_come_with_its_old_password(cast, settings):
    account = account_of(cast)
    old = secret_of(account)
    rotate(settings)
    keys = keys_of("postmark", account.pk) or {}
    assert keys["webhook_secret"] == [
        f"recruitchat:{secret_of(account)}",
        f"recruitchat:{old}",
    ]


def test_sessions_go_on(cast, settings):
    client = signed_in(cast.jana)
    rotate(settings)
    assert client.get("/inbox/mine/").status_code == 200


def test_without_the_old_one_a_mail_gives_out_a_new_address(cast, conversation, settings):
    before = next_mail(cast, conversation)
    settings.SECRET_KEY = ANOTHER
    with cast.inside():
        assert ReplyKey.objects.filter(token_hash=hash_of(link_in(before)), revoked_at=None).exists()
    assert f'socket="/ws/c/{link_in(before)}/"' in signed_in(cast.jana).get(f"/c/{link_in(before)}/").content.decode()
    after = next_mail(cast, conversation)
    assert organization_of(address_in(after)) == cast.organization.pk
    assert organization_of(address_in(before)) is None
