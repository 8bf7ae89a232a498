from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.administration import ChoicesOfOrganization, OrganizationAdmin
from gateways.admin.account_form import AccountForm
from gateways.email.records import mechanisms_of, records_of, vouch_for
from gateways.email.webhook_keys import View, webhook_url
from gateways.models import ChannelAccount

SENDING = ["from_name", "provider", "server", "username", "secret", "signing_key"]


@admin.register(ChannelAccount)
class ChannelAccountAdmin(OrganizationAdmin):
    """A mailbox, number or bot: what it takes in, as whom and by what it sends, and the records that vouch for it."""

    about = _("The addresses that people write to and that your answers come from.")
    form = AccountForm
    list_display = ["name", "channel", "address", "campaign", "provider", "is_active"]
    list_filter = ["channel", ("campaign", ChoicesOfOrganization)]
    list_select_related = ["campaign"]
    search_fields = ["name", "address"]
    readonly_fields = ["records", "reports_to"]

    def get_fieldsets(self, request: HttpRequest, obj: ChannelAccount | None = None) -> Any:
        apart = {*SENDING, "is_published", *self.readonly_fields}
        own = [name for name in self.get_fields(request, obj) if name not in apart]
        sending = (_("Sending"), {"fields": SENDING})
        if obj is None or obj.channel != "email":
            return [(None, {"fields": own}), sending]
        vouching = (_("Records for your domain"), {"fields": ["records", "is_published", "reports_to"]})
        return [(None, {"fields": own}), sending, vouching]

    def save_model(self, request: HttpRequest, obj: ChannelAccount, form: AccountForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if obj.channel == "email":
            vouch_for(obj, is_published=bool(form.cleaned_data.get("is_published")))

    @admin.display(description=_("To be copied to where your domain is kept"))
    def records(self, account: ChannelAccount) -> SafeString:
        shown = {"records": records_of(account), "mechanisms": mechanisms_of(account), "domain": settings.MAIL_DOMAIN}
        return render_to_string("admin/gateways/records.html", shown | {"account": account})

    @admin.display(description=_("Address for its reports"))
    def reports_to(self, account: ChannelAccount) -> str:
        """Where the provider says what became of a mail."""
        return webhook_url(account) if account.provider in View.__members__ else "–"
