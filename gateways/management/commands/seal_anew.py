from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Model

from accounts.doors import all_organizations
from accounts.sealing import sealed_anew
from accounts.tenancy import enter
from gateways.models import ChannelAccount, Mailbox, SendingDomain

SEALED: dict[type[Model], list[str]] = {
    ChannelAccount: ["sealed_secret", "sealed_webhook_key"],
    Mailbox: ["sealed_password"],
    SendingDomain: ["sealed_key"],
}


class Command(BaseCommand):
    help = "After a change of SECRET_KEY: seals passwords and keys anew, which then need no SECRET_KEY_FALLBACKS."

    def handle(self, **options: Any) -> None:
        for organization_id in all_organizations():
            with enter(organization_id):
                for model, columns in SEALED.items():
                    _seal_anew(model, columns)


def _seal_anew(model: type[Model], columns: list[str]) -> None:
    for row in model._default_manager.select_for_update().only(*columns):
        for column in columns:
            setattr(row, column, sealed_anew(getattr(row, column)))
        row.save(update_fields=columns)
