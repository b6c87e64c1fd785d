"""A known outage, in chat: Bilinen kesinti on a card, Ben de yaşıyorum under a report, Herkese yaz, Kesinti bitti."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handlers.chat import drafts, prompts
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid
from handlers.domain.outages import Cause, Outage
from handlers.domain.rights import Action, may, require
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.terms import CAUSES
from handlers.tickets import merges, outage_closing, outage_news, outage_notes, outages, proposal_answers
from handlers.tickets.cards import READ_BY
from knowledge.language.folding import folded

_LINES = ("Nedeni bulundu, üzerinde çalışılıyor.", "Firma müdahale ediyor.", "Birazdan düzelmesini bekliyoruz.")
_THE_WHOLE_HOUSE = "kurum"
"""How the reason of a priority begins where all are held up."""


# --- declared -------------------------------------------------------------------------------------
def declare(turn: Turn, ticket: Ticket, apart: str = "") -> None:
    try:
        done = outages.declare(turn, ticket, apart=bool(apart))
    except Invalid as refusal:
        if refusal.reason != "outage_open":
            raise
        data: dict[str, Any] = dict(refusal.data)
        buttons = [
            Button("Ona ekle", f"outage_join:{ticket.id}:{refusal.data['outage']}"),
            Button("Ayrı ilan et", f"outage:{ticket.id}:apart"),
        ]
        turn.say(turn.address, "errors/outage_open", buttons=buttons, slot=_slot(ticket), fresh=True, **data)
        return
    if done is Effect.CHANGED:
        _tell_declared(turn, ticket)


def _tell_declared(turn: Turn, ticket: Ticket) -> None:
    outage = turn.uow.outages.of_head(ticket.id)
    if outage is not None:
        people = len(outages.with_those_beside(turn.uow, outage))
        wide = people >= outage_news.ANNOUNCED_FROM or ticket.facts.get("oncelik", "").startswith(_THE_WHOLE_HOUSE)
        staff = len(outage_news.staff(turn))
        turn.receipt(
            Effect.CHANGED,
            "outage_declared",
            buttons=[
                Button("Herkese yaz", f"tell_all:{ticket.id}"),
                *([Button(f"Bütün personele duyur ({staff})", f"announce:{ticket.id}")] if staff else []),
            ],
            slot=_slot(ticket),
            fresh=True,
            ticket=ticket,
            system=outage_news.title(turn, outage),
            since=outage.since,
            joined=len(outage.tickets),
            wide=wide,
        )


def join(turn: Turn, ticket: Ticket, outage: str) -> None:
    """Ona ekle."""
    known = turn.uow.outages.get(int(outage), to_change=True)
    done = outages.join(turn, ticket, known)
    if done is Effect.CHANGED:
        number, system = outages.head(turn.uow, known).number, outage_news.title(turn, known)
        turn.receipt(done, "outage_joined", slot=_slot(ticket), ticket=ticket, system=system, number=number)


def me_too(turn: Turn, ticket: Ticket) -> None:
    """The report in the making ends with it."""
    try:
        followed = outages.follow(turn, ticket, turn.address)
    except Invalid as refusal:
        draft = drafts.live(turn)
        if draft is None:
            raise
        buttons, data = [Button("Teknisyene ilet", f"open:{draft.id}")], dict[str, Any](refusal.data)
        turn.say(turn.address, "errors/outage_over", buttons=buttons, **data)
        return
    draft = turn.dialog.draft
    if draft is not None:
        drafts.close(turn, draft, "joined")
        turn.dialog.draft = None
    if followed is Effect.CHANGED or draft is not None:
        outage = turn.uow.outages.of_head(ticket.id)
        everybody = outages.with_those_beside(turn.uow, outage) if outage else merges.people_beside(turn.uow, ticket)
        turn.say(turn.address, "joined_outage", count=max(len(everybody), 1), number=ticket.number)


def concerns(turn: Turn, ticket: Ticket) -> bool:
    """Whether they reported it, or follow it already."""
    return outages.is_known_to_concern(turn.uow, turn.person.id, ticket)


def tell_how_it_stands(turn: Turn, ticket: Ticket | None = None) -> None:
    """To whoever it concerns, of each outage that goes on; of that one alone where a ticket of it is meant."""
    for outage in turn.uow.outages.open():
        head = outages.head(turn.uow, outage)
        meant = ticket is None or ticket.id in {head.id, *(one.ticket for one in outage.tickets)}
        if not meant or head.restricted or not concerns(turn, head):
            continue
        line = outage_news.last_line(turn, outage)
        turn.say(
            turn.address,
            "outage_stands",
            slot=f"outage_stands:{outage.id}",
            fresh=True,
            rings=False,
            ticket=head,
            number=head.number,
            system=outage_news.title(turn, outage),
            since=outage.since,
            count=max(len(outages.with_those_beside(turn.uow, outage)), 1),
            line=line[1] if line else "",
            line_at=line[0].at if line else None,
        )


def own_of(turn: Turn, ticket: Ticket) -> Ticket:
    """Of a head that is not theirs to read, their own ticket of the same outage: what they reply is for that."""
    if ticket.concerns(turn.person.id) or may(turn.person, Action.READ, ticket):
        return ticket
    outage = turn.uow.outages.latest_of_head(ticket.id)
    joined = [] if outage is None else outage_news.joined(turn.uow, outage)
    return next((one for one in joined if one.reporter == turn.person.id), ticket)


# --- herkese yaz ----------------------------------------------------------------------------------
def ask_line(turn: Turn, ticket: Ticket) -> None:
    """Herkese yaz: what?"""
    outage = _open_outage(turn, ticket)
    buttons = [Button(text, f"tell_all_with:{ticket.id}:{place}") for place, text in enumerate(_LINES)]
    system, count = outage_news.title(turn, outage), len(outage_news.affected(turn, outage))
    prompts.ask(turn, ticket, Expect.OUTAGE_LINE, "prompt_news", buttons=buttons, system=system, count=count)


def line_chosen(turn: Turn, ticket: Ticket, place: str) -> None:
    line_said(turn, ticket, _LINES[int(place)])


def line_said(turn: Turn, ticket: Ticket, text: str, *, anyway: bool = False) -> None:
    """Raises Invalid where it cannot be sent, and goes on waiting for another."""
    outage = _open_outage(turn, ticket)
    try:
        count = outage_news.write_to_all(turn, outage, text, anyway=anyway)
    except Invalid as refusal:
        if refusal.reason != "news_personal":
            raise
        buttons = [Button("Olduğu gibi gönder", f"tell_all_anyway:{ticket.id}")]
        data = dict[str, Any](refusal.data)
        prompts.answered(turn, ticket)
        prompts.ask(turn, ticket, Expect.OUTAGE_LINE, "errors/news_personal", detail=text, buttons=buttons, **data)
        return
    slot = prompts.answered(turn, ticket)
    system = outage_news.title(turn, outage)
    turn.receipt(Effect.CHANGED, "news_sent", ticket=ticket, slot=slot, system=system, count=count)


def line_anyway(turn: Turn, ticket: Ticket) -> None:
    """Olduğu gibi gönder: what was typed, with the number in it."""
    expects = turn.dialog.expects
    if expects is not None and (expects.kind, expects.ticket) == (Expect.OUTAGE_LINE, ticket.id) and expects.detail:
        line_said(turn, ticket, expects.detail, anyway=True)


def announce(turn: Turn, ticket: Ticket) -> None:
    outage = _open_outage(turn, ticket)
    done = outage_news.announce(turn, outage)
    if done is not Effect.NONE:
        system = outage_news.title(turn, outage)
        buttons = [Button(READ_BY, f"announce_read:{ticket.id}")] if _may_count(turn, ticket, outage) else []
        turn.receipt(done, "outage_announced_receipt", buttons=buttons, system=system, ticket=ticket)


def _may_count(turn: Turn, ticket: Ticket, outage: Outage) -> bool:
    return turn.person.id == outage.declared_by or may(turn.person, Action.KEEP_OUTAGE_NOTE, ticket)


def announced_read(turn: Turn, ticket: Ticket) -> None:
    """Kaç kişi okudu? Pressed again, it is counted anew."""
    outage = turn.uow.outages.latest_of_head(ticket.id)
    if outage is None:
        raise Invalid("outage_not_announced")
    turn.say(
        turn.address,
        "outage_readers",
        buttons=[Button("Yeniden say", f"announce_read:{ticket.id}")],
        slot=f"outage_readers:{outage.id}",
        fresh=True,
        ticket=ticket,
        system=outage_news.title(turn, outage),
        readers=outage_news.read_by(turn, outage),
    )


def _open_outage(turn: Turn, ticket: Ticket) -> Outage:
    """Raises NotAllowed, Invalid(`outage_over`)."""
    require(turn.person, Action.DECLARE_OUTAGE, ticket)
    outage = turn.uow.outages.of_head(ticket.id)
    if outage is None:
        last = turn.uow.outages.latest_of_head(ticket.id)
        raise Invalid("outage_over", ended_at=last.ended_at if last else None)
    return outage


# --- kesinti bitti --------------------------------------------------------------------------------
def begin_end(turn: Turn, ticket: Ticket) -> None:
    """Kesinti bitti: why was it?"""
    outage = _open_outage(turn, ticket)
    buttons = [Button(label, f"outage_cause:{ticket.id}:{cause}") for cause, label in CAUSES.items()]
    system = outage_news.title(turn, outage)
    prompts.ask(turn, ticket, Expect.OUTAGE_CAUSE, "prompt_outage_cause", buttons=buttons, system=system)


def cause_chosen(turn: Turn, ticket: Ticket, cause: str) -> None:
    """And what shall people be told?"""
    _open_outage(turn, ticket)
    prompts.answered(turn, ticket)
    buttons = [Button("Yazmadan bitir", f"outage_end:{ticket.id}:{Cause(cause)}")]
    prompts.ask(turn, ticket, Expect.OUTAGE_END, "prompt_outage_line", detail=cause, buttons=buttons, why="")


def _cause_told(turn: Turn, ticket: Ticket, text: str) -> None:
    """In their own words, which are for the note: what everybody is told is asked. Raises Invalid where they cannot be
    kept, and goes on waiting for others."""
    outage = outage_notes.keep_cause(turn, _open_outage(turn, ticket), text)
    said = set(folded(text).split())
    named = [cause for cause, label in CAUSES.items() if set(folded(label).split()) <= said]
    cause = Cause(named[0]) if len(named) == 1 else Cause.UNKNOWN
    prompts.answered(turn, ticket)
    buttons = [
        Button("Yazmadan bitir", f"outage_end:{ticket.id}:{cause}"),
        Button("Nedeni yaz, bitir", f"outage_end_told:{ticket.id}:{cause}"),
    ]
    why = outage_notes.cause_told(turn, outage)
    prompts.ask(turn, ticket, Expect.OUTAGE_END, "prompt_outage_line", detail=cause, buttons=buttons, why=why)


def end_telling_cause(turn: Turn, ticket: Ticket, cause: str) -> None:
    """Nedeni yaz, bitir: everybody who had it reads it."""
    end(turn, ticket, cause, outage_notes.cause_told(turn, _open_outage(turn, ticket)))


def answered(turn: Turn, waiting: Expectation, text: str) -> None:
    """What was typed to one of the questions here."""
    ticket = turn.uow.tickets.get(waiting.ticket or 0)
    if waiting.kind is Expect.OUTAGE_LINE:
        line_said(turn, ticket, text)
    elif waiting.kind is Expect.OUTAGE_CAUSE:
        causes = {folded(label): cause for cause, label in CAUSES.items()}
        if (named := causes.get(folded(text))) is not None:
            cause_chosen(turn, ticket, named)
        else:
            _cause_told(turn, ticket, text)
    else:
        end(turn, ticket, waiting.detail, text)


def end(turn: Turn, ticket: Ticket, cause: str, line: str = "") -> None:
    outage = _open_outage(turn, ticket)
    done = outages.end(turn, ticket, Cause(cause), line)
    if done is not Effect.NONE:
        _offer_closing(turn, turn.uow.outages.get(outage.id), prompts.answered(turn, ticket))


def after_head_resolved(turn: Turn, ticket: Ticket) -> None:
    """Tamamladım on the head: what was of the outage may be closed with it."""
    outage = turn.uow.outages.latest_of_head(ticket.id)
    if outage is not None and outage.ended_at == turn.now and outage_closing.closable(turn, outage):
        _offer_closing(turn, outage, None)


def _offer_closing(turn: Turn, outage: Outage, slot: str | None) -> None:
    tickets = outage_closing.closable(turn, outage)
    which = ",".join(str(ticket.id) for ticket in tickets)
    close = [Button(f"Kayıtları kapat ({len(tickets)})", f"outage_close:{outage.id}:{which}")] if tickets else []
    turn.receipt(
        Effect.CHANGED,
        "outage_over_receipt",
        buttons=[*close, Button("Geri al", f"outage_undo:{outage.id}")],
        slot=slot or f"outage_over:{outage.id}",
        fresh=True,
        ticket=outages.head(turn.uow, outage),
        system=outage_news.title(turn, outage),
        cause=(outage.cause or Cause.UNKNOWN).value,
        why=outage_notes.cause_told(turn, outage),
        tickets=tickets,
    )


def _close(turn: Turn, key: str, which: str) -> None:
    """Kayıtları kapat: those that were listed."""
    outage = turn.uow.outages.get(int(key), to_change=True)
    count = outage_closing.close_all(turn, outage, [int(one) for one in which.split(",")])
    if count:
        undo = [Button("Geri al", f"outage_undo:{outage.id}")]
        turn.receipt(
            Effect.CHANGED,
            "outage_closed",
            buttons=undo,
            slot=f"outage_over:{outage.id}",
            fresh=True,
            system=outage_news.title(turn, outage),
            count=count,
        )


def _undo(turn: Turn, key: str) -> None:
    """Geri al."""
    outage = turn.uow.outages.get(int(key), to_change=True)
    done = outage_closing.undo_end(turn, outage)
    if done is not Effect.NONE:
        number, system = outages.head(turn.uow, outage).number, outage_news.title(turn, outage)
        slot = f"outage_over:{outage.id}"
        turn.receipt(done, "outage_undone", slot=slot, fresh=True, number=number, system=system)


def _slot(ticket: Ticket) -> str:
    return f"outage_of:{ticket.id}"


# --- proposed -------------------------------------------------------------------------------------
def _declare_proposed(turn: Turn, key: str) -> None:
    head = proposal_answers.declare(turn, int(key))
    if head is not None:
        _tell_declared(turn, head)


def _refuse_proposed(turn: Turn, key: str) -> None:
    done = proposal_answers.refuse(turn, int(key))
    if done is not Effect.NONE:
        turn.receipt(done, "proposal_refused")


def _show_proposed(turn: Turn, key: str) -> None:
    tickets, reports = proposal_answers.shown(turn, int(key))
    turn.say(turn.address, "proposal_shown", slot=f"proposal_shown:{key}", fresh=True, tickets=tickets, count=reports)


BUTTONS: dict[str, Callable[..., None]] = {
    "outage_close": _close,
    "outage_undo": _undo,
    "proposal_declare": _declare_proposed,
    "proposal_refuse": _refuse_proposed,
    "proposal_show": _show_proposed,
}
ON_TICKET: dict[str, Callable[[Turn, Ticket, str], object]] = {
    "me_too": lambda turn, ticket, _: me_too(turn, ticket),
    "outage": declare,
    "outage_join": join,
    "tell_all": lambda turn, ticket, _: ask_line(turn, ticket),
    "tell_all_with": line_chosen,
    "tell_all_anyway": lambda turn, ticket, _: line_anyway(turn, ticket),
    "announce_read": lambda turn, ticket, _: announced_read(turn, ticket),
    "announce": lambda turn, ticket, _: announce(turn, ticket),
    "outage_over": lambda turn, ticket, _: begin_end(turn, ticket),
    "outage_cause": cause_chosen,
    "outage_end": end,
    "outage_end_told": end_telling_cause,
}
