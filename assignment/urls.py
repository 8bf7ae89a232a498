from django.urls import path

from assignment.views.bulk import bulk
from assignment.views.campaign import campaign, campaigns, queue
from assignment.views.history import history
from assignment.views.hours import my_hours, our_hours
from assignment.views.new import new
from assignment.views.permissions import permissions

app_name = "assignment"
urlpatterns = [
    path("assignment/bulk/", bulk, name="bulk"),
    path("campaigns/", campaigns, name="campaigns"),
    path("campaigns/<uuid:pk>/", campaign, name="campaign"),
    path("campaigns/<uuid:pk>/queue/", queue, name="queue"),
    path("campaigns/<uuid:pk>/permissions/", permissions, name="permissions"),
    path("me/hours/", my_hours, name="my_hours"),
    path("hours/", our_hours, name="our_hours"),
    path("conversations/<uuid:pk>/assignment/", new, name="new"),
    path("conversations/<uuid:pk>/assignment/history/", history, name="history"),
]
