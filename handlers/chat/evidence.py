"""Tamamladım of a düzenli iş that wants a photo, a file or a number: it is asked for once."""

from __future__ import annotations

from handlers.chat import prompts
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.rights import Action, require
from handlers.domain.ticket import Ticket
from handlers.tickets import evidence

OF_CHECK = "check"
"""Asked at Tamam of a check, which is then answered with it."""


def asks_first(turn: Turn, ticket: Ticket, *, of_check: bool = False) -> bool:
    """Whether it is not there, and was asked for."""
    kind = evidence.wanted(turn, ticket)
    if kind is None:
        return False
    require(turn.person, Action.RESOLVE if ticket.holder is not None else Action.CLAIM, ticket)
    _ask(turn, ticket, OF_CHECK if of_check else "", again=False)
    return True


def _ask(turn: Turn, ticket: Ticket, detail: str, *, again: bool) -> None:
    kind = evidence.wanted(turn, ticket)
    what = "" if kind is None else evidence.SAID[kind]
    prompts.ask(turn, ticket, Expect.EVIDENCE, "prompt_evidence", detail=detail, what=what, again=again)


def said(turn: Turn, waiting: Expectation, text: str, files: tuple[str, ...]) -> Ticket | None:
    """The ticket, where that was it or says why there is none: what was begun goes on."""
    ticket = turn.uow.tickets.get(waiting.ticket or 0)
    if evidence.give(turn, ticket, text, files) is Effect.NONE and evidence.wanted(turn, ticket) is not None:
        _ask(turn, ticket, waiting.detail, again=True)
        return None
    prompts.cancel_prompt(turn)
    return ticket
