"""What Çözüm adımları and Metinler have in common: a list of what may be edited, and a page for each with its original
and its versions. Their templates are `panel_edited_list.html` and `panel_edited.html`, which each fills."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

from markupsafe import Markup

from bot.web.panel.guard import Visit
from bot.web.panel.keeping_changes import LOOK, Answer
from bot.web.rendering import exact_time
from handlers.domain.house_texts import EditState
from handlers.tickets.page_keeping import KeepingAction

MAX_WORDS_LETTERS = 100


class Listed(Protocol):
    @property
    def rows(self) -> Sequence[object]: ...

    @property
    def further(self) -> str: ...


class Edited(Protocol):
    @property
    def edits(self) -> bool: ...

    @property
    def seen(self) -> int: ...


def states(left_out: str) -> Mapping[EditState, str]:
    """In words; `left_out`: what is wrong with theirs."""
    return {
        EditState.SHIPPED: "Özgün",
        EditState.EDITED: "Sizin metniniz",
        EditState.OUTDATED: "Sizin metniniz; özgünü yenilendi",
        EditState.LEFT_OUT: f"Özgün; {left_out}",
    }


@dataclass(frozen=True, slots=True)
class Sought:
    """Which of them a list is asked for."""

    words: str
    only_edited: bool
    behind: str


def sought(visit: Visit) -> Sought:
    return Sought(
        visit.typed("q")[:MAX_WORDS_LETTERS],
        visit.typed("degisen") == "1",
        visit.typed("sonra")[:MAX_WORDS_LETTERS],
    )


def list_shown(asked: Sought, found: Listed, here_is: str) -> Mapping[str, Any]:
    """What the list's template is given."""
    kept = {"q": asked.words, "degisen": "1" if asked.only_edited else ""}
    query = {name: value for name, value in kept.items() if value}
    return {
        "here_is": here_is,
        "found": found,
        "shipped": EditState.SHIPPED,
        "words": asked.words,
        "only_edited": asked.only_edited,
        "further": f"?{urlencode({**query, 'sonra': found.further})}" if found.further else "",
        "first": f"?{urlencode(query)}" if asked.behind else "",
    }


def page_shown(visit: Visit, answer: Answer, found: Edited, here_is: str, listed_at: str) -> Mapping[str, Any]:
    """What the page's template is given, whatever is edited there."""
    return {
        "page": found,
        "here_is": here_is,
        "listed_at": listed_at,
        "S": EditState,
        "A": KeepingAction,
        "look": LOOK,
        "new_key": lambda: str(uuid.uuid4()),
        "seen": answer.seen_of(found.seen),
        "exact": lambda at: exact_time(at, visit.desk.zone),
    }


def answered(answer: Answer, found: Edited, refused: str | Markup, status: int) -> dict[str, Any]:
    """What stands above the page; `refused`: also for what only shows once it is looked at."""
    return {
        "status": status,
        "said": {"told": answer.told, "waits": answer.waits, "refused": refused},
        "undo": answer.undo if found.edits else {},
    }
