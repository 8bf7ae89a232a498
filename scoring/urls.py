from django.urls import path

from scoring.views import why

app_name = "scoring"
urlpatterns = [
    path("people/<uuid:pk>/score/", why.why, name="why"),
]
