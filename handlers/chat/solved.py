"""A ticket that is solved before anybody resolved it: its reporter is asked, and closes it; it is not cancelled."""

from __future__ import annotations

import re

from handlers.chat import ticket_closing
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.states import SolvedBy, State
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.tickets import closing
from knowledge.language.folding import folded

_BY_ITSELF = re.compile(
    r"\bkendi(?:si|liginden| kendine| kendi)? (?:yeniden |geri )?"
    r"(?:duzel(?:di|mis)|cozul(?:du|mus)|hallol(?:du|mus)|gel(?:di|mis)|gec(?:ti|mis))\b"
)
"""And not "kendi kendine kapandı", which is a fault."""
_BY_STEPS = re.compile(r"\b(?:adim|madde)\w*|\b(?:dedig|soyledig|yazdig|belirttig|tarif ettig)\w*")


def told_how(text: str, ticket: Ticket | None = None) -> SolvedBy:
    """By itself or with the steps only where that was said; with steps only where there were any."""
    said = folded(text)
    if _BY_ITSELF.search(said):
        return SolvedBy.ITSELF
    if _BY_STEPS.search(said) and (ticket is None or ticket.tried_article is not None):
        return SolvedBy.STEPS
    return SolvedBy.UNTOLD


def slot(ticket: Ticket) -> str:
    """Of the question whether a ticket that is open is solved."""
    return f"solved:{ticket.id}"


def ask(turn: Turn, ticket: Ticket, how: SolvedBy) -> None:
    """Sorun çözüldü mü? Where there were steps and they did not say, whether it was those."""
    yes = [Button("Evet, çözüldü", f"solved_mine:{ticket.id}:{how}")]
    if how is SolvedBy.UNTOLD and ticket.tried_article is not None:
        yes.append(Button("Evet, adımlarla", f"solved_mine:{ticket.id}:{SolvedBy.STEPS}"))
    turn.say(
        turn.address,
        "solved_by_itself",
        buttons=[*yes, Button("Hayır, sürüyor", f"keep_open:{ticket.id}")],
        slot=slot(ticket),
        fresh=True,
        ticket=ticket,
        title=turn.desk.subject(ticket),
    )


def close(turn: Turn, ticket: Ticket, how: SolvedBy) -> None:
    """Evet, çözüldü; of what was resolved meanwhile it is the word that it works."""
    if ticket.state is State.RESOLVED:
        ticket_closing.confirm(turn, ticket)
        return
    done = closing.solved(turn, ticket, how)
    if done is Effect.NONE:
        return
    for place in ("cancel_which", slot(ticket), f"shown:{ticket.id}"):
        turn.uow.messages.disable_buttons(turn.address, place)
    turn.receipt(
        done,
        "solved_mine",
        buttons=[Button("Hâlâ bozuk", f"still_broken:{ticket.id}")],
        slot=closing.ended_slot(ticket),
        fresh=True,
        rings=True,
        ticket=ticket,
    )


def keep_open(turn: Turn, ticket: Ticket) -> None:
    """Hayır, sürüyor."""
    turn.say(turn.address, "kept_open", slot=slot(ticket), ticket=ticket)
