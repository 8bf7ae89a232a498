"""The addresses of the live screens."""

from django.urls import path

from conversations.consumers import CandidateSocket, ConversationSocket, InboxSocket

sockets = [
    path("ws/inbox/", InboxSocket.as_asgi()),
    path("ws/conversations/<uuid:conversation_id>/", ConversationSocket.as_asgi()),
    path("ws/c/<str:token>/", CandidateSocket.as_asgi()),
]
