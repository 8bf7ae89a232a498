"""Ninety days of conversations that look like life, told by the verbs that real use goes through."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from assignment.assigning import assign
from assignment.models import Because
from campaigns.models import Campaign
from conversations.applying import apply
from conversations.attaching import Upload
from conversations.models import Conversation
from delivery.answering import answer
from delivery.delivering import deliver
from delivery.models import Delivery, Reason, Status
from delivery.outcome import Outcome
from people.finding import Applicant
from recruitchat.demo.names import GIVEN_AND_FAMILY
from recruitchat.demo.stage import Stage
from recruitchat.demo.talk import DELIVERY_NOTES, NOTES, SPAM, TALK

DAYS = 90
ANSWERS = [("accepted", ""), ("not_a_fit", "Too little experience for us"), ("not_a_fit", "Wants to start too late")]
CV = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def address_of(number: int) -> str:
    return f"candidate-{number}@mail.example"


def write_history(stage: Stage, *, numbers: Sequence[int], of: int, now: datetime) -> list[Conversation]:
    """Plays these of an organization's `of` conversations up to `now`; number 0 is the oldest."""
    outcomes = Outcomes.load()
    beginnings = _beginnings(of, now, Random(stage.plan.slug))
    stories = [Story(stage, outcomes, Random(f"{stage.plan.slug} {n}"), now, n) for n in numbers]
    for story in stories:
        story.tell(beginnings[story.number])
    return [story.conversation for story in stories]


def _beginnings(count: int, now: datetime, random: Random) -> list[datetime]:
    """Over ninety days, and a sixth of them lately: those are in the inbox, from three minutes to two days old."""
    recent = [timedelta(minutes=3 + 5 * place**2.1) for place in reversed(range(count // 6))]
    ages = sorted((DAYS * random.random() ** 1.6 for _ in range(count - len(recent))), reverse=True)
    return [_by_day(now - timedelta(days=age), now, random) for age in ages] + [now - age for age in recent]


def _by_day(at: datetime, now: datetime, random: Random) -> datetime:
    """Moves a time into waking hours, never past now."""
    moved = at.replace(hour=6 + int(random.triangular(0, 14, 4)), minute=random.randrange(60))
    return min(moved, now - timedelta(minutes=45))


@dataclass
class Outcomes:
    statuses: dict[str, Status]
    reasons: dict[str, list[Reason]]

    @classmethod
    def load(cls) -> "Outcomes":
        statuses = {status.basis: status for status in Status.objects.all()}
        reasons: dict[str, list[Reason]] = {basis: [] for basis in statuses}
        for reason in Reason.objects.select_related("status"):
            reasons[reason.status.basis].append(reason)
        return cls(statuses, reasons)


@dataclass
class Story:
    """One candidate's conversation, from the application to wherever it has got by now."""

    stage: Stage
    outcomes: Outcomes
    random: Random
    now: datetime
    number: int
    at: datetime = field(init=False)
    conversation: Conversation = field(init=False)

    def tell(self, began: datetime) -> None:
        self.at = began
        campaign = self._pick_campaign()
        language = self.random.choice(self._languages(campaign))
        self.talk = TALK[language]
        is_spam = self.random.random() < 0.03
        self._apply(campaign, language, SPAM if is_spam else self.random.choice(self.talk.openings))
        self.owner = self.stage.recruiters[self.number % 3]
        assign(self.conversation, self.owner, because=Because.ROTATION, at=self.at)
        if is_spam:
            self._deliver("spam", hours=3)
        elif self._converse():
            self._wrap_up()

    def _pick_campaign(self) -> Campaign:
        return self.random.choices(self.stage.campaigns, weights=(4, 2, 3))[0]

    def _languages(self, campaign: Campaign) -> list[str]:
        return next(v for v in self.stage.plan.vacancies if v.slug == campaign.slug).languages.split()

    def _apply(self, campaign: Campaign, language: str, text: str) -> None:
        given, family = (self.random.choice(names.split()) for names in GIVEN_AND_FAMILY[language])
        applicant = Applicant(f"{given} {family}", address_of(self.number), language=language)
        source = self.random.choices(self.stage.sources, weights=(5, 2, 3, 2))[0]
        files = [Upload(f"CV-{self.number}.pdf", CV)] if self.random.random() < 0.6 else []
        applied = apply(campaign, applicant, source=source, text=text, files=files, at=self.at)
        self.conversation = applied.conversation

    def _passes(self, *, hours: float) -> bool:
        """Time goes by; False when that would be in the future."""
        later = self.at + timedelta(hours=hours * self.random.uniform(0.3, 1.8))
        if later > self.now - timedelta(minutes=2):
            return False
        self.at = later
        return True

    def _converse(self) -> bool:
        """Question, answer, proposal, agreement; False when the present is reached on the way."""
        name = self.conversation.person.short_name
        steps: list[tuple[float, Any, Any]] = [
            (2, self._say, self.random.choice(self.talk.questions).format(name=name))
        ]
        self.answers = self.random.random() < 0.82
        patience = 0.08 if self.random.random() < 0.4 else 1  # some answer within the hour
        if self.answers:
            steps.append((7 * patience, self._hear, self.random.choice(self.talk.answers)))
            if self.random.random() < 0.35:
                steps.append((0.3, self._note, self.random.choice(NOTES)))
            steps.append((2, self._say, self.random.choice(self.talk.proposals)))
            self.declines = self.random.random() < 0.22
            ending = self.talk.declines if self.declines else self.talk.agreements
            steps.append((9 * patience, self._hear, self.random.choice(ending)))
            steps.append((3, self._say, self.random.choice(self.talk.thanks)))
        for hours, act, text in steps:
            if not self._passes(hours=hours):
                return False
            act(text)
        return True

    def _say(self, text: str) -> None:
        self.conversation.reply(text, by=self.owner, at=self.at)

    def _hear(self, text: str) -> None:
        self.conversation.receive(text, via=self.random.choice(("email", "email", "web")), at=self.at)

    def _note(self, text: str) -> None:
        self.conversation.note(text, by=self.owner, at=self.at)

    def _wrap_up(self) -> None:
        if not self.answers:
            self._deliver("not_interested", hours=90)
        elif self.declines:
            self._deliver("not_interested", hours=14)
        else:
            bases, weights = ("qualified", "not_qualified", "review", "other"), (46, 30, 20, 4)
            self._deliver(self.random.choices(bases, weights)[0], hours=20)

    def _deliver(self, basis: str, *, hours: float) -> None:
        if not self._passes(hours=hours) or self.random.random() < 0.04:
            return
        reasons = self.outcomes.reasons[basis]
        rated = basis in {"qualified", "review"}
        outcome = Outcome(
            status=self.outcomes.statuses[basis],
            application=self.conversation.application,
            reason=self.random.choice(reasons) if reasons else None,
            notes=DELIVERY_NOTES[basis],
            rating=self.random.choices((2, 3, 4, 5), (1, 3, 5, 3))[0] if rated else None,
        )
        team = [self.stage.team] if rated else []
        delivery = deliver(self.conversation, outcome, by=self.owner, to=team, at=self.at)
        application = self.conversation.application
        is_old_enough = self.at < self.now - timedelta(days=6)
        if application and basis == "qualified" and is_old_enough and self.random.random() < 0.45:
            application.move_to("hired")
        if rated:
            self._answer(delivery)

    def _answer(self, delivery: Delivery) -> None:
        """The hiring team says whether it takes it, or hasn't got to it yet."""
        random = Random(f"answer {self.stage.plan.slug} {self.number}")
        if self._passes(hours=20) and random.random() < 0.7:
            said, why = random.choices(ANSWERS, (8, 1, 1))[0]
            answer(delivery, said, by=self.stage.members[3], text=why, at=self.at)
