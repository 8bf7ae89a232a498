from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import for_members
from accounts.requests import MemberRequest
from people.keyset import Keyset
from people.models import Person, Temperature
from people.search import people_ids

PAGE = 50
BEST = Keyset("score", is_descending=True, read=int)


@require_safe
@for_members
def people(request: MemberRequest) -> HttpResponse:
    """Everybody the member has to do with, the hottest first; htmx asks for the rows alone."""
    words = request.GET.get("q", "").replace("\x00", "")[:200].strip()
    temperature = request.GET.get("temperature", "")
    rows = Person.objects.visible_to(request.member).filter(is_spam=False).select_related("temperature", "status")
    if words:
        rows = rows.filter(pk__in=people_ids(words))
    choices = list(Temperature.objects.all())
    if temperature in {choice.slug for choice in choices}:
        rows = rows.filter(temperature__slug=temperature)
    page = list(BEST.after(BEST.sorted(rows), request.GET.get("before", "")).prefetch_related("emails")[: PAGE + 1])
    context = {
        "people": page[:PAGE],
        "next": BEST.cursor(page[PAGE - 1]) if len(page) > PAGE else "",
        "q": words,
        "temperature": temperature,
        "temperatures": choices,
    }
    return render(request, "people/_rows.html" if request.htmx else "people/people.html", context)
