from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssignmentConfig(AppConfig):
    name = "assignment"
    verbose_name = _("Assignment")

    def ready(self) -> None:
        from accounts.presence import when_available
        from assignment.bulk import ASSIGN
        from assignment.tasks import work_off_queue_of
        from conversations.bulk import register as register_for_many
        from conversations.commands import Command, register

        title = _("Give this conversation to a member")
        register(Command("assign", title, key="a", url_name="assignment:new", position=20))
        register_for_many(ASSIGN)
        when_available(work_off_queue_of)
