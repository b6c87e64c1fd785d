"""Hazır yanıtlar of a unit: its lead keeps them, all who work there send them, and the desk offers what it sees typed
again and again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain.canned_replies import MAX_NAME_LETTERS, MOST, CannedReply, blanks, filled, require_usable
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.idempotency import canned_reply_offered
from handlers.domain.people import UnitId
from handlers.domain.rights import Action, require
from handlers.domain.ticket import Entry, Ticket
from handlers.messages import Button
from handlers.spoken_time import plain_day
from handlers.terms import first_name
from handlers.tickets import cards, correspondence, presence, quick_answers
from handlers.tickets.text_edits import difference
from knowledge.language.folding import folded

FIRST = 3
"""The most used for a subject come before all others."""
TYPED_ALIKE = 3
"""So often in a subject, a solution is offered as a hazır yanıt."""
LOOKED_BACK = timedelta(days=90)
LOOKED_AT = 50
FEWEST_LETTERS = 10


# --- kept by a lead -------------------------------------------------------------------------------
def write(acting: Acting, name: str, text: str) -> CannedReply:
    """In the own unit; one of that name gets the new text. Raises NotAllowed, Invalid(`canned_name`, `canned_text`,
    `canned_field`, `canned_full`)."""
    known, unit = require_writable(acting, name, text), unit_kept(acting)
    if known is not None:
        changed = replace(known, text=text, written_at=acting.now)
        acting.uow.canned_replies.save(changed)
        _log(acting, "canned_reply_changed", changed, difference(known.text, text))
        return changed
    added = acting.uow.canned_replies.add(CannedReply(unit=unit, name=name, text=text, written_at=acting.now))
    _log(acting, "canned_reply_added", added)
    return added


def require_writable(acting: Acting, name: str, text: str) -> CannedReply | None:
    """The one of that name, where there is one. Raises as `write`."""
    unit = unit_kept(acting)
    require_usable(name, text)
    standing = acting.uow.canned_replies.of_unit(unit)
    known = next((one for one in standing if one.name == name), None)
    if known is None and len(standing) >= MOST:
        raise Invalid("canned_full", most=MOST)
    return known


def withdraw(acting: Acting, reply: CannedReply) -> Effect:
    """Raises NotAllowed for another unit's."""
    _require_own(acting, reply)
    if reply.withdrawn_at is not None:
        return Effect.NONE
    acting.uow.canned_replies.save(replace(reply, withdrawn_at=acting.now))
    _log(acting, "canned_reply_withdrawn", reply)
    return Effect.CHANGED


def bring_back(acting: Acting, reply: CannedReply) -> Effect:
    """Geri al. Raises NotAllowed, Invalid(`canned_full`, `canned_taken`) where another has its place or name by now."""
    _require_own(acting, reply)
    if reply.withdrawn_at is None:
        return Effect.NONE
    standing = acting.uow.canned_replies.of_unit(reply.unit)
    if any(one.name == reply.name for one in standing):
        raise Invalid("canned_taken", name=reply.name)
    if len(standing) >= MOST:
        raise Invalid("canned_full", most=MOST)
    acting.uow.canned_replies.save(replace(reply, withdrawn_at=None))
    _log(acting, "canned_reply_added", reply)
    return Effect.CHANGED


def unit_kept(acting: Acting) -> UnitId:
    """Whose they keep. Raises NotAllowed, Invalid(`canned_unit`)."""
    require(acting.person, Action.KEEP_CANNED_REPLIES)
    if acting.person.unit is None:
        raise Invalid("canned_unit")
    return acting.person.unit


def _require_own(acting: Acting, reply: CannedReply) -> None:
    if unit_kept(acting) != reply.unit:
        raise NotFound("canned reply", reply.id)


def _log(acting: Acting, what: str, reply: CannedReply, how: str = "") -> None:
    about = f"{reply.unit} {reply.name}{': ' if how else ''}{how}"
    acting.uow.audit.log(acting.now, acting.person.id, what, about, acting.channel)


# --- sent by all ----------------------------------------------------------------------------------
def offered(work: UseCaseContext, ticket: Ticket) -> Sequence[CannedReply]:
    """Those of its unit: first the most used for its subject, then by name."""
    standing = work.uow.canned_replies.of_unit(ticket.unit)
    uses = work.uow.canned_replies.uses(ticket.unit, ticket.category)
    first = sorted((one for one in standing if uses.get(one.id)), key=lambda one: (-uses[one.id], one.name))[:FIRST]
    return [*first, *(one for one in standing if one not in first)]


def named(work: UseCaseContext, unit: UnitId, name: str) -> CannedReply:
    """Raises Invalid(`canned_unknown`)."""
    standing = work.uow.canned_replies.of_unit(unit)
    found = next((one for one in standing if one.name == name), None)
    if found is None:
        raise Invalid("canned_unknown", names=[one.name for one in standing])
    return found


def text_for(acting: Acting, ticket: Ticket, reply: CannedReply, answers: Sequence[str] = ()) -> str:
    """As its reporter would read it; `answers` to its blanks, those that are missing left out."""
    missing = len(blanks(reply.text)) - len(answers)
    return filled(reply.text, _values(acting, ticket), [*answers, *[""] * missing])


def send(acting: Acting, ticket: Ticket, reply: CannedReply, answers: Sequence[str] = ()) -> Entry:
    """To the reporter, as if it had been typed. Raises NotAllowed, NotFound for one of another unit or that is gone."""
    require(acting.person, Action.REPLY_TO_REPORTER, ticket)
    if reply.unit != ticket.unit or reply.withdrawn_at is not None:
        raise NotFound("canned reply", reply.id)
    written = correspondence.reply_to_reporter(acting, ticket, text_for(acting, ticket, reply, answers))
    acting.uow.canned_replies.used(reply.id, ticket.category)
    return written


def _values(acting: Acting, ticket: Ticket) -> Mapping[str, str]:
    reporter = acting.uow.people.get(ticket.reporter)
    return {
        "ad": first_name(reporter) if reporter.name else "",
        "kayit": ticket.number,
        "konu": acting.desk.title(ticket.category) if ticket.category else "",
        "oda": ticket.facts.get("oda") or reporter.room,
        "teknisyen": acting.person.name,
        "dahili": acting.person.phone,
        "tarih": plain_day(acting.working_time(ticket.unit).local_date(acting.now)),
    }


# --- seen by the desk -----------------------------------------------------------------------------
def offer_what_is_typed_again(acting: Acting, ticket: Ticket) -> None:
    """The same solution for the third time in a subject: the unit's leads are asked, once, whether it shall be a hazır
    yanıt. What stands under buttons already is not offered."""
    said = folded(ticket.resolution)
    known = {folded(answer) for answer in quick_answers.done_answers(ticket.category)}
    if ticket.restricted or len(said) < FEWEST_LETTERS or said in known or "{" in said:
        return
    lately = acting.uow.timings.lately(ticket.unit, ticket.category, acting.now - LOOKED_BACK, LOOKED_AT)
    if sum(folded(one.resolution) == said and not one.restricted for one in lately) < TYPED_ALIKE:
        return
    standing = acting.uow.canned_replies.of_unit(ticket.unit)
    mark = canned_reply_offered(ticket.unit, sha256(said.encode()).hexdigest()[:16])
    if any(folded(one.text) == said for one in standing) or not acting.uow.once.first(mark, acting.now):
        return
    buttons = [Button("Hazır yanıt yap", f"canned_take:{ticket.id}")]
    for lead in presence.leads_of(acting, ticket.unit):
        for address in cards.private_addresses_of(acting, lead):
            acting.say(address, "canned_offer", buttons=buttons, slot=offer_slot(ticket), ticket=ticket, rings=False)


def take_offer(acting: Acting, ticket: Ticket) -> CannedReply:
    """Hazır yanıt yap: named by its first words. Raises NotAllowed, Invalid(`canned_full`)."""
    require(acting.person, Action.READ, ticket)
    name = _name_of(ticket.resolution)
    taken = {one.name for one in acting.uow.canned_replies.of_unit(unit_kept(acting))}
    free = next(one for one in (name, *(f"{name[:-2]}-{n}" for n in range(2, MOST + 2))) if one not in taken)
    return write(acting, free, ticket.resolution)


def offer_slot(ticket: Ticket) -> str:
    return f"canned_offer:{ticket.id}"


def _name_of(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", folded(text))[:2]
    return "-".join(words)[:MAX_NAME_LETTERS].strip("-") or "yanit"
