from django.urls import path

from conversations.views import (
    draft,
    files,
    go,
    inbox,
    leg,
    messages,
    people_by_hand,
    reading,
    rejection,
    saved_replies,
    snooze,
    thread,
)

urlpatterns = [
    path("", inbox.home, name="home"),
    path("inbox/<slug:view>/", inbox.inbox, name="inbox"),
    path("inbox/<slug:view>/filters/", inbox.filters, name="inbox_filters"),
    path("people/new/", people_by_hand.new, name="person_new"),
    path("people/<uuid:pk>/conversations/", people_by_hand.of_person, name="person_conversations"),
    path("go/", go.dialog, name="go"),
    path("go/found/", go.found, name="go_found"),
    path("shortcuts/", go.shortcuts, name="shortcuts"),
    path("counts/", inbox.counts, name="counts"),
    path("conversations/<uuid:pk>/", thread.conversation, name="conversation"),
    path("conversations/<uuid:pk>/events/", thread.conversation_events, name="conversation_events"),
    path("conversations/<uuid:pk>/messages/", messages.messages, name="messages"),
    path("conversations/<uuid:pk>/draft/", draft.draft, name="draft"),
    path("conversations/<uuid:pk>/reading/", reading.reading, name="reading"),
    path("conversations/<uuid:pk>/snooze/", snooze.snooze, name="snooze"),
    path("conversations/<uuid:pk>/rejection/", rejection.rejection, name="rejection"),
    path("conversations/<uuid:pk>/leg/", leg.leg, name="leg"),
    path("conversations/<uuid:pk>/saved-replies/", saved_replies.saved_replies, name="saved_replies"),
    path("files/<uuid:pk>/<str:name>", files.file, name="file"),
]
