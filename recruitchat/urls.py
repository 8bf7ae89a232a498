from django.contrib import admin
from django.http import Http404
from django.urls import include, path, re_path
from django.views.defaults import page_not_found

from recruitchat import api, health
from recruitchat.icon import icon
from recruitchat.metrics import metrics

urlpatterns = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("metrics", metrics, name="metrics"),
    path("favicon.ico", icon, name="icon"),
    path("api/v1/docs", api.docs, name="api_docs"),
    path("api/v1/", api.api.urls),
    re_path(r"^api/", api.nowhere, name="api_nowhere"),
    path("me/", include("accounts.urls")),
    path("", include("conversations.urls")),
    path("", include("people.urls")),
    path("", include("scoring.urls")),
    path("", include("assignment.urls")),
    path("", include("delivery.urls")),
    path("", include("conversations.public_urls")),
    path("", include("gateways.urls")),
    path("", include("reports.urls")),
    path("", include("notifications.urls")),
    # By its address a member is found: an admin gives it, and nobody takes another's.
    path("accounts/email/", page_not_found, {"exception": Http404()}),
    re_path(r"^accounts/confirm-email/", page_not_found, {"exception": Http404()}),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
