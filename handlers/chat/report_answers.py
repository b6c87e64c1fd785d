"""What the desk answers to a report: steps, what will happen, a choice of subjects, or an open question."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from handlers.chat import digressions, drafts, open_ticket, steps
from handlers.chat.digressions import Digression
from handlers.chat.facts import facts_of
from handlers.chat.turn import Turn
from handlers.domain.dialog import Draft, Phase
from handlers.domain.maintenances import Maintenance
from handlers.domain.outages import Outage
from handlers.domain.ticket import Ticket
from handlers.domain.ticket_number import label
from handlers.messages import Button
from handlers.tickets import detection, maintenances, outage_news, outages, similar
from knowledge import Article, Decision, Reading

MAX_OFFERED = 3
"""Near subjects shown as buttons."""
MAX_TICKETS_TO_ADD_TO = 2
"""Open tickets shown as buttons to which the report may be added."""


def answer(turn: Turn, draft: Draft, reading: Reading, *, key: str = "") -> None:
    """Say what was understood; the message is replaced as the report grows. `key`: of the text that was edited, where
    it is not the newest."""
    take_in(draft, reading)
    if reading.hazard is not None:
        _emergency_first(turn, draft, reading, key)
        open_ticket.open_emergency(turn, draft, reading.hazard, 0)
        return
    candidates = [c for c in reading.candidates if c.category not in draft.dismissed]
    draft.candidates = [candidate.category for candidate in candidates][:MAX_OFFERED]
    if reading.decision is Decision.reject:
        _not_ours(turn, draft)
    elif not candidates:
        ask_openly(turn, draft)
    elif reading.decision is Decision.suggest and candidates[0] == reading.candidates[0]:
        suggest(turn, draft, candidates[0].category, candidates[0].article)
    else:
        offer(turn, draft)
    _hear(turn, draft)


def _hear(turn: Turn, draft: Draft) -> None:
    """Reports that are no ticket yet are the first sign of an outage."""
    near = draft.category or _first(draft.candidates)
    if draft.for_person is not None or draft.phase is Phase.NOT_OURS or drafts.is_sensitive(turn, draft):
        return
    subject = turn.desk.category(near)
    report = detection.Report(
        person=turn.person.id,
        unit=subject.unit if subject else turn.desk.units[0],
        category=near,
        text=draft.text,
        room=draft.facts.get("oda", ""),
        draft=draft.id,
        conversation=turn.address,
    )
    detection.heard(turn, report)


def _emergency_first(turn: Turn, draft: Draft, reading: Reading, key: str) -> None:
    """The smoke is what the ticket is about, whatever else was being reported here; what was written stays with it."""
    if len(draft.texts) > 1:
        place = draft.keys.index(key) if key else -1
        draft.texts.insert(0, draft.texts.pop(place))
        draft.keys.insert(0, draft.keys.pop(place))
    nearest = reading.candidates[0].category if reading.candidates else None
    if nearest is None or reading.decision is Decision.reject:
        return
    own, other = turn.desk.category(nearest), turn.desk.category(draft.category or _first(draft.candidates))
    if own is not None and (other is None or own.unit != other.unit):
        draft.category, draft.candidates = own.id, [own.id]
        draft.tried, draft.tried_article = 0, None


def _first(categories: list[str]) -> str | None:
    return categories[0] if categories else None


def take_in(draft: Draft, reading: Reading) -> None:
    """What the message tells beside its subject."""
    draft.facts |= facts_of(reading.facts)
    draft.reasons = list(reading.reasons)
    draft.waiting_citizens |= reading.citizens_waiting
    draft.due_today |= reading.facts.soon
    draft.second, draft.second_article, draft.parts = None, None, list(reading.parts)
    if reading.second is not None:
        draft.second, draft.second_article = reading.second.category, reading.second.article


def keep_beside(turn: Turn, text: str) -> Digression:
    """What was written beside a question: keep what belongs to the report. Smoke waits for no form: its ticket is
    opened at once."""
    kind = digressions.of(turn, text) or Digression.WORDS
    if kind is not Digression.WORDS:
        return kind
    reading, waiting = turn.understand(text), turn.dialog.expects
    draft = drafts.keep(turn, text, ())
    if reading.hazard is not None:
        take_in(draft, reading)
        open_ticket.open_emergency(turn, draft, reading.hazard, len(draft.texts) - 1)
        turn.dialog.expects = waiting  # where they are is asked on the way in
    return kind


def suggest(turn: Turn, draft: Draft, category: str, article_id: str | None) -> None:
    """The steps for an arıza; for a talep what will happen."""
    draft.category, draft.article, draft.phase = category, article_id, Phase.SUGGESTED
    if draft.second == category:
        draft.second = None
    if (outage := _outage_of(turn, draft)) is not None:
        _ask_whether_it_is(turn, draft, outage)
        return
    if (planned := planned_work(turn, draft)) is not None:
        maintenances.ask_draft(turn, turn.address, draft, planned)
        return
    article = turn.desk.article(article_id)
    unverified = turn.desk.needs_identity(category) and not turn.person.verified
    if turn.desk.is_request(category) or unverified:
        _promise(turn, draft, None if unverified else article, unverified=unverified)
    else:
        _show_steps(turn, draft, article)


def _ask_whether_it_is(turn: Turn, draft: Draft, outage: Outage) -> None:
    """No steps for what nobody can mend at their desk: is it what all have?"""
    outage_news.ask_draft(turn, turn.address, draft, outage)


def _promise(turn: Turn, draft: Draft, article: Article | None, *, unverified: bool) -> None:
    """What will happen once the request is made."""
    _say(
        turn,
        draft,
        "request",
        [Button("Talep oluştur", f"open:{draft.id}"), _not_mine_button(draft)],
        category=turn.desk.category(draft.category),
        article=article,
        unverified=unverified,
        outage=known_outage(turn, draft),
        second=_second_title(turn, draft),
    )


def _show_steps(turn: Turn, draft: Draft, article: Article | None) -> None:
    """Steps to try, remembered as shown; without an article only what was understood."""
    if article is not None:
        draft.tried_article = article.id
    worked = [Button("İşe yaradı", f"worked:{draft.id}")] if article else []
    _say(
        turn,
        draft,
        "suggestion",
        [*what_fits_first(draft, worked, technician_button(draft)), _not_mine_button(draft)],
        category=turn.desk.category(draft.category),
        article=article,
        waiting_citizens=draft.waiting_citizens,
        due_today=draft.due_today,
        outage=known_outage(turn, draft),
        second=_second_title(turn, draft),
    )


def show_again(turn: Turn, draft: Draft) -> None:
    """What stands, after something was added to it."""
    if draft.phase is Phase.SUGGESTED and draft.category:
        suggest(turn, draft, draft.category, draft.article)
    elif draft.phase is Phase.ASKED:
        offer(turn, draft)
    else:
        ask_openly(turn, draft)


def offer(turn: Turn, draft: Draft) -> None:
    """Two or three near readings become buttons."""
    draft.phase, draft.category, draft.article = Phase.ASKED, None, None
    picks = [Button(turn.desk.title(c), f"pick:{draft.id}:{c}") for c in draft.candidates]
    _say(
        turn,
        draft,
        "clarify",
        [*picks, Button("Hiçbiri değil", f"not_mine:{draft.id}"), technician_button(draft)],
        request=all(turn.desk.is_request(category) for category in draft.candidates),
        outage=known_outage(turn, draft),
    )


def ask_openly(turn: Turn, draft: Draft) -> None:
    """Nothing near: one open question, once; then a person sorts it."""
    again = draft.phase is Phase.OPEN_QUESTION
    draft.phase, draft.category, draft.article = Phase.OPEN_QUESTION, None, None
    _say(turn, draft, "cannot_tell" if again else "what_happened", [technician_button(draft)])


def _not_ours(turn: Turn, draft: Draft) -> None:
    draft.phase, draft.category, draft.article = Phase.NOT_OURS, None, None
    _say(turn, draft, "not_ours", [Button("Yine de ilet", f"open:{draft.id}")])


def _say(turn: Turn, draft: Draft, template: str, buttons: Sequence[Button], **data: Any) -> None:
    """In the one message that carries the report; after its own buttons come those of what else it may belong to. What
    answers words stands below them: nobody looks for a change further up. While more of theirs waits to be handled, it
    is replaced where it stands: who sends a hundred at once is answered below the last one."""
    below = turn.event_key in draft.keys and drafts.is_shown(turn, draft) and not _more_waits(turn)
    if below:
        turn.say(turn.address, "draft_below", slot=draft.slot, rings=False)
    turn.say(
        turn.address,
        template,
        buttons=[*buttons, *_beside(turn, draft)],
        slot=draft.slot,
        fresh=below,
        parts=len(draft.texts),
        **data,
    )


def _more_waits(turn: Turn) -> bool:
    return any(key != turn.event_key for key in turn.uow.inbox.waiting_in(turn.address))


def what_fits_first(draft: Draft, worked: Sequence[Button], onward: Button) -> list[Button]:
    """Steps are tried before somebody is sent, but by nobody before whom a citizen stands, or whose time is short."""
    return [onward, *worked] if draft.waiting_citizens or draft.due_today else [*worked, onward]


def _not_mine_button(draft: Draft) -> Button:
    return Button("Sorunum bu değil", f"not_mine:{draft.id}")


def _second_title(turn: Turn, draft: Draft) -> str:
    return turn.desk.title(draft.second) if draft.second else ""


def technician_button(draft: Draft) -> Button:
    return Button("Teknisyene ilet", f"open:{draft.id}")


def _beside(turn: Turn, draft: Draft) -> list[Button]:
    """Two problems in one message, a known outage of this subject, and the open tickets that it may belong to."""
    if draft.for_person is not None:
        return []
    outage = known_outage(turn, draft)
    mine = [t for t in turn.uow.tickets.open_of_reporter(turn.person.id) if t.state.active]
    if drafts.is_sensitive(turn, draft):
        mine = [t for t in mine if t.restricted]  # to another its words may not be added
    near = similar.nearest_first(draft.text, mine)
    mine = [*near, *(t for t in mine if t not in near)][:MAX_TICKETS_TO_ADD_TO]
    return [
        *([Button("İki ayrı kayıt aç", f"open_both:{draft.id}")] if draft.second else []),
        *([Button("Ben de yaşıyorum", f"me_too:{outage.id}")] if outage else []),
        *[Button(f"Bu kayda ekle: {label(t, mine)}", f"add_to:{draft.id}:{t.id}") for t in mine],
    ]


def known_outage(turn: Turn, draft: Draft) -> Ticket | None:
    """A known outage that this may be: of its subject or system, or of one that is near. Not one they already follow,
    and none that it is not, as they said."""
    near = {category for category in (draft.category, *draft.candidates) if category is not None}
    for ticket in turn.uow.tickets.outages():
        meant = ticket.id not in draft.not_outages and not near.isdisjoint(_hints_at(turn, ticket))
        if meant and not outages.is_known_to_concern(turn.uow, turn.person.id, ticket):
            return ticket
    return None


def _outage_of(turn: Turn, draft: Draft) -> Outage | None:
    """The known outage of the very subject or system of the report, where somebody reports it for themselves."""
    ticket = known_outage(turn, draft) if draft.for_person is None and draft.second is None else None
    if ticket is None or draft.category not in _hints_at(turn, ticket):
        return None
    return turn.uow.outages.of_head(ticket.id)


def planned_work(turn: Turn, draft: Draft) -> Maintenance | None:
    """Work that goes on on the system of the report, where somebody reports it for themselves and did not say that it
    is another trouble."""
    if draft.for_person is not None or draft.second is not None or drafts.is_sensitive(turn, draft):
        return None
    one = maintenances.hitting(turn, draft.category, turn.person)
    return one if one is not None and one.id not in draft.not_works else None


def _hints_at(turn: Turn, head: Ticket) -> Collection[str]:
    """The subjects that may be of the outage of that head."""
    outage = turn.uow.outages.of_head(head.id)
    return outages.categories_of(turn, outage) if outage is not None else ()


def told_of_trying(turn: Turn, draft: Draft) -> None:
    """They say that they went through the steps that were shown: only then they stand on the card as tried."""
    article = turn.desk.article(draft.tried_article)
    if article is not None and draft.phase is not Phase.ASKED:
        draft.tried = steps.count(article.steps)
