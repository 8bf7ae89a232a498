"""Fills every form and every filter with what nobody should send: a clear answer each, never a failure."""

import json
from collections.abc import Iterator
from itertools import cycle
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.walk.conftest import World
from tests.walk.samples import Sample, path_to, walked

HOSTILE: dict[str, Any] = {
    "nothing": "",
    "blank": " \t\n",
    "NUL": "nul\x00byte",
    "emoji": "👩‍👩‍👧‍👦" * 20,
    "right to left": "\u202eשלום مرحبا",
    "too long": "x" * 200_000,
    "a huge number": "9" * 400,
    "a negative number": "-1",
    "markup": "<script>alert(1)</script>{{ 7|add:7 }}%s%(x)s",
    "nobody's id": "018f0000-0000-7000-8000-000000000000",
    "a date that isn't": "2026-02-31T25:61:00+99:99",
    "the end of time": "9999-12-31T23:59:59Z",
    "separators": "~~,;|&=#",
}
WORST = ("NUL", "a huge number", "the end of time")
ROUNDS = 5  # of each form; all kinds of values come up, each at another field
IN_JSON = HOSTILE | {
    "null": None,
    "a list": [[]],
    "an object": {"": {}},
    "a float": 1e308,
    "true": True,
    "half an emoji": "\ud83d",
}


def forms_of(sample: Sample) -> Iterator[dict[str, Any]]:
    """All fields filled, and each alone with one of the worst, where no other is refused first."""
    names, kinds, worst = sample.fields.split(), cycle(HOSTILE.values()), cycle(WORST)
    for _ in range(ROUNDS):
        yield dict(zip(names, kinds, strict=False))
    for name in names:
        yield {name: HOSTILE[next(worst)]}


def bodies_of(sample: Sample) -> Iterator[Any]:
    kinds = cycle(IN_JSON.values())
    for _ in range(ROUNDS):
        yield next(kinds)
        yield from (sample.json | {name: next(kinds)} for name in sample.fields.split())


def test_what_is_asked_for_in_the_address(world):
    wrong = []
    for route, sample in walked():
        if "GET" not in sample.methods or not sample.fields:
            continue
        client, path = world.opener(sample), path_to(route, sample, world.ids)
        for form in forms_of(sample):
            answer = client.get(path, {name: value[:6000] for name, value in form.items()})
            if answer.status_code >= 500:
                wrong.append(f"GET /{route} {form!r:.200}: {answer.status_code}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_what_is_typed_in_a_form(world):
    wrong = []
    for route, sample in walked():
        if "POST" not in sample.methods or sample.who == "token":
            continue
        client, path = world.opener(sample), path_to(route, sample, world.ids)
        for form in forms_of(sample):
            answer = client.post(path, form)
            if answer.status_code >= 500:
                wrong.append(f"POST /{route} {form!r:.200}: {answer.status_code}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_what_a_program_sends(world):
    wrong = []
    for route, sample in walked():
        if not sample.json:
            continue
        client, path, method = world.opener(sample), path_to(route, sample, world.ids), sample.methods.split()[-1]
        for body in bodies_of(sample):
            answer = send_json(client, method, path, body)
            if answer.status_code >= 500 or "json" not in answer.headers["Content-Type"]:
                wrong.append(f"{method} /{route} {body!r:.200}: {answer.status_code}")
    assert not wrong, "\n" + "\n".join(wrong)


def send_json(client: Client, method: str, path: str, body: Any):
    return client.generic(method, path, json.dumps(body), "application/json")


def test_files_that_are_none(world):
    wrong = []
    for route, sample in walked():
        if "files" not in sample.fields.split() or sample.who == "token":
            continue
        for files in hostile_files():
            answer = post_files(world, route, sample, files)
            if answer.status_code >= 500:
                wrong.append(f"POST /{route} {[file.name for file in files]}: {answer.status_code}")
    assert not wrong, "\n" + "\n".join(wrong)


def hostile_files() -> list[list[SimpleUploadedFile]]:
    return [
        [SimpleUploadedFile("30 MB.pdf", b"%PDF-" + b"x" * 30_000_000)],
        [SimpleUploadedFile("../../etc/passwd", b"root")],
        [SimpleUploadedFile("👋" * 100 + ".pdf", b"%PDF-")],
        [SimpleUploadedFile("empty.pdf", b"")],
        [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(30)],
    ]


def post_files(world: World, route: str, sample: Sample, files: list[SimpleUploadedFile]):
    form = {"text": "Here", "kind": "reply", "name": "Karel", "email": "k@mail.example", "files": files}
    return world.opener(sample).post(path_to(route, sample, world.ids), form)
