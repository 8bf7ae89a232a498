from django.urls import path

from accounts.views import me

urlpatterns = [
    path("availability/", me.availability, name="availability"),
    path("organization/", me.switch_organization, name="switch_organization"),
    path("language/", me.language, name="language"),
]
