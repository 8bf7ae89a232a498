from scoring.models.night import NightRun
from scoring.models.rule import RuleStatus, ScoreRecord, ScoreRule

__all__ = ["NightRun", "RuleStatus", "ScoreRecord", "ScoreRule"]
