"""Writing öneri ve tedbirler of a year's report: a newer version, the older ones stay (decision 0060)."""

from __future__ import annotations

from handlers.context import Acting
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.idempotency import asked_by_page
from handlers.domain.page_changes import Outcome
from handlers.domain.recommendations import MAX_LETTERS, AskedRecommendation, Recommendation, WrittenMeanwhile
from handlers.reports import years


def standing(acting: Acting, year: int) -> tuple[Recommendation | None, Recommendation | None]:
    """What stands, and what stood before it. Raises NotAllowed."""
    years.require_may(acting)
    newest = acting.uow.recommendations.newest(year)
    before = None if newest is None else acting.uow.recommendations.version(year, newest.version - 1)
    return newest, before


def try_out(acting: Acting, asked: AskedRecommendation) -> Recommendation | None:
    """What would be written; None where that stands already. Raises NotAllowed, Invalid(`year_ahead`,
    `recommendation_long`), WrittenMeanwhile."""
    newest, _ = standing(acting, asked.year)
    years.require_year(acting, asked.year)
    text = asked.text.strip()
    if len(text) > MAX_LETTERS:
        raise Invalid("recommendation_long", letters=len(text), limit=MAX_LETTERS)
    if newest is not None and newest.text == text:
        return None
    version = 0 if newest is None else newest.version
    if version != asked.seen:
        raise WrittenMeanwhile(newest)
    return Recommendation(year=asked.year, version=version + 1, text=text, written_at=acting.now)


def carry_out(acting: Acting, asked: AskedRecommendation) -> Outcome:
    """Whatever comes of it is marked. Refusals do not leave: the page tells them."""
    try:
        written = try_out(acting, asked)
        if written is None:
            outcome = Outcome.NONE
        elif acting.uow.recommendations.add(written):
            about = f"{asked.year} {written.version} {len(written.text)}"
            acting.uow.audit.log(acting.now, acting.person.id, "recommendation_written", about, acting.channel)
            outcome = Outcome.DONE
        else:
            outcome = Outcome.STALE
    except WrittenMeanwhile:
        outcome = Outcome.STALE
    except (NotAllowed, Invalid):
        outcome = Outcome.REFUSED
    acting.uow.once.first(asked_by_page(acting.event_key, outcome), acting.now)
    return outcome
