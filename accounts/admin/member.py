from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.administration import ChangesAccess, OrganizationAdmin, OrganizationForm
from accounts.inviting import send_invitation
from accounts.models import Member, Role
from accounts.organizing import invite


class Invitation(OrganizationForm):
    """Lets somebody in by their email address; they sign in with a code sent to it."""

    email = forms.EmailField(label=_("Email"), help_text=_("They get a mail that says how to sign in."))
    name = forms.CharField(label=_("Name"), max_length=120)

    class Meta:
        model = Member
        fields = ["role", "open_limit"]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        if Member.objects.filter(user__email=email).exists():
            raise ValidationError(_("There is a member with this address already."))
        return email


class Membership(OrganizationForm):
    """A member's role. Their name is theirs to change once they have signed in."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)

    class Meta:
        model = Member
        fields = ["role", "is_active", "open_limit"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if name := self.fields.get("name"):
            name.initial = self.instance.user.name
            name.disabled = self.instance.user.last_login is not None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        stays_admin = self.cleaned_data.get("role") == Role.ADMIN and self.cleaned_data.get("is_active")
        if not stays_admin and self.initial.get("role") == Role.ADMIN and not self._others():
            raise ValidationError(_("An organization needs an admin. Make somebody else one first."))
        return cleaned

    def _others(self) -> list[Member]:
        """Locked, all of them by everybody in one order: or two who put each other out at once would leave nobody."""
        admins = Member.objects.active().filter(role=Role.ADMIN).order_by("pk").select_for_update(of=("self",))
        return [member for member in admins if member.pk != self.instance.pk]


@admin.register(Member)
class MemberAdmin(ChangesAccess, OrganizationAdmin):
    """Members are switched off, not deleted: what they wrote and delivered stays under their name."""

    about = _("Who works here. They are switched off, not deleted: what they wrote stays under their name.")
    may_delete = False
    list_display = ["name", "email", "role", "is_active", "availability", "last_seen_at"]
    list_filter = ["role", "is_active"]
    list_select_related = ["user"]
    search_fields = ["user__name", "user__email"]
    ordering = ["user__name", "user__email"]
    actions = ["invite_again"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = Membership if obj else Invitation
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj:
            return ["email", "name", "role", "is_active", "open_limit", "joined_at"]
        return ["email", "name", "role", "open_limit"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["email", "joined_at"] if obj else []

    @admin.action(description=_("Send the invitation again"), permissions=["change"])
    def invite_again(self, request: HttpRequest, members: QuerySet[Member]) -> None:
        invited = list(members.filter(is_active=True).select_related("user", "organization"))
        for member in invited:
            send_invitation(member, by=getattr(request, "member", None))
        sentence = ngettext(
            "%(number)s invitation is on its way.", "%(number)s invitations are on their way.", len(invited)
        )
        self.message_user(request, sentence % {"number": len(invited)})

    @admin.display(description=_("email"), ordering="user__email")
    def email(self, member: Member) -> str:
        return member.user.email

    def save_model(self, request: HttpRequest, obj: Member, form: Any, change: bool) -> None:
        if not change:
            obj.user = invite(form.cleaned_data["email"], name=form.cleaned_data["name"])
        super().save_model(request, obj, form, change)
        if not change:
            send_invitation(obj, by=getattr(request, "member", None))
        if change and form.cleaned_data.get("name") and "name" in form.changed_data:
            obj.user.name = form.cleaned_data["name"]
            obj.user.save(update_fields=["name"])
