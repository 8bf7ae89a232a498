from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScoringConfig(AppConfig):
    name = "scoring"
    verbose_name = _("Lead scoring")

    def ready(self) -> None:
        from accounts.organizing import starts_with
        from people.happening import follows_activity, follows_change
        from scoring.defaults import begin_scoring
        from scoring.recording import score, score_anew

        starts_with(begin_scoring)
        follows_activity(score)
        follows_change(score_anew)
