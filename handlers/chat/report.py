"""A report on its way to a ticket: what was understood, the steps, and the questions between near readings."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from handlers.chat import drafts, open_ticket, outages, shortcuts, ticket_closing, ticket_replies
from handlers.chat.facts import OF_ONE_PROBLEM, facts_of
from handlers.chat.turn import Turn
from handlers.domain.dialog import Draft, Phase
from handlers.domain.errors import NotFound
from handlers.domain.states import State
from handlers.domain.ticket import Ticket, parse_number
from handlers.messages import Button
from handlers.tickets import siblings
from handlers.tickets.training_examples import keep_example
from knowledge import Decision, Intent, Reading

DRAFT_LIVES = timedelta(hours=2)
"""A report that nobody pressed on for so long is over; what is written next is another one."""
OFFERED = 3
ADD_TO_SHOWN = 2
FEW_WORDS = 5
JUST_NOW = timedelta(minutes=30)


def keep(turn: Turn, text: str, files: tuple[str, ...]) -> Draft:
    """Add to the report in the making, or begin one."""
    draft = turn.dialog.draft
    if draft is None or draft.phase is Phase.WORKED or turn.now - draft.changed_at > DRAFT_LIVES:
        if draft is not None:
            drafts.close(turn, draft, "over")
        draft = Draft(id=turn.desk.randomness.token()[:16], started_at=turn.now, changed_at=turn.now)
        turn.dialog.draft = draft
    if text:
        draft.texts.append(text)
        draft.keys.append(turn.event_key)
    draft.files.extend(files)
    draft.changed_at = turn.now
    return draft


def heard(turn: Turn, text: str, files: tuple[str, ...] = ()) -> None:
    """Free text that answers no question: an answer to what stands on the screen, or a report."""
    if not text and files:
        _file_alone(turn, files)
        return
    if not files and _names_a_button(turn, text):
        return
    reading = turn.understand(text)
    named = ticket_replies.own_open(turn, match[1]) if (match := _ANY_NUMBER.search(text)) else None
    if reading.intent is Intent.cancel and named is not None:
        open_ticket.offer_cancel(turn, named.number)
    elif (own := _names_own_ticket(turn, text)) is not None and (
        reading.intent is not Intent.status or _ADDRESSED.match(text)
    ):
        ticket_replies.write_to(turn, own, text, files)
    elif reading.intent is Intent.report:
        _report(turn, text, files, reading)
    elif not _as_pressed(turn, reading.intent):
        _talk(turn, reading.intent, text, files)


# --- typing is as good as pressing ------------------------------------------------------------
def _as_pressed(turn: Turn, intent: Intent) -> bool:
    """ "oldu", "olmadı yine aynı", "evet", "teknisyen gelsin": whatever button they would have pressed."""
    live = _live(turn)
    if live is not None:
        return _as_pressed_on_draft(turn, live, intent)
    draft = turn.dialog.draft
    if draft is not None and draft.phase is Phase.WORKED and intent in (Intent.no, Intent.human):
        open_ticket.open_draft(turn, draft)
        return True
    waiting = _waiting_for_a_word(turn)
    if waiting is not None and intent is Intent.yes:
        ticket_closing.confirm(turn, waiting)
        return True
    if waiting is not None and intent is Intent.no:
        ticket_closing.still_broken(turn, waiting)
        return True
    return False


def _names_a_button(turn: Turn, text: str) -> bool:
    """The words of a button, the number of a choice, or of a ticket."""
    draft = _live(turn)
    if draft is None:
        if parse_number(text, turn.desk.year(turn.now)) is None:
            return False
        ticket_replies.status(turn, text)
        return True
    outage = _outage(turn, draft)
    chosen = (
        shortcuts.choice(text, [turn.desk.title(c) for c in draft.candidates]) if draft.phase is Phase.ASKED else None
    )
    if chosen is not None:
        pick(turn, draft, draft.candidates[chosen])
    elif draft.phase in (Phase.SUGGESTED, Phase.ASKED) and shortcuts.not_this(text):
        not_mine(turn, draft)
    elif outage is not None and shortcuts.me_too(text):
        outages.me_too(turn, outage)
    else:
        return False
    return True


def _live(turn: Turn) -> Draft | None:
    """The report in the making whose answer stands on the screen."""
    draft = turn.dialog.draft
    return draft if draft and draft.phase.is_answered and turn.now - draft.changed_at <= DRAFT_LIVES else None


def _as_pressed_on_draft(turn: Turn, draft: Draft, intent: Intent) -> bool:
    request = turn.desk.is_request(draft.category)
    match intent, draft.phase:
        case Intent.yes, Phase.SUGGESTED if not request:
            worked(turn, draft)
        case Intent.yes, Phase.SUGGESTED:
            open_ticket.open_draft(turn, draft)
        case Intent.no, Phase.SUGGESTED if request:
            not_mine(turn, draft)
        case Intent.no, Phase.ASKED:
            not_mine(turn, draft)
        case Intent.no, Phase.SUGGESTED:
            open_ticket.open_draft(turn, draft)
        case Intent.human, _:
            open_ticket.open_draft(turn, draft)
        case Intent.cancel, _:
            open_ticket.drop_draft(turn, draft)
        case _:
            return False
    return True


def _waiting_for_a_word(turn: Turn) -> Ticket | None:
    """The resolved ticket of theirs that was last spoken of, or the newest."""
    resolved = [t for t in turn.uow.tickets.open_of_reporter(turn.person.id) if t.state is State.RESOLVED]
    return next((t for t in resolved if t.id == turn.dialog.last_ticket), resolved[0] if resolved else None)


def _talk(turn: Turn, intent: Intent, text: str, files: tuple[str, ...]) -> None:
    """What is no report and answers nothing."""
    match intent:
        case Intent.status:
            ticket_replies.status(turn, text)
        case Intent.cancel:
            open_ticket.offer_cancel(turn)
        case Intent.human | Intent.no:
            draft = keep(turn, text, files)
            draft.phase = Phase.OPEN_QUESTION
            turn.say(
                turn.here, "what_happened", buttons=[_to_technician(draft)], slot=draft.slot, parts=len(draft.texts)
            )
        case Intent.thanks:
            turn.say(turn.here, "you_are_welcome")
        case Intent.help:
            turn.say(turn.here, "what_i_do", person=turn.person)
        case _ if any(c.isalnum() for c in text):
            turn.say(turn.here, "greeting", person=turn.person)
        case _ if "?" not in text:
            turn.say(turn.here, "you_are_welcome")  # a thumb, a flower
        case _ if turn.uow.tickets.open_of_reporter(turn.person.id):
            ticket_replies.status(turn, "")
        case _:
            turn.say(turn.here, "what_i_do", person=turn.person)


# --- reports ----------------------------------------------------------------------------------
def _report(turn: Turn, text: str, files: tuple[str, ...], reading: Reading) -> None:
    before = _live(turn)
    spoken_of = _just_spoken_of(turn) if before is None and _only_tells_where(reading, text) else None
    if spoken_of is not None:
        ticket_replies.write_to(turn, spoken_of, text, files)
        return
    clear = reading.hazard is not None or reading.decision is Decision.suggest
    if before is not None and before.phase is Phase.NOT_OURS and (clear or reading.decision is Decision.ask):
        drafts.close(turn, before, "not_ours")  # what was none of ours says nothing of what is
        turn.dialog.draft = None
    joined = turn.dialog.draft is not None
    draft = keep(turn, text, files)
    if joined and len(draft.texts) > 1:
        together = turn.understand(draft.text)
        if together.intent is Intent.report and (together.decision is Decision.suggest or not clear):
            reading = reading if reading.hazard is not None else together
        if (
            reading.hazard is None
            and reading.decision is Decision.reject
            and draft.phase in (Phase.SUGGESTED, Phase.ASKED)
        ):
            _stands(turn, draft, reading)
            return
    answer(turn, draft, reading)


def _stands(turn: Turn, draft: Draft, reading: Reading) -> None:
    """A name, a day, a model: what is no fault in itself belongs to what was understood, and refutes nothing."""
    draft.facts |= facts_of(reading.facts)
    draft.waiting_citizens |= reading.citizens_waiting
    draft.due_today |= reading.facts.soon
    if draft.phase is Phase.SUGGESTED and draft.category:
        suggest(turn, draft, draft.category, draft.article)
    else:
        offer(turn, draft)


def _only_tells_where(reading: Reading, text: str) -> bool:
    """ "3. kat": no report of its own."""
    facts = reading.facts
    told = facts.room or facts.floor or facts.phone or facts.asset_no
    return bool(told) and reading.hazard is None and len(text.split()) <= FEW_WORDS and not _says_what(reading)


def _says_what(reading: Reading) -> bool:
    return reading.decision is not Decision.reject and not (reading.facts.phone and reading.reasons == ("dahili",))


def _just_spoken_of(turn: Turn) -> Ticket | None:
    if turn.dialog.changed_at is None or turn.now - turn.dialog.changed_at > JUST_NOW:
        return None
    mine = turn.uow.tickets.open_of_reporter(turn.person.id)
    return next((t for t in mine if t.id == turn.dialog.last_ticket and t.state.active), None)


def answer_kept(turn: Turn) -> None:
    """What was written before the way in was passed."""
    draft = turn.dialog.draft
    if draft is None:
        return
    reading = turn.understand(draft.text)
    if reading.intent is Intent.report:
        answer(turn, draft, reading)
    else:
        turn.dialog.draft = None
        _talk(turn, reading.intent, draft.text, ())


def answer(turn: Turn, draft: Draft, reading: Reading) -> None:
    """Say what was understood; the message is replaced as the report grows."""
    take_in(draft, reading)
    if reading.hazard is not None:
        _emergency_first(turn, draft, reading)
        open_ticket.open_emergency(turn, draft, reading.hazard)
        return
    candidates = [c for c in reading.candidates if c.category not in draft.dismissed]
    draft.candidates = [candidate.category for candidate in candidates][:OFFERED]
    if reading.decision is Decision.reject:
        _not_ours(turn, draft)
    elif not candidates:
        ask_openly(turn, draft)
    elif reading.decision is Decision.suggest and candidates[0] == reading.candidates[0]:
        suggest(turn, draft, candidates[0].category, candidates[0].article)
    else:
        offer(turn, draft)


def _emergency_first(turn: Turn, draft: Draft, reading: Reading) -> None:
    """The smoke is what the ticket is about, whatever else was being reported here; what was written stays with it."""
    if len(draft.texts) > 1:
        draft.texts.insert(0, draft.texts.pop())
        draft.keys.insert(0, draft.keys.pop())
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


def suggest(turn: Turn, draft: Draft, category: str, article_id: str | None) -> None:
    """The steps for an arıza; for a talep what will happen."""
    desk = turn.desk
    draft.category, draft.article, draft.phase = category, article_id, Phase.SUGGESTED
    if draft.second == category:
        draft.second = None
    article = desk.article(article_id)
    refused = desk.needs_identity(category) and not turn.person.verified
    if desk.is_request(category) or refused:
        turn.say(
            turn.here,
            "request",
            buttons=[
                Button("Talep oluştur", f"open:{draft.id}"),
                Button("Sorunum bu değil", f"not_mine:{draft.id}"),
                *_beside(turn, draft),
            ],
            slot=draft.slot,
            parts=len(draft.texts),
            category=desk.category(category),
            article=None if refused else article,
            unverified=refused,
            outage=_outage(turn, draft),
            second=desk.title(draft.second) if draft.second else "",
        )
        return
    if article is not None:
        draft.tried_article, draft.tried = article.id, _steps_in(article.steps)
    turn.say(
        turn.here,
        "suggestion",
        buttons=[
            *([Button("İşe yaradı", f"worked:{draft.id}")] if article else []),
            _to_technician(draft),
            Button("Sorunum bu değil", f"not_mine:{draft.id}"),
            *_beside(turn, draft),
        ],
        slot=draft.slot,
        parts=len(draft.texts),
        category=desk.category(category),
        article=article,
        waiting_citizens=draft.waiting_citizens,
        due_today=draft.due_today,
        outage=_outage(turn, draft),
        second=desk.title(draft.second) if draft.second else "",
    )


def offer(turn: Turn, draft: Draft) -> None:
    """Two or three near readings become buttons."""
    draft.phase, draft.category, draft.article = Phase.ASKED, None, None
    picks = [Button(turn.desk.title(c), f"pick:{draft.id}:{c}") for c in draft.candidates]
    turn.say(
        turn.here,
        "clarify",
        buttons=[
            *picks,
            Button("Hiçbiri değil", f"not_mine:{draft.id}"),
            _to_technician(draft),
            *_beside(turn, draft),
        ],
        slot=draft.slot,
        parts=len(draft.texts),
        request=all(turn.desk.is_request(category) for category in draft.candidates),
        outage=_outage(turn, draft),
    )


def ask_openly(turn: Turn, draft: Draft) -> None:
    """Nothing near: one open question, once; then a person sorts it."""
    again = draft.phase is Phase.OPEN_QUESTION
    draft.phase, draft.category, draft.article = Phase.OPEN_QUESTION, None, None
    turn.say(
        turn.here,
        "cannot_tell" if again else "what_happened",
        buttons=[_to_technician(draft), *_beside(turn, draft)],
        slot=draft.slot,
        parts=len(draft.texts),
    )


def _not_ours(turn: Turn, draft: Draft) -> None:
    draft.phase, draft.category, draft.article = Phase.NOT_OURS, None, None
    turn.say(
        turn.here,
        "not_ours",
        buttons=[Button("Yine de ilet", f"open:{draft.id}"), *_beside(turn, draft)],
        slot=draft.slot,
        parts=len(draft.texts),
    )


def _to_technician(draft: Draft) -> Button:
    return Button("Teknisyene ilet", f"open:{draft.id}")


def _beside(turn: Turn, draft: Draft) -> list[Button]:
    """Two problems in one message, a known outage of this subject, and the open tickets that it may belong to."""
    if draft.for_person is not None:
        return []
    outage = _outage(turn, draft)
    mine = [t for t in turn.uow.tickets.open_of_reporter(turn.person.id) if t.state.active][:ADD_TO_SHOWN]
    return [
        *([Button("İki ayrı kayıt aç", f"open_both:{draft.id}")] if draft.second else []),
        *([Button("Ben de yaşıyorum", f"me_too:{outage.id}")] if outage else []),
        *[Button(f"Bu kayda ekle: {t.short}", f"add_to:{draft.id}:{t.id}") for t in mine],
    ]


def _outage(turn: Turn, draft: Draft) -> Ticket | None:
    """A known outage that this may be: of its subject, or of one that is near. Not one they already follow."""
    near = {draft.category, *draft.candidates}
    return next(
        (
            ticket
            for ticket in turn.uow.tickets.outages()
            if ticket.category in near and turn.here not in (ticket.conversation, *ticket.followers)
        ),
        None,
    )


_STEP = re.compile(r"^\s*\d+[.)]", re.MULTILINE)


def _steps_in(steps: str) -> int:
    return len(_STEP.findall(steps))


# --- what is pressed on a report ----------------------------------------------------------------
def worked(turn: Turn, draft: Draft) -> None:
    """İşe yaradı: no ticket, and the desk has learnt something. A second press changes nothing."""
    if draft.phase is Phase.WORKED:
        return
    drafts.close(turn, draft, "worked")
    category = turn.desk.category(draft.category)
    if category is not None:
        words = draft.parts[0] if draft.second else draft.text
        keep_example(turn, words, category.id, "worked")
        turn.uow.feedback.tip_solved(turn.now, category.unit, category.id, turn.person.department)
    draft.phase = Phase.WORKED
    lasting = [] if draft.second else [Button("Sorun sürüyor, teknisyene ilet", f"open:{draft.id}")]
    turn.say(turn.here, "tip_worked", buttons=lasting, slot=drafts.worked_slot(draft))
    if draft.second:
        _go_on(turn, draft, draft.second, draft.second_article)


def _go_on(turn: Turn, done: Draft, category: str, article: str | None) -> None:
    """One of two problems is solved: the steps for the other."""
    turn.dialog.draft = draft = replace(
        done,
        id=siblings.second_id(done.id),
        phase=Phase.NEW,
        texts=[done.parts[1]],
        keys=done.keys[-1:],
        second=None,
        parts=[],
        tried=0,
        tried_article=None,
        reminded=False,
    )
    draft.facts = {name: value for name, value in done.facts.items() if name not in OF_ONE_PROBLEM}
    reading = turn.understand(draft.text)
    draft.facts |= facts_of(reading.facts)
    draft.reasons = list(reading.reasons)
    suggest(turn, draft, category, article)


def not_mine(turn: Turn, draft: Draft) -> None:
    """Sorunum bu değil: the next readings, or an open question."""
    draft.dismissed.extend([draft.category] if draft.category else draft.candidates)
    reading = turn.understand(draft.text)
    draft.candidates = [c.category for c in reading.candidates if c.category not in draft.dismissed][:OFFERED]
    draft.tried, draft.tried_article, draft.reasons, draft.second = 0, None, [], None
    if draft.candidates and draft.phase is Phase.SUGGESTED:
        offer(turn, draft)
    else:
        ask_openly(turn, draft)


def pick(turn: Turn, draft: Draft, category: str) -> None:
    """One of the near readings was chosen."""
    if turn.desk.category(category) is None:
        raise NotFound("category", category)  # a button of an older catalogue
    keep_example(turn, draft.text, category, "chosen")
    reading = turn.understand(draft.text)
    article = next((c.article for c in reading.candidates if c.category == category), None)
    suggest(turn, draft, category, article or _first_article(turn, category))


def _first_article(turn: Turn, category: str) -> str | None:
    return next((a.id for a in turn.desk.knowledge.articles.values() if a.category == category), None)


# --- files ------------------------------------------------------------------------------------
def _file_alone(turn: Turn, files: tuple[str, ...]) -> None:
    """A photo without a word: to the report in the making, to the ticket just spoken of, or the start of a report."""
    draft = turn.dialog.draft
    if draft is not None and draft.phase.is_answered:
        keep(turn, "", files)
        turn.say(turn.here, "file_kept", count=len(files), ticket=None)
        return
    mine = [t for t in turn.uow.tickets.open_of_reporter(turn.person.id) if t.state.active]
    last = next((t for t in mine if t.id == turn.dialog.last_ticket), mine[0] if len(mine) == 1 else None)
    if last is not None:
        ticket_replies.write_to(turn, last, "", files)
        return
    draft = keep(turn, "", files)
    draft.phase = Phase.OPEN_QUESTION
    turn.say(turn.here, "file_alone", buttons=[_to_technician(draft)], slot=draft.slot, parts=len(draft.texts))


# --- numbers ------------------------------------------------------------------------------------
_ANY_NUMBER = re.compile(r"(?<![\d.,])(\d{4}-\d{1,6}|\d{1,6})(?![\d.,])")
_ADDRESSED = re.compile(r"^\s*#?[\d-]+\s*:")
_NAMED = re.compile(r"^\s*(?:#(\d{1,6})|(\d{4}-\d{1,6})|(\d{1,6})\s*(?:nolu|no'?lu|numaralı|:))", re.IGNORECASE)


def _names_own_ticket(turn: Turn, text: str) -> Ticket | None:
    """`123: hâlâ bozuk`, `#123 …`, `2026-000123 …`: their own open ticket, else None ("3 bilgisayar" is none)."""
    match = _NAMED.match(text)
    if match is None:
        return None
    return ticket_replies.own_open(turn, next(part for part in match.groups() if part))
