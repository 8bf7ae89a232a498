from django.urls import path

from delivery.views.answers import answer, leg, messages
from delivery.views.legs import legs
from delivery.views.many import many
from delivery.views.new import new
from delivery.views.received import latest, received, shown
from delivery.views.withdrawal import withdrawal

app_name = "delivery"
urlpatterns = [
    path("conversations/<uuid:pk>/delivery/", new, name="new"),
    path("conversations/<uuid:pk>/delivered/", latest, name="latest"),
    path("people/<uuid:pk>/legs/", legs, name="legs"),
    path("deliveries/many/", many, name="many"),
    path("delivered/", received, name="received"),
    path("delivered/<uuid:pk>/", shown, name="shown"),
    path("delivered/<uuid:pk>/answer/", answer, name="answer"),
    path("delivered/<uuid:pk>/withdrawal/", withdrawal, name="withdrawal"),
    path("delivered/<uuid:pk>/leg/", leg, name="leg"),
    path("delivered/<uuid:pk>/messages/", messages, name="messages"),
]
