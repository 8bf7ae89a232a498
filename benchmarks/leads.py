"""Assigning leads: beside inserting the same rows without assignment, and as the rotation grows."""

import os
import time
from collections import Counter
from multiprocessing import get_context
from uuid import UUID

from django.db import connection, connections
from django.utils import timezone

from accounts.identifiers import new_id
from accounts.models import Member, Role, User, Workspace
from accounts.organizing import create_organization
from accounts.tenancy import enter
from assignment.giving import give_to_next
from assignment.models import Assignment
from benchmarks.results import Row
from campaigns.models import Application, Campaign, CampaignAccess
from conversations.models import Conversation, Leg
from conversations.signals import quietly
from people.models import Person

LEADS = int(os.environ.get("LEADS", "10000"))
CONNECTIONS = 8
LEAST_RATE = 0.4
GROWTH = 1.5
ROWS = """
INSERT INTO people_person (id, organization_id, kind, name, language, time_zone, is_spam, created_at)
VALUES (%(person)s, %(organization)s, 'candidate', 'Lead', 'en', '', false, now());
INSERT INTO campaigns_application (id, organization_id, person_id, campaign_id, stage, applied_at)
VALUES (%(application)s, %(organization)s, %(person)s, %(campaign)s, 'new', now());
"""


def leads() -> list[Row]:
    """10,000 leads by 8 connections over 7 members (LEADS= for fewer), then 3 and 300 members in the rotation."""
    organization = create_organization("Leads", slug=f"leads-{time.time_ns()}", public_email="jobs@leads.example")
    with enter(organization.pk):
        seven, few, many = (rotation_of(size) for size in (7, 3, 300))
        warm, unassigned = rotation_of(8), rotation_of(9)
    some = max(200, LEADS // 10)
    rate(organization.pk, warm, some, assigns=True)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does: an organization the planner has never seen is another matter
    without = rate(organization.pk, unassigned, LEADS, assigns=False)
    with_assignment = rate(organization.pk, seven, LEADS, assigns=True)
    with enter(organization.pk):
        shares = Counter(Assignment.objects.filter(campaign=seven).values_list("member", flat=True))
        spread = max(shares.values()) - min(shares.values())
    for_few, for_many = (1000 / rate(organization.pk, each, some, assigns=True) for each in (few, many))
    work = f"{LEADS:,} leads, {CONNECTIONS} connections, 7 members"
    return [
        Row(
            "leads/rate", without, with_assignment, 1 / LEAST_RATE, "leads/s", f"{work}: without beside with assignment"
        ),
        Row("leads/spread", spread, 1, 1, "leads", f"{work}: most and least of one member"),
        Row("leads/growth", for_many, for_few, GROWTH, "ms", f"{some:,} leads: 300 members in the rotation beside 3"),
    ]


def rotation_of(size: int) -> Campaign:
    """A campaign with so many members in Auto assign."""
    campaign = Campaign.objects.create(name=f"{size}", slug=f"c-{size}", workspace=Workspace.objects.get())
    for turn in range(size):
        user = User.objects.create(email=f"m{turn}-{size}-{time.time_ns()}@leads.example", name=f"Member {turn}")
        member = Member.objects.create(user=user, role=Role.RECRUITER)
        CampaignAccess.objects.create(campaign=campaign, member=member, auto_assign=True, turn=turn)
    return campaign


def rate(organization_id: int, campaign: Campaign, count: int, *, assigns: bool) -> float:
    """Leads a second, by all connections together; each lead is a transaction."""

    connections.close_all()  # each process opens one of its own
    share, processes = count // CONNECTIONS, get_context("fork")
    facts = (organization_id, campaign, share, assigns)
    working = [processes.Process(target=several, args=facts) for _ in range(CONNECTIONS)]
    began = time.perf_counter()
    for process in working:
        process.start()
    for process in working:
        process.join()
    assert not any(process.exitcode for process in working)
    return share * CONNECTIONS / (time.perf_counter() - began)


def several(organization_id: int, campaign: Campaign, share: int, assigns: bool) -> None:
    """One connection's leads."""
    for _lead in range(share):
        with quietly(), enter(organization_id):
            lead = insert(organization_id, campaign)
            if assigns:
                give_to_next(lead)
    connections.close_all()


def insert(organization_id: int, campaign: Campaign) -> Conversation:
    """The rows of a lead by the verbs that make them, without what follows."""
    now, person, application = timezone.now(), new_id(), new_id()
    with connection.cursor() as cursor:
        facts: dict[str, UUID | int] = {"person": person, "application": application, "organization": organization_id}
        cursor.execute(ROWS, facts | {"campaign": campaign.pk})
    applied = Application(pk=application, person_id=person, campaign=campaign)
    lead = Conversation.open_for(Person(pk=person), applied, at=now)
    assert isinstance(lead.leg, Leg)
    return lead
