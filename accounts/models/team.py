from django.db import models

from accounts.models.tenant import AddressedModel, TenantModel


class Team(AddressedModel):
    """Members who work together."""

    name = models.CharField(max_length=120)
    slug = models.SlugField()
    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.PROTECT, related_name="teams")
    members = models.ManyToManyField("accounts.Member", through="accounts.TeamMember", related_name="teams")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "slug"], name="team_slug")]

    def __str__(self) -> str:
        return self.name


class TeamMember(TenantModel):
    team = models.ForeignKey(Team, on_delete=models.CASCADE)
    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "team", "member"], name="team_member_once")]

    def __str__(self) -> str:
        return f"{self.member}, {self.team}"
