from django.urls import path

from scoring.views import activity, morning, visits, why

app_name = "scoring"
urlpatterns = [
    path("people/<uuid:pk>/score/", why.why, name="why"),
    path("people/<uuid:pk>/score/past/", why.past, name="past"),
    path("morning/", morning.morning, name="morning"),
    path("visits/script.js", visits.script, name="visits_script"),
    path("visits/<uuid:site>/", visits.visit, name="visit"),
    path("c/<str:token>/job-site/", visits.job_site, name="job_site"),
    path("activities/<int:pk>/", activity.activity, name="activity"),
]
