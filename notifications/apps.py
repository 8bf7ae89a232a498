from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from conversations.counts import count_also
        from notifications.listing import unread_of

        count_also("notifications", unread_of)
