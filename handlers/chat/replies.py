"""Text that answers something: a reply to a message, or what the desk was waiting to hear."""

from __future__ import annotations

from handlers.chat import (
    announcing,
    approvals,
    articles,
    canned_replies,
    checklists,
    counting,
    device_questions,
    devices,
    document_tracks,
    evidence,
    fact_questions,
    handover_answers,
    on_behalf,
    outage_notes,
    outages,
    prompts,
    questions,
    recurring,
    scrapping,
    service_forms,
    shortcuts,
    stock_closing,
    terms,
    ticket_actions,
    ticket_closing,
    ticket_replies,
    time_questions,
    visits,
)
from handlers.chat.turn import Turn
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid
from handlers.domain.rights import Action, may
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.messages import PostedMessage
from handlers.tickets import merges, numbers, siblings
from handlers.tickets.recurring import OK
from knowledge import Decision, Intent, Reading

NEW_REPORT_WORDS = 4
_IN_ANY_WORDS = ("hata", "program")
"""Facts that are told in the words of a fault: "bağlantı kurulamıyor"."""
_OF_THE_DESK = (Expect.FACT, Expect.REOPEN_REASON)
_OF_THE_REPORTER = (Expect.FACT, Expect.REOPEN_REASON, Expect.ANSWER, Expect.WORD)
_BY_PHOTO_ALONE = (
    *_OF_THE_REPORTER,
    Expect.VISIT,
    Expect.EVIDENCE,
    Expect.SERVICE_FORM,
    Expect.COUNT,
    Expect.SCRAP_OPINION,
    Expect.HANDOVER_PAGE,
    Expect.ORDER_SIGNED,
)
_NOT_TO_A_WORKER = frozenset({Intent.cancel, Intent.help, Intent.thanks})
"""What is said to the desk, unless a technician asked for a word. "Kaçta gelirsiniz?" is said to the technician."""


def reply(turn: Turn, text: str, files: tuple[str, ...], answered: PostedMessage, *, threaded: bool = False) -> bool:
    """A reply always goes to the ticket of the message it answers; False: that message has none.

    In a ticket's thread (`threaded`) what the desk asked of that ticket is answered first.
    """
    ticket_id = answered.ticket or _became(turn, answered)
    if ticket_id is None:
        return False
    waiting = turn.dialog.expects
    if waiting is not None and questions.is_open(turn, waiting):
        if waiting.kind is Expect.ARTICLE and waiting.ticket == ticket_id:
            return _expected(turn, waiting, text, files)
        usable = text or waiting.kind in _BY_PHOTO_ALONE
        if waiting.asked and waiting.asked == answered.slot and usable:
            return _expected(turn, waiting, text, files)
        if threaded and waiting.ticket == answered.ticket and _expected(turn, waiting, text, files):
            return True
    ticket = outages.own_of(turn, turn.uow.tickets.get(ticket_id))
    if _of_a_list(turn, ticket, text, files, answered):
        return True
    if turn.in_room:
        turn.speak_of(ticket)
        ticket_replies.reply_as_worker(turn, ticket, text, files, answered.slot)
    else:
        ticket_replies.reply_in_private(turn, ticket, text, files, answered.slot)
    return True


def _of_a_list(turn: Turn, ticket: Ticket, text: str, files: tuple[str, ...], answered: PostedMessage) -> bool:
    """A note or photo to a line of its checklist. What is written under the list and names no line stays a note: it is
    nothing for the reporter."""
    if not may(turn.person, Action.TICK, ticket):
        return False
    under_list = checklists.is_slot(ticket, answered.slot)
    if checklists.remark(turn, ticket, text, files, under_list=under_list):
        return True
    if under_list:
        ticket_replies.note(turn, ticket, text, files, offer_sending=True)
        turn.say(turn.address, "line_which", ticket=ticket)
    return under_list


def _became(turn: Turn, answered: PostedMessage) -> int | None:
    """The ticket that grew out of a message of one's own."""
    if not answered.event_key or answered.author != turn.person.id:
        return None
    written = turn.uow.tickets.entry_of_event(answered.event_key)
    if written is None:
        return None
    other = siblings.beside(turn.uow, turn.uow.tickets.get(written[0]))
    return other.id if other is not None and other.restricted else written[0]


def tells_a_secret(turn: Turn, text: str, answered: PostedMessage | None) -> bool:
    """Whether somebody tells of a security matter where their words would go to a ticket that many may read: that is a
    report of its own, whatever it answers."""
    if not turn.desk.is_secret(text):
        return False
    waiting = questions.standing(turn) or _asked_elsewhere(turn)
    if answered is not None:
        ticket_id = answered.ticket or _became(turn, answered)
    elif waiting is not None and waiting.kind in _OF_THE_REPORTER:
        ticket_id = waiting.ticket
    else:
        return False
    if ticket_id is None:
        return False
    ticket = turn.uow.tickets.get(ticket_id)
    return ticket.concerns(turn.person.id) and not merges.survivor(turn.uow, ticket).restricted


def expected(turn: Turn, text: str, files: tuple[str, ...]) -> bool:
    """The answer to what the desk or the technician asked here; False: nothing was asked, or this is no answer."""
    waiting = questions.standing(turn)
    if waiting is not None and waiting.kind is Expect.WORD and shortcuts.skips(text):
        waiting = questions.standing(turn, by_desk=True)  # "atla" skips what the desk asked
    if waiting is None and (waiting := _asked_elsewhere(turn)) is not None and not files:
        waiting = None if _is_of_another_subject(turn, waiting, turn.understand(text)) else waiting
    return waiting is not None and _expected(turn, waiting, text, files)


def _expected(turn: Turn, waiting: Expectation, text: str, files: tuple[str, ...]) -> bool:
    if _is_new_report(turn, waiting, text, files) or _is_no_word(turn, waiting, text, files):
        return False
    if not text and not (files and waiting.kind in _BY_PHOTO_ALONE):
        return False
    if prompts.is_over(turn):
        prompts.cancel_prompt(turn)
        return False
    if waiting.kind not in _OF_THE_REPORTER and not files and shortcuts.takes_back(text):
        _taken_back(turn)
        return True
    return answer(turn, waiting, text, files)


def answer(turn: Turn, waiting: Expectation, text: str, files: tuple[str, ...]) -> bool:
    """Take it as the answer; False where none is taken here: on the way in."""
    match waiting.kind:
        case Expect.FACT:
            fact_questions.answered(turn, waiting, text, files)
        case Expect.ANSWER | Expect.WORD:
            ticket_replies.write_to(turn, turn.uow.tickets.get(waiting.ticket or 0), text, files)
        case Expect.REOPEN_REASON:
            _reopen_reason(turn, waiting, text, files)
        case (
            Expect.RESOLUTION
            | Expect.WAIT_DETAIL
            | Expect.QUESTION
            | Expect.CANCEL_REASON
            | Expect.MERGE_TARGET
            | Expect.TERM_END
            | Expect.SERVICE_FORM
            | Expect.SERVICE_WHY
        ):
            _of_a_card(turn, waiting, text, files)
        case Expect.VISIT:
            visits.said(turn, waiting, text, files)
        case Expect.PROMISE:
            time_questions.promise_said(turn, waiting, text)
        case Expect.OUTAGE_LINE | Expect.OUTAGE_CAUSE | Expect.OUTAGE_END:
            outages.answered(turn, waiting, text)
        case Expect.OUTAGE_NOTE | Expect.OUTAGE_ACTIONS:
            outage_notes.answered(turn, waiting, text)
        case Expect.DEVICE:
            device_questions.said(turn, waiting, text)
        case Expect.SCRAP_OPINION:
            scrapping.opinion_said(turn, waiting, text, files)
        case Expect.SCRAP_DISK:
            scrapping.disk_said(turn, waiting, text)
        case Expect.COUNT:
            return counting.said(turn, waiting, text, files)
        case Expect.DEVICE_NEW:
            devices.new_said(turn, waiting, text)
        case Expect.DEVICE_PLACE:
            devices.place_said(turn, waiting, text)
        case Expect.DEVICE_FIX:
            devices.fix_said(turn, waiting, text)
        case (
            Expect.HANDOVER_TO
            | Expect.HANDOVER_OUTSIDE
            | Expect.HANDOVER_CODE
            | Expect.HANDOVER_PAGE
            | Expect.ORDER_REASON
            | Expect.ORDER_SIGNED
            | Expect.RETURN_NOTE
            | Expect.SWAP_TO
        ):
            handover_answers.said(turn, waiting, text, files)
        case Expect.ANNOUNCED:
            announcing.said(turn, waiting, text)
        case Expect.TRACKED:
            document_tracks.said(turn, waiting, text)
        case Expect.BLANK:
            canned_replies.blank_said(turn, waiting, text)
        case Expect.APPROVER:
            approvals.manager_named(turn, waiting, text)
        case Expect.APPROVAL_WHY:
            approvals.why_said(turn, waiting, text)
        case Expect.DOCUMENT | Expect.REFUSAL | Expect.APPROVAL_QUESTION | Expect.APPROVAL_ANSWER:
            approvals.said(turn, waiting, text)
        case Expect.OPEN_LINES:
            ticket_closing.begin_resolve(turn, checklists.why_open_said(turn, waiting, text))
        case Expect.EVIDENCE:
            _evidence(turn, waiting, text, files)
        case Expect.ARTICLE:
            articles.edited(turn, turn.uow.tickets.get(waiting.ticket or 0), text)
        case Expect.CALLER:
            on_behalf.named(turn, text, files)
        case Expect.CALLER_REPORT:
            on_behalf.told(turn, text, files)
        case Expect.NOTICE | Expect.NAME | Expect.DEPARTMENT | Expect.ROOM:
            return False
    return True


def _evidence(turn: Turn, waiting: Expectation, text: str, files: tuple[str, ...]) -> None:
    """What is wanted of a düzenli iş; then it is completed, or its check is answered."""
    ticket = evidence.said(turn, waiting, text, files)
    if ticket is None:
        return
    if waiting.detail == evidence.OF_CHECK:
        recurring.check(turn, ticket, OK)
    else:
        ticket_closing.begin_resolve(turn, ticket)


def _asked_elsewhere(turn: Turn) -> Expectation | None:
    """A technician's question that stands in another conversation of theirs: people answer from the account that they
    have at hand. Not while a report is being made here."""
    if turn.in_room or turn.dialog.draft is not None:
        return None
    for ticket in turn.uow.tickets.open_of_reporter(turn.person.id):
        if ticket.state is State.WAITING_REPORTER and ticket.conversation not in ("", turn.address):
            asked = turn.uow.dialogs.get(ticket.conversation, turn.person.id).asked_by_workers
            found = [one for one in asked if (one.kind, one.ticket) == (Expect.ANSWER, ticket.id)]
            if found:
                return found[-1]
    return None


def _reopen_reason(turn: Turn, waiting: Expectation, text: str, files: tuple[str, ...]) -> None:
    """What the reporter says of it after "Hâlâ bozuk"."""
    prompts.cancel_prompt(turn)
    ticket_replies.write_to(turn, turn.uow.tickets.get(waiting.ticket or 0), text, files)


def _of_a_card(turn: Turn, waiting: Expectation, text: str, files: tuple[str, ...]) -> None:
    """A photo that comes with the answer is kept as a note, and goes to the reporter with a question for them.

    Asked again only where the answer could not be used: where the ticket moved on, the next line is no answer.
    """
    ticket = turn.uow.tickets.get(waiting.ticket or 0)
    unusable = False
    try:
        match waiting.kind:
            case Expect.RESOLUTION:
                anyway = waiting.detail == ticket_closing.ANYWAY
                stock_closing.typed(turn, ticket, text, although_open=anyway)
            case Expect.WAIT_DETAIL:
                ticket_actions.wait_detail(turn, waiting, text)
            case Expect.QUESTION:
                ticket_actions.put_question(turn, ticket, text, files)
                files = ()
            case Expect.TERM_END:
                terms.end_said(turn, waiting, text)
            case Expect.SERVICE_FORM:
                service_forms.form_said(turn, waiting, text, files)
                files = ()
            case Expect.SERVICE_WHY:
                service_forms.why_said(turn, waiting, text)
            case Expect.CANCEL_REASON:
                ticket_closing.reason_given(turn, waiting, text)
            case _:
                ticket_closing.merge_target(turn, waiting, text)
        if files:
            ticket_replies.note(turn, ticket, "", files)
    except Invalid:
        unusable = True
        raise
    finally:
        if turn.dialog.expects is waiting and not unusable:
            prompts.cancel_prompt(turn)


def _taken_back(turn: Turn) -> None:
    """Vazgeç, typed: of a card's question, or of `/adina`."""
    if turn.dialog.draft is not None and turn.dialog.draft.phase.is_on_behalf:
        turn.dialog.draft = turn.dialog.expects = None
        turn.say(turn.address, "draft_dropped")
    elif turn.dialog.expects is not None and turn.dialog.expects.kind in prompts.OF_DEVICES:
        devices.stop(turn)
    else:
        prompts.cancel_prompt(turn)


def _is_no_word(turn: Turn, waiting: Expectation, text: str, files: tuple[str, ...]) -> bool:
    """A technician wrote without asking: what is plainly for the desk, or about something else, is none of theirs."""
    if waiting.kind is not Expect.WORD or files:
        return False
    number, reading = numbers.said_in(text), turn.understand(text)
    if number is not None and (named := numbers.own_open(turn, number)) is not None and named.id == waiting.ticket:
        return False
    to_the_desk = reading.explicit and reading.intent in _NOT_TO_A_WORKER
    return to_the_desk or _is_of_another_subject(turn, waiting, reading)


def _is_new_report(turn: Turn, waiting: Expectation, text: str, files: tuple[str, ...]) -> bool:
    """A reporter who is asked for a room number and writes of another fault altogether."""
    if waiting.kind not in _OF_THE_DESK or files:
        return False
    if len(text.split()) < NEW_REPORT_WORDS and (
        waiting.detail in _IN_ANY_WORDS or not shortcuts.tells_of_trouble(text)
    ):
        return False
    return _is_of_another_subject(turn, waiting, turn.understand(text))


def _is_of_another_subject(turn: Turn, waiting: Expectation, reading: Reading) -> bool:
    if reading.intent is not Intent.report or reading.decision is not Decision.suggest:
        return False
    ticket = turn.uow.tickets.get(waiting.ticket or 0)
    return all(candidate.category != ticket.category for candidate in reading.candidates[:3])
