from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gateways.models import Arrival

# The names of gateways/refusals.py, as an admin reads them.
IN_WORDS = {
    "UnknownAddress": _("leads nowhere"),
    "UnknownSender": _("doesn’t say who wrote it"),
    "Forged": _("forged"),
    "SenderMismatch": _("not from whom it should be"),
    "AutoReply": _("automatic answer"),
    "Held": _("too many at once"),
    "Forgotten": _("answers what is deleted"),
    "Bounce": _("came back"),
    "EmptyBody": _("empty"),
    "RejectedCandidate": _("candidate was rejected"),
    "NotSent": _("member’s answer, not sent"),
}


class RefusalFilter(admin.SimpleListFilter):
    title = _("why it is no message")
    parameter_name = "refusal"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(IN_WORDS.items())

    def queryset(self, request: HttpRequest, arrivals: QuerySet[Arrival]) -> QuerySet[Arrival]:
        return arrivals.filter(refusal=self.value()) if self.value() else arrivals
