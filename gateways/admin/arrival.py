from django.contrib import admin, messages
from django.db.models import BinaryField, QuerySet
from django.db.models.functions import Substr
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.administration import OrganizationAdmin, ReadOnly
from gateways import inbox
from gateways.admin.refusal import IN_WORDS, RefusalFilter
from gateways.models import Arrival

LONGEST_SHOWN = 20_000  # bytes
BEGINNING = Substr("raw", 1, LONGEST_SHOWN, output_field=BinaryField())


@admin.register(Arrival)
class ArrivalAdmin(ReadOnly, OrganizationAdmin):
    """What came in, as it came. What was refused says why and can be tried again."""

    about = _("Mail as it came in. What was refused says why; select it to have it tried again.")
    list_display = ["arrived_at", "envelope_from", "envelope_to", "state", "why"]
    list_filter = ["state", RefusalFilter, "channel"]
    search_fields = ["envelope_from", "envelope_to"]
    ordering = ["-arrived_at"]
    actions = ["try_again"]
    fields = [
        "arrived_at", "channel", "via", "envelope_from", "envelope_to", "state", "why", "explanation",
        "understood_at", "tries", "original",
    ]  # fmt: skip

    @admin.display(description=_("why it is no message"), ordering="refusal")
    def why(self, arrival: Arrival) -> str:
        return str(IN_WORDS.get(arrival.refusal, arrival.refusal))

    @admin.display(description=_("as it came"))
    def original(self, arrival: Arrival) -> str:
        shown = Arrival.objects.filter(pk=arrival.pk).values_list(BEGINNING, flat=True)
        return bytes(shown.get()).decode("utf-8", "replace")

    def has_try_again_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request) and getattr(request, "organization", None) is not None

    @admin.action(description=_("Try again what was refused"), permissions=["try_again"])
    def try_again(self, request: HttpRequest, arrivals: QuerySet[Arrival]) -> None:
        put_back = [arrival for arrival in arrivals if inbox.try_again(arrival)]
        for arrival in put_back:
            self.log_change(request, arrival, [{"changed": {"fields": ["state"]}}])
        count = len(put_back)
        said = ngettext("%(count)d is tried again.", "%(count)d are tried again.", count) % {"count": count}
        self.message_user(request, said, messages.SUCCESS if count else messages.WARNING)
