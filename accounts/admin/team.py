from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.administration import ChangesAccess, OrganizationInline, PositionedAdmin
from accounts.models import Team, TeamMember


class TeamMemberInline(OrganizationInline):
    model = TeamMember
    verbose_name = _("member")
    verbose_name_plural = _("members")


@admin.register(Team)
class TeamAdmin(ChangesAccess, PositionedAdmin):
    about = _("Members who work together: conversations are delivered to them, and campaigns are theirs.")
    inlines = [TeamMemberInline]
    actions = None
    fields = ["name", "slug", "workspace"]
    list_display = ["name", "slug", "size"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Team]:
        return super().get_queryset(request).annotate(size=Count("members"))

    @admin.display(description=_("members"), ordering="size")
    def size(self, team: Team) -> int:
        return team.size  # type: ignore[attr-defined]

    def has_delete_permission(self, request: HttpRequest, obj: Team | None = None) -> bool:
        """A team that received a delivery stays, or the delivery would lose its recipient."""
        received = obj is not None and obj.received.exists()
        return super().has_delete_permission(request, obj) and not received
