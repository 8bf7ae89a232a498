from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.doors import organization_of_slug
from scoring.night import run
from scoring.runs import AlreadyRunning


class Command(BaseCommand):
    help = "Works out an organization's scores now, as the nightly run does. Running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organization", required=True, metavar="SLUG", help="the organization's slug")

    def handle(self, *, organization: str, **options: Any) -> None:
        organization_id = organization_of_slug(organization)
        if organization_id is None:
            raise CommandError(f"There is no organization with the slug “{organization}”.")
        try:
            night, did = run(organization_id, timezone.now())
        except AlreadyRunning as error:
            raise CommandError("The night's run of this organization is at work now. Try again in a minute.") from error
        self.stdout.write(
            f"{organization}, night of {night.night_of}: {did.records_gone} records gone, "
            f"{did.records_added} records added, {did.people_changed} people changed."
        )
