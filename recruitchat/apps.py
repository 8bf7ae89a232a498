from django.apps import AppConfig


class RecruitChatConfig(AppConfig):
    name = "recruitchat"

    def ready(self) -> None:
        from recruitchat import celery, reactions

        assert celery.app
        reactions.connect()
