"""`/sureli 30`: what ends within so many days, one of them, and Yenilendi."""

from __future__ import annotations

import re
from collections.abc import Callable

from handlers.chat import prompts
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.contracts import access, recording, renewing
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid
from handlers.domain.numbers import EVER, Number, Series
from handlers.domain.term_rights import TermAction
from handlers.domain.terms import TermId
from handlers.domain.ticket import Ticket
from handlers.messages import Button, PostedMessage
from handlers.queries import terms
from handlers.queries.terms import FAR_DAYS, SOON_DAYS
from knowledge.language.folding import one_line

_NUMBER = re.compile(r"\Ask[\s-]*0*(\d{1,9})\Z", re.IGNORECASE | re.ASCII)


def command(turn: Turn, words: str, _answered: PostedMessage | None) -> None:
    """Raises NotAllowed, Invalid(`term_words`, `term_none`)."""
    said = one_line(words)
    if (number := _NUMBER.match(said)) is not None:
        show(turn, Number(Series.TERM, EVER, int(number[1])))
        return
    days = re.fullmatch(r"(\d{1,4})(?:\s*g[uü]n)?", said, re.ASCII) if said else None
    if said and days is None:
        raise Invalid("term_words")
    within = min(int(days[1]), FAR_DAYS) if days is not None else SOON_DAYS
    found = terms.ending(turn, within)
    turn.say(turn.address, "terms", rows=found, days=within, keeps=access.may(turn, TermAction.KEEP))


def show(turn: Turn, number: Number) -> None:
    """Raises NotAllowed, Invalid(`term_none`)."""
    access.require(turn, TermAction.SEE)
    term = turn.uow.terms.numbered(number)
    if term is None:
        raise Invalid("term_none", number=number)
    turn.say(turn.address, "term", row=terms.rows_of(turn, [term])[0])


def renewed(turn: Turn, ticket: Ticket) -> None:
    """Yenilendi, on the card of the ticket that opened for it: until when?"""
    term = turn.uow.terms.of_ticket(ticket.id)
    if term is None or not ticket.state.active:
        prompts.skip(turn, ticket)
        return
    access.require_renews(turn, term)
    prompts.ask(turn, ticket, Expect.TERM_END, "prompt_term_end", detail=str(term.id), term=term)


def end_said(turn: Turn, waiting: Expectation, text: str) -> None:
    """Raises Invalid as `renewing.renew`: the question stands."""
    ends = recording.day_in(text)
    if ends is None:
        raise Invalid("term_endless")
    done = renewing.renew(turn, TermId(int(waiting.detail)), ends)
    ticket = turn.uow.tickets.get(waiting.ticket or 0)
    slot = prompts.answered(turn, ticket)
    keeps = access.may(turn, TermAction.KEEP)
    turn.receipt(
        Effect.CHANGED,
        "term_renewed",
        buttons=[Button("Geri al", f"term_unrenew:{done.before.id}")] if keeps else [],
        slot=slot,
        term=done.after,
        before=done.before,
        closed=done.closed,
    )


def take_back(turn: Turn, key: str) -> None:
    """Geri al. Raises as `renewing.take_back`."""
    back = renewing.take_back(turn, TermId(int(key)))
    turn.receipt(Effect.CHANGED, "term_unrenewed", term=back)


BUTTONS: dict[str, Callable[..., None]] = {"term_unrenew": take_back}
