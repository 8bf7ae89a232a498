import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from accounts.administration import OrganizationForm
from accounts.sealing import seal
from conversations.models import Channel
from gateways.doors import organization_of_channel_account
from gateways.email.records import domain_of
from gateways.email.sending_as import NAME_FIELDS, filled_in
from gateways.models import ChannelAccount

KEPT = _("Kept sealed and shown to nobody. Leave it empty to keep what is there.")
AMAZON_REGION = re.compile(r"[a-z]{2,3}(-[a-z]+){1,3}-\d{1,2}")
HOST_AND_PORT = re.compile(r"(?P<host>[\w-]+(\.[\w-]+)*)(:(?P<port>\d{1,5}))?")
HIGHEST_PORT = 65535
WITH_USERNAME = {"mailjet", "amazon_ses"}


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

    def clean_from_name(self) -> str:
        name: str = self.cleaned_data["from_name"]
        if set("{}") & set(filled_in(name, dict.fromkeys(NAME_FIELDS, ""))):
            raise ValidationError(_("Only {member} and {organization} are filled in."))
        return name

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self._check_address(said)
        self._check_server(said.get("provider", ""), said.get("server", ""))
        self._check_login(said)
        return said

    def _check_address(self, said: dict[str, Any]) -> None:
        """What comes to an address belongs to one organization, and this one's rows don't tell what another has."""
        channel, address = said.get("channel", ""), said.get("address", "").strip().lower()
        if not address:
            return
        try:
            if channel == Channel.EMAIL:
                validate_email(address)
        except ValidationError as mistaken:
            self.add_error("address", mistaken)
            return
        is_its_own = self.instance.is_active and (self.instance.channel, self.instance.address) == (channel, address)
        if said.get("is_active") and not is_its_own and organization_of_channel_account(channel, address):
            self.add_error("address", _("This address is connected already. It can be in one place only."))

    def _check_server(self, provider: str, server: str) -> None:
        if provider == "amazon_ses" and not AMAZON_REGION.fullmatch(server):
            self.add_error("server", _("Say which region: eu-central-1."))
        found = HOST_AND_PORT.fullmatch(server)
        if provider == "smtp" and not (found and 0 < int(found["port"] or 1) <= HIGHEST_PORT):
            self.add_error("server", _("Say which server: smtp.example.com:587."))

    def _check_login(self, said: dict[str, Any]) -> None:
        """A provider takes nothing without; a server may know us by our address."""
        provider = said.get("provider", "")
        if provider in WITH_USERNAME and not said.get("username"):
            self.add_error("username", _("This provider asks for one."))
        if provider not in {"", "smtp"} and not (said.get("secret") or self.instance.sealed_secret):
            self.add_error("secret", _("This provider asks for one."))

    def save(self, commit: bool = True) -> ChannelAccount:
        for field, column in (("secret", "sealed_secret"), ("signing_key", "sealed_webhook_key")):
            if typed := self.cleaned_data.get(field):
                setattr(self.instance, column, seal(typed))
        return super().save(commit)
