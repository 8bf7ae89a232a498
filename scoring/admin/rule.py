from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from scoring.admin.ruling import RulingAdmin, RulingForm
from scoring.models import InactivityRule, ScoreRule


class RuleForm(RulingForm):
    class Meta:
        model = ScoreRule
        fields = ["activity_kind", "within_minutes", "points", "days", "person_kind", "is_active"]


@admin.register(ScoreRule)
class ScoreRuleAdmin(RulingAdmin):
    form = RuleForm
    list_display = ["sentence", "points", "days", "is_active"]
    list_editable = ["points", "days", "is_active"]
    ordering = ["person_kind", "activity_kind"]
    fields = ["activity_kind", "within_minutes", "points", "days", "person_kind", "holds_for", "is_active"]

    @admin.display(description=_("rule"), ordering="activity_kind")
    def sentence(self, rule: ScoreRule) -> str:
        return rule.sentence


class InactivityForm(RulingForm):
    class Meta:
        model = InactivityRule
        fields = ["activity_kind", "after_days", "points", "repeat_days", "floor", "person_kind", "is_active"]


@admin.register(InactivityRule)
class InactivityRuleAdmin(RulingAdmin):
    form = InactivityForm
    list_display = ["sentence", "is_active"]
    list_editable = ["is_active"]
    ordering = ["person_kind", "activity_kind", "after_days"]
    fields = [
        "activity_kind", "after_days", "points", "repeat_days", "floor", "person_kind", "holds_for", "is_active",
    ]  # fmt: skip

    @admin.display(description=_("rule"), ordering="activity_kind")
    def sentence(self, rule: InactivityRule) -> str:
        return rule.sentence
