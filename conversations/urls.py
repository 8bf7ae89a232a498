from django.urls import path

from conversations.views import inbox, thread

urlpatterns = [
    path("", inbox.home, name="home"),
    path("inbox/<slug:view>/", inbox.inbox, name="inbox"),
    path("conversations/<uuid:pk>/", thread.conversation, name="conversation"),
]
