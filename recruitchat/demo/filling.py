"""Fills an empty database with the demo, and tells scripts in DATA_DIR/demo.json what the screen tells people."""

import json
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import django
from django.conf import settings
from django.db import connections
from django.utils import timezone

from accounts.tenancy import enter
from conversations.models import Conversation, Message, Reading
from conversations.signals import quietly
from recruitchat.demo.history import write_history
from recruitchat.demo.organizations import PLANS
from recruitchat.demo.scores import score_history
from recruitchat.demo.stage import PASSWORD, Stage, set_stage


def path() -> Path:
    return settings.DATA_DIR / "demo.json"


def fill(*, conversations: int) -> None:
    """Makes both organizations side by side, each in a process and a transaction of its own."""
    share = conversations // len(PLANS)
    connections.close_all()
    with ProcessPoolExecutor(max_workers=len(PLANS)) as pool:
        organizations = list(pool.map(_fill_one, range(len(PLANS)), [share] * len(PLANS)))
    tell(organizations)


def _fill_one(index: int, conversations: int) -> dict[str, Any]:
    django.setup()
    plan = PLANS[index]
    stage = set_stage(plan)
    with quietly(), enter(stage.organization.pk):
        play(stage, conversations=conversations, now=timezone.now())
    connections.close_all()
    return _told_of(stage)


def play(stage: Stage, *, conversations: int, now: datetime) -> None:
    write_history(stage, conversations=conversations, now=now, random=Random(stage.plan.slug))
    _bring_mail_home()
    _mark_read(stage)
    score_history(stage.organization.pk, now)


def _bring_mail_home() -> None:
    outbound = Message.objects.filter(kind="outbound")
    outbound.update(delivery_state="delivered")
    outbound.filter(conversation__state="ended").update(delivery_state="opened")


def _mark_read(stage: Stage) -> None:
    """Everybody has read what is not waiting."""
    done = Conversation.objects.filter(waiting_since=None)
    Reading.objects.bulk_create(
        Reading(member=member, conversation=conversation, number=conversation.last_number)
        for conversation in done
        for member in stage.members
    )


def tell(organizations: list[dict[str, Any]]) -> None:
    facts = {
        "url": settings.SITE_URL,
        "mail": {"host": settings.MAIL_HOST, "port": settings.MAIL_PORT, "domain": settings.MAIL_DOMAIN},
        "organizations": organizations,
    }
    path().parent.mkdir(parents=True, exist_ok=True)
    path().touch(mode=0o600)
    path().write_text(json.dumps(facts, indent=2, ensure_ascii=False))


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
            "campaigns": [{"slug": c.slug, "name": c.name, "apply_url": c.apply_url} for c in stage.campaigns],
        }
