from django.urls import path

from scoring.views import activity, why

app_name = "scoring"
urlpatterns = [
    path("people/<uuid:pk>/score/", why.why, name="why"),
    path("people/<uuid:pk>/score/past/", why.past, name="past"),
    path("activities/<int:pk>/", activity.activity, name="activity"),
]
