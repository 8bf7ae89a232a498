from django.urls import path

from accounts.views import me

urlpatterns = [
    path("availability/", me.availability, name="availability"),
    path("organization/", me.switch_organization, name="switch_organization"),
    path("workspace/", me.switch_workspace, name="switch_workspace"),
    path("language/", me.language, name="language"),
]
