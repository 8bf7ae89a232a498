"""`Idempotency-Key`: the first answer to a POST is given again to the same request for 24 hours.

The key is written in the transaction of the request itself, so a second request with it waits at the unique
constraint until the first is through, and then finds its answer. A request that was refused changed nothing: its
key is free again.
"""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja import NinjaAPI

from accounts.api.problems import Problem, invalid
from accounts.models import IdempotencyKey

LONGEST = 255
View = Callable[..., Any]


def answer_once(api: NinjaAPI) -> None:
    api.add_decorator(claim, mode="operation")
    api.add_decorator(keep, mode="view")


def claim(view: View) -> View:
    """Inside authentication and validation: takes the key, or answers what was answered before."""

    @wraps(view)
    def claimed(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        name = request.headers.get("Idempotency-Key", "")
        if request.method != "POST" or not name:
            return view(request, *args, **kwargs)
        key = take(name, hash_of(request))
        if key.status is not None:
            return JsonResponse(key.answer, status=key.status, safe=False, headers={"Idempotency-Replayed": "true"})
        vars(request)["idempotency_key"] = key
        return view(request, *args, **kwargs)

    return claimed


def keep(run: View) -> View:
    """Outside: keeps the answer under the key."""

    @wraps(run)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = run(request, *args, **kwargs)
        if key := vars(request).pop("idempotency_key", None):
            finish(key, response)
        return response

    return kept


def take(name: str, request_hash: str) -> IdempotencyKey:
    """The key with this name: new, or as another request left it. Raises Problem."""
    if len(name) > LONGEST or not name.isascii() or not name.isprintable():
        raise invalid("Idempotency-Key", f"At most {LONGEST} printable ASCII characters.")
    IdempotencyKey.objects.outlived(timezone.now()).filter(key=name).delete()
    new = IdempotencyKey(key=name, request_hash=request_hash)
    IdempotencyKey.objects.bulk_create([new], ignore_conflicts=True)
    key = IdempotencyKey.objects.get(key=name)
    if key.request_hash != request_hash:
        raise Problem(409, "This Idempotency-Key was used with another request.")
    return key


def finish(key: IdempotencyKey, response: HttpResponse) -> None:
    if 200 <= response.status_code < 300:
        key.status, key.answer = response.status_code, json.loads(response.content)
        key.save(update_fields=["status", "answer"])
    elif response.status_code < 500:
        key.delete()


def hash_of(request: HttpRequest) -> str:
    said = f"{request.method} {request.path}\n".encode() + request.body
    return hashlib.sha256(said).hexdigest()
