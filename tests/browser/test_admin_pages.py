"""The Django admin as an organization's admin sees it: nothing is cut off, and each list says what it is for."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import ApiToken, TenantModel
from gateways.models import Arrival
from scoring.models import NightRun
from tests.browser.conftest import DESKTOP

LISTS = [model for model in admin.site._registry if issubclass(model, TenantModel)]


def cut_off(page) -> int:
    """By how many pixels the list is wider than its room."""
    return page.evaluate("(list => list ? list.scrollWidth - list.clientWidth : 0)(document.querySelector('.results'))")


def test_no_list_of_the_admin_is_cut_off(cast, visit):
    conversation = cast.apply()
    with cast.inside():
        conversation.reply("Good morning", by=cast.jana)
        ApiToken.issue("Jobs.example", ["read", "write", "admin"], created_by=cast.adam)
        NightRun.objects.create(night_of="2026-01-01", started_at=timezone.now(), people_seen=1_000_000)
        Arrival.objects.create(
            channel="email", key="1", raw=b"x", via="smtp", state="refused", refusal="NotSent",
            envelope_from="a-long-name-of-a-sender@a-long-name-of-a-domain.example",
            envelope_to=f"reply+{'a' * 26}@inbound.localhost", arrived_at=timezone.now(),
        )  # fmt: skip
    page = visit("/admin/", cast.adam, size=DESKTOP)
    for model in LISTS:
        page.goto(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
        expect(page.locator("h1")).not_to_be_empty()
        assert cut_off(page) <= 0, page.url
