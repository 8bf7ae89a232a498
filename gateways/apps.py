from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GatewaysConfig(AppConfig):
    name = "gateways"
    verbose_name = _("Channels")

    def ready(self) -> None:
        from conversations.counts import count_also
        from gateways.email.flood import held_for

        count_also("gateways:quarantine", held_for)
