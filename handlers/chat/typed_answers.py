"""Typing is as good as pressing, where it says in so many words what a button says: "oldu", "olmadı yine aynı".

What only looks like an answer is a guess (`Reading.explicit`), and a guess ends nothing, opens nothing and teaches
nothing: its words are kept where they belong, and the question is put again with its buttons. So it is with a bare
"evet" or "hayır" where another question was asked last, and with an answer that may be meant for two tickets.
"""

from __future__ import annotations

from handlers.chat import cancel, drafts, open_ticket, report_buttons, shown, ticket_replies, ticket_view
from handlers.chat.report_answers import technician_button, what_fits_first
from handlers.chat.turn import Turn
from handlers.domain.dialog import Draft, Phase
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.tickets import merges
from knowledge import Intent, Reading

ANSWERS = (Intent.yes, Intent.no, Intent.human, Intent.cancel)
STILL = (Intent.no, Intent.human)
"""The steps helped, and then they did not."""
_OF_A_RESULT = (Intent.yes, Intent.no, Intent.thanks)
MOST_ASKED_ABOUT = 3
"""Tickets of which it is asked at once which one is meant."""


def answered(turn: Turn, reading: Reading, text: str) -> bool:
    """Whatever button they would have pressed, or the question whether they would; False: it answers nothing here."""
    draft = drafts.live(turn)
    if draft is not None:
        return _to_draft(turn, draft, reading, text)
    worked = drafts.lately_worked(turn)
    if worked is not None and reading.intent in STILL:
        if reading.explicit and not reading.bare:
            open_ticket.open_draft(turn, worked)
        else:
            keep_and_ask(turn, worked, reading, text)
        return True
    resolved = waiting_for_a_word(turn)
    if not resolved and reading.intent is Intent.no and (merged := _resolved_elsewhere(turn)) is not None:
        resolved = [merged]
    if not resolved or reading.intent not in _OF_A_RESULT:
        return False
    if len(resolved) > 1:
        ask_which(turn, resolved[:MOST_ASKED_ABOUT])
    else:
        to_result(turn, resolved[0], reading, text)
    return True


# --- a report in the making ---------------------------------------------------------------------
def _to_draft(turn: Turn, draft: Draft, reading: Reading, text: str) -> bool:
    answer = reading.intent in ANSWERS
    if draft.phase is Phase.NOT_OURS and not answer:
        return False
    if reading.explicit:
        if not answer and reading.intent is not Intent.thanks:
            return False  # a greeting, a question
        if press(turn, draft, reading):
            return True
    keep_and_ask(turn, draft, reading, text)
    return True


def press(turn: Turn, draft: Draft, reading: Reading) -> bool:
    """Do what the button would; False where there is none that the words stand for."""
    suggested, request = draft.phase is Phase.SUGGESTED, turn.desk.is_request(draft.category)
    question = f"open:{draft.id}" if request or not draft.tried_article else f"worked:{draft.id}"
    if reading.bare and not shown.offers(turn, question):
        return False
    match reading.intent:
        case Intent.yes if suggested and request:
            open_ticket.open_draft(turn, draft)
        case Intent.yes if suggested and draft.tried_article:
            report_buttons.worked(turn, draft)
        case Intent.no if draft.phase is Phase.ASKED or (suggested and request):
            report_buttons.not_mine(turn, draft)
        case Intent.no if suggested:
            open_ticket.open_draft(turn, draft)
        case Intent.human:
            open_ticket.open_draft(turn, draft)
        case Intent.cancel:
            cancel.drop_draft(turn, draft)
        case _:
            return False
    return True


def keep_and_ask(turn: Turn, draft: Draft, reading: Reading, text: str) -> None:
    """What was written belongs to the report, where it is more than a yes, a no or a thanks."""
    kept = not reading.explicit
    if kept:
        drafts.add(turn, draft, text, ())
    request = turn.desk.is_request(draft.category)
    tried = draft.phase is Phase.SUGGESTED and not request and draft.tried_article is not None
    turn.say(
        turn.address,
        "answer_unclear",
        buttons=what_fits_first(
            draft, [Button("İşe yaradı", f"worked:{draft.id}")] if tried else [], onward(draft, request=request)
        ),
        slot=drafts.asked_slot(draft),
        fresh=True,
        kept=kept,
        tried=tried,
        worked=draft.phase is Phase.WORKED,
        request=request,
    )


def onward(draft: Draft, *, request: bool) -> Button:
    """To a person, by the name that the button has on the answer to the report."""
    if draft.phase is Phase.WORKED:
        return Button("Sorun sürüyor, teknisyene ilet", f"open:{draft.id}")
    if draft.phase is Phase.NOT_OURS:
        return Button("Yine de ilet", f"open:{draft.id}")
    return Button("Talep oluştur", f"open:{draft.id}") if request else technician_button(draft)


# --- a ticket that counts as done -----------------------------------------------------------------
def waiting_for_a_word(turn: Turn) -> list[Ticket]:
    """The resolved tickets of theirs of which they have read that."""
    mine = turn.uow.tickets.open_of_reporter(turn.person.id)
    return [t for t in mine if t.state is State.RESOLVED and ticket_view.asks_whether_it_works(turn, t)]


def _resolved_elsewhere(turn: Turn) -> Ticket | None:
    """Their newest that was merged into one that is resolved: they were told so, and asked to say where it is not."""
    merged = [t for t in turn.uow.tickets.of_reporter(turn.person.id) if t.state is State.MERGED]
    return next((t for t in merged if merges.survivor(turn.uow, t).state is State.RESOLVED), None)


def to_result(turn: Turn, ticket: Ticket, reading: Reading, text: str) -> None:
    asked = any(shown.offers(turn, f"{verb}:{ticket.id}") for verb in ("confirm", "still_broken"))
    if not ticket_replies.pressed_in_words(turn, ticket, reading, asked=asked):
        ticket_replies.keep_and_ask(turn, ticket, reading, text)


def ask_which(turn: Turn, resolved: list[Ticket]) -> None:
    """Two wait for their word: which of them works?"""
    buttons = [
        button
        for t in resolved
        for button in (
            Button(f"Çalışıyor: {t.short}", f"confirm:{t.id}"),
            Button(f"Hâlâ bozuk: {t.short}", f"still_broken:{t.id}"),
        )
    ]
    turn.say(turn.address, "works_which", buttons=buttons, slot="works_which", fresh=True, tickets=resolved)
