"""Visits of the organization's job site, tied to a person from a reply link on, with their consent.

A reply link's page leads to the job site with a token behind the #. The script there (static/js/visits.js) keeps it
only when the visitor agrees, and says which page was looked at; a visitor who never came that way is not known and
nothing of them is stored.
"""

import hashlib
from datetime import datetime
from uuid import UUID

from django.core import signing

from accounts.counting import counted
from accounts.tenancy import enter
from people.happening import happened
from people.models import Activity, Person
from scoring.models import VisitSite

SALT = "website visit"
GOOD_FOR_SECONDS = 180 * 24 * 3600
MOST_IN_AN_HOUR = 60
HOUR_SECONDS = 3600
LONGEST_PATH = 500


def token_for(person: Person) -> str:
    """What the person's browser shows at the job site; it grants nothing but to be counted."""
    return signing.dumps([person.organization_id, person.pk.hex], salt=SALT)


def address_for(person: Person) -> str:
    """The job site as the person's own page leads to it; empty without one."""
    site = VisitSite.objects.filter(is_active=True).order_by("pk").first()
    return f"{site.address}#rc={token_for(person)}" if site else ""


def visited(token: str, path: str, *, site_id: UUID, origin: str, at: datetime) -> bool:
    """Counts a visit, each page once a day; False for a token, a site or an origin that doesn't belong together."""
    try:
        organization_id, key = signing.loads(token, salt=SALT, max_age=GOOD_FOR_SECONDS)
    except signing.BadSignature:
        return False
    with enter(organization_id):
        site = VisitSite.objects.filter(pk=site_id, is_active=True).first()
        person = Person.objects.select_related("organization").filter(pk=UUID(key)).first()
        if site is None or person is None or site.origin != origin.lower():
            return False
        if counted(f"visits:{key}", seconds=HOUR_SECONDS) > MOST_IN_AN_HOUR:
            return True
        today = at.astimezone(person.organization.zone).date()
        page = hashlib.sha256(path[:LONGEST_PATH].encode("utf-8", "replace")).hexdigest()[:16]
        subject = f"visit:{person.pk.hex}:{today}:{page}"
        text = path[:LONGEST_PATH].replace("\x00", "")[:300]
        happened(Activity.Kind.WEBSITE_VISIT, person_id=person.pk, subject=subject, at=at, text=text)
        return True
