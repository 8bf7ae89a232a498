"""Sends another organization's ids in every field there is: nothing is told of it, nothing is tied to it.

A foreign key alone wouldn't notice: PostgreSQL checks those past the policies.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.apps import apps
from django.contrib.admin import site
from django.db import connections, models
from django.urls import reverse

from accounts.models import Organization, Team, TenantModel, Workspace
from conversations.applying import apply
from delivery.models import Reason, Status
from people.finding import Applicant
from people.models import PersonStatus, Tag
from tests.cast import signed_in
from tests.walk.conftest import World
from tests.walk.samples import path_to, walked
from tests.walk.test_bad_input import send_json

NAMES = "Max Muster", "Contoso", "Drivers, Bremen", "Kurt Fremd"
BY_PROGRAMS = {
    "campaign": "drivers-bremen",
    "status": "not_qualified",
    "reason": "contoso-reason",
    "owner": "max@contoso.example",
    "author": "max@contoso.example",
    "recipients": [{"member": "max@contoso.example"}, {"team": "contoso-team"}],
}


def foreign_values(world: World) -> dict[str, str]:
    """For each kind of field the id of a row of the stranger's organization."""
    with world.stranger.inside():
        kurt = Applicant("Kurt Fremd", "kurt@mail.example")
        conversation = apply(world.stranger.campaign, kurt, text="Hallo").conversation
        team = Team.objects.create(name="Contoso team", slug="contoso-team", workspace=Workspace.objects.get())
        status = Status.objects.filter(basis="not_qualified")[0]
        reason = Reason.objects.create(status=status, name="Contoso reason", slug="contoso-reason")
        member = world.stranger.member
        rows = {
            "campaign": world.stranger.campaign, "application": conversation.application, "reason": reason,
            "team": team, "conversations": conversation, "tag": Tag.objects.create(name="Contoso tag"),
            "person_status": PersonStatus.objects.first(),
        } | dict.fromkeys(("member", "owner", "author", "mentions", "before", "answer", "choice"), member)  # fmt: skip
    return {name: str(row.pk) for name, row in rows.items()} | {
        "status": status.slug,
        "recipients": f"member:{member.pk}",
    }


def ties_between_organizations() -> list[str]:
    """Every row of a tenant that names a row of another tenant, found by the tables' owner."""
    found = []
    with connections["owner"].cursor() as cursor:
        for model, field in references():
            cursor.execute(
                f'SELECT 1 FROM "{model._meta.db_table}" a JOIN "{field.related_model._meta.db_table}" b'
                f' ON a."{field.column}" = b."{field.target_field.column}" WHERE a.organization_id <> b.organization_id'
            )
            found += [str(field)] if cursor.fetchone() else []
    return found


def references() -> Iterator[tuple[type[models.Model], Any]]:
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            target = field.related_model
            if issubclass(model, TenantModel) and isinstance(target, type) and issubclass(target, TenantModel):
                yield model, field


def tells(answer: Any) -> bool:
    return answer.status_code >= 500 or (not answer.streaming and any(name in answer.text for name in NAMES))


def all_is_well(wrong: list[str]) -> None:
    assert not wrong, "\n" + "\n".join(wrong)
    assert ties_between_organizations() == []


def test_every_form(world):
    wrong, foreign = [], foreign_values(world)
    for route, sample in walked():
        if not sample.fields or sample.who in {"anyone", "token"}:
            continue
        client, path = world.opener(sample), path_to(route, sample, world.ids)
        form = {name: foreign.get(name, foreign["conversations"]) for name in sample.fields.split()}
        form |= {"kind": "note", "step": "2", "status": foreign["status"], "text": "Hello"}
        answers = [client.get(path, form)] if "GET" in sample.methods else []
        answers += [client.post(path, form)] if "POST" in sample.methods else []
        wrong += [f"/{route}: {answer.status_code}" for answer in answers if tells(answer)]
    all_is_well(wrong)


def test_every_program(world):
    wrong, foreign = [], foreign_values(world) | BY_PROGRAMS
    for route, sample in walked():
        if not sample.json:
            continue
        client, path = world.opener(sample), path_to(route, sample, world.ids)
        for name in sample.fields.split():
            body = sample.json | {"author": world.cast.jana.user.email} | {name: foreign.get(name)}
            answer = send_json(client, sample.methods.split()[-1], path, body)
            wrong += [f"/{route} {name}: {answer.status_code}"] if tells(answer) else []
    all_is_well(wrong)


def test_every_form_of_the_admin(world):
    wrong, client = [], signed_in(world.cast.adam)
    foreign_values(world)
    client.raise_request_exception = False
    for model in (model for model in site._registry if issubclass(model, TenantModel) or model is Organization):
        page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        shown = client.get(page)
        if shown.status_code != 200 or not shown.context or "adminform" not in shown.context:
            continue
        for typed in ("nul\x00byte", "9" * 400):
            answer = client.post(page, filled(world, shown.context, typed))
            wrong += [f"{model._meta.label} {typed[:9]!r}: {answer.status_code}"] if tells(answer) else []
    all_is_well(wrong)


def filled(world: World, context: Any, typed: str) -> dict[str, Any]:
    """The form and one row of each inline: what can be chosen is the stranger's, what can be typed is this."""
    given = hostile(world, context["adminform"].form.fields, typed)
    for inline in context["inline_admin_formsets"]:
        prefix, fields = inline.formset.prefix, inline.formset.empty_form.fields
        given |= {f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-INITIAL_FORMS": "0"}
        given |= {f"{prefix}-0-{name}": value for name, value in hostile(world, fields, typed).items()}
    return given


def hostile(world: World, fields: dict[str, forms.Field], typed: str) -> dict[str, Any]:
    with world.stranger.inside():
        return {
            name: getattr(field.queryset.model._default_manager.first(), "pk", "")
            if isinstance(field, forms.ModelChoiceField) and issubclass(field.queryset.model, TenantModel)
            else typed
            for name, field in fields.items()
        }
