"""`/onay otomatik`: subjects whose tickets ask for a yes by themselves."""

from __future__ import annotations

from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.approvals import ApprovalKind, usual_kind
from handlers.domain.errors import Invalid
from handlers.domain.rights import Action, require
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.terms import APPROVALS
from handlers.tickets import automatic_approvals
from knowledge.language.folding import folded

SHOWN = 8


def command(turn: Turn, words: str) -> None:
    """`/onay otomatik`; `/onay otomatik donanim-talebi`, with a kind behind a colon; `/onay otomatik kapat hurda`."""
    require(turn.person, Action.KEEP_APPROVALS)
    verb, _, rest = words.strip().partition(" ")
    if not words.strip():
        _list(turn)
    elif folded(verb) == "kapat":
        _drop(turn, rest.strip())
    else:
        category, _, kind = words.partition(":")
        _choose(turn, category.strip().lower(), _kind(kind))


def _kind(said: str) -> ApprovalKind | None:
    plain = folded(said).strip()
    if not plain:
        return None
    found = [kind for kind in ApprovalKind if folded(APPROVALS[kind]).startswith(plain)]
    if len(found) != 1:
        raise Invalid("approval_kind")
    return found[0]


def _choose(turn: Turn, category: str, kind: ApprovalKind | None) -> None:
    chosen = automatic_approvals.choose(turn, category, kind)
    turn.receipt(
        Effect.CHANGED,
        "approval_automatic_on",
        buttons=[Button("Geri al", f"approval_auto_off:{category}")],
        slot=_slot(category),
        fresh=True,
        category=category,
        kind=chosen,
    )


def _drop(turn: Turn, category: str) -> None:
    done = automatic_approvals.drop(turn, category)
    if done is Effect.NONE:
        _list(turn)
        return
    turn.receipt(done, "approval_automatic_off", slot=_slot(category), category=category)


def _slot(category: str) -> str:
    return f"approval_auto:{category}"


def _list(turn: Turn) -> None:
    chosen = automatic_approvals.known(turn)
    mine = [one for one in turn.desk.catalogue.categories.values() if turn.person.unit in (None, one.unit)]
    offered = [one.id for one in mine if usual_kind(one.id) is not None and one.id not in chosen]
    turn.say(turn.address, "approvals_automatic", chosen=chosen, offered=offered[:SHOWN])


def take_back(turn: Turn, ticket: Ticket) -> None:
    """Geri al, of what was asked for by itself."""
    done = automatic_approvals.take_back(turn, ticket)
    if done is Effect.NONE:
        turn.uow.messages.disable_buttons(turn.address, automatic_approvals.slot(ticket))
        return
    turn.receipt(done, "approval_automatic_back", slot=automatic_approvals.slot(ticket), ticket=ticket)


BUTTONS = {"approval_auto_off": _drop}
