from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssignmentConfig(AppConfig):
    name = "assignment"
    verbose_name = _("Assignment")

    def ready(self) -> None:
        from conversations.commands import Command, register

        title = _("Give this conversation to a member")
        register(Command("assign", title, key="a", url_name="assignment:new", position=20))
