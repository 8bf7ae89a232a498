from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "delivery"
    verbose_name = _("Deliveries")

    def ready(self) -> None:
        from conversations.bulk import register as register_for_many
        from conversations.commands import Command, register
        from conversations.counts import count_also
        from delivery import first_rows
        from delivery.many import DELIVER
        from delivery.models import Delivery

        assert first_rows
        title = _("Hand over and wrap up this conversation")
        register(Command("deliver", title, key="e", url_name="delivery:new", position=10))
        register_for_many(DELIVER)
        count_also("received", Delivery.objects.unread_by)
