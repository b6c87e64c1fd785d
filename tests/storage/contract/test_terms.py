"""Süreli kayıtlar and firmalar: the same from every store; example 14 of the stores."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from handlers.context import Acting, UseCaseContext
from handlers.contracts import certificates, recording, renewing, telling, vendors
from handlers.contracts.certificates import CertificateSeen
from handlers.contracts.recording import Said
from handlers.contracts.vendors import SaidOfVendor
from handlers.domain.errors import Invalid, NotAllowed, NotFound, Stale
from handlers.domain.numbers import EVER, Series
from handlers.domain.officers import Office
from handlers.domain.states import State
from handlers.domain.store_events import Stream
from handlers.domain.terms import CertificateRead, Line, Term, TermId, TermKind, TermState
from handlers.domain.vendors import Vendor, VendorId
from handlers.messages import plain
from handlers.ports import TermsWanted, Transactions, UnitOfWork
from handlers.queries import terms as queries
from handlers.tickets import work
from tests.clock import START
from tests.handlers.devices.house import House
from tests.scenarios.stage import shared_desk

TODAY = START.date()
ENDS = TODAY + timedelta(days=10)


def day(away: int) -> str:
    return (TODAY + timedelta(days=away)).isoformat()


def said(**about: Any) -> Said:
    return Said(**{"kind": "certificate", "name": "masa.defne.bel.tr", "ends": day(10), **about})


def told(house: House, who: str) -> list[str]:
    """What that person was told of what ends."""
    place = f"web:p:{who}"
    found = house.store.read(lambda uow: uow.timeline.since(place, 0, 100))
    return [plain(one.text) for one in found if one.kind == "terms_due"]


def tick(house: House, away: int = 0) -> None:
    """The clock, in the afternoon of that day."""
    now = START + timedelta(days=away, hours=2)
    house.store.write(lambda uow: telling.tell_due(UseCaseContext(desk=shared_desk(), uow=uow, now=now)))


def term_of(house: House, key: TermId) -> Term:
    return house.store.read(lambda uow: uow.terms.get(key))


def refused(house: House, act: Callable[[Acting], object], who: str = "sevgi") -> Invalid:
    with pytest.raises(Invalid) as refusal:
        house.does(who, act)
    return refusal.value


def test_they_come_back_as_they_were_kept(store: Transactions) -> None:
    house = House(store)
    device = house.records(serial="PHB1234567")
    firm = store.write(lambda uow: uow.vendors.add(Vendor(name="ABC Bilişim", phone="0326 1", recorded_at=START)))

    def add(uow: UnitOfWork) -> Term:
        return uow.terms.add(
            Term(
                number=uow.counters.next(Series.TERM, EVER),
                kind=TermKind.LINE,
                name="Garaj hattı",
                unit="donanim",
                starts=TODAY,
                ends=ENDS,
                vendor=firm.id,
                contract_no="2026/44",
                steps=(30, 7),
                office=Office.AMBAR,
                devices=(device.id,),
                place=device.place,
                place_text="Garaj",
                line=Line(number="0326 2", service_no="88123", speed="50 Mbps", fault_line="444"),
                cost="4.572,83",
                note="faturada",
                host="a.bel.tr:443",
                read=CertificateRead(at=START, failing_since=TODAY, failure="bağlantı yok"),
                told={30: TODAY},
                recorded_at=START,
                recorded_by=house.ids["sevgi"],
            )
        )

    kept = store.write(add)
    assert str(kept.number) == "SK-00001"
    assert store.write(lambda uow: uow.terms.get(kept.id, to_change=True)) == kept
    assert store.read(lambda uow: uow.terms.numbered(kept.number)) == kept
    assert store.read(lambda uow: uow.terms.read_from()) == {"a.bel.tr:443": kept}
    assert store.read(lambda uow: uow.terms.of_device([device.id])) == [kept]
    assert kept.place is not None
    assert store.read(lambda uow: uow.terms.of_place([kept.place])) == [kept]  # type: ignore[list-item] # asserted
    assert store.read(lambda uow: uow.terms.of_device([])) == []
    saved = store.write(lambda uow: uow.terms.save(replace(kept, ends=None, devices=())))
    assert (saved.version, saved.next_day) == (1, None)
    assert store.read(lambda uow: uow.terms.get(kept.id)) == saved
    with pytest.raises(Stale):
        store.write(lambda uow: uow.terms.save(kept))
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.terms.get(TermId(99_999)))
    other = house.ids["mehmet"]
    store.write(lambda uow: uow.terms.move(house.ids["sevgi"], other))
    assert store.read(lambda uow: uow.terms.get(kept.id)).recorded_by == other


def test_a_firm_is_known_by_its_name(store: Transactions) -> None:
    firm = store.write(lambda uow: uow.vendors.add(Vendor(name="ABC Bilişim A.Ş.", recorded_at=START)))
    assert store.read(lambda uow: uow.vendors.by_name("abc BILISIM A.Ş")) == firm
    assert store.read(lambda uow: uow.vendors.by_name("abc")) is None
    with pytest.raises(Stale):
        store.write(lambda uow: uow.vendors.add(Vendor(name="Abc Bilişim AŞ".replace("AŞ", "A.Ş."), recorded_at=START)))
    saved = store.write(lambda uow: uow.vendors.save(replace(firm, fault_line="444", active=False)))
    assert saved.reached_at == "444"
    assert store.read(lambda uow: uow.vendors.all()) == [saved]
    with pytest.raises(Stale):
        store.write(lambda uow: uow.vendors.save(firm))
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.vendors.get(VendorId(99_999)))


def test_what_is_wanted_and_in_which_order(store: Transactions) -> None:
    house = House(store)
    for name, ends, vendor in (("b.bel.tr", day(40), "ABC Bilişim"), ("a.bel.tr", day(5), ""), ("c.bel.tr", "", "")):
        one = said(name=name, ends=ends, vendor=vendor, unending=not ends)
        house.does("sevgi", lambda acting, one=one: recording.record(acting, one))  # type: ignore[misc] # mypy does not see through the default

    def names(**wanted: Any) -> list[str]:
        return [one.name for one in store.read(lambda uow: uow.terms.wanted(TermsWanted(**wanted)))]

    assert names() == ["a.bel.tr", "b.bel.tr", "c.bel.tr"]
    assert names(words="bilisim ABC") == ["b.bel.tr"]
    assert names(words="A.BEL") == ["a.bel.tr"]
    assert names(words="%") == []
    assert names(ends_by=TODAY + timedelta(days=30)) == ["a.bel.tr"]
    assert names(kinds=frozenset({TermKind.DOMAIN})) == []
    assert names(states=frozenset({TermState.ENDED})) == []
    assert store.read(lambda uow: uow.terms.count(TermsWanted(words="bel"))) == 3
    assert [one.name for one in store.read(lambda uow: uow.terms.wanted(TermsWanted(), skip=1, limit=1))] == [
        "b.bel.tr"
    ]


def test_a_term_is_told_at_its_steps_and_its_ticket_closes_with_it(store: Transactions) -> None:
    """Example 14."""
    house = House(store)
    kept = house.does("sevgi", lambda acting: recording.record(acting, said()))
    assert set(kept.told) == {90, 60, 30}, "what had passed is told no more"
    tick(house)
    opened = term_of(house, kept.id)
    assert opened.ticket is not None
    assert told(house, "sevgi") == []
    moved = house.does("sevgi", lambda acting: recording.correct(acting, kept.id, said(ends=day(90))))
    assert (dict(moved.told), moved.ticket) == ({}, None)
    tick(house)
    assert told(house, "sevgi")[-1].startswith("⏳ Süreli kayıtlar\n- SSL sertifikası masa.defne.bel.tr")
    assert "(90 gün sonra) · SK-00001" in told(house, "sevgi")[-1]
    tick(house)
    tick(house, 1)
    assert len(told(house, "sevgi")) == 1, "each step once"
    back = house.does("sevgi", lambda acting: recording.correct(acting, kept.id, said()))
    assert set(back.told) == {90, 60, 30}
    tick(house)
    again = term_of(house, kept.id)
    assert again.ticket == opened.ticket, "one ticket an end"
    tick(house, 3)
    assert "(7 gün sonra) · SK-00001 · kayıt 2026-000001" in told(house, "sevgi")[-1]
    for away, line in ((9, "(yarın)"), (10, "bugün bitiyor")):
        tick(house, away)
        assert line in told(house, "sevgi")[-1]

    def claim(acting: Acting) -> None:
        work.claim(acting, acting.uow.tickets.get(opened.ticket))  # type: ignore[arg-type] # asserted

    house.does("zeynep", claim)
    assert refused(house, lambda acting: renewing.renew(acting, kept.id, TODAY), "zeynep").reason == "term_not_later"
    done = house.does("zeynep", lambda acting: renewing.renew(acting, kept.id, date(2027, 12, 3)))
    assert (done.before.state, done.before.successor, str(done.after.number)) == (
        TermState.RENEWED,
        done.after.id,
        "SK-00002",
    )
    assert done.closed is not None
    ticket = store.read(lambda uow: uow.tickets.get(done.closed.id))  # type: ignore[union-attr] # asserted
    assert (ticket.state, ticket.resolution) == (State.RESOLVED, "Yenilendi: yeni bitiş 03.12.2027")
    before = len(told(house, "sevgi"))
    tick(house, 12)
    assert len(told(house, "sevgi")) == before, "what was renewed is silent"
    house.does("sevgi", lambda acting: renewing.take_back(acting, kept.id))
    assert term_of(house, kept.id).state is TermState.IN_FORCE
    assert term_of(house, done.after.id).state is TermState.DROPPED
    lines = store.read(lambda uow: uow.store_events.history(Stream.TERM, kept.id))
    assert [one.what for one in lines][-2:] == ["renewed", "brought_back"]


def test_what_ended_long_ago_is_told_once(store: Transactions) -> None:
    """Example 14, of a list that was brought."""
    house = House(store)
    kept = house.does("sevgi", lambda acting: recording.record(acting, said(ends=day(-730))))
    for away in (0, 1, 2):
        tick(house, away)
    assert len(told(house, "sevgi")) == 1
    assert "bitti (23.11.2024)" in told(house, "sevgi")[0]
    assert (term_of(house, kept.id).state, term_of(house, kept.id).ticket) == (TermState.ENDED, None)
    later = house.does("sevgi", lambda acting: recording.correct(acting, kept.id, said(ends=day(200))))
    assert later.state is TermState.IN_FORCE


def test_nothing_is_told_outside_working_time_nor_of_what_was_let_go(store: Transactions) -> None:
    house = House(store)
    kept = house.does("sevgi", lambda acting: recording.record(acting, said(ends=day(12), office="ambar")))
    tick(house, 5)  # a Saturday
    assert told(house, "sevgi") == []
    tick(house, 7)
    assert len(told(house, "sevgi")) == len(told(house, "ambar")) == 1
    house.does("kemal", lambda acting: recording.drop(acting, kept.id))
    tick(house, 11)
    assert len(told(house, "sevgi")) == 1
    assert refused(house, lambda acting: recording.correct(acting, kept.id, said())).reason == "term_over"
    house.does("kemal", lambda acting: recording.bring_back(acting, kept.id))
    tick(house, 11)
    assert len(told(house, "sevgi")) == 2


def test_who_may_what(store: Transactions) -> None:
    house = House(store)
    kept = house.does("sevgi", lambda acting: recording.record(acting, said(ends=day(200))))
    for who in ("mehmet", "ayse", "deniz", "kayit", "admin"):
        for act in (
            lambda acting: recording.record(acting, said()),
            lambda acting: recording.correct(acting, kept.id, said()),
            lambda acting: recording.drop(acting, kept.id),
            lambda acting: renewing.renew(acting, kept.id, date(2028, 1, 1)),
        ):
            with pytest.raises(NotAllowed):
                house.does(who, act)
    for who in ("ayse", "admin"):
        with pytest.raises(NotAllowed):
            house.does(who, lambda acting: queries.look(acting, TermsWanted()))
    for who in ("mehmet", "deniz", "kayit"):
        assert len(house.does(who, lambda acting: queries.look(acting, TermsWanted())).rows) == 1
    house.does("mehmet", lambda acting: vendors.record(acting, SaidOfVendor(name="ABC")))
    with pytest.raises(NotAllowed):
        house.does("deniz", lambda acting: vendors.record(acting, SaidOfVendor(name="DEF")))


BAD = [
    ({"starts": "02.01.2025", "ends": "01.01.2025"}, "Bitiş (01.01.2025) başlangıçtan önce."),
    ({"ends": ""}, "Bitiş günü olmadan hatırlatamam. Süresizse “süresiz”i seçin."),
    (
        {"note": "VK7JG-NPHTM-C97JM-9MPGT-3V66T"},
        "Bu bir lisans anahtarına benziyor; masada saklanmaz. Nerede durduğunu yazın.",
    ),
    ({"ends": "31.02.2027"}, "“31.02.2027” diye bir gün yok. Örnek: 17.07.2027"),
    ({"kind": "x"}, "Türünü seçin: garanti, sözleşme, lisans, hat …"),
    ({"name": " - "}, "Adını yazın. Örnek: masa.defne.bel.tr"),
    (
        {"steps": "90, otuz"},
        "Kaç gün kala hatırlatılacağını 1 ile 730 arasında sayılarla yazın. Örnek: 90, 60, 30, 7, 1",
    ),
    ({"devices": "D-99999"}, "“D-99999” tek bir cihazı göstermiyor. Cihaz numarasını yazın: D-00042"),
    ({"unit": "mutfak"}, "Böyle bir birim yok; listeden seçin."),
    ({"note": "x" * 121}, "Her alan en çok 120 harf olabilir."),
]


def test_bad_input_says_what_to_do_and_keeps_nothing() -> None:
    house, desk = House(), shared_desk()
    for about, line in BAD:
        refusal = refused(house, lambda acting, about=about: recording.record(acting, said(**about)))  # type: ignore[misc] # mypy does not see through the default
        assert plain(desk.texts.render(f"errors/{refusal.reason}", **refusal.data)).strip() == line
    assert house.store.read(lambda uow: uow.terms.count(TermsWanted())) == 0
    kept = house.does("sevgi", lambda acting: recording.record(acting, said(ends="31.12.2026")))
    refusal = refused(house, lambda acting: renewing.renew(acting, kept.id, date(2025, 12, 31)))
    told_so = plain(desk.texts.render(f"errors/{refusal.reason}", **refusal.data)).strip()
    assert told_so == "Yeni bitiş (12.2025) eskisinden (12.2026) önce."
    for note in ("sözleşme 2026-0001-0002-0003", "0326-2345-6789-1234", "depo dolabı A-3"):
        house.does("sevgi", lambda acting, note=note: recording.record(acting, said(note=note)))  # type: ignore[misc] # mypy does not see through the default


def test_a_certificate_comes_back_though_its_host_was_read_meanwhile(store: Transactions) -> None:
    house = House(store)

    def read() -> list[Term]:
        seen = [CertificateSeen(host="masa.defne.bel.tr:443", ends=house.now.date() + timedelta(days=200))]
        store.write(lambda uow: certificates.note(UseCaseContext(desk=house.desk, uow=uow, now=house.now), seen))
        return list(store.read(lambda uow: uow.terms.read_from().values()))

    (first,) = read()
    house.does("kemal", lambda acting: recording.drop(acting, first.id))
    (second,) = read()
    assert second.id != first.id
    back = house.does("kemal", lambda acting: recording.bring_back(acting, first.id))
    assert (back.state, back.host, back.ends) == (TermState.IN_FORCE, "", first.ends), "the newer one is read"
    assert read() == [replace(second, version=second.version + 1)]


def test_certificates_keep_their_end_by_themselves(store: Transactions) -> None:
    house = House(store)

    def look(away: int, *seen: CertificateSeen) -> list[str]:
        def both(uow: UnitOfWork) -> list[str]:
            context = UseCaseContext(desk=shared_desk(), uow=uow, now=START + timedelta(days=away, hours=2))
            hosts = certificates.to_read(context, ["e.bel.tr:443"])
            certificates.note(context, seen)
            return hosts

        return store.write(both)

    def only() -> Term:
        (found,) = store.read(lambda uow: uow.terms.wanted(TermsWanted()))
        return found

    host = "e.bel.tr:443"
    assert look(0, CertificateSeen(host=host, ends=ENDS)) == [host]
    assert look(0) == [], "once a day"
    assert look(5) == [], "not at the weekend"
    first = only()
    assert (first.name, first.ends, first.kind, first.recorded_by) == ("e.bel.tr", ENDS, TermKind.CERTIFICATE, None)
    assert look(1, CertificateSeen(host=host, failure="bağlantı yok")) == [host]
    look(4, CertificateSeen(host=host, failure="bağlantı yok"))
    failing = only()
    assert (failing.ends, failing.read and failing.read.failing_since) == (ENDS, TODAY + timedelta(days=1))
    house.now = START + timedelta(days=4)
    assert house.does("mehmet", lambda acting: queries.look(acting, TermsWanted())).rows[0].failing_days == 3
    look(7, CertificateSeen(host=host, ends=ENDS + timedelta(days=90)))
    read = only()
    assert (read.read and read.read.failing_since, read.ends) == (None, ENDS + timedelta(days=90))
