"""What becomes of a proposal: looked through, given to a commission, decided line by line, approved, and got rid of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from handlers.context import Acting
from handlers.devices import recording
from handlers.domain.devices import DeviceId
from handlers.domain.errors import Invalid
from handlers.domain.people import PersonId
from handlers.domain.scrap import (
    MAX_LETTERS,
    CommissionMember,
    Disposal,
    ScrapId,
    ScrapProposal,
    ScrapState,
    Verdict,
    require_commission,
)
from handlers.domain.stock import ItemId, Why
from handlers.people.officers import today_of
from handlers.scrap import access, history
from handlers.scrap.proposing import require_in_nobodys_custody, require_not_approved
from handlers.stock import moving
from handlers.stock.moving import Moved
from handlers.tickets import cards, presence
from knowledge.language.folding import one_line

_LETTERS = 60


def require_checkable(acting: Acting, key: ScrapId) -> tuple[ScrapProposal, tuple[PersonId, ...]]:
    """Raises NotAllowed, NotFound, Invalid(`scrap_approved`, `scrap_closed`, `scrap_empty`, `scrap_disk`)."""
    in_place_of = access.require_checks(acting)
    proposal = require_not_approved(acting, key)
    if proposal.state is not ScrapState.COLLECTING:
        raise Invalid("scrap_closed", number=proposal.number)
    if not proposal.lines:
        raise Invalid("scrap_empty", number=proposal.number)
    unanswered = [one.device for one in proposal.lines if one.disk is None]
    if unanswered:
        raise Invalid("scrap_disk", devices=[one.number for one in acting.uow.devices.several(unanswered)])
    return proposal, in_place_of


def check(acting: Acting, key: ScrapId) -> ScrapProposal:
    """The lead looked through it: it leaves the unit, and the director is told. Raises as `require_checkable`,
    Stale."""
    proposal, in_place_of = require_checkable(acting, key)
    saved = acting.uow.scrap.save(replace(proposal, checked_at=acting.now, checked_by=acting.person.id))
    history.note(acting, "checked", saved, {"lines": len(saved.lines)}, acting_for=in_place_of)
    for person in presence.directors_of(acting):
        for address in cards.private_addresses_of(acting, person):
            acting.say(address, "scrap_checked_told", number=saved.number, lines=len(saved.lines), who=acting.person)
    return saved


def open_again(acting: Acting, key: ScrapId) -> ScrapProposal:
    """The lead takes it back to collect more, while nobody was appointed. Raises NotAllowed, NotFound, Stale,
    Invalid(`scrap_closed`)."""
    in_place_of = access.require_checks(acting)
    proposal = acting.uow.scrap.get(key)
    if proposal.state is not ScrapState.CHECKED:
        raise Invalid("scrap_closed", number=proposal.number)
    saved = acting.uow.scrap.save(replace(proposal, checked_at=None, checked_by=None))
    history.note(acting, "opened_again", saved, acting_for=in_place_of)
    return saved


def require_appointable(
    acting: Acting, key: ScrapId, members: Sequence[CommissionMember]
) -> tuple[ScrapProposal, tuple[PersonId, ...]]:
    """Raises NotAllowed, NotFound, Invalid(`scrap_approved`, `scrap_unchecked`) and as `require_commission`."""
    in_place_of = access.require_decides(acting)
    proposal = require_not_approved(acting, key)
    if proposal.state is ScrapState.COLLECTING:
        raise Invalid("scrap_unchecked", number=proposal.number)
    require_commission(members)
    return proposal, in_place_of


def appoint(acting: Acting, key: ScrapId, members: Sequence[CommissionMember]) -> ScrapProposal:
    """The director names the commission, or another one. Raises as `require_appointable`, Stale."""
    proposal, in_place_of = require_appointable(acting, key, members)
    made = replace(proposal, commission=tuple(members), commissioned_at=acting.now, commissioned_by=acting.person.id)
    saved = acting.uow.scrap.save(made)
    said = {"members": len(members), "experts": sum(one.expert for one in members)}
    history.note(acting, "commissioned", saved, said, acting_for=in_place_of)
    return saved


def require_verdicts(
    acting: Acting, key: ScrapId, verdicts: Mapping[DeviceId, tuple[Verdict, str]]
) -> tuple[ScrapProposal, tuple[PersonId, ...]]:
    """Raises NotAllowed, NotFound, Invalid(`scrap_approved`, `scrap_no_commission`, `scrap_no_line`,
    `scrap_verdict_reason`, `scrap_nothing_said`)."""
    in_place_of = access.require_checks(acting)
    proposal = require_not_approved(acting, key)
    if proposal.state is not ScrapState.COMMISSIONED:
        raise Invalid("scrap_no_commission", number=proposal.number)
    if not verdicts:
        raise Invalid("scrap_nothing_said")
    for device, (verdict, reason) in verdicts.items():
        proposal.line(device)
        if verdict is Verdict.UNFIT and not reason.strip():
            raise Invalid("scrap_verdict_reason")
    return proposal, in_place_of


def write_verdicts(acting: Acting, key: ScrapId, verdicts: Mapping[DeviceId, tuple[Verdict, str]]) -> ScrapProposal:
    """What the commission decided of each. Raises as `require_verdicts`, Stale."""
    proposal, in_place_of = require_verdicts(acting, key, verdicts)
    changed = proposal
    for device, (verdict, reason) in verdicts.items():
        why = one_line(reason)[:MAX_LETTERS]
        changed = changed.with_line(replace(changed.line(device), verdict=verdict, verdict_reason=why))
    if changed == proposal:
        return proposal
    saved = acting.uow.scrap.save(changed)
    fit = sum(one.verdict is Verdict.FIT for one in saved.lines)
    history.note(acting, "decided", saved, {"fit": fit, "lines": len(saved.lines)}, acting_for=in_place_of)
    return saved


def require_approvable(
    acting: Acting, key: ScrapId, document: str, on: date | None
) -> tuple[ScrapProposal, tuple[PersonId, ...]]:
    """Raises NotAllowed, NotFound, Invalid(`scrap_approved`, `scrap_undecided`, `scrap_document`, `scrap_day`,
    `scrap_in_custody`)."""
    in_place_of = access.require_decides(acting)
    proposal = require_not_approved(acting, key)
    undecided = [one.device for one in proposal.lines if one.verdict is None]
    if proposal.state is not ScrapState.COMMISSIONED or undecided:
        raise Invalid("scrap_undecided", number=proposal.number, left=len(undecided) or len(proposal.lines))
    if not one_line(document) or len(one_line(document)) > _LETTERS:
        raise Invalid("scrap_document", most=_LETTERS)
    if on is None or on > today_of(acting):
        raise Invalid("scrap_day")
    for device in acting.uow.devices.several([line.device for line in proposal.leaving]):
        require_in_nobodys_custody(acting, device)  # it was handed over since it was proposed
    return proposal, in_place_of


def approve(acting: Acting, key: ScrapId, document: str, on: date | None) -> ScrapProposal:
    """Onay, with the number and day of its document: what is fit is written off from now on; what is not stays.

    Raises as `require_approvable`, Stale, and as `recording.changeable`.
    """
    proposal, in_place_of = require_approvable(acting, key, document, on)
    for line in proposal.leaving:
        recording.write_off(acting, line.device, ref=str(proposal.number), acting_for=in_place_of)
    made = replace(
        proposal,
        approved_at=acting.now,
        approved_by=acting.person.id,
        approved_on=on,
        document=one_line(document),
    )
    saved = acting.uow.scrap.save(made)
    history.note(acting, "approved", saved, {"leaving": len(saved.leaving)}, acting_for=in_place_of)
    return saved


def write_slip(acting: Acting, key: ScrapId, number: str) -> ScrapProposal:
    """The number of the Varlık İşlem Fişi. Raises NotAllowed, NotFound, Stale, Invalid(`scrap_unapproved`,
    `scrap_document`)."""
    in_place_of = access.require_disposes(acting)
    proposal = require_approved(acting, key)
    if not one_line(number) or len(one_line(number)) > _LETTERS:
        raise Invalid("scrap_document", most=_LETTERS)
    saved = acting.uow.scrap.save(replace(proposal, slip=one_line(number)))
    history.note(acting, "slip_written", saved, acting_for=in_place_of)
    return saved


def require_disposable(
    acting: Acting, key: ScrapId, device: DeviceId, disposal: Disposal, note: str
) -> tuple[ScrapProposal, tuple[PersonId, ...]]:
    """Raises NotAllowed, NotFound, Invalid(`scrap_unapproved`, `scrap_no_line`, `scrap_stays`, `scrap_record`)."""
    in_place_of = access.require_disposes(acting)
    proposal = require_approved(acting, key)
    if proposal.line(device).verdict is not Verdict.FIT:
        raise Invalid("scrap_stays", number=acting.uow.devices.get(device).number)
    if disposal is Disposal.DESTROYED and not note.strip():
        raise Invalid("scrap_record")
    return proposal, in_place_of


def dispose(acting: Acting, key: ScrapId, device: DeviceId, disposal: Disposal, note: str = "") -> ScrapProposal:
    """What became of it in the end. Raises as `require_disposable`, Stale."""
    proposal, in_place_of = require_disposable(acting, key, device, disposal, note)
    line = replace(proposal.line(device), disposal=disposal, disposal_note=one_line(note)[:MAX_LETTERS])
    saved = acting.uow.scrap.save(proposal.with_line(line))
    said = {"device": device, "disposal": disposal.value}
    history.note(acting, "disposed", saved, said, acting_for=in_place_of)
    return saved


def require_parts(acting: Acting, key: ScrapId, device: DeviceId) -> ScrapProposal:
    """Raises NotFound, Invalid(`scrap_unapproved`, `scrap_no_line`, `scrap_no_parts`)."""
    proposal = require_approved(acting, key)
    if proposal.line(device).disposal is not Disposal.PARTS:
        raise Invalid("scrap_no_parts", number=acting.uow.devices.get(device).number)
    return proposal


def keep_part(acting: Acting, key: ScrapId, device: DeviceId, item: ItemId, quantity: int) -> Moved:
    """A part of it goes into the depot (m.21/1-e). Raises as `require_parts` and `moving.receive`."""
    proposal = require_parts(acting, key, device)
    number = acting.uow.devices.get(device).number
    return moving.receive(acting, item, quantity, why=Why.SALVAGED, document=str(proposal.number), note=str(number))


def require_approved(acting: Acting, key: ScrapId) -> ScrapProposal:
    """Raises NotFound, Invalid(`scrap_unapproved`)."""
    proposal = acting.uow.scrap.get(key)
    if proposal.state is not ScrapState.APPROVED:
        raise Invalid("scrap_unapproved", number=proposal.number)
    return proposal
