from django.urls import path

from delivery.views.answers import leg, messages
from delivery.views.earlier import earlier
from delivery.views.new import new
from delivery.views.received import received, shown

app_name = "delivery"
urlpatterns = [
    path("conversations/<uuid:pk>/delivery/", new, name="new"),
    path("people/<uuid:pk>/deliveries/", earlier, name="earlier"),
    path("delivered/", received, name="received"),
    path("delivered/<uuid:pk>/", shown, name="shown"),
    path("delivered/<uuid:pk>/leg/", leg, name="leg"),
    path("delivered/<uuid:pk>/messages/", messages, name="messages"),
]
