"""What every page of the Django admin shares: an organization's admins run their own organization and see no other.

The database shows nothing else (row-level security); the filters here say it again, so that neither rests on the
other alone. Installation staff choose an organization to work in; until they do, they look at all and change nothing.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from accounts.access_changes import access_changed
from accounts.models import TenantModel


def may_look(request: HttpRequest) -> bool:
    """Whether the admin is open to this request at all."""
    member = getattr(request, "member", None)
    return bool(request.user.is_active and (request.user.is_staff or (member and member.is_admin)))


def organization_of(request: HttpRequest) -> Any:
    """The organization worked in; None for installation staff who look across all."""
    return getattr(request, "organization", None)


class OrganizationForm(forms.ModelForm):
    """A form of a tenant's row. The organization is never asked for, and its unique constraints are checked."""

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"organization"}  # type: ignore[misc]


if TYPE_CHECKING:
    Page = admin.options.BaseModelAdmin
else:
    Page = object


class InOrganization(Page):
    """What a page and an inline of tenant rows have in common."""

    form: type[forms.ModelForm] = OrganizationForm
    may_add = may_change = may_delete = True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_look(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_add and may_look(request) and organization_of(request) is not None

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change and may_look(request) and organization_of(request) is not None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_delete and may_look(request) and organization_of(request) is not None

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows = super().get_queryset(request)
        organization = organization_of(request)
        return rows.filter(organization=organization) if organization else rows

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> models.QuerySet[Any] | None:
        model = db_field.remote_field.model
        rows = super().get_field_queryset(db, db_field, request)
        if not issubclass(model, TenantModel):
            return rows
        rows = model._default_manager.all() if rows is None else rows
        if model._meta.model_name == "member":
            rows = rows.select_related("user").order_by("user__name", "user__email")
        return rows.filter(organization=organization_of(request))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "workspace" and field and len(choices := list(field.queryset[:2])) == 1:
            field.initial, field.widget = choices[0], forms.HiddenInput()
        return field


class NamesFields(forms.BaseFormSet):
    """Rows of a table, whose headings name the fields to the eye only."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", str(field.label))


class Rows(NamesFields, forms.BaseModelFormSet):
    """Of a list that can be changed in place."""


class InlineRows(NamesFields, forms.BaseInlineFormSet):
    """Of what belongs to the row that is open."""


class ChoicesOfOrganization(admin.RelatedFieldListFilter):
    """A filter of the list that offers the organization's own rows only."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[Any]:
        organization = organization_of(request)
        limit = {"organization": organization} if organization else {}
        return field.get_choices(include_blank=False, limit_choices_to=limit)


class OrganizationAdmin(InOrganization, admin.ModelAdmin):
    """The page of a model whose rows belong to an organization. `about` stands above the list: what they are for."""

    about: Any = ""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_look(request)

    def get_list_display(self, request: HttpRequest) -> Any:
        across = organization_of(request) is None
        return [*super().get_list_display(request), *(["organization"] if across else [])]

    def get_changelist_formset(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_formset(request, formset=Rows, **kwargs)

    def get_list_filter(self, request: HttpRequest) -> Any:
        across = organization_of(request) is None
        return [*(["organization"] if across else []), *super().get_list_filter(request)]

    def get_list_select_related(self, request: HttpRequest) -> Any:
        chosen = super().get_list_select_related(request)
        return [*chosen, "organization"] if isinstance(chosen, list | tuple) else chosen


class OrganizationInline(InOrganization, admin.TabularInline):
    extra = 0
    formset = InlineRows


class ChangesAccess(admin.ModelAdmin):
    """A page that lets members in or shuts them out: their open screens look again."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        access_changed()


class ReadOnly:
    """Rows the system writes: to look at, never to change by hand."""

    may_add = may_change = may_delete = False


class PositionedAdmin(OrganizationAdmin):
    """Rows with a slug made from their name, and a place in the order in which they are offered."""

    prepopulated_fields = {"slug": ["name"]}
    search_fields = ["name"]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A slug stands in addresses, mails and reports: it stays what it was."""
        return [*super().get_readonly_fields(request, obj), *(["slug"] if obj else [])]
