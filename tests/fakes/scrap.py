from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from handlers.domain.devices import DeviceId
from handlers.domain.errors import NotFound, Stale
from handlers.domain.people import PersonId
from handlers.domain.scrap import ScrapId, ScrapProposal, ScrapState
from tests.fakes.tables import FakeTransaction


class FakeScrap:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, proposal: ScrapProposal) -> ScrapProposal:
        added = replace(proposal, id=ScrapId(self._transaction.new_id()), version=0)
        self._transaction.changing.scrap[added.id] = added
        return added

    def save(self, proposal: ScrapProposal) -> ScrapProposal:
        if self.get(proposal.id).version != proposal.version:
            raise Stale("scrap proposal", proposal.id)
        saved = replace(proposal, version=proposal.version + 1)
        self._transaction.changing.scrap[saved.id] = saved
        return saved

    def get(self, key: ScrapId) -> ScrapProposal:
        found = self._transaction.seen.scrap.get(key)
        if found is None:
            raise NotFound("scrap proposal", key)
        return found

    def by_number(self, number: str) -> ScrapProposal | None:
        return next((one for one in self.latest(1_000_000) if str(one.number) == number), None)

    def collecting(self) -> ScrapProposal | None:
        return next((one for one in self.latest(1_000_000) if one.state is ScrapState.COLLECTING), None)

    def latest(self, limit: int = 50) -> Sequence[ScrapProposal]:
        return sorted(self._transaction.seen.scrap.values(), key=lambda one: -one.id)[:limit]

    def of_devices(self, devices: Collection[DeviceId]) -> Mapping[DeviceId, ScrapProposal]:
        found: dict[DeviceId, ScrapProposal] = {}
        for one in reversed(self.latest(1_000_000)):
            found |= {line.device: one for line in one.lines if line.device in devices}
        return found

    def shows(self, file: str) -> bool:
        lines = (line for one in self.latest(1_000_000) for line in one.lines)
        return bool(file) and any(line.file == file for line in lines)

    def count_of(self, person: PersonId) -> int:
        everything = self.latest(1_000_000)
        lines = sum(line.proposed_by == person for one in everything for line in one.lines)
        return lines + sum(member.person == person for one in everything for member in one.commission)

    def move(self, guest: PersonId, person: PersonId) -> None:
        for one in self.latest(1_000_000):
            lines = (replace(line, proposed_by=person) if line.proposed_by == guest else line for line in one.lines)
            members = (replace(who, person=person) if who.person == guest else who for who in one.commission)
            moved = replace(one, lines=tuple(lines), commission=tuple(members))
            self._transaction.changing.scrap[one.id] = moved
