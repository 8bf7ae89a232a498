from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Everybody who can sign in, over all organizations: for installation staff only. Passwords are set by users."""

    list_display = ["email", "name", "is_active", "is_staff", "last_login"]
    list_filter = ["is_staff", "is_active"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    fields = ["email", "name", "language", "time_zone", "is_active", "is_staff", "last_login", "date_joined"]
    readonly_fields = ["email", "last_login", "date_joined"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._is_for(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_for(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_for(request) and bool(request.user.is_superuser)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def _is_for(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_staff)
