"""What candidates open: no sign-in; the link is the key."""

from django.urls import path

from conversations.views import apply, candidate, candidate_appointment, candidate_data

urlpatterns = [
    path("apply/<slug:organization>/", apply.campaigns, name="apply_campaigns"),
    path("apply/<slug:organization>/<slug:campaign>/", apply.apply, name="apply"),
    path("apply/<slug:organization>/<slug:campaign>/done/", apply.done, name="apply_done"),
    path("c/<str:token>/", candidate.page, name="candidate_page"),
    path("c/<str:token>/messages/", candidate.messages, name="candidate_messages"),
    path("c/<str:token>/events/", candidate.events, name="candidate_events"),
    path("c/<str:token>/opened/", candidate.opened, name="candidate_opened"),
    path("c/<str:token>/files/<uuid:pk>/<str:name>", candidate.file, name="candidate_file"),
    path("c/<str:token>/appointments/<uuid:pk>/", candidate_appointment.answer, name="candidate_appointment"),
    path("c/<str:token>/stored/", candidate_data.stored, name="candidate_stored"),
    path("c/<str:token>/stop/", candidate_data.stop, name="candidate_stop"),
]
