from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.administration import InOrganization, ReadOnly, may_look


@admin.register(LogEntry)
class HistoryAdmin(ReadOnly, InOrganization, admin.ModelAdmin):
    """Who did what. The log has no organization that Django knows of: the database alone shows each its own."""

    list_display = ["action_time", "user", "action_flag", "content_type", "object_repr", "what"]
    list_display_links = None
    list_filter = ["action_flag", ("content_type", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user", "content_type"]
    search_fields = ["object_repr", "user__name", "user__email"]
    date_hierarchy = "action_time"
    ordering = ["-action_time"]
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_look(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return admin.ModelAdmin.get_queryset(self, request)

    @admin.display(description=_("what"))
    def what(self, entry: LogEntry) -> str:
        return gettext(said) if (said := entry.get_change_message()) else ""
