"""What a report turned out to be about: an example for the matcher, without personal data."""

from __future__ import annotations

from typing import Literal

from handlers.context import UseCaseContext
from knowledge.language.masking import anonymised
from knowledge.language.quoting import unquoted
from knowledge.mail_text import own_words

Source = Literal["worked", "opened", "chosen", "recategorised"]


def keep_example(work: UseCaseContext, text: str, category: str, source: Source) -> None:
    work.uow.feedback.add(work.now, anonymised(own_words(unquoted(text))), category, source)
