from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.administration import ChoicesOfOrganization, OrganizationAdmin, ReadOnly
from assignment.models import Assignment


@admin.register(Assignment)
class AssignmentAdmin(ReadOnly, OrganizationAdmin):
    """The ledger: who became responsible, when, why, and who was passed over."""

    about = _("Who became responsible for a conversation, when, why, and who was passed over.")
    list_display = ["assigned_at", "conversation", "campaign", "member", "because", "by"]
    list_display_links = ["assigned_at"]
    list_filter = ["because", ("campaign", ChoicesOfOrganization)]
    list_select_related = ["conversation__person", "campaign", "member__user", "by__user"]
    search_fields = ["conversation__person__name", "member__user__name"]
    ordering = ["-assigned_at", "-id"]
    fields = ["assigned_at", "conversation", "campaign", "member", "because", "by", "passed_over"]
