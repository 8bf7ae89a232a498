"""What every organization begins with: three temperatures, rules that make sense, statuses of a person."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from accounts.models import Organization
from people.models import Activity, Person, PersonStatus, Temperature
from scoring.models import ScoreRule

TEMPERATURES = [
    ("hot", gettext_noop("Hot"), 50, None),
    ("warm", gettext_noop("Warm"), 10, 50),
    ("cold", gettext_noop("Cold"), None, 10),
]
STATUSES = [
    ("new", gettext_noop("New")),
    ("active", gettext_noop("Active")),
    ("placed", gettext_noop("Placed")),
    ("inactive", gettext_noop("Inactive")),
]
QUICK_MINUTES = 60
Kind, PersonKind = Activity.Kind, Person.Kind
RULES = [
    (Kind.APPLICATION, 10, 90, PersonKind.CANDIDATE),
    (Kind.MESSAGE_RECEIVED, 5, 30, PersonKind.CANDIDATE),
    (Kind.REPLIED_QUICKLY, 20, 30, PersonKind.CANDIDATE),
    (Kind.LINK_OPENED, 3, 14, PersonKind.CANDIDATE),
    (Kind.DELIVERED_QUALIFIED, 30, 90, PersonKind.CANDIDATE),
    (Kind.DELIVERED_REVIEW, 15, 90, PersonKind.CANDIDATE),
    (Kind.DELIVERED_NOT_INTERESTED, -40, 180, PersonKind.CANDIDATE),
    (Kind.DELIVERED_SPAM, -100, 365, PersonKind.CANDIDATE),
    (Kind.APPOINTMENT_MADE, 10, 60, PersonKind.CANDIDATE),
    (Kind.APPOINTMENT_HELD, 15, 90, PersonKind.CANDIDATE),
    (Kind.APPOINTMENT_MISSED, -20, 60, PersonKind.CANDIDATE),
    (Kind.WEBSITE_VISIT, 2, 30, PersonKind.CANDIDATE),
    (Kind.MESSAGE_RECEIVED, 5, 30, PersonKind.CONTACT),
    (Kind.REPLIED_QUICKLY, 20, 30, PersonKind.CONTACT),
]


def begin_scoring(organization: Organization) -> None:
    """Called inside the new organization; the names are in its language and its own from then on."""
    with override(organization.language):
        for slug, name, lower, upper in TEMPERATURES:
            Temperature.objects.create(slug=slug, name=_(name), tone=slug, lower=lower, upper=upper)
        for position, (slug, name) in enumerate(STATUSES):
            PersonStatus.objects.create(slug=slug, name=_(name), position=position)
    for kind, points, days, person_kind in RULES:
        within = QUICK_MINUTES if kind == Kind.REPLIED_QUICKLY else None
        ScoreRule.objects.create(
            activity_kind=kind, within_minutes=within, points=points, days=days, person_kind=person_kind
        )
