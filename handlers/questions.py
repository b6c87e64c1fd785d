"""What a category needs and nobody said yet: asked after the ticket is open, two at most, and nothing waits for it."""

from __future__ import annotations

from handlers import cards, typed
from handlers.desk import Turn
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.folding import folded
from handlers.domain.ticket import Change, Priority, Ticket
from handlers.messages import Button
from handlers.words import FACT_QUESTIONS, FAULT_QUESTIONS
from knowledge import Article

AT_MOST = 2
LONGEST = 200
_CAN_BE_SEEN = ("hata", "cihaz", "demirbas")
"""What a photo tells."""
_TELLS_NOTHING = frozenset(
    {"", "yazici", "bilgisayar", "pc", "kasa", "laptop", "dizustu", "monitor", "ekran", "telefon", "tarayici", "modem"}
)


def ask_missing(turn: Turn, ticket: Ticket, article: Article | None) -> None:
    """Ask the first of what is missing; in an emergency only where it is."""
    wanted = article.asks if article else ("oda",)
    if ticket.priority is Priority.URGENT:
        wanted = ("oda",)
    missing = [fact for fact in wanted if not _is_told(ticket, fact)][:AT_MOST]
    if missing:
        _ask(turn, ticket, missing)


def _is_told(ticket: Ticket, fact: str) -> bool:
    """ "yazıcı" alone does not tell which one."""
    return folded(ticket.facts.get(fact, "")) not in _TELLS_NOTHING


def _ask(turn: Turn, ticket: Ticket, facts: list[str]) -> None:
    fact, *rest = facts
    slot = f"fact:{ticket.id}:{fact}"
    turn.dialog.expects = Expectation(kind=Expect.FACT, ticket=ticket.id, detail=fact, rest=rest, asked=slot)
    request = ticket.category is None or turn.desk.is_request(ticket.category)
    turn.say(
        turn.here,
        "fact",
        buttons=[Button("Bilmiyorum, atla", f"skip_fact:{ticket.id}:{fact}")],
        slot=slot,
        ticket=ticket,
        question=FACT_QUESTIONS[fact] if request else FAULT_QUESTIONS.get(fact, FACT_QUESTIONS[fact]),
    )


def answered(turn: Turn, expects: Expectation, text: str, files: tuple[str, ...]) -> None:
    """The answer lands on the card. A photo alone answers only what can be seen; the question stands."""
    ticket = turn.uow.tickets.get(expects.ticket or 0)
    if not files and typed.skips(text):
        skip(turn, ticket, expects.detail)
        return
    seen = bool(text) or expects.detail in _CAN_BE_SEEN
    if seen:
        turn.uow.messages.settle(turn.here, expects.asked)
        turn.dialog.expects = None
    if ticket.state.active:
        if text:
            ticket.facts[expects.detail] = text[:LONGEST]
        ticket.files += files
        for file in files:
            turn.uow.attachments.for_ticket(file, ticket.id)
        ticket.log(Change.COMPLETED, by=turn.person.id, at=turn.now, channel=turn.channel, reason=expects.detail)
        turn.uow.tickets.save(ticket)
        cards.refresh(turn, ticket)
    if seen:
        _next(turn, ticket, expects, kept=True)
    else:
        turn.say(turn.here, "file_kept", count=len(files), ticket=ticket)


def skip(turn: Turn, ticket: Ticket, fact: str) -> None:
    """Bilmiyorum, atla."""
    expects = turn.dialog.expects
    if expects is None or expects.kind is not Expect.FACT or (expects.ticket, expects.detail) != (ticket.id, fact):
        return
    turn.uow.messages.settle(turn.here, expects.asked)
    turn.dialog.expects = None
    _next(turn, ticket, expects, kept=False)


def _next(turn: Turn, ticket: Ticket, expects: Expectation, *, kept: bool) -> None:
    if expects.rest and ticket.state.active:
        _ask(turn, ticket, expects.rest)
    else:
        turn.say(turn.here, "facts_done", ticket=ticket, rings=False, kept=kept)
