import getpass
import os
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email, validate_slug
from django.db import transaction

from accounts.doors import organization_of_slug
from accounts.models.organization import validate_time_zone
from accounts.organizing import create_admin, create_organization

VARIABLE = "ADMIN_PASSWORD"


class Command(BaseCommand):
    help = (
        "Makes an organization with its first admin. The password is asked for, or read from standard input "
        f"or from {VARIABLE}; without one the admin signs in with a code sent by mail."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="what people call it")
        parser.add_argument("--slug", required=True, help="what stands in its addresses, such as northwind")
        parser.add_argument("--public-email", required=True, help="where candidates are told to write")
        parser.add_argument("--admin-email", required=True, help="who runs it")
        parser.add_argument("--admin-name", default="", help="the admin's name")
        parser.add_argument("--time-zone", default="Europe/Prague", help="such as Europe/Prague")
        parser.add_argument("--language", default="en", choices=[code for code, _ in settings.LANGUAGES])

    def handle(self, **options: Any) -> None:
        check(options)
        password = password_given()
        with transaction.atomic():
            organization = create_organization(
                options["name"],
                slug=options["slug"],
                public_email=options["public_email"],
                time_zone=options["time_zone"],
                language=options["language"],
            )
            create_admin(organization, email=options["admin_email"], name=options["admin_name"], password=password)
        how = "with their password" if password else "with a code sent to that address"
        self.stdout.write(
            f"{organization} is there. {options['admin_email']} signs in {how}:\n"
            f"  inbox     {settings.SITE_URL}/\n"
            f"  settings  {settings.SITE_URL}/admin/"
        )


def check(options: dict[str, Any]) -> None:
    """Raises CommandError with a sentence for the first option that can't be right."""
    tried: dict[str, Callable[[str], None]] = {
        "slug": validate_slug,
        "public_email": validate_email,
        "admin_email": validate_email,
        "time_zone": validate_time_zone,
    }
    for option, validate in tried.items():
        try:
            validate(options[option])
        except ValidationError as error:
            raise CommandError(f"--{option.replace('_', '-')} {options[option]!r}: {error.messages[0]}") from error
    if not options["name"].strip():
        raise CommandError("--name is empty.")
    if organization_of_slug(options["slug"]):
        raise CommandError(f"There is an organization with the slug “{options['slug']}” already.")


def password_given() -> str | None:
    """From the environment, from a pipe, or typed; None when there is none."""
    if VARIABLE in os.environ:
        return os.environ[VARIABLE] or None
    if sys.stdin.isatty():
        return getpass.getpass("Password for the admin (empty: they sign in with a code): ") or None
    return sys.stdin.readline().rstrip("\n") or None
