"""Onaylar in chat: asked for under Beklet → Onay, given or refused in private, and `/onay`.

Whoever decides may not be one who reads the ticket: what is said to them is never said as the ticket's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from handlers import dates
from handlers.chat import automatic_approvals as by_themselves
from handlers.chat import prompts, time_questions
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.department_names import DepartmentNames
from handlers.domain.approvals import RULES, Approval, ApprovalKind, Approver, Decision, usual_kind
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid
from handlers.domain.people import PersonId, told_apart
from handlers.domain.rights import Action, require
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.messages import Button, PostedMessage
from handlers.terms import APPROVALS
from handlers.tickets import approvals, cards, numbers, waits
from knowledge.language.folding import folded

MAX_OFFERED = 6
_NUMBER = re.compile(r"(?:\bE-)?\d[\d./-]{2,}\d|\bE-\d+")


# --- asked for ------------------------------------------------------------------------------------
def begin(turn: Turn, ticket: Ticket) -> None:
    """Beklet → Onay: it waits at once; of which kind is the yes? What is typed instead says it in their own words."""
    if waits.wait(turn, ticket, State.WAITING_APPROVAL) is Effect.NONE:
        cards.refresh(turn, ticket)  # folds the menu
    usual = usual_kind(ticket.category)
    kinds = sorted(ApprovalKind, key=lambda kind: kind is not usual)
    prompts.ask(
        turn,
        ticket,
        Expect.WAIT_DETAIL,
        "prompt_approval",
        detail=State.WAITING_APPROVAL,
        buttons=[
            *(Button(_capital(APPROVALS[kind]), f"approval_of:{ticket.id}:{kind}") for kind in kinds),
            Button("Geç", f"prompt_skip:{ticket.id}"),
        ],
    )


def _capital(word: str) -> str:
    return word[:1].replace("i", "İ").upper() + word[1:]


def kind_chosen(turn: Turn, ticket: Ticket, kind: str) -> None:
    """Whose yes, where the desk cannot know; else why."""
    require(turn.person, Action.WAIT, ticket)
    if Approver.MANAGER in RULES[ApprovalKind(kind)].steps:
        reporter = turn.uow.people.get(ticket.reporter)
        prompts.ask(turn, ticket, Expect.APPROVER, "prompt_approver", detail=kind, reporter=reporter)
    else:
        _ask_why(turn, ticket, kind)


def manager_named(turn: Turn, waiting: Expectation, name: str) -> None:
    ticket = turn.uow.tickets.get(waiting.ticket or 0)
    names, department = DepartmentNames.of(turn.uow), _department(turn, ticket)
    named = [one for one in turn.uow.people.named(name) if names.same(one.department, department)]
    found = [one for one in named if one.id not in (turn.person.id, ticket.reporter)]
    if not found:
        raise Invalid("approval_manager_unknown", typed=name[:40], department=department)
    if len(found) == 1:
        _ask_why(turn, ticket, f"{waiting.detail}:{found[0].id}")
        return
    labels = told_apart(found[:MAX_OFFERED])
    prompts.ask(
        turn,
        ticket,
        Expect.APPROVER,
        "prompt_approver",
        detail=waiting.detail,
        buttons=[
            Button(label, f"approval_by:{ticket.id}:{waiting.detail}:{one.id}")
            for one, label in zip(found, labels, strict=False)
        ],
        reporter=turn.uow.people.get(ticket.reporter),
    )


def _department(turn: Turn, ticket: Ticket) -> str:
    return turn.uow.people.get(ticket.reporter).department


def manager_chosen(turn: Turn, ticket: Ticket, said: str) -> None:
    require(turn.person, Action.WAIT, ticket)
    _ask_why(turn, ticket, said)


def _ask_why(turn: Turn, ticket: Ticket, asked: str) -> None:
    """`asked`: the kind, and behind a colon whose yes."""
    prompts.ask(
        turn,
        ticket,
        Expect.APPROVAL_WHY,
        "prompt_approval_why",
        detail=asked,
        buttons=[Button("Gerekçesiz iste", f"approval_send:{ticket.id}:{asked}")],
    )


def why_said(turn: Turn, waiting: Expectation, why: str) -> None:
    _send(turn, turn.uow.tickets.get(waiting.ticket or 0), waiting.detail, why)


def send(turn: Turn, ticket: Ticket, asked: str) -> None:
    """Gerekçesiz iste."""
    _send(turn, ticket, asked, "")


def _send(turn: Turn, ticket: Ticket, asked: str, why: str) -> None:
    kind, _, manager = asked.partition(":")
    slot = prompts.answered(turn, ticket)
    made = approvals.ask(turn, ticket, ApprovalKind(kind), why=why, manager=PersonId(int(manager)) if manager else None)
    turn.receipt(
        Effect.CHANGED,
        "approval_sent",
        buttons=time_questions.follow_up_buttons(ticket),
        slot=slot,
        ticket=ticket,
        approval=made,
        people=approvals.asked_now(turn, ticket, made),
    )


# --- decided --------------------------------------------------------------------------------------
def approve(turn: Turn, key: str) -> None:
    """Onayla."""
    made = approvals.decide(turn, turn.uow.approvals.get(int(key)), Decision.APPROVED)
    _settle(turn, made)
    if made.lacks_document:
        _ask(
            turn,
            made,
            Expect.DOCUMENT,
            "prompt_document",
            buttons=[Button("Sonra", f"approval_later:{made.id}")],
        )


def refuse(turn: Turn, key: str) -> None:
    """Reddet: not without a line."""
    approval = turn.uow.approvals.get(int(key))
    approvals.require_pending(turn, approval)
    _ask(turn, approval, Expect.REFUSAL, "prompt_refusal", buttons=_drop(approval))


def ask_back(turn: Turn, key: str) -> None:
    """Soru sor."""
    approval = turn.uow.approvals.get(int(key))
    approvals.require_pending(turn, approval)
    _ask(turn, approval, Expect.APPROVAL_QUESTION, "prompt_approval_question", buttons=_drop(approval))


def answer_back(turn: Turn, said: str) -> None:
    """Yanıtla."""
    key, _, to = said.partition("-")
    approval = turn.uow.approvals.get(int(key))
    by = turn.uow.people.get(PersonId(int(to)))
    _ask(turn, approval, Expect.APPROVAL_ANSWER, "prompt_approval_answer", rest=[to], buttons=_drop(approval), by=by)


def _drop(approval: Approval) -> list[Button]:
    return [Button("Vazgeç", f"approval_later:{approval.id}")]


def later(turn: Turn, key: str) -> None:
    """Sonra, Vazgeç: only one's own question."""
    waiting = turn.dialog.expects
    if waiting is not None and waiting.kind in OF_APPROVALS and waiting.detail == key:
        turn.dialog.expects = None
        turn.say(turn.address, "approval_later", slot=waiting.asked, rings=False, number=_number(turn, key))


def _number(turn: Turn, key: str) -> str:
    return turn.uow.tickets.get(turn.uow.approvals.get(int(key)).ticket).number


OF_APPROVALS = (Expect.DOCUMENT, Expect.REFUSAL, Expect.APPROVAL_QUESTION, Expect.APPROVAL_ANSWER)


def _ask(
    turn: Turn,
    approval: Approval,
    expect: Expect,
    template: str,
    /,
    *,
    buttons: list[Button],
    rest: list[str] | None = None,
    **data: Any,
) -> None:
    prompts.cancel_prompt(turn)
    ticket = turn.uow.tickets.get(approval.ticket)
    slot = f"approval_prompt:{approval.id}:{turn.person.id}"
    turn.dialog.expects = Expectation(
        kind=expect, ticket=ticket.id, detail=str(approval.id), rest=rest or [], asked=slot
    )
    turn.say(
        turn.address, template, buttons=buttons, slot=slot, fresh=True, approval=approval, number=ticket.number, **data
    )


def said(turn: Turn, waiting: Expectation, text: str) -> None:
    """What was asked of whoever decides, or of whoever asked for it. What cannot be used is asked again."""
    approval = turn.uow.approvals.get(int(waiting.detail))
    match waiting.kind:
        case Expect.REFUSAL:
            _settle(turn, approvals.decide(turn, approval, Decision.REFUSED, text))
            _over(turn, waiting)
        case Expect.APPROVAL_QUESTION:
            ticket = approvals.question(turn, approval, text)
            asker = turn.uow.people.get(approval.asked_by)
            _over(turn, waiting)
            turn.receipt(Effect.CHANGED, "approval_asked", slot=waiting.asked, number=ticket.number, asker=asker)
        case Expect.APPROVAL_ANSWER:
            to = PersonId(int(waiting.rest[0]))
            ticket = approvals.answer(turn, approval, to, text)
            _over(turn, waiting)
            by = turn.uow.people.get(to)
            turn.receipt(Effect.CHANGED, "approval_answered", slot=waiting.asked, number=ticket.number, by=by)
        case _:
            if folded(text).strip(" .") == "sonra":
                later(turn, waiting.detail)
                return
            _documented(turn, approval, text, waiting.asked)
            _over(turn, waiting)


def _over(turn: Turn, waiting: Expectation) -> None:
    if turn.dialog.expects is waiting:
        turn.dialog.expects = None
    turn.uow.messages.disable_buttons(turn.address, waiting.asked)


def _settle(turn: Turn, approval: Approval) -> None:
    """What stands where it was decided, also where the request was shown on another channel of theirs."""
    turn.receipt(
        Effect.CHANGED,
        "approval_over",
        slot=approvals.slot(approval),
        approval=approval,
        number=turn.uow.tickets.get(approval.ticket).number,
        by=turn.person,
    )


def _documented(turn: Turn, approval: Approval, text: str, slot: str | None) -> None:
    number, day = _document(turn, text)
    done = approvals.give_document(turn, approval, number, day)
    if done is not Effect.NONE:
        number_of_ticket = turn.uow.tickets.get(approval.ticket).number
        turn.receipt(
            done, "approval_documented", slot=slot, number=number_of_ticket, approval=approval, document=number, day=day
        )


def _document(turn: Turn, text: str) -> tuple[str, date]:
    """Its number, and its day, where one is said; else today. Raises Invalid(`approval_document`)."""
    today = turn.working_time(turn.person.unit).local_date(turn.now)
    try:
        read = dates.read(text, today)
        day, left = read.days[0], read.rest
    except Invalid:
        day, left = today, text
    found = max(_NUMBER.findall(left) or _NUMBER.findall(text), key=len, default="")
    if not found:
        raise Invalid("approval_document")
    return found.upper(), day


# --- /onay ----------------------------------------------------------------------------------------
def command(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """What waits for one's yes; `/onay 123 3.12.2026 E-12345678-000-1412`: the document behind one that was given."""
    turn.go_private()
    if words:
        first, *rest = words.split(None, 1)
        if folded(first) == "otomatik":
            by_themselves.command(turn, rest[0] if rest else "")
            return
        number = numbers.said_in(f"#{first.rstrip(':')}")
        if number is None or not rest:
            raise Invalid("approval_document")
        for ticket in numbers.of_any_year(turn, number):
            approval = approvals.of_ticket_lacking_document(turn, ticket)
            if approval is not None:
                _documented(turn, approval, rest[0], None)
                return
        raise Invalid("approval_over")
    mine = approvals.waiting_for_me(turn)
    turn.say(turn.address, "approvals", count=len(mine))
    for ticket, approval in mine[:MAX_OFFERED]:
        approvals.show_at(turn, ticket, approval, turn.address, rings=False)


BUTTONS: dict[str, Callable[..., None]] = {
    "approve": approve,
    "refuse": refuse,
    "approval_ask": ask_back,
    "approval_answer": answer_back,
    "approval_later": later,
    **by_themselves.BUTTONS,
}
