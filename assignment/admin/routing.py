from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.administration import OrganizationAdmin, OrganizationForm
from assignment.models import RoutingRule
from assignment.permission import can_own
from assignment.routing import Facts, answers_in_circle, chosen
from campaigns.models import Campaign
from conversations.models import Channel

ACTIONS = ("set_campaign", "set_team", "set_tag", "set_owner", "answer")


class RuleForm(OrganizationForm):
    """A rule, and a sample message to try it on: with a sample nothing is saved, what would happen is said."""

    sample = forms.CharField(
        label=gettext_lazy("Sample message"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Press Save with a text here: the rules are tried on it, and nothing is saved."),
    )
    sample_channel = forms.ChoiceField(label=gettext_lazy("It comes by"), choices=Channel.choices, required=False)
    sample_language = forms.ChoiceField(
        label=gettext_lazy("Its language"), choices=[("", "—"), *settings.LANGUAGES], required=False
    )

    class Meta:
        model = RoutingRule
        fields = "__all__"

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if not any(cleaned.get(name) for name in ACTIONS):
            raise ValidationError(_("Say what the rule does: a campaign, a team, a tag, a member or an answer."))
        self._check_targets(cleaned)
        self._check_circles(cleaned)
        if cleaned.get("sample") and not self.errors:
            self.add_error("sample", self._tried(cleaned))
        return cleaned

    def _check_targets(self, cleaned: dict[str, Any]) -> None:
        campaign, owner = cleaned.get("set_campaign"), cleaned.get("set_owner")
        if campaign and campaign.state != Campaign.State.OPEN:
            self.add_error("set_campaign", _("%(name)s is closed: nobody can be sent there.") % {"name": campaign})
        if owner and not can_own(owner):
            self.add_error("set_owner", _("%(name)s has access to no campaign yet.") % {"name": owner.name})

    def _check_circles(self, cleaned: dict[str, Any]) -> None:
        others = RoutingRule.objects.filter(is_active=True).exclude(pk=self.instance.pk)
        rule = RoutingRule(**{name: cleaned.get(name) or "" for name in ("answer", "words")})
        rule.is_active, rule.name = bool(cleaned.get("is_active")), cleaned.get("name") or ""
        if other := answers_in_circle(rule, others):
            said = _("This rule and “%(name)s” would answer each other: each answer has words the other waits for.")
            self.add_error("answer", said % {"name": other.name})

    def _tried(self, cleaned: dict[str, Any]) -> str:
        """In words, which rules a message like the sample meets, this one among them as it is typed."""
        names = [field.name for field in RoutingRule._meta.concrete_fields if field.name in cleaned]
        tried = RoutingRule(pk=self.instance.pk, **{name: cleaned[name] for name in names})
        others = RoutingRule.objects.filter(is_active=True).exclude(pk=self.instance.pk)
        rules = [*others, *([tried] if tried.is_active else [])]
        rules.sort(key=lambda rule: (rule.position, str(rule.pk)))
        campaign = cleaned.get("in_campaign")
        source = cleaned.get("source")
        facts = Facts(
            channel=cleaned.get("sample_channel") or Channel.EMAIL,
            accounts=(tried.account.strip().lower(),) if tried.account else (),
            campaign=campaign.pk if campaign else None,
            text=cleaned["sample"],
            language=cleaned.get("sample_language") or "",
            source=source.pk if source else None,
            is_within_hours=tried.hours != RoutingRule.Hours.OUTSIDE,
        )
        names = [rule.name for rule in chosen(rules, facts)]
        if not names:
            return _("Tried, nothing saved: no rule fits this message.")
        return _("Tried, nothing saved. Applied in this order: %(names)s.") % {"names": " → ".join(names)}


@admin.register(RoutingRule)
class RoutingRuleAdmin(OrganizationAdmin):
    """Rules in the order in which they are asked."""

    about = gettext_lazy("What is done by itself with what comes in. The first rule that fits decides.")
    form = RuleForm
    list_display = ["name", "position", "is_active", "goes_on", "set_campaign", "set_owner"]
    list_filter = ["is_active"]
    list_select_related = ["set_campaign", "set_owner__user"]
    search_fields = ["name", "words"]
    ordering = ["position", "id"]
    actions = ["apply_all", "apply_first"]
    fieldsets = [
        (None, {"fields": ["name", "position", "is_active", "goes_on"]}),
        (
            gettext_lazy("When all of this holds"),
            {"fields": ["only_new", "channel", "account", "in_campaign", "words", "language", "source", "hours"]},
        ),
        (gettext_lazy("This is done"), {"fields": ["set_campaign", "set_team", "set_tag", "set_owner", "answer"]}),
        (gettext_lazy("Try it"), {"fields": ["sample", "sample_channel", "sample_language"]}),
    ]

    @admin.action(description=gettext_lazy("Apply all that fit: ask the rules after these too"), permissions=["change"])
    def apply_all(self, request: HttpRequest, rules: QuerySet[RoutingRule]) -> None:
        self._set_goes_on(request, rules, goes_on=True)

    @admin.action(description=gettext_lazy("Apply the first that fits: no rule after these"), permissions=["change"])
    def apply_first(self, request: HttpRequest, rules: QuerySet[RoutingRule]) -> None:
        self._set_goes_on(request, rules, goes_on=False)

    def _set_goes_on(self, request: HttpRequest, rules: QuerySet[RoutingRule], *, goes_on: bool) -> None:
        for rule in rules.exclude(goes_on=goes_on):
            rule.goes_on = goes_on
            rule.save(update_fields=["goes_on"])
            self.log_change(request, rule, [{"changed": {"fields": ["goes_on"]}}])
