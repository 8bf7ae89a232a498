from django.urls import path

from assignment.views.history import history
from assignment.views.new import new

app_name = "assignment"
urlpatterns = [
    path("conversations/<uuid:pk>/assignment/", new, name="new"),
    path("conversations/<uuid:pk>/assignment/history/", history, name="history"),
]
