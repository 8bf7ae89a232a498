from urllib.parse import parse_qsl

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Member, TeamMember
from accounts.models.tenant import AddressedModel


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, member: Member) -> "SavedViewQuerySet":
        """One's own, and those shared with a team one is in."""
        return self.filter(Q(member=member) | Q(team__in=TeamMember.objects.filter(member=member).values("team")))


class SavedView(AddressedModel):
    """Filters of the inbox under a name: `query` as `Listing.query` says it. With a team, its members have it too."""

    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="saved_views")
    team = models.ForeignKey("accounts.Team", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organization", "member", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def filters(self) -> dict[str, str]:
        """The view and what narrows it."""
        return dict(parse_qsl(self.query))

    @property
    def url(self) -> str:
        query = "&".join(part for part in self.query.split("&") if not part.startswith("view="))
        return reverse("inbox", args=[self.filters.get("view", "everyone")]) + (f"?{query}" if query else "")
