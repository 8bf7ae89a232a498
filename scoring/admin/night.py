from datetime import timedelta

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.administration import OrganizationAdmin, ReadOnly
from scoring.models import NightRun

SHOWN_FOR = timedelta(seconds=30)


@admin.register(NightRun)
class NightRunAdmin(ReadOnly, OrganizationAdmin):
    about = _("When all scores were worked out again: each night, and after each change of the rules.")
    list_display = ["night_of", "because", "started_at", "took", "people_seen", "people_changed", "error"]
    list_filter = ["because"]
    ordering = ["-pk"]

    @admin.display(description=_("took"), ordering="milliseconds")
    def took(self, run: NightRun) -> str:
        return f"{run.milliseconds / 1000:.1f} s"

    def get_urls(self) -> list[URLPattern]:
        progress = self.admin_site.admin_view(self.progress)
        return [path("progress/", progress, name="scoring_progress"), *super().get_urls()]

    def progress(self, request: HttpRequest) -> HttpResponse:
        """How far the working out is that is at work, what it did when it has just ended, why the last one failed."""
        told = Q(finished_at=None) | Q(because=NightRun.Because.CHANGE)
        run = self.get_queryset(request).filter(told).order_by("-pk").first()
        is_shown = run and (not run.finished_at or run.finished_at > timezone.now() - SHOWN_FOR)
        return render(request, "admin/scoring/_progress.html", {"run": run if is_shown else None})
