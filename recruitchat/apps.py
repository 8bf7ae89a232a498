from django.apps import AppConfig


class RecruitChatConfig(AppConfig):
    name = "recruitchat"

    def ready(self) -> None:
        from recruitchat import celery, names, reactions

        assert celery.app
        reactions.connect()
        names.translate_names()
