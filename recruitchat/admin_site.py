from django.contrib.admin import AdminSite
from django.http import HttpRequest


class OrganizationAdminSite(AdminSite):
    """An organization's admins run their organization here; installation staff see all of them."""

    site_header = site_title = "RecruitChat"

    def has_permission(self, request: HttpRequest) -> bool:
        member = getattr(request, "member", None)
        return bool(request.user.is_active and (request.user.is_staff or (member and member.is_admin)))
