"""What waits for an answer of the reporter: which of their next words belongs to which ticket."""

from __future__ import annotations

from handlers.context import UseCaseContext
from handlers.domain.dialog import Dialog, Expect, Expectation
from handlers.domain.ticket import Ticket
from handlers.tickets import notifications

_OF_A_REPORTER = (Expect.FACT, Expect.REOPEN_REASON)
"""What the desk asks a reporter about a ticket."""


def worker_waits(work: UseCaseContext, ticket: Ticket, *, asked: str, kind: Expect = Expect.ANSWER) -> None:
    """A technician asked the reporter (ANSWER), or wrote to them (WORD), in the message of the slot `asked`."""
    if not notifications.notifies_reporter(ticket):
        return
    dialog = work.uow.dialogs.get(ticket.conversation, ticket.reporter)
    before = next((question for question in dialog.asked_by_workers if question.ticket == ticket.id), None)
    if before is not None and before.kind is Expect.ANSWER:
        kind = Expect.ANSWER  # whatever is written beside it, what was asked is still to be answered
    _forget(dialog, ticket)
    dialog.asked_by_workers.append(Expectation(kind=kind, ticket=ticket.id, asked=asked))
    dialog.last_ticket = ticket.id
    work.uow.dialogs.save(dialog)


def worker_heard(work: UseCaseContext, ticket: Ticket) -> None:
    """However the answer came, and from wherever: what the reporter writes next is none."""
    dialog = _dialog(work, ticket)
    if dialog is not None and _forget(dialog, ticket):
        work.uow.dialogs.save(dialog)


def ticket_ended(work: UseCaseContext, ticket: Ticket) -> None:
    """Nothing that was asked about it is asked any more: neither by the desk nor by a technician."""
    dialog = _dialog(work, ticket)
    if dialog is None:
        return
    heard, asked = _forget(dialog, ticket), _desk_asks_no_more(work, dialog, ticket)
    if heard or asked:
        work.uow.dialogs.save(dialog)


def ticket_merged(work: UseCaseContext, ticket: Ticket) -> None:
    """The desk asks nothing about it any more; what a technician asked is still answered, to those who work on the one
    that it lives on in."""
    dialog = _dialog(work, ticket)
    if dialog is not None and _desk_asks_no_more(work, dialog, ticket):
        work.uow.dialogs.save(dialog)


def _dialog(work: UseCaseContext, ticket: Ticket) -> Dialog | None:
    """Where its reporter is spoken with about it."""
    return work.uow.dialogs.get(ticket.conversation, ticket.reporter) if ticket.conversation else None


def _desk_asks_no_more(work: UseCaseContext, dialog: Dialog, ticket: Ticket) -> bool:
    """Whether it did."""
    expects = dialog.expects
    if expects is None or expects.kind not in _OF_A_REPORTER or expects.ticket != ticket.id:
        return False
    work.uow.messages.disable_buttons(ticket.conversation, expects.asked)
    dialog.expects = None
    return True


def _forget(dialog: Dialog, ticket: Ticket) -> bool:
    others = [question for question in dialog.asked_by_workers if question.ticket != ticket.id]
    moved = len(others) < len(dialog.asked_by_workers)
    dialog.asked_by_workers = others
    return moved
