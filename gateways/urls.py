from django.urls import path

from gateways.views import retry

app_name = "gateways"
urlpatterns = [
    path("messages/<uuid:pk>/retry/", retry.retry, name="retry"),
]
