"""What a report turned out to be about: an example for the matcher, without personal data."""

from __future__ import annotations

from typing import Literal

from handlers.context import Desk, UseCaseContext
from handlers.domain.people import PersonId
from handlers.ports import Transactions, UnitOfWork
from knowledge.language.masking import anonymised
from knowledge.language.quoting import unquoted
from knowledge.mail_text import own_words

Source = Literal["worked", "opened", "chosen", "recategorised"]


def keep_example(work: UseCaseContext, text: str, category: str, source: Source, *, of: PersonId) -> None:
    """Nothing of a security matter: who reads the examples is not asked for their rights. `of`: whose words they
    are."""
    if work.desk.is_restricted(category) or work.desk.is_secret(text):
        return
    work.uow.feedback.add(work.now, as_example(text), category, source, of)


def forget_examples(work: UseCaseContext, *texts: str) -> None:
    """What turned out to be a security matter was none."""
    for text in {as_example(text) for text in texts if text}:
        work.uow.feedback.forget(text)


def forget_secrets(transactions: Transactions, desk: Desk) -> None:
    """Examples of security matters that were kept before it was known what they are."""
    known = transactions.read(lambda uow: list(uow.feedback.since(None)))
    secret = {text for text, category, _ in known if desk.is_restricted(category) or desk.is_secret(text)}

    def forget(uow: UnitOfWork) -> None:
        for text in secret:
            uow.feedback.forget(text)

    transactions.write(forget)


def as_example(text: str) -> str:
    return anonymised(own_words(unquoted(text)))
