from django.urls import path

from notifications.views import notifications

urlpatterns = [
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/<uuid:pk>/", notifications.opened, name="notification"),
    path("notifications/<uuid:pk>/toast/", notifications.toast, name="notification_toast"),
]
