from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.administration import OrganizationAdmin, OrganizationForm
from accounts.models import ApiToken
from accounts.models.api_token import Scope


class TokenForm(OrganizationForm):
    scopes = forms.MultipleChoiceField(
        label=_("Scopes"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple, initial=[Scope.READ]
    )

    class Meta:
        model = ApiToken
        fields = ["name", "scopes"]


@admin.register(ApiToken)
class ApiTokenAdmin(OrganizationAdmin):
    """The secret is on the page that answers the form, and nowhere after."""

    about = _(
        "A job board or a program of yours uses the API with one. It is shown once; revoke it when nobody needs it."
    )
    form = TokenForm
    may_delete = False  # revoked instead: who held a token stays known
    list_display = ["name", "scopes", "created_by", "created_at", "last_used_at", "revoked_at"]
    list_select_related = ["created_by__user"]
    actions = ["revoke"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["scopes", "created_by", "created_at", "last_used_at", "revoked_at"] if obj else []

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["name", *self.get_readonly_fields(request, obj)] if obj else ["name", "scopes"]

    def save_model(self, request: Any, obj: ApiToken, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        made, request.secret = ApiToken.issue(obj.name, obj.scopes, created_by=request.member)
        obj.pk, obj.created_at = made.pk, made.created_at

    def response_add(self, request: Any, obj: ApiToken, post_url_continue: str | None = None) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "title": obj.name, "secret": request.secret}
        return TemplateResponse(request, "admin/accounts/apitoken/issued.html", context)

    @admin.action(description=_("Revoke"), permissions=["change"])
    def revoke(self, request: HttpRequest, tokens: QuerySet[ApiToken]) -> None:
        for token in tokens.filter(revoked_at=None):
            token.revoke()
            self.log_change(request, token, [{"changed": {"fields": ["revoked_at"]}}])
        self.message_user(request, _("Revoked at %(time)s.") % {"time": timezone.localtime().strftime("%H:%M")})
