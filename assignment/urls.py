from django.urls import path

from assignment.views.bulk import bulk
from assignment.views.history import history
from assignment.views.new import new

app_name = "assignment"
urlpatterns = [
    path("assignment/bulk/", bulk, name="bulk"),
    path("conversations/<uuid:pk>/assignment/", new, name="new"),
    path("conversations/<uuid:pk>/assignment/history/", history, name="history"),
]
