from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.doors import all_organizations
from recruitchat.demo import filling


class Command(BaseCommand):
    help = "Fills an empty database with two demo organizations (development only) and says who to sign in as."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--conversations", type=int, default=300, help="in all, over ninety days")

    def handle(self, *args: Any, conversations: int, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo has public passwords; it is not for production.")
        if all_organizations():
            self.stdout.write("The database has organizations already; nothing was filled in.")
            return
        filling.fill(conversations=conversations)
        self.stdout.write(f"Two organizations are there; {filling.path().name} says who to be in them.")
