from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "scoring"

    def ready(self) -> None:
        from accounts.organizing import starts_with
        from scoring.defaults import begin_scoring

        starts_with(begin_scoring)
