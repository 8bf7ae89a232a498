"""Named narrowings of people; each query starts from who asks."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q

from accounts.models import Member, TeamMember


class PersonQuerySet(models.QuerySet[Any]):
    def visible_to(self, member: Member) -> "PersonQuerySet":
        """All for admins and supervisors; for a recruiter those they have to do with: by an application to one of
        their campaigns, as owner, or by a grant. None for a guest."""
        if member.sees_everything:
            return self
        if member.is_guest:
            return self.none()
        teams = TeamMember.objects.filter(member=member).values("team")
        granted = Q(conversations__grants__member=member) | Q(conversations__grants__team__in=teams)
        ways = [
            Q(applications__campaign__access__member=member),
            Q(conversations__owner=member),
            Q(conversations__campaign__access__member=member),
            granted & Q(conversations__grants__revoked_at=None),
        ]
        known = Q()
        for way in ways:
            known |= Q(pk__in=self.model.objects.filter(way).values("pk"))
        return self.filter(known)


def profile(person: str) -> dict[str, ArraySubquery]:
    """Annotations with what a profile shows: `email_addresses` (primary first), `phone_numbers`, `tag_names`.

    `person` is the way to the person's key from the row that is annotated.
    """
    from people.models import PersonEmail, PersonPhone, Tag

    emails = PersonEmail.objects.filter(person=OuterRef(person)).order_by("-is_primary", "pk")
    phones = PersonPhone.objects.filter(person=OuterRef(person)).order_by("pk")
    tags = Tag.objects.filter(people=OuterRef(person)).order_by("name")
    return {
        "email_addresses": ArraySubquery(emails.values("address")),
        "phone_numbers": ArraySubquery(phones.values("number")),
        "tag_names": ArraySubquery(tags.values("name")),
    }
