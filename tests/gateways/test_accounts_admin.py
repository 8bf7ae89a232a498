"""An admin connects a mailbox: what can't work is refused at its place, before candidates would feel it."""

import pytest
from django.urls import reverse

from accounts.models import Workspace
from accounts.sealing import seal
from gateways.models import ChannelAccount, Mailbox
from tests.cast import signed_in

ADD_ACCOUNT = "/admin/gateways/channelaccount/add/"
TAKEN = "This address is connected already."


def fields(cast, **changes) -> dict:
    with cast.inside():
        workspace = Workspace.objects.get().pk
    usual = {"channel": "email", "name": "Jobs", "address": "jobs@northwind.example", "workspace": workspace}
    return usual | {"is_active": "on"} | changes


@pytest.mark.parametrize(
    ("field", "odd", "why"),
    [
        ("address", {"address": "not an address"}, "Enter a valid email address."),
        ("address", {"address": "jobs\x00@northwind.example"}, "Null characters are not allowed."),
        ("from_name", {"from_name": "{nobody}, {organization}"}, "Only {member} and {organization} are filled in."),
        ("server", {"provider": "smtp"}, "Say which server"),
        ("server", {"provider": "smtp", "server": "smtp.northwind.example:99999"}, "Say which server"),
        ("server", {"provider": "smtp", "server": "smtp.northwind.example:0"}, "Say which server"),
        ("server", {"provider": "smtp", "server": "http://x y"}, "Say which server"),
        ("server", {"provider": "amazon_ses", "username": "AK", "secret": "s", "server": "x"}, "Say which region"),
        ("username", {"provider": "mailjet", "secret": "s"}, "This provider asks for one."),
        ("secret", {"provider": "postmark"}, "This provider asks for one."),
    ],
)
def test_what_cannot_work_is_refused_at_its_field(cast, field, odd, why):
    form = signed_in(cast.adam).post(ADD_ACCOUNT, fields(cast, **odd)).context["adminform"].form
    assert list(form.errors) == [field]
    assert why in form.errors[field][0]


def test_an_address_of_another_organization_is_refused_and_not_an_error_of_ours(cast, stranger):
    with stranger.inside():
        theirs = {"name": "Theirs", "address": "jobs@northwind.example", "workspace": Workspace.objects.get()}
        account = ChannelAccount.objects.create(**theirs)
    adam = signed_in(cast.adam)
    refused = adam.post(ADD_ACCOUNT, fields(cast, address=" Jobs@Northwind.example"))
    assert TAKEN in refused.context["adminform"].form.errors["address"][0]
    assert adam.post(ADD_ACCOUNT, fields(cast, is_active="")).status_code == 302
    with cast.inside():
        own = reverse("admin:gateways_channelaccount_change", args=[ChannelAccount.objects.get().pk])
    assert TAKEN in adam.post(own, fields(cast)).content.decode()
    with stranger.inside():
        ChannelAccount.objects.filter(pk=account.pk).update(is_active=False)
    assert adam.post(own, fields(cast)).status_code == 302
    assert adam.post(own, fields(cast, name="Our jobs")).status_code == 302


def test_a_mailbox_needs_its_password_and_a_port(cast):
    adam = signed_in(cast.adam)
    adam.post(ADD_ACCOUNT, fields(cast))
    with cast.inside():
        account = ChannelAccount.objects.get()
    typed = {"account": account.pk, "host": "imap.northwind.example", "port": "99999999", "encryption": "tls"}
    typed |= {"username": "jobs", "folder": "INBOX", "since": "2026-01-01", "is_active": "on"}
    page = "/admin/gateways/mailbox/add/"
    assert set(adam.post(page, typed).context["adminform"].form.errors) == {"port", "password"}
    assert adam.post(page, typed | {"port": "993", "password": "secret"}).status_code == 302


def test_settings_that_were_changed_have_no_problem_yet(cast):
    adam = signed_in(cast.adam)
    adam.post(ADD_ACCOUNT, fields(cast))
    with cast.inside():
        facts = {"host": "imap.northwind.example", "username": "jobs", "sealed_password": seal("secret")}
        mailbox = Mailbox.objects.create(account=ChannelAccount.objects.get(), problem="Nothing answers", **facts)
    page = reverse("admin:gateways_mailbox_change", args=[mailbox.pk])
    shown = adam.get(page).context["adminform"].form
    typed = {name: shown[name].value() or "" for name in shown.fields}
    assert adam.post(page, typed | {"port": "143"}).status_code == 302
    with cast.inside():
        assert Mailbox.objects.get().problem == ""
