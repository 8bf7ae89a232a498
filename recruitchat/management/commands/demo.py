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
        if not all_organizations():
            filling.fill(conversations=conversations)
        if filling.told():
            self.stdout.write(filling.introduction())
        else:
            self.stdout.write("No demo here: the database has organizations of its own, or filling it was cut off.")
