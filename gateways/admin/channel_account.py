import re
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.administration import ChoicesOfOrganization, OrganizationAdmin, OrganizationForm
from accounts.sealing import seal
from gateways.email.records import domain_of, mechanisms_of, records_of, vouch_for
from gateways.email.webhook_keys import View, webhook_url
from gateways.models import ChannelAccount

KEPT = _("Kept sealed and shown to nobody. Leave it empty to keep what is there.")
AMAZON_REGION = re.compile(r"[a-z]{2,3}(-[a-z]+){1,3}-\d{1,2}")
SENDING = ["from_name", "provider", "server", "username", "secret", "signing_key"]


class AccountForm(OrganizationForm):
    """Secrets go in and never come out again."""

    secret = forms.CharField(label=_("Password or API key"), required=False, widget=forms.PasswordInput, help_text=KEPT)
    signing_key = forms.CharField(
        label=_("Signing key of its reports"), required=False, widget=forms.PasswordInput, help_text=KEPT
    )
    is_published = forms.BooleanField(
        label=_("The DKIM record is published: sign what this address sends"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        domain = domain_of(self.instance) if self.instance.domain else None
        self.fields["is_published"].initial = bool(domain and domain.is_published)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("provider") == "smtp" and not said.get("server"):
            self.add_error("server", _("Say which server: smtp.example.com:587."))
        if said.get("provider") == "amazon_ses" and not AMAZON_REGION.fullmatch(said.get("server", "")):
            self.add_error("server", _("Say which region: eu-central-1."))
        return said

    def save(self, commit: bool = True) -> ChannelAccount:
        for field, column in (("secret", "sealed_secret"), ("signing_key", "sealed_webhook_key")):
            if typed := self.cleaned_data.get(field):
                setattr(self.instance, column, seal(typed))
        return super().save(commit)


@admin.register(ChannelAccount)
class ChannelAccountAdmin(OrganizationAdmin):
    """A mailbox, number or bot: what it takes in, as whom and by what it sends, and the records that vouch for it."""

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
