"""Hurda öner: a device comes onto the list that is being collected, with why, a technical opinion, and what became of
its disk; and off it again."""

from __future__ import annotations

from dataclasses import replace

from handlers.context import Acting
from handlers.devices import history as device_history
from handlers.devices import recording
from handlers.domain.devices import Device, DeviceId
from handlers.domain.errors import Invalid
from handlers.domain.numbers import Series
from handlers.domain.rights import Action, may
from handlers.domain.scrap import (
    MAX_LETTERS,
    MOST_LINES,
    DiskFate,
    ScrapId,
    ScrapLine,
    ScrapProposal,
    ScrapReason,
    ScrapState,
    Verdict,
)
from handlers.people.officers import today_of
from handlers.scrap import access, history
from knowledge.language.folding import one_line

OF_SCRAP = "hurda"
"""The subject of tickets that ask for it: those are no reason against it."""
_TICKETS_LOOKED_AT = 50


def require_free(acting: Acting, key: DeviceId) -> Device:
    """Nothing speaks against proposing it.

    Raises NotFound, Invalid(`scrap_in_custody`, `scrap_open_ticket`, `scrap_listed`) and as `recording.changeable`.
    """
    device = recording.changeable(acting, key)
    require_in_nobodys_custody(acting, device)
    for one in acting.uow.ticket_devices.tickets([key], _TICKETS_LOOKED_AT):
        ticket = acting.uow.tickets.get(one)
        if ticket.state.active and ticket.category != OF_SCRAP:
            if ticket.restricted and not may(acting.person, Action.READ, ticket):
                continue  # of a security matter nobody learns who may not know of it
            raise Invalid("scrap_open_ticket", device=str(device.number), number=ticket.number)
    standing = acting.uow.scrap.of_devices([key]).get(key)
    if standing is not None and _still_in(standing, key):
        raise Invalid("scrap_listed", device=device.number, number=standing.number)
    return device


def require_in_nobodys_custody(acting: Acting, device: Device) -> None:
    """Raises Invalid(`scrap_in_custody`)."""
    if device.custody.holder is not None:
        holder = acting.uow.people.get(device.custody.holder)
        raise Invalid("scrap_in_custody", number=device.number, who=holder.name or holder.handle)


def propose(
    acting: Acting,
    key: DeviceId,
    reason: ScrapReason,
    *,
    opinion: str = "",
    into: ScrapId | None = None,
) -> tuple[ScrapProposal, ScrapLine]:
    """Onto the list that is being collected, or a new one. `into`: that one, and no other.

    Raises NotAllowed, NotFound, Stale, Invalid(`scrap_closed`, `scrap_full`) and as `require_free`.
    """
    in_place_of = access.require_proposes(acting)
    device = require_free(acting, key)
    proposal = _collecting(acting) if into is None else require_collecting(acting, into)
    if len(proposal.lines) >= MOST_LINES:
        raise Invalid("scrap_full", number=proposal.number, most=MOST_LINES)
    line = ScrapLine(
        device=key,
        reason=reason,
        opinion=one_line(opinion)[:MAX_LETTERS],
        proposed_by=acting.person.id,
        proposed_at=acting.now,
    )
    saved = acting.uow.scrap.save(proposal.with_line(line))
    history.note(acting, "proposed", saved, {"device": key, "reason": reason.value}, acting_for=in_place_of)
    device_history.write(
        acting, "proposed_scrap", device, {}, {"reason": reason.value}, ref=str(saved.number), acting_for=in_place_of
    )
    return saved, line


def take_back(acting: Acting, key: ScrapId, device: DeviceId) -> ScrapProposal:
    """Geri al: it is not proposed after all; until the commission has the list. Raises NotAllowed, NotFound, Stale,
    Invalid(`scrap_closed`, `scrap_no_line`)."""
    proposal = acting.uow.scrap.get(key)
    line = proposal.line(device)
    in_place_of = () if line.proposed_by == acting.person.id else access.require_checks(acting)
    if proposal.state not in (ScrapState.COLLECTING, ScrapState.CHECKED):
        raise Invalid("scrap_closed", number=proposal.number)
    saved = acting.uow.scrap.save(proposal.without(device))
    history.note(acting, "taken_off", saved, {"device": device}, acting_for=in_place_of)
    found = acting.uow.devices.get(device)
    device_history.write(acting, "scrap_taken_back", found, {}, {}, ref=str(saved.number), acting_for=in_place_of)
    return saved


def describe(
    acting: Acting, key: ScrapId, device: DeviceId, *, opinion: str | None = None, file: str | None = None
) -> ScrapProposal:
    """The technical opinion, or its photo; until it is approved. Raises NotAllowed, NotFound, Stale,
    Invalid(`scrap_approved`, `scrap_no_line`)."""
    access.require_proposes(acting)
    proposal = require_not_approved(acting, key)
    line = proposal.line(device)
    if opinion is not None:
        line = replace(line, opinion=one_line(opinion)[:MAX_LETTERS])
    if file is not None:
        line = replace(line, file=file)
    return acting.uow.scrap.save(proposal.with_line(line))


def say_disk(acting: Acting, key: ScrapId, device: DeviceId, fate: DiskFate, note: str = "") -> ScrapProposal:
    """What became of its disk; of one that was wiped or destroyed, how or by which record.

    Raises NotAllowed, NotFound, Stale, Invalid(`scrap_approved`, `scrap_no_line`, `scrap_disk_how`).
    """
    in_place_of = access.require_proposes(acting)
    proposal = require_not_approved(acting, key)
    said = one_line(note)[:MAX_LETTERS]
    require_disk_note(fate, said)
    line = replace(proposal.line(device), disk=fate, disk_note=said)
    saved = acting.uow.scrap.save(proposal.with_line(line))
    history.note(acting, "disk_said", saved, {"device": device, "disk": fate.value}, acting_for=in_place_of)
    return saved


def require_disk_note(fate: DiskFate, note: str) -> None:
    """Raises Invalid(`scrap_disk_how`)."""
    if fate in (DiskFate.WIPED, DiskFate.DESTROYED) and not note.strip():
        raise Invalid("scrap_disk_how", wiped=fate is DiskFate.WIPED)


def require_collecting(acting: Acting, key: ScrapId) -> ScrapProposal:
    """Raises NotFound, Invalid(`scrap_approved`, `scrap_closed`)."""
    proposal = require_not_approved(acting, key)
    if proposal.state is not ScrapState.COLLECTING:
        raise Invalid("scrap_closed", number=proposal.number)
    return proposal


def require_not_approved(acting: Acting, key: ScrapId) -> ScrapProposal:
    """Raises NotFound, Invalid(`scrap_approved`)."""
    proposal = acting.uow.scrap.get(key)
    if proposal.state is ScrapState.APPROVED:
        raise Invalid("scrap_approved", number=proposal.number)
    return proposal


def _collecting(acting: Acting) -> ScrapProposal:
    known = acting.uow.scrap.collecting()
    if known is not None:
        return known
    number = acting.uow.counters.next(Series.SCRAP_PROPOSAL, today_of(acting).year)
    made = ScrapProposal(number=number, opened_at=acting.now, opened_by=acting.person.id)
    added = acting.uow.scrap.add(made)
    history.note(acting, "opened", added)
    return added


def _still_in(proposal: ScrapProposal, device: DeviceId) -> bool:
    """Not where the commission said that it stays."""
    return proposal.line(device).verdict is not Verdict.UNFIT or proposal.state is not ScrapState.APPROVED
