"""A night whose worker is killed at random moments until it comes through: nothing may be lost, nothing done twice."""

import os
import subprocess
import sys
from random import Random

from django.utils import timezone

from accounts.models import Organization
from accounts.tenancy import enter
from benchmarks.night import FORGET, PEOPLE
from benchmarks.night_seed import organization_with, run, vacuum
from benchmarks.results import Row
from benchmarks.seed import DATABASE
from scoring import night
from scoring.models import NightRun

MOST_KILLS = 40
random = Random(11)


def night_killed() -> list[Row]:
    """What is still wrong after it; the claim of a dead worker is let run out at once, instead of in two minutes."""
    organization = organization_with(PEOPLE // 10)
    run(FORGET, organization)
    vacuum()
    kills = 0
    while kills < MOST_KILLS and not came_through(organization, patience=random.uniform(0.05, 3.0)):
        kills += 1
        with enter(organization.pk):
            NightRun.objects.update(claimed_until=None)
    with enter(organization.pk):
        seen = NightRun.objects.get().people_seen
    _run, wrong = night.run(organization.pk, timezone.now())
    mistakes = wrong.records_gone + wrong.records_added + wrong.people_changed + abs(seen - PEOPLE // 10)
    work = f"{PEOPLE // 10:,} people, worker killed {kills} times; records and people that weren't right then"
    return [Row("night-killed", mistakes, 1, 0, "wrong", work)]


def came_through(organization: Organization, *, patience: float) -> bool:
    """Whether a worker was done within so many seconds of its beginning; else it is killed."""
    url = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{DATABASE}"
    command = [sys.executable, "-m", "benchmarks.night_worker", str(organization.pk)]
    with subprocess.Popen(command, env=os.environ | {"DATABASE_URL": url}, stdout=subprocess.PIPE) as worker:
        assert worker.stdout
        worker.stdout.readline()
        try:
            return worker.wait(patience) == 0
        except subprocess.TimeoutExpired:
            worker.kill()
            return False
