"""Walks every address there is: who may come in comes in, everybody else is told there is nothing."""

from collections.abc import Callable, Iterator

from django.contrib.admin import site
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import Member, TenantModel
from accounts.tenancy import across_organizations
from conversations.applying import apply
from conversations.models import ReplyKey
from people.finding import Applicant
from tests.cast import signed_in
from tests.walk.conftest import World
from tests.walk.samples import SAMPLES, Sample, is_others, names_something, path_to, routes, walked

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
Wrong = list[str]


def test_every_address_is_walked():
    missing = [route for route in routes() if route not in SAMPLES and not is_others(route)]
    assert not missing, f"Add a line to SAMPLES in tests/walk/samples.py for each of: {missing}"


def test_every_sample_is_an_address():
    gone = set(SAMPLES) - set(routes())
    assert not gone, f"No longer in the URLconf, take them out of SAMPLES in tests/walk/samples.py: {gone}"


def answers(
    world: World, name: str | Callable[[Sample], Client], methods: Callable[[Sample], list[str]]
) -> Iterator[tuple[str, Sample, str, HttpResponse]]:
    for route, sample in walked():
        client = world.client(name, sample) if isinstance(name, str) else name(sample)
        for method in methods(sample):
            answer = client.generic(
                method,
                path_to(route, sample, world.ids),
                client._encode_json(sample.json, "application/json") if sample.json else b"",
                "application/json" if sample.who == "token" else "application/x-www-form-urlencoded",
                query_params=sample.query,
            )
            yield route, sample, method, answer


def taken(sample: Sample) -> list[str]:
    return sample.methods.split()


def not_taken(sample: Sample) -> list[str]:
    return [method for method in METHODS if method not in taken(sample)]


def told(found: Iterator[tuple[str, Sample, str, HttpResponse]], expected: Callable[..., bool]) -> Wrong:
    return [
        f"{method} /{route}: {answer.status_code} {answer.headers.get('Location', '')}"
        for route, sample, method, answer in found
        if not expected(route, sample, answer)
    ]


def all_is_well(wrong: Wrong) -> None:
    assert not wrong, "\n" + "\n".join(wrong)


def test_each_opens_for_whom_it_is_for(world):
    found = answers(world, world.opener, lambda sample: [m for m in taken(sample) if m == "GET"])
    all_is_well(told(found, lambda route, sample, answer: answer.status_code in {200, 302}))


def test_a_wrong_method_is_refused(world):
    found = answers(world, world.opener, not_taken)
    all_is_well(told(found, lambda route, sample, answer: answer.status_code in {404, 405}))


def test_without_a_session_there_is_the_sign_in_page(world):
    def is_sent_away(route: str, sample: Sample, answer: HttpResponse) -> bool:
        to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/")
        return sample.who == "anyone" or to_sign_in or answer.status_code in {401, 404, 405}

    all_is_well(told(answers(world, "nobody", taken), is_sent_away))


def test_a_guest_finds_what_is_for_guests_only(world):
    def is_kept_out(route: str, sample: Sample, answer: HttpResponse) -> bool:
        welcome = sample.who in {"anyone", "users", "token"} or (sample.who == "guests" and not names_something(route))
        return answer.status_code < 500 if welcome else answer.status_code in {404, 405}

    all_is_well(told(answers(world, "guest", taken), is_kept_out))


def test_another_organization_finds_nothing_by_any_id(world):
    def is_kept_out(route: str, sample: Sample, answer: HttpResponse) -> bool:
        if sample.who == "anyone":
            return answer.status_code < 500
        names = "Lucie Němcová".encode(), b"Northwind", b"jana@"
        told_nothing = not any(name in answer.content for name in names) if not answer.streaming else True
        return (answer.status_code in {404, 405} or not names_something(route)) and told_nothing

    all_is_well(told(answers(world, "stranger", taken), is_kept_out))


def test_a_colleague_without_access_finds_nothing(world):
    def is_kept_out(route: str, sample: Sample, answer: HttpResponse) -> bool:
        if sample.who in {"anyone", "token"} or not names_something(route):
            return answer.status_code < 500
        return answer.status_code in {404, 405}

    all_is_well(told(answers(world, "eva", taken), is_kept_out))


def test_a_link_opens_its_own_conversation_only(world):
    with world.stranger.inside():
        applied = apply(world.stranger.campaign, Applicant("Kurt", "kurt@mail.example"), text="Hallo")
        theirs = ReplyKey.of(applied.conversation, ReplyKey.Use.LINK).token
    other = world.cast.apply("Karel", "karel2@mail.example")
    with world.cast.inside():
        anothers = ReplyKey.of(other, ReplyKey.Use.LINK).token
    for token in (theirs, anothers):
        assert Client().get(f"/c/{token}/").status_code == 200
        assert Client().get(f"/c/{token}/files/{world.ids['file']}/CV.pdf").status_code == 404
    assert Client().get(f"/c/{world.ids['token']}/files/{world.ids['file']}/CV.pdf").status_code == 200


def test_the_admin_of_one_organization_opens_nothing_of_another(world):
    with world.stranger.inside():
        Member.objects.filter(pk=world.stranger.member.pk).update(role="admin")
    client = signed_in(world.stranger.member)
    client.raise_request_exception = False
    wrong = []
    for model, admin in site._registry.items():
        with across_organizations():
            row = (
                model._default_manager.filter(organization=world.cast.organization.pk).first()
                if tenant(model)
                else None
            )
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        for path in [reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "delete", "history") if row]:
            answer = client.get(path)
            if answer.status_code not in {302, 403, 404}:
                wrong.append(f"{path}: {answer.status_code}")
        listed = client.get(reverse(f"{name}_changelist"))
        if listed.status_code >= 500 or b"northwind" in listed.content.lower():
            wrong.append(f"the list of {admin}: {listed.status_code}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_admin_is_for_admins(world):
    for name in ("nobody", "guest", "jana", "sofia"):
        client = world.client(name, Sample())
        for path in (
            "/admin/",
            *(reverse(f"admin:{m._meta.label_lower.replace('.', '_')}_add") for m in site._registry),
        ):
            assert client.get(path).status_code in {302, 403, 404}, (name, path)


def tenant(model: type[Model]) -> bool:
    return issubclass(model, TenantModel)
