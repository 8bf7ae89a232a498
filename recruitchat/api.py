"""The REST API, version 1: every app's part of it, assembled."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Router
from ninja.openapi.docs import Swagger
from ninja.openapi.schema import OpenAPISchema

from accounts.access import for_members
from accounts.api.once import answer_once
from accounts.api.problems import MEDIA_TYPE, Problem, ProblemOut, answer_with_problems, invalid, problem
from assignment.api import router as assignment
from campaigns.api import router as campaigns
from conversations.api import router as conversations
from conversations.refusals import NothingSaid, Refused, RefusedFile, TooLarge, TooMany
from delivery.api import router as deliveries
from delivery.outcome import InvalidOutcome
from gateways.api import router as gateways
from scoring.api import router as people

REFUSALS = {
    400: "The body isn't JSON.",
    401: "No token, or one that isn't good.",
    403: "The token lacks the scope.",
    404: "Not there, or not yours.",
    409: "Someone was faster, or the state doesn't allow it.",
    413: "Too large.",
    422: "Some fields aren't right; `errors` names them.",
    429: "Too many requests; `Retry-After` says how many seconds to wait.",
}


class RecruitChatAPI(NinjaAPI):
    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """Adds what every operation has: the refusals, and a POST's Idempotency-Key. Each stands under one heading."""
        document = super().get_openapi_schema(**kwargs)
        refusal = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
        document["components"]["schemas"] |= refusal.pop("$defs") | {"Problem": refusal}
        content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for path in document["paths"].values():
            for method, operation in path.items():
                operation["tags"] = operation["tags"][-1:]  # before its own come those of the routers around it
                operation["responses"] |= {
                    status: {"description": sentence, "content": content} for status, sentence in REFUSALS.items()
                }
                if method == "post":
                    operation["parameters"].append(IDEMPOTENCY_KEY)
        return document


IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key and body give the first answer again for 24 hours.",
    "schema": {"type": "string", "maxLength": 255},
}

api = RecruitChatAPI(
    title="RecruitChat",
    version="1",
    urls_namespace="api",
    docs_url=None,
    docs_decorator=require_safe,  # stands around the document too
    description="Conversations with candidates, for job boards and applicant systems. An admin makes a token in "
    "Settings, under API tokens; *Authorize* takes it, and then everything here can be tried.",
)
answer_with_problems(api)
answer_once(api)
for too_much in (TooLarge, TooMany):
    api.add_exception_handler(too_much, lambda request, refusal: problem(413, str(refusal)))
api.add_exception_handler(Refused, lambda request, refusal: problem(409, str(refusal)))


def outcome_refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    return Problem(422, str(refusal), errors=refusal.errors).answer()


def nothing_said(request: HttpRequest, refusal: Any) -> HttpResponse:
    return invalid("text", str(refusal)).answer()


api.add_exception_handler(InvalidOutcome, outcome_refused)
api.add_exception_handler(NothingSaid, nothing_said)
api.add_exception_handler(RefusedFile, lambda request, refusal: invalid("files", str(refusal)).answer())
routers: list[Router] = [assignment, campaigns, conversations, deliveries, people, gateways]
for router in routers:
    api.add_router("", router)


@require_safe
@for_members
def docs(request: HttpRequest) -> HttpResponse:
    """A page to read about the API and to try it on, served from here."""
    return Swagger().render_page(request, api)


@csrf_exempt
def nowhere(request: HttpRequest) -> HttpResponse:
    return problem(404)
