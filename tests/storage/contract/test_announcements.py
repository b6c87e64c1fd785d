"""Announcements and who read them: the same from every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.announcements import sending
from handlers.context import UseCaseContext
from handlers.domain.announcements import Announcement, AnnouncementId, Audience, ReadCount
from handlers.domain.errors import Invalid, NotAllowed, NotFound, Stale
from handlers.domain.numbers import Series
from handlers.domain.people import PersonId, Role
from handlers.ports import Transactions, UnitOfWork
from tests.clock import START
from tests.handlers.devices.house import House
from tests.handlers.document_house import CAME, at
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_person


def test_readers_are_told_read_and_reminded(store: Transactions) -> None:
    ayse, mehmet, hasan = store.write(lambda uow: [add_person(uow, one) for one in ("ayse", "mehmet", "hasan")])

    def send(uow: UnitOfWork, readers: list[PersonId]) -> Announcement:
        number = uow.counters.next(Series.ANNOUNCEMENT, 2026)
        said = Announcement(number=number, text="Parola\nverilmez.", made_by=ayse, made_at=START, security=True)
        return uow.announcements.add(said, readers)

    one, other = store.write(lambda uow: [send(uow, [ayse, mehmet]), send(uow, [ayse])])
    assert store.read(lambda uow: uow.announcements.get(one.id)) == one
    assert store.read(lambda uow: uow.announcements.latest()) == [other, one]
    assert store.read(lambda uow: uow.announcements.unread_of(ayse)) == [one, other]
    assert [reader.person for reader in store.read(lambda uow: uow.announcements.untold(2))] == [ayse, mehmet]
    told = store.read(lambda uow: uow.announcements.readers(one.id))
    for reader in told:
        said = replace(reader, told_at=START, read_at=START if reader.person == mehmet else None)
        store.write(lambda uow, said=said: uow.announcements.save_reader(said))  # type: ignore[misc] # a loop's
    assert [reader.person for reader in store.read(lambda uow: uow.announcements.silent(START))] == [ayse]
    assert store.read(lambda uow: uow.announcements.silent(START - timedelta(hours=1))) == []
    late = replace(told[1], reminded_at=START)  # looked at before mehmet read it, written after
    store.write(lambda uow: uow.announcements.save_reader(late))
    assert store.read(lambda uow: uow.announcements.reader(one.id, mehmet)) == replace(
        late, told_at=START, read_at=START
    ), "who has read it has read it"
    assert store.read(lambda uow: uow.announcements.counts()) == {
        one.id: ReadCount(2, 2, 1),
        other.id: ReadCount(1, 0, 0),
    }
    ended = store.write(lambda uow: uow.announcements.save(replace(one, withdrawn_at=START)))
    assert store.read(lambda uow: uow.announcements.in_force()) == [other]
    assert store.read(lambda uow: uow.announcements.silent(START)) == []
    with pytest.raises(Stale):
        store.write(lambda uow: uow.announcements.save(one))
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.announcements.get(AnnouncementId(99)))
    store.write(lambda uow: uow.announcements.add_readers(other.id, [hasan]))
    store.write(lambda uow: uow.announcements.move(ayse, hasan))
    assert [reader.person for reader in store.read(lambda uow: uow.announcements.readers(ended.id))] == [mehmet, hasan]
    assert [reader.person for reader in store.read(lambda uow: uow.announcements.readers(other.id))] == [hasan]
    assert store.read(lambda uow: (uow.announcements.count_of(mehmet), uow.announcements.count_of(ayse))) == (1, 2)


def test_sent_told_read_reminded_once_and_new_people_added(
    store: Transactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = at(House(store), CAME)
    with pytest.raises(NotAllowed):
        house.does("mehmet", lambda acting: sending.send(acting, "metin", Audience.EVERYBODY))
    for text, audience, department, reason in (
        (" … ", Audience.EVERYBODY, "", "announcement_empty"),
        ("x" * 1501, Audience.EVERYBODY, "", "announcement_long"),
        ("metin", Audience.DEPARTMENT, "Yok", "announcement_department"),
    ):
        with pytest.raises(Invalid, match=reason):
            house.does("fatma", lambda acting, a=(text, audience, department): sending.send(acting, *a))  # type: ignore[misc]
    one = house.does("fatma", lambda acting: sending.send(acting, "Parola verilmez.", Audience.STAFF, security=True))
    assert (str(one.number), one.security) == ("DU-2026-00001", True)

    def tick(uow: UnitOfWork) -> None:
        sending.tick(UseCaseContext(desk=shared_desk(), uow=uow, now=house.now))

    store.write(tick)
    count = store.read(lambda uow: uow.announcements.counts()[one.id])
    assert (count.told, count.read) == (count.readers, 0)
    with pytest.raises(Invalid, match="announcement_not_yours"):
        house.does("ayse", lambda acting: sending.read(acting, one.id))
    first = house.does("mehmet", lambda acting: sending.read(acting, one.id))
    assert house.does("mehmet", lambda acting: sending.read(acting, one.id)) == first
    store.write(lambda uow: add_person(uow, "yeni", role=Role.TECHNICIAN, unit="donanim", department="Bilgi İşlem"))
    house.now += timedelta(days=7)
    before = store.read(lambda uow: uow.timeline.last_seq("web:p:zeynep"))
    store.write(tick)
    assert store.read(lambda uow: uow.timeline.last_seq("web:p:zeynep")) > before
    readers = {reader.person: reader for reader in store.read(lambda uow: uow.announcements.readers(one.id))}
    assert readers[house.ids["mehmet"]].reminded_at is None
    assert readers[house.ids["zeynep"]].reminded_at == house.now
    assert len(readers) == count.readers + 1
    ended = house.does("fatma", lambda acting: sending.withdraw(acting, one.id))
    assert house.does("kemal", lambda acting: sending.withdraw(acting, one.id)) == ended
    monkeypatch.setattr(sending, "TOLD_AT_ONCE", 1)
    other = house.does("fatma", lambda acting: sending.send(acting, "Okuyun.", Audience.STAFF))

    def states() -> tuple[int, int]:
        found = store.read(lambda uow: uow.announcements.readers(other.id))
        return sum(one.told_at is not None for one in found), sum(one.reminded_at is not None for one in found)

    for place in range(count.readers + 1):
        assert states() == (place, 0)
        store.write(tick)
    house.now += timedelta(days=7)
    for place in range(count.readers + 1):
        assert states() == (count.readers + 1, place), "so many in one transaction, each once"
        store.write(tick)
    store.write(tick)
    assert states() == (count.readers + 1,) * 2
