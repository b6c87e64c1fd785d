"""The privacy notice in full, as a page shows it."""

from __future__ import annotations

from handlers.context import UseCaseContext


def in_full(context: UseCaseContext) -> str:
    """Marked text, as the house has it."""
    return context.desk.texts.render("notice_page", desk=context.desk)
