"""Refusals as `application/problem+json` (RFC 9457), everywhere under /api/."""

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

MEDIA_TYPE = "application/problem+json"
DETAILS = {
    401: "A bearer token that is good here is needed: Authorization: Bearer TOKEN.",
    404: "This isn't there.",
    405: "This address takes other methods; the header Allow names them.",
    413: "The request is larger than what is taken here.",
    500: "Something failed here. It has been noted; trying again later is safe.",
}


class FieldError(Schema):
    field: str
    message: str


class ProblemOut(Schema):
    """What went wrong; `errors` names the fields when some are to blame."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] = []


class Problem(Exception):
    """An answer that says no: a status, a sentence, and the fields to blame."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        errors: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.errors, self.headers = errors or {}, headers or {}

    def answer(self) -> HttpResponse:
        fields = [{"field": field, "message": message} for field, message in self.errors.items()]
        return problem(self.status, self.detail, fields, self.headers)


def invalid(field: str, message: str) -> Problem:
    """422 about one field."""
    return Problem(422, message, errors={field: message})


def problem(
    status: int, detail: str = "", errors: Iterable[dict[str, str]] = (), headers: Mapping[str, str] | None = None
) -> HttpResponse:
    title = HTTPStatus(status).phrase
    content = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail or DETAILS.get(status, title),
        "errors": list(errors),
    }
    headers = {"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else headers
    return JsonResponse(content, status=status, content_type=MEDIA_TYPE, headers=headers)


def answer_with_problems(api: NinjaAPI) -> None:
    """Registers how each refusal is answered."""

    def on(kind: type[Exception], answer: Callable[[HttpRequest, Any], HttpResponse]) -> None:
        api.add_exception_handler(kind, answer)

    on(Problem, lambda request, refusal: refusal.answer())
    on(Http404, lambda request, refusal: problem(404))
    on(AuthenticationError, lambda request, refusal: problem(401))
    on(HttpError, lambda request, refusal: problem(refusal.status_code, str(refusal)))
    on(RequestDataTooBig, lambda request, refusal: problem(413))
    on(ValidationError, lambda request, refusal: problem(422, "Some fields aren't right.", map(blamed, refusal.errors)))
    on(Exception, raise_on)


def raise_on(request: HttpRequest, exc: Any) -> HttpResponse:
    """What isn't a refusal is a fault: Django notes it, and the transaction is rolled back."""
    raise exc


def blamed(error: dict[str, Any]) -> dict[str, str]:
    source, *path = error["loc"]
    path = path[1:] if source == "body" else path  # first the name of the view's argument
    return {"field": ".".join(map(str, path)) or source, "message": error["msg"].removeprefix("Value error, ")}


class ProblemMiddleware:
    """What is refused before or beside a view of the API (unknown address, wrong method) is a problem as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith("/api/") or response.status_code < HTTPStatus.BAD_REQUEST:
            return response
        if response.headers.get("Content-Type") == MEDIA_TYPE:
            return response
        kept = {name: response[name] for name in ("Allow", "Retry-After") if name in response}
        return problem(response.status_code, headers=kept)
