"""Which routing rules fit a message: decided from plain facts, in the rules' order."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assignment.models import RoutingRule
from people.search import plain


@dataclass(frozen=True)
class Facts:
    """What rules ask about: `accounts` are the addresses it came to, ids are None where there is none."""

    channel: str
    accounts: tuple[str, ...] = ()
    campaign: Any = None
    text: str = ""
    language: str = ""
    source: Any = None
    is_within_hours: bool = True
    is_new: bool = True


def fits(rule: RoutingRule, facts: Facts) -> bool:
    """Whether a conversation with these facts meets all of the rule's conditions."""
    within = {"": facts.is_within_hours, "within": True, "outside": False}[rule.hours] == facts.is_within_hours
    return bool(
        within
        and (facts.is_new or not rule.only_new)
        and rule.channel in {"", facts.channel}
        and (not rule.account or rule.account.strip().lower() in facts.accounts)
        and (rule.in_campaign_id is None or rule.in_campaign_id == facts.campaign)
        and (not rule.words or says(facts.text, rule.words))
        and rule.language in {"", facts.language}
        and (rule.source_id is None or rule.source_id == facts.source)
    )


def chosen(rules: Sequence[RoutingRule], facts: Facts) -> list[RoutingRule]:
    """The rules to apply, in order: up to the first that fits and doesn't go on."""
    found: list[RoutingRule] = []
    for rule in rules:
        if fits(rule, facts):
            found.append(rule)
            if not rule.goes_on:
                break
    return found


def says(text: str, words: str) -> bool:
    """Whether any of the words (with commas between them) stands in the text, whole; case and accents don't matter."""
    said = _squeezed(text)
    return any(f" {word} " in said for part in words.split(",") if (word := _squeezed(part).strip()))


def answers_in_circle(rule: RoutingRule, others: Iterable[RoutingRule]) -> RoutingRule | None:
    """Another rule (or this one) whose automatic answer sets this rule off, and is set off by this one's."""
    if not (rule.answer and rule.words and rule.is_active):
        return None
    for other in [*others, rule]:
        is_answering = other.answer and other.words and other.is_active
        if is_answering and says(rule.answer, other.words) and says(other.answer, rule.words):
            return other
    return None


def _squeezed(text: str) -> str:
    return f" {' '.join(re.findall(r'\w+', plain(text)))} "
