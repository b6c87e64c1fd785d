"""Proposals to write devices off, as their pages and prints show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from handlers import device_names
from handlers.context import Acting
from handlers.device_merges import together
from handlers.domain.devices import Device
from handlers.domain.errors import NotFound
from handlers.domain.people import Person, PersonId
from handlers.domain.scrap import ScrapLine, ScrapProposal, ScrapState
from handlers.domain.security_matters import known_to
from handlers.domain.stock_rights import StockAction
from handlers.scrap import access
from handlers.stock import access as stock_access

TICKETS_OVER = timedelta(days=3 * 365)
"""Of which the teknik rapor counts the tickets."""
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRow:
    proposal: ScrapProposal
    opener: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalsPage:
    rows: Sequence[ProposalRow]
    proposes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedDevice:
    line: ScrapLine
    device: Device
    name: str
    place: str
    tickets: int
    """Of three years, that were surely about it."""
    years: int | None
    """Since it was bought; None: nobody wrote down when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalPage:
    row: ProposalRow
    devices: Sequence[ProposedDevice]
    people: Mapping[PersonId, Person]
    proposes: bool
    checks: bool
    decides: bool
    disposes: bool
    keeps: bool
    """Whether they may write parts into the depot."""
    me: PersonId

    @property
    def state(self) -> ScrapState:
        return self.row.proposal.state


def look(acting: Acting) -> ProposalsPage:
    """Raises NotAllowed."""
    access.require_reads(acting)
    rows = [_row(acting, one) for one in acting.uow.scrap.latest()]
    return ProposalsPage(rows=rows, proposes=access.may(acting, access.require_proposes))


def one(acting: Acting, number: str) -> ProposalPage:
    """Raises NotAllowed, NotFound."""
    access.require_reads(acting)
    proposal = acting.uow.scrap.by_number(number)
    if proposal is None:
        raise NotFound("scrap proposal", number)
    devices = {one.id: one for one in acting.uow.devices.several([line.device for line in proposal.lines])}
    return ProposalPage(
        row=_row(acting, proposal),
        devices=[_proposed(acting, line, devices[line.device]) for line in proposal.lines],
        people=acting.uow.people.of_ids({line.proposed_by for line in proposal.lines}),
        proposes=access.may(acting, access.require_proposes),
        checks=access.may(acting, access.require_checks),
        decides=access.may(acting, access.require_decides),
        disposes=access.may(acting, access.require_disposes),
        keeps=stock_access.may(acting, StockAction.KEEP),
        me=acting.person.id,
    )


def _row(acting: Acting, proposal: ScrapProposal) -> ProposalRow:
    opener = acting.uow.people.get(proposal.opened_by)
    return ProposalRow(proposal=proposal, opener=opener.name or opener.handle)


def _proposed(acting: Acting, line: ScrapLine, device: Device) -> ProposedDevice:
    bought, today = device.description.bought_on, acting.working_time().local_date(acting.now)
    since, keys = acting.now - TICKETS_OVER, together(acting.uow, device.id)
    return ProposedDevice(
        line=line,
        device=device,
        name=device_names.name(device),
        place=device_names.place_name(acting.uow, device),
        tickets=acting.uow.ticket_devices.count(keys, since, acting.now + _MOMENT, known_to(acting.person)),
        years=None if bought is None else (today - bought).days // 365,
    )
