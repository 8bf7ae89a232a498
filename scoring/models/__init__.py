from scoring.models.inactivity import InactivityRule, InactivityStatus
from scoring.models.night import NightRun
from scoring.models.record import ScoreRecord
from scoring.models.rule import RuleStatus, ScoreRule

__all__ = ["InactivityRule", "InactivityStatus", "NightRun", "RuleStatus", "ScoreRecord", "ScoreRule"]
