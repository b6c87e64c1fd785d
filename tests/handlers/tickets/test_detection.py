"""Twenty outages and forty ordinary mornings through the real reader of messages: what is proposed, and how soon.

Each morning has twenty working days behind it; what is reported then is what people of a municipality report.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

import pytest

from handlers.context import UseCaseContext
from handlers.domain.symptoms import Answer, Proposal, Symptom
from handlers.ports import UnitOfWork
from handlers.tickets import detection
from knowledge import Decision
from tests.clock import START, FakeClock
from tests.fakes.store import FakeStore
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_person, add_technician, open_ticket

MORNING = START.replace(hour=5, minute=5)
"""08:05 in Ankara, a Monday."""
PEOPLE = 40

OUTAGES: dict[str, Sequence[str]] = {
    "ebys": ("ebys açılmıyo", "ebysye giremiyorum hata veriyor", "ebys 500 hatası", "ebys sayfası bembeyaz"),
    "ebys evrak": ("ebyste evrak gelmiyor", "ebys evrak havale edemiyorum", "ebyste ek yüklenmiyor", "ebys imza akışı"),
    "internet": (
        "internet yok",
        "internetimiz kesildi kablo takılı",
        "kablolu bağlantı yok kırmızı çarpı",
        "net gitti",
    ),
    "yavaş ağ": ("internet çok yavaş", "ağ çok yavaş herkes yavaş", "internet sürünüyor", "bağlantı çok ağır yavaş"),
    "telefon": ("telefonlar çalışmıyor", "dahili telefon ses gelmiyor", "santral aramıyor", "telefondan hat gelmiyor"),
    "e-posta": ("kurumsal mail gelmiyor", "outlook posta göndermiyor", "e-postam gitmiyor", "mail gönderemiyorum"),
    "otomasyon": (
        "otomasyon hata veriyor",
        "ybs tahsilat ekranı açılmıyor",
        "tahakkuk modülü hata",
        "otomasyona giriş yok",
    ),
    "kep": ("kep gönderilmiyor", "kep iletisi gitmiyor", "kep hesabı açılmıyor", "kepten evrak gönderemiyorum"),
    "web": ("kurum sitesi açılmıyor", "belediye web sitesi çöktü", "web sitemiz açılmıyor", "sitemiz hata veriyor"),
    "e-belediye": (
        "e-belediye açılmıyor",
        "e belediye borç ödeme hatası",
        "e-belediye sayfası hata",
        "sanal pos hatası",
    ),
    "wifi": ("wifi çekmiyor", "kablosuz ağa bağlanmıyor", "wi-fi kopuyor", "kablosuz internet yok"),
    "kamera": (
        "kameralar görüntü vermiyor",
        "güvenlik kamerası gitti",
        "kamera kayıt yapmıyor",
        "kamera görüntüsü yok",
    ),
    "cbs": ("cbs açılmıyor", "kent bilgi sistemi harita gelmiyor", "imar durumu cbs hatası", "netcad katman açılmıyor"),
    "mernis": (
        "mernis sorgulaması çalışmıyor",
        "kps servisi veri getirmiyor",
        "mernis entegrasyon hatası",
        "takbis gelmiyor",
    ),
    "e-imza": ("e-imza görmüyor", "e imza atamıyorum", "elektronik imza token görünmüyor", "e-imza sertifika hatası"),
    "vpn": ("vpn bağlanmıyor", "evden vpn hatası", "vpn kopuyor", "uzak masaüstü vpn bağlanamıyorum"),
    "ortak klasör": (
        "ortak klasör açılmıyor",
        "ağ sürücüsü kayboldu",
        "ortak klasöre giremiyorum",
        "paylaşım açılmıyor",
    ),
    "yazıcı": ("yazıcı yazdırmıyor", "çıktı alamıyorum", "yazıcı çıktı vermiyor", "yazdırma kuyruğunda kalıyor"),
    "kat interneti": ("internet yok kırmızı çarpı", "kablolu ağ yok"),
    "adı bilinmeyen": ("şu yeni ekran bembeyaz kaldı", "yeni ekran bembeyaz kaldı", "bembeyaz kaldı yeni ekran"),
}
ORDINARY = (
    "yazıcı yazdırmıyor", "toner bitti", "parolamı unuttum", "bilgisayarım çok yavaş", "monitöre görüntü gelmiyor",
    "mouse çalışmıyor", "excel açılmıyor", "e-imza kartım görünmüyor", "ebyste evrakı bulamadım", "kağıt sıkıştı",
    "yeni personele hesap açılması", "klavyenin tuşu basmıyor", "tarayıcıya tanımlama", "word dosyası bozuk",
    "telefonum çalmıyor", "projeksiyon çalışmıyor", "windows güncelleme istiyor", "otomasyonda yetki lazım",
    "internet yok odamda", "kamera kaydı izlemek istiyoruz", "mail kotam doldu", "programa lisans lazım",
)  # fmt: skip
PASSWORDS = ("parolamı unuttum", "hesabım kilitlendi", "oturum parolamın süresi dolmuş")


class House:
    """Its people, and what they report; all in one transaction."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow
        add_technician(uow)
        self.people = [add_person(uow, f"p{number}") for number in range(PEOPLE)]
        self.proposed: dict[int, Proposal] = {}

    def used_to(self, text: str, people: int, days: int = 30, minute: float = 0) -> None:
        """So many reported it at that time of each of the last days."""
        for back in range(1, days + 1):
            for number in range(people):
                self.remember(number, text, MORNING - timedelta(days=back) + timedelta(minutes=minute))

    def remember(self, who: int, text: str, at: datetime) -> None:
        category, unit = read(text)
        local = at.astimezone(shared_desk().zone)
        self.uow.symptoms.note(
            Symptom(
                at=at,
                day=local.toordinal(),
                half_hour=local.hour * 2 + local.minute // 30,
                person=self.people[who],
                unit=unit,
                category=category,
            )
        )

    def reports(self, who: int, text: str, at: datetime, room: str = "") -> None:
        category, unit = read(text)
        report = detection.Report(person=self.people[who], unit=unit, category=category, text=text, room=room)
        found = detection.heard(UseCaseContext(desk=shared_desk(), uow=self.uow, now=at), report)
        if found is not None:
            self.proposed[found.id] = found


@pytest.fixture
def houses() -> Callable[[Callable[[House], None]], House]:
    def live(work: Callable[[House], None]) -> House:
        def moved_in(uow: UnitOfWork) -> House:
            house = House(uow)
            work(house)
            return house

        return FakeStore(FakeClock(MORNING)).write(moved_in)

    return live


@cache
def read(text: str) -> tuple[str | None, str]:
    """As the desk reads it: subject and unit."""
    desk = shared_desk()
    reading = desk.knowledge.read(text)
    near = reading.candidates[0].category if reading.candidates and reading.decision is not Decision.reject else None
    subject = desk.category(near)
    return near, subject.unit if subject else desk.units[0]


Live = Callable[[Callable[[House], None]], House]


def test_of_twenty_outages_nearly_all_are_proposed_as_soon_as_enough_have_reported_them(houses: Live) -> None:
    def fails(texts: Sequence[str]) -> Callable[[House], None]:
        def play(house: House) -> None:
            for number, text in enumerate(texts):
                house.reports(number, text, MORNING + timedelta(minutes=2 * number), "3. kat 312")

        return play

    seen = {name: len(houses(fails(texts)).proposed) for name, texts in OUTAGES.items()}
    missed = [name for name, count in seen.items() if count == 0]
    assert len(seen) == 20
    assert len(missed) <= 2, missed
    assert max(seen.values()) == 1, "each is proposed once"


def test_of_forty_ordinary_mornings_hardly_any_looks_like_an_outage(houses: Live) -> None:
    chance = random.Random(20261130)
    false = []
    for _ in range(40):

        def play(house: House) -> None:
            for back in range(28, 0, -1):
                for who, text, minute, _room in morning(chance):
                    house.remember(who, text, MORNING - timedelta(days=back) + timedelta(minutes=minute))
            for who, text, minute, room in morning(chance):
                house.reports(who, text, MORNING + timedelta(minutes=minute), room)

        false += [one.key for one in houses(play).proposed.values()]
    assert len(false) <= 2, false


def morning(chance: random.Random) -> Iterator[tuple[int, str, float, str]]:
    """Who, what, minutes, where: two hours in which twenty report something, first of all their passwords."""
    minute = 0.0
    for _ in range(20):
        minute += chance.expovariate(20 / 120)
        text = chance.choice(PASSWORDS) if minute < 30 and chance.random() < 0.5 else chance.choice(ORDINARY)
        yield chance.randrange(PEOPLE), text, minute, f"{chance.randrange(1, 7)}. kat {chance.randrange(1, 30)}"


@pytest.mark.parametrize(
    ("minutes", "who", "proposed"),
    [
        ((0, 3, 4, 9), (0, 1, 1, 2), [False, False, False, True]),
        ((0, 3, 20), (0, 1, 2), [False, False, False]),
        ((0, 1, 2), (0, 0, 0), [False, False, False]),
    ],
    ids=["three people within a quarter of an hour", "two and one later", "one who writes thrice"],
)
def test_people_are_counted_and_not_messages(
    houses: Live, minutes: Sequence[int], who: Sequence[int], proposed: Sequence[bool]
) -> None:
    seen = []

    def play(house: House) -> None:
        for person, minute in zip(who, minutes, strict=True):
            house.reports(person, "ebys açılmıyor", MORNING + timedelta(minutes=minute))
            seen.append(bool(house.proposed))

    houses(play)
    assert seen == list(proposed)


def test_what_is_usual_at_that_hour_is_no_outage(houses: Live) -> None:
    def play(house: House) -> None:
        house.used_to("parolamı unuttum", 4)
        for person in range(11):
            house.reports(person, "parolamı unuttum", MORNING + timedelta(minutes=person))
        assert not house.proposed
        house.reports(11, "parolamı unuttum", MORNING + timedelta(minutes=11))

    assert len(houses(play).proposed) == 1


def test_a_security_matter_counts_for_nothing(houses: Live) -> None:
    def play(house: House) -> None:
        for person in house.people[:5]:
            ticket = open_ticket(house.uow, person, category="ebys-giris", unit="yazilim", restricted=True)
            report = detection.Report(
                person=person, unit="yazilim", category="ebys-giris", text=ticket.text, ticket=ticket
            )
            work = UseCaseContext(desk=shared_desk(), uow=house.uow, now=MORNING)
            assert detection.heard(work, report) is None
        assert house.uow.symptoms.people(MORNING, ["ebys-giris"]) == 0

    houses(play)


def test_what_was_refused_is_silent_for_two_hours_and_what_is_narrower_too(houses: Live) -> None:
    def play(house: House) -> None:
        at = MORNING
        for person in range(3):
            house.reports(person, "internet yok", at, "3. kat 312")
        (proposal,) = house.uow.symptoms.proposals(MORNING)
        assert (proposal.key, proposal.people) == ("system:internet", 3)
        refused = replace(proposal, answer=Answer.REFUSED, answered_at=at)
        house.uow.symptoms.save_proposal(refused)
        for person in range(3, 9):
            house.reports(person, "internet yok", at + timedelta(minutes=person), "3. kat 312")
        assert len(house.proposed) == 1
        for person in range(3):
            house.reports(person, "internet yok", at + timedelta(hours=2, minutes=person + 1), "3. kat 312")

    assert len(houses(play).proposed) == 2


def test_two_of_one_floor_are_proposed_and_grow_to_the_whole_house(houses: Live) -> None:
    def play(house: House) -> None:
        house.reports(0, "internet yok", MORNING, "3. kat 312")
        house.reports(1, "internet yok", MORNING + timedelta(minutes=1), "3. kat 305")
        assert [one.key for one in house.proposed.values()] == ["place:internet-yok:3. kat"]
        house.reports(2, "internet yok", MORNING + timedelta(minutes=2), "1. kat 104")

    (grown,) = houses(play).proposed.values()
    assert (grown.key, grown.people) == ("system:internet", 3)
