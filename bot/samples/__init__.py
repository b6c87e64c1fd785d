"""Values with which an edited text is shown before it is saved: made up, and the same each time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.samples.first import FIRST
from bot.samples.second import SECOND
from bot.samples.subjects import IT, SOMEBODY, WORD
from bot.samples.things import NOW, SAME_NAME
from handlers.context import Desk
from handlers.domain.ticket import EntryKind
from handlers.queries.search import ArticleHit, Part, PersonHit, Results, TicketHit


def values(name: str, desk: Desk) -> Mapping[str, Any]:
    """Of that text; `desk`: whose subjects and articles it may name."""
    article = next(iter(desk.knowledge.articles.values()))
    about = {
        "article": article,
        "category": desk.category(article.category),
        "desk": desk,
        "hits": Results(
            typed=WORD,
            cut=True,
            tickets=[
                TicketHit(
                    ticket=IT, reporter=[Part(WORD)], words=[Part(WORD), Part(WORD, hit=True)], stands_in=kind, at=NOW
                )
                for kind in EntryKind
            ],
            people=[PersonHit(person=SOMEBODY, about=[Part(WORD, hit=True)])],
            articles=[ArticleHit(article=article, title=[Part(article.title)], words=[])],
            meant=[WORD],
        ),
    }
    return {**FIRST, **SECOND, **about, **SAME_NAME.get(name, {})}
