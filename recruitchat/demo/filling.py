"""Fills an empty database with the demo, and tells scripts in DATA_DIR/demo.json what the screen tells people."""

import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from accounts.doors import organization_of_slug
from accounts.tenancy import enter
from conversations.models import Conversation, Message, Reading
from conversations.signals import quietly
from people.models import PersonEmail
from recruitchat.demo.history import address_of, write_history
from recruitchat.demo.organizations import PLANS, Plan
from recruitchat.demo.scores import score_history
from recruitchat.demo.stage import PASSWORD, Stage, issue_token, load_stage, set_stage


def path() -> Path:
    return settings.DATA_DIR / "demo.json"


def fill(*, conversations: int, newest: int | None = None) -> None:
    """Makes what is missing of both organizations side by side, each in a process and a transaction of its own.

    Of the conversations that are missing, all, or only the `newest`. The file is there before anything else: it says
    that what is in the database is the demo's, should this be killed half way.
    """
    kept = {organization["slug"]: organization["api_token"] for organization in told()}
    tell(told())
    connections.close_all()
    with ProcessPoolExecutor(max_workers=len(PLANS)) as pool:
        share = [(n and n // len(PLANS)) for n in (conversations, newest)]
        organizations = list(pool.map(_fill_one, PLANS, *([each] * len(PLANS) for each in share)))
    for organization in organizations:
        kept_token = kept.get(organization["slug"]) or organization["api_token"]
        organization["api_token"] = kept_token or _new_token(organization["slug"])
    tell(organizations)


def _fill_one(plan: Plan, conversations: int, newest: int | None) -> dict[str, Any]:
    django.setup()
    stage = load_stage(plan) or set_stage(plan)
    with quietly(), enter(stage.organization.pk):
        numbers = _missing(conversations)
        play(stage, numbers=numbers[-newest:] if newest else numbers, of=conversations, now=timezone.now())
    connections.close_all()
    return _told_of(stage)


def _new_token(slug: str) -> str:
    """For a stage that was set by who died before its token was written down."""
    with enter(organization_of_slug(slug)):
        return issue_token()


def _missing(conversations: int) -> list[int]:
    there = set(PersonEmail.objects.values_list("address", flat=True))
    return [number for number in range(conversations) if address_of(number) not in there]


def play(stage: Stage, *, numbers: Sequence[int], of: int, now: datetime) -> None:
    """Plays these conversations; what people have done in the organization meanwhile is left alone."""
    written = write_history(stage, numbers=numbers, of=of, now=now)
    _bring_mail_home(written)
    _mark_read(stage, written)
    score_history(stage.organization.pk, written, now)


def _bring_mail_home(written: Sequence[Conversation]) -> None:
    outbound = Message.objects.filter(kind="outbound", conversation__in=written)
    outbound.update(delivery_state="delivered")
    outbound.filter(conversation__state="ended").update(delivery_state="opened")


def _mark_read(stage: Stage, written: Sequence[Conversation]) -> None:
    """Everybody has read what is not waiting."""
    Reading.objects.bulk_create(
        Reading(member=member, conversation=conversation, number=conversation.last_number)
        for conversation in written
        if conversation.waiting_since is None
        for member in stage.members
    )


def told() -> list[dict[str, Any]]:
    """The organizations that the file names; none when it isn't there yet or was never finished."""
    try:
        return json.loads(path().read_text())["organizations"]
    except FileNotFoundError:
        return []


def tell(organizations: list[dict[str, Any]]) -> None:
    """Writes the file with the addresses that hold for this run, whole or not at all."""
    for organization in organizations:
        for campaign in organization["campaigns"]:
            campaign["apply_url"] = settings.SITE_URL + reverse("apply", args=[organization["slug"], campaign["slug"]])
    facts = {
        "url": settings.SITE_URL,
        "mail": {"host": settings.MAIL_HOST, "port": settings.MAIL_PORT, "domain": settings.MAIL_DOMAIN},
        "organizations": organizations,
    }
    path().parent.mkdir(parents=True, exist_ok=True)
    new = path().with_suffix(".new")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600)
    new.write_text(json.dumps(facts, indent=2, ensure_ascii=False))
    new.rename(path())


def _told_of(stage: Stage) -> dict[str, Any]:
    with enter(stage.organization.pk):
        return {
            "slug": stage.plan.slug,
            "name": stage.plan.name,
            "api_token": stage.api_token,
            "users": [
                {"email": m.user.email, "password": PASSWORD, "role": str(m.role), "name": m.name}
                for m in stage.members
            ],
            "campaigns": [{"slug": c.slug, "name": c.name} for c in stage.campaigns],
        }
