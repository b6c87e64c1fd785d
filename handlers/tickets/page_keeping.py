"""What a page asks to be changed of what the house keeps for its work: articles, texts, hazır yanıtlar, lists, systems.

Tried before it is handed in and done in its event's transaction, by the use cases of the chat's commands, under the
same rights (decision 0060).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from handlers.context import Acting, Effect
from handlers.domain.errors import Invalid, NotAllowed, NotFound
from handlers.domain.house_texts import EditedMeanwhile, TextKind
from handlers.domain.idempotency import asked_by_page
from handlers.domain.keys import key_from
from handlers.domain.page_changes import Outcome
from handlers.tickets import article_edits, text_edits
from knowledge import Article

Given = Mapping[str, str]


class KeepingAction(StrEnum):
    EDIT_ARTICLE = "edit_article"
    PUT_BACK_ARTICLE = "put_back_article"


@dataclass(frozen=True, slots=True)
class AskedKeeping:
    action: KeepingAction
    given: Given
    """The fields of the form, as typed."""


def try_out(acting: Acting, asked: AskedKeeping) -> None:
    """Whether it could be done now; nothing is changed. Raises NotAllowed, Invalid, NotFound, EditedMeanwhile."""
    _TRIES[asked.action](acting, asked.given)


def carry_out(acting: Acting, asked: AskedKeeping) -> Outcome:
    """Whatever comes of it is marked. Refusals do not leave: the page tells them."""
    try:
        try_out(acting, asked)
        done = _DOES[asked.action](acting, asked.given)
        outcome = Outcome.NONE if done is Effect.NONE else Outcome.DONE
    except EditedMeanwhile:
        outcome = Outcome.STALE
    except (NotFound, NotAllowed, Invalid):
        outcome = Outcome.REFUSED
    acting.uow.once.first(asked_by_page(acting.event_key, outcome), acting.now)
    return outcome


# --- what is meant ----------------------------------------------------------------------------------
def article_of(acting: Acting, given: Given) -> Article:
    """As it was typed: `id`, `title`, `symptoms` (a line each), `steps`. Raises NotFound, Invalid."""
    return article_edits.drafted(
        acting, given.get("id", ""), given.get("title", ""), given.get("symptoms", ""), given.get("steps", "")
    )


def number_in(given: Given, name: str) -> int:
    """Raises NotFound for what is no number."""
    typed = given.get(name, "")
    number = 0 if typed == "0" else key_from(typed)
    if number is None:
        raise NotFound(name, typed)
    return number


def _try_article(acting: Acting, given: Given) -> None:
    edited = article_of(acting, given)
    article_edits.require_may_edit(acting, edited)
    text_edits.require_seen(acting, TextKind.ARTICLE, edited.id, number_in(given, "seen"))


def _try_old_article(acting: Acting, given: Given) -> None:
    file = article_edits.shipped(acting, given.get("id", ""))
    article_edits.require_may_edit(acting, file)
    article_edits.require_fit(acting, file, number_in(given, "version"))


_TRIES: Mapping[KeepingAction, Callable[[Acting, Given], object]] = {
    KeepingAction.EDIT_ARTICLE: _try_article,
    KeepingAction.PUT_BACK_ARTICLE: _try_old_article,
}
_DOES: Mapping[KeepingAction, Callable[[Acting, Given], object]] = {
    KeepingAction.EDIT_ARTICLE: lambda acting, given: article_edits.edit(
        acting, article_of(acting, given), number_in(given, "seen")
    ),
    KeepingAction.PUT_BACK_ARTICLE: lambda acting, given: article_edits.go_back(
        acting, given.get("id", ""), number_in(given, "version")
    ),
}
