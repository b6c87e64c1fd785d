"""Hearing free text: an answer to what stands on the screen, more of a report in the making, or a new one."""

from __future__ import annotations

import re
from datetime import timedelta

from handlers.chat import (
    cancel,
    device_labels,
    device_swaps,
    door_cards,
    drafts,
    maintenances,
    open_ticket,
    outages,
    report_answers,
    report_buttons,
    shortcuts,
    ticket_replies,
    ticket_view,
    typed_answers,
)
from handlers.chat.facts import facts_of
from handlers.chat.turn import Turn
from handlers.domain.dialog import Draft, Phase
from handlers.domain.ticket import Ticket
from handlers.domain.ticket_number import parse
from handlers.tickets import numbers, photographed
from knowledge import Decision, Intent, Reading
from knowledge.language.folding import folded
from knowledge.language.quoting import is_quoted

FEW_WORDS = 5
_STILL = re.compile(r"\b(?:hala|halen|gelmedi\w*|gelen|bekli\w*)\b")
JUST_NOW = timedelta(minutes=30)


def on_text(turn: Turn, text: str, files: tuple[str, ...] = ()) -> None:
    """Free text that answers no question: an answer to what stands on the screen, or a report."""
    if not text and files:
        _file_alone(turn, files)
        return
    unseen = unseen_answer(turn)
    if not files and unseen is None and (device_swaps.says(turn, text) or names_a_button(turn, text)):
        return
    reading = turn.understand(text)
    number = numbers.said_in(text)
    named = numbers.own_open(turn, number) if number is not None else None
    own = ticket_view.own_ongoing(turn, number) if number is not None else None
    if named is not None and reading.intent is Intent.cancel:
        cancel.offer_cancel(turn, named)
    elif (
        own is not None
        and (own.restricted or not turn.desk.is_secret(text))
        and (reading.intent is not Intent.status or numbers.addressed(text) or _calls_for_somebody(text))
    ):
        ticket_replies.write_to(turn, own, text, files)
    elif reading.intent is Intent.report and not (files and _says_little(turn, reading)):
        _report(turn, text, files, reading)
    elif unseen is not None and reading.intent in (Intent.yes, Intent.no):
        _stands(turn, drafts.keep(turn, text, files), reading)
    elif files:
        _beside_files(turn, text, files, None if is_quoted(text) else reading)
    elif is_quoted(text):
        report_answers.ask_openly(turn, drafts.keep(turn, text, files))  # somebody else's "oldu" presses no button
    elif not typed_answers.answered(turn, reading, text):
        talk(turn, reading.intent, text, files)


def _calls_for_somebody(text: str) -> bool:
    """ "#1 hala gelmedi": said to those who work on it, and no question how it stands."""
    return _STILL.search(folded(text)) is not None


# --- typing is as good as pressing ------------------------------------------------------------
def names_a_button(turn: Turn, text: str) -> bool:
    """The words of a button, the number of a choice, or of a ticket."""
    draft = drafts.live(turn)
    if draft is None:
        if device_labels.names_a_device(turn, text):
            device_labels.stand_before(turn, text)
            return True
        if door_cards.names_a_door(turn, text) and _just_spoken_of(turn) is None:
            door_cards.stand_before(turn, text)
            return True
        if (number := parse(text)) is not None:
            ticket_view.status(turn, number)
        return number is not None
    outage = report_answers.known_outage(turn, draft)
    titles = [turn.desk.title(c) for c in draft.candidates] if draft.phase is Phase.ASKED else []
    if (chosen := shortcuts.choice(text, titles)) is not None:
        report_buttons.pick(turn, draft, draft.candidates[chosen])
    elif (meant := shortcuts.meant_by_a_word(text, titles)) is not None and not shortcuts.not_this(text):
        report_buttons.show(turn, drafts.add(turn, draft, text, ()), draft.candidates[meant])
    elif draft.phase in (Phase.SUGGESTED, Phase.ASKED) and shortcuts.not_this(text):
        report_buttons.not_mine(turn, draft)
    elif outage is not None and shortcuts.me_too(text):
        outages.me_too(turn, outage)
    elif shortcuts.me_too(text) and (planned := report_answers.planned_work(turn, draft)) is not None:
        maintenances.wait_for_end(turn, draft, str(planned.id))
    else:
        return False
    return True


def unseen_answer(turn: Turn) -> Draft | None:
    """The report in the making whose answer was on its way to them when they wrote: "evet" answers something else."""
    draft = turn.dialog.draft
    if draft is None or draft.phase not in (Phase.SUGGESTED, Phase.ASKED) or drafts.is_shown(turn, draft):
        return None
    return draft


def talk(turn: Turn, intent: Intent, text: str, files: tuple[str, ...]) -> None:
    """What is no report and answers nothing."""
    match intent:
        case Intent.status:
            ticket_view.status(turn, numbers.said_in(text))
        case Intent.cancel:
            cancel.offer_cancel(turn)
        case Intent.human | Intent.no:
            draft = drafts.keep(turn, text, files)
            draft.phase = Phase.OPEN_QUESTION
            turn.say(
                turn.address,
                "what_is_urgent" if shortcuts.is_urgent(text) else "what_happened",
                buttons=[report_answers.technician_button(draft)],
                slot=draft.slot,
                parts=len(draft.texts),
            )
        case Intent.thanks:
            turn.say(turn.address, "you_are_welcome")
        case Intent.help:
            turn.say(turn.address, "what_i_do", person=turn.person)
        case _ if any(c.isalnum() for c in text):
            turn.say(turn.address, "greeting", person=turn.person)
        case _ if "?" not in text:
            turn.say(turn.address, "you_are_welcome")  # a thumb, a flower
        case _ if turn.uow.tickets.open_of_reporter(turn.person.id):
            ticket_view.status(turn, None)
        case _:
            turn.say(turn.address, "what_i_do", person=turn.person)


# --- reports ----------------------------------------------------------------------------------
def _report(turn: Turn, text: str, files: tuple[str, ...], reading: Reading) -> None:
    before = drafts.live(turn)
    where_alone = before is None and _only_tells_where(reading, text)
    spoken_of = _just_spoken_of(turn) if where_alone else None
    if spoken_of is not None:
        ticket_replies.write_to(turn, spoken_of, text, files)
        return
    clear = reading.hazard is not None or reading.decision is Decision.suggest
    if before is not None and before.phase is Phase.NOT_OURS and (clear or reading.decision is Decision.ask):
        drafts.close(turn, before, "not_ours")  # what was none of ours says nothing of what is
        turn.dialog.draft = None
    joined = turn.dialog.draft is not None
    draft = drafts.keep(turn, text, files)
    if where_alone:
        report_answers.take_in(draft, reading)
        report_answers.ask_openly(turn, draft)
        return
    if joined and len(draft.texts) > 1:
        together = drafts.understand(turn, draft)
        if together.intent is Intent.report and (together.decision is Decision.suggest or not clear):
            reading = reading if reading.hazard is not None else together
        if (
            reading.hazard is None
            and reading.decision is Decision.reject
            and draft.phase in (Phase.SUGGESTED, Phase.ASKED)
        ):
            _stands(turn, draft, reading)
            return
    report_answers.answer(turn, draft, reading)


def _stands(turn: Turn, draft: Draft, reading: Reading) -> None:
    """A name, a day, a model: what is no fault in itself belongs to what was understood, and refutes nothing."""
    draft.facts |= facts_of(reading.facts)
    draft.waiting_citizens |= reading.citizens_waiting
    draft.due_today |= reading.facts.soon
    report_answers.show_again(turn, draft)


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
    return ticket_view.last_spoken_of(turn)


def answer_kept(turn: Turn) -> None:
    """What was written before the way in was passed."""
    draft = turn.dialog.draft
    if draft is None:
        return
    reading = drafts.understand(turn, draft)
    if not draft.files and door_cards.number_on(draft.text) is not None:
        turn.dialog.draft = None
        door_cards.stand_before(turn, draft.text)
        return
    if not draft.files and device_labels.names_a_device(turn, draft.text):
        turn.dialog.draft = None
        device_labels.stand_before(turn, draft.text)
        return
    guess = not reading.explicit and (len(draft.texts) > 1 or reading.intent in typed_answers.ANSWERS)
    if draft.text.strip() and reading.intent is Intent.report:
        report_answers.answer(turn, draft, reading)
        return
    if draft.text.strip() and guess:
        report_answers.ask_openly(turn, draft)  # a guess throws nothing away
        return
    turn.dialog.draft = None
    if draft.files:
        _beside_files(turn, draft.text.strip(), tuple(draft.files), reading)
    else:
        talk(turn, reading.intent, draft.text, ())


# --- files ------------------------------------------------------------------------------------
def _file_alone(turn: Turn, files: tuple[str, ...]) -> None:
    """A photo without a word: to the report in the making, to the ticket just spoken of, or the start of a report."""
    draft = turn.dialog.draft
    if draft is not None and draft.phase.is_answered:
        turn.receipt(drafts.keep(turn, "", files), "file_kept", rings=True, count=len(files), ticket=None)
    elif (ticket := _photographed(turn)) is not None and device_labels.in_photo(turn, files) is None:
        ticket_replies.write_to(turn, ticket, "", files)
    else:
        draft = drafts.keep(turn, "", files)
        if (device := device_labels.in_photo(turn, files)) is not None:
            device_labels.ask(turn, draft, device)
            return
        draft.phase = Phase.OPEN_QUESTION
        buttons = [report_answers.technician_button(draft)]
        if code := photographed.unknown_code(turn.uow, files):
            turn.receipt(draft, "code_unknown", rings=True, buttons=buttons, slot=draft.slot, code=code)
            return
        turn.receipt(draft, "file_alone", rings=True, buttons=buttons, slot=draft.slot, parts=len(draft.texts))


def _beside_files(turn: Turn, text: str, files: tuple[str, ...], reading: Reading | None) -> None:
    """A photo with words that are no report of their own: both go where a photo alone would; then words that say it
    outright are as good as the button that they stand for. `reading` None: they are somebody else's."""
    said = reading if reading is not None and reading.explicit and not reading.bare else None
    worked, live, done = drafts.lately_worked(turn), drafts.live(turn), typed_answers.waiting_for_a_word(turn)
    if worked is not None and said is not None and said.intent in typed_answers.STILL:
        open_ticket.open_draft(turn, drafts.add(turn, worked, text, files))
    elif live is not None:
        kept = drafts.add(turn, live, text, files)
        if said is None or not typed_answers.press(turn, live, said):
            turn.receipt(kept, "file_kept", rings=True, count=len(files), ticket=None)
    elif len(done) == 1 and reading is not None and reading.intent in (Intent.yes, Intent.no):
        ticket_replies.write_to(turn, done[0], text, files)
        if said is not None:
            ticket_replies.pressed_in_words(turn, done[0], said, asked=True)
    elif (ticket := _photographed(turn)) is not None:
        ticket_replies.write_to(turn, ticket, text, files)
    elif text:
        report_answers.ask_openly(turn, drafts.keep(turn, text, files))
    else:
        _file_alone(turn, files)


def _says_little(turn: Turn, reading: Reading) -> bool:
    """ "hata kodu bu" right after a ticket was opened: what the photo shows belongs to it."""
    clear = reading.hazard is not None or reading.decision is Decision.suggest
    return not clear and drafts.live(turn) is None and _just_spoken_of(turn) is not None


def _photographed(turn: Turn) -> Ticket | None:
    """The ticket at work that was last spoken of here, or their only one."""
    mine = [ticket for ticket in turn.uow.tickets.open_of_reporter(turn.person.id) if ticket.state.active]
    return ticket_view.last_spoken_of(turn) or (mine[0] if len(mine) == 1 else None)
