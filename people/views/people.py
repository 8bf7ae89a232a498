from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import for_members
from accounts.requests import MemberRequest
from people.asking import least_score
from people.keyset import Keyset, Stretch, by_score, moment, page_of
from people.models import Person, PersonStatus, Temperature
from people.search import people_ids

PAGE = 50
COLDEST = Keyset("scored__total", is_descending=False, read=int)
NEWEST = Keyset("created_at", is_descending=True, read=moment)
SORTS: dict[str, tuple[Any, list[Stretch]]] = {
    "score": (_("Highest score"), by_score(NEWEST)),
    "coldest": (_("Lowest score"), [(COLDEST, {"scored__isnull": False}), (NEWEST, {"scored__isnull": True})]),
    "newest": (_("Newest"), [(NEWEST, {})]),
    "name": (_("Name"), [(Keyset("name", is_descending=False, read=str), {})]),
}


@require_safe
@for_members
def people(request: MemberRequest) -> HttpResponse:
    """Everybody the member has to do with, the hottest first; htmx asks for the rows alone."""
    words = request.GET.get("q", "").replace("\x00", "")[:200].strip()
    rows = Person.objects.visible_to(request.member).filter(is_spam=False)
    if words:
        rows = rows.filter(pk__in=people_ids(words))
    least = least_score(request.GET)
    if least is not None:
        rows = rows.filter(scored__total__gte=least)
    fields = [
        _field(request, "temperature", Temperature, column="scored__temperature"),
        _field(request, "status", PersonStatus, column="status"),
    ]
    for field in fields:
        if field["chosen"]:
            rows = rows.filter(**{f"{field['column']}__slug": field["chosen"]})
    asked = request.GET.get("sort", "")
    sort = asked if asked in SORTS else "score"
    context: dict[str, Any] = {
        "q": words,
        "fields": fields,
        "score": least,
        "is_narrowed": bool(words or least is not None or any(field["chosen"] for field in fields)),
        "sorts": [(name, title) for name, (title, _stretches) in SORTS.items()],
        "sort": sort,
    } | _page(rows, SORTS[sort][1], request.GET.get("before", ""))
    return render(request, "people/_rows.html" if request.htmx else "people/people.html", context)


def _field(request: MemberRequest, name: str, model: Any, *, column: str) -> dict[str, Any]:
    """What the list can be narrowed to by slug, and what it is."""
    choices = list(model.objects.values_list("slug", "name"))
    asked = request.GET.get(name, "")
    chosen = asked if asked in dict(choices) else ""
    return {"name": name, "column": column, "title": model._meta.verbose_name, "choices": choices, "chosen": chosen}


def _page(rows: QuerySet[Person], stretches: list[Stretch], cursor: str) -> dict[str, Any]:
    together = rows.select_related("scored__temperature", "status").prefetch_related("emails")
    shown, following = page_of(together, stretches, after=cursor, size=PAGE)
    return {"people": shown, "next": following}
