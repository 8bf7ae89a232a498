from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

GRANTS = """
GRANT USAGE ON SCHEMA public TO recruitchat_app, recruitchat_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO recruitchat_app, recruitchat_system;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO recruitchat_app, recruitchat_system;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM recruitchat_app, recruitchat_system;
DO $$ BEGIN
    IF to_regclass('django_admin_log') IS NOT NULL THEN -- who did what is added to, and never changed
        REVOKE UPDATE, DELETE ON django_admin_log FROM recruitchat_app, recruitchat_system;
    END IF;
END $$;
"""


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Organization")

    def ready(self) -> None:
        post_migrate.connect(let_the_application_in, sender=self)


def let_the_application_in(using: str, **kwargs: Any) -> None:
    """The owner's tables are read and written by the application's roles, which own nothing."""
    if using == "owner":
        with connections[using].cursor() as cursor:
            cursor.execute(GRANTS)
