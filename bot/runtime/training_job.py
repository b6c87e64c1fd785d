"""The desk learns from its own work: what people chose, confirmed and corrected makes a new model, or none."""

from __future__ import annotations

from datetime import datetime, time

import structlog

from bot.filestore.knowledge import InstalledKnowledge
from handlers.context import Desk
from handlers.domain.job_run import JobName, JobRun
from handlers.ports import Transactions
from handlers.tickets.training_examples import forget_secrets
from knowledge import KnowledgeError, ModelError, retraining
from knowledge.corpus import Example
from knowledge.model import Model
from knowledge.retraining import Outcome, TooFew, TrainingAccepted, TrainingRejected

log = structlog.get_logger(__name__)
FROM, UNTIL = time(3, 0), time(5, 0)
"""Local time; a night in which the desk did not run is left out."""
MAX_EXAMPLES = 20_000
"""So many of the newest examples are learned from."""
_CERTAINTY = {"recategorised": 3, "chosen": 2, "worked": 1}
"""What somebody said, the surest last word first; "opened" is the desk's own guess that nobody objected to."""
UNUSABLE = "model.unusable.npz"


def learn_from_work(store: Transactions, installed: InstalledKnowledge) -> Outcome:
    """Train on the examples of the database; blocking, for half a minute: call it in a thread.

    A model of the house that cannot be read is put aside, and the shipped one is what the new one is measured against.
    Raises KnowledgeError where the articles do not hold together, OSError where the model cannot be written.
    """
    rows = store.read(lambda uow: list(uow.feedback.since(None)))[-MAX_EXAMPLES:]
    said, guessed = sorted_out(rows)
    if installed.model.exists():
        try:
            Model.load(installed.model)
        except ModelError as error:
            installed.model.replace(installed.models / UNUSABLE)
            log.error("house_model_put_aside", why=str(error))
    return retraining.learn(
        said, installed.models, installed.articles, installed.catalogue, weak=guessed, own=installed.own_articles
    )


def sorted_out(rows: list[tuple[str, str, str]]) -> tuple[list[Example], list[Example]]:
    """(text, category, source), oldest first → what somebody said, and what was only guessed.

    Of the same words the surest source counts (a technician's correction before a pressed button before steps that
    helped), of one source the last; the least sure come first, since the last label of a sentence is what stays.
    """
    said = sorted((row for row in rows if row[2] in _CERTAINTY), key=lambda row: _CERTAINTY[row[2]])
    guessed = [row for row in rows if row[2] not in _CERTAINTY]
    return [Example(text, category) for text, category, _ in said], [Example(text, c) for text, c, _ in guessed]


class NightlyTraining:
    """Once a local night, by the ticker."""

    def __init__(self, store: Transactions, installed: InstalledKnowledge) -> None:
        self._store, self._house = store, installed

    def run_if_due(self, desk: Desk, now: datetime) -> Outcome | None:
        """Learn if it is time and nobody did tonight; blocking. A better model is the desk's at once."""
        local = now.astimezone(desk.zone)
        if not FROM <= local.time() < UNTIL:
            return None
        tonight = JobRun(JobName.TRAINING, "", local.date(), now)
        if self._store.read(lambda uow: uow.job_runs.until(tonight.job, tonight.scope, tonight.day)) is not None:
            return None
        if not self._store.write(lambda uow: uow.job_runs.add(tonight)):
            return None
        forget_secrets(self._store, desk)
        try:
            outcome = learn_from_work(self._store, self._house)
        except (KnowledgeError, OSError) as error:
            log.error("learning_failed", error=type(error).__name__, why=str(error))
            return None
        log_outcome(outcome)
        self._house.refresh(desk)
        return outcome


def log_outcome(outcome: Outcome) -> None:
    match outcome:
        case TooFew(held_back, needed):
            log.info("learning_too_few", measured_on=held_back, needed=needed)
        case TrainingAccepted(before, after, learned_from):
            log.info("learning_kept", examples=learned_from, top1_before=before.top1, top1_after=after.top1)
        case TrainingRejected(before, after, learned_from):
            log.warning("learning_refused", examples=learned_from, top1_before=before.top1, top1_after=after.top1)
