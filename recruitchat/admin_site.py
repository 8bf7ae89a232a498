from functools import wraps
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.administration import may_look, organization_of

NOT_NOW = "second_factor_not_now"


class OrganizationAdminSite(AdminSite):
    """An organization's admins run their organization here; installation staff see all of them."""

    site_header = site_title = "RecruitChat"
    index_title = _("Settings")

    def has_permission(self, request: HttpRequest) -> bool:
        return may_look(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Who is signed in and may not look gets 404, as everywhere; a visitor is asked to sign in."""
        checked = super().admin_view(view, cacheable)

        @wraps(checked)
        def hidden(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return checked(request, *args, **kwargs)

        return hidden

    def get_urls(self) -> list[URLPattern | URLResolver]:
        mine: list[URLPattern | URLResolver] = [
            path("organizations/leave/", self.admin_view(require_POST(self.leave)), name="leave_organization"),
            path("second-factor/not-now/", self.admin_view(require_POST(self.not_now)), name="not_now"),
        ]
        return mine + super().get_urls()

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one way to sign in, the one that asks for the second factor."""
        if request.user.is_authenticated:
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        return redirect("account_change_password")

    def leave(self, request: HttpRequest) -> HttpResponse:
        """Installation staff look at all organizations again."""
        request.session.pop("staff_organization", None)
        return redirect("admin:index")

    def not_now(self, request: HttpRequest) -> HttpResponse:
        request.session[NOT_NOW] = True
        return redirect("admin:index")

    def each_context(self, request: Any) -> dict[str, Any]:
        organization = organization_of(request)
        return super().each_context(request) | {
            "site_header": organization.name if organization else _("All organizations"),
            "works_in": organization,
            "is_across": organization is None,
            "asks_second_factor": NOT_NOW not in request.session and not is_mfa_enabled(request.user),
        }
