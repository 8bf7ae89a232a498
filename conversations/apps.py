from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    name = "conversations"
    verbose_name = _("Conversations")

    def ready(self) -> None:
        from accounts.access_changes import follows_access
        from conversations.commands import Command, register
        from conversations.live import access_changed

        follows_access(access_changed)

        register(
            Command("appointment", _("Agree on a time and invite the person"), url_name="appointment_new", position=30)
        )
        register(Command("note", _("Write a note that only members see"), key="n", position=40))
        register(Command("snooze", _("Put it out of sight until a time"), url_name="snooze", position=50))
        register(Command("reject", _("The candidate can't write any more"), url_name="rejection", position=60))
