from django.conf import settings
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.administration import OrganizationAdmin
from scoring.models import VisitSite

SCRIPT = '<script src="{}" data-site="{}" data-ask="{}" data-yes="{}" data-no="{}" async></script>'


@admin.register(VisitSite)
class VisitSiteAdmin(OrganizationAdmin):
    about = _("Your pages with vacancies: with a small script there, visits count for the score of people who agree.")
    list_display = ["address", "is_active"]
    fields = ["address", "is_active", "script"]
    readonly_fields = ["script"]

    @admin.display(description=_("to put on its pages"))
    def script(self, site: VisitSite) -> SafeString | str:
        """Leave `data-ask` out where a consent manager calls recruitchat.consent(true)."""
        if site._state.adding:
            return gettext("The script is shown once this is saved.")
        ask = gettext("May we see which jobs you look at, to answer you better?")
        address = settings.SITE_URL + reverse("scoring:visits_script")
        said = SCRIPT.format(address, site.pk, ask, gettext("Yes"), gettext("No"))
        return format_html("<code>{}</code>", said)
