"""Conversations to look at: what the desk and people say on an ordinary morning."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from handlers.domain.people import Person
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.messages import BOLD, CODE, END, QUOTE, SEP, TIME
from handlers.ports import UnitOfWork
from tests.bot.web.house import House


def picture(width: int = 480, height: int = 300) -> bytes:
    """A small PNG with a soft slope of colour."""
    rows = b"".join(
        b"\0" + bytes(value for x in range(width) for value in (40 + x * 90 // width, 110 + y * 90 // height, 130))
        for y in range(height)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def bold(text: str) -> str:
    return f"{BOLD}{text}{END}"


def quote(text: str) -> str:
    return f"{QUOTE}“{text}”{END}"


def when(house: House, text: str) -> str:
    return f"{TIME}{house.now().isoformat()}{SEP}{text}{END}"


def card(house: House, state: str) -> str:
    return (
        f"🖨 {bold('2026-000123')} · Yazıcı yazdırmıyor · {bold('Yüksek')}\n"
        "Ayşe Yılmaz, Mali Hizmetler, 3. kat 312 · dahili 1453\n"
        f"{quote('slm yazici cikti vermiyo, 3. kat tahakkuk servisi')}   📷 1\n"
        "Denedi: 3 adım, işe yaramadı\n"
        f"{state} · {when(house, '12 dk önce')} açıldı"
    )


def clerks_morning(house: House, people: dict[str, Person]) -> None:
    """Ayşe reports, tries the steps, and gets a ticket."""
    ayse, here = people["ayse"], "web:p:ayse"
    house.clock.forward(hours=-20)
    house.write_as(ayse, here, "Merhaba, EBYS'ye giremiyorum")
    house.say(here, f"{bold('EBYS parolası')} kilitlenmiş olabilir. 15 dakika sonra yeniden deneyin.")
    house.write_as(ayse, here, "oldu, teşekkürler")
    house.clock.forward(hours=19, minutes=20)
    house.write_as(ayse, here, "slm yazici cikti vermiyo, 3. kat tahakkuk servisi")
    file = house.files.keep(
        BytesIO(picture()), "yazici-ekrani.png", uploader=ayse.id, conversation=here, at=house.now()
    )
    house.store.write(lambda uow: uow.attachments.add(file))
    house.write_as(ayse, here, "ekranında bu yazıyor", files=(file.id,))
    house.say(
        here,
        f"Anladığım: {bold('Yazıcı yazdırmıyor')}. Şunları deneyin:\n\n"
        f"1. Yazıcının ekranında {quote('Hazır')} yazdığına bakın.\n"
        "2. Yazıcıyı kapatın, 10 saniye bekleyip açın.\n"
        f"3. Bilgisayarda {CODE}Ayarlar › Yazıcılar{END} içinde çevrimdışı görünüyorsa üzerine tıklayıp "
        "“Çevrimiçi kullan” deyin.\n"
        "4. Kuyrukta bekleyen eski çıktıları silin.\n\n"
        "Henüz kayıt açılmadı.",
        "İşe yaradı",
        "Teknisyene ilet",
        "Sorunum bu değil",
        slot="draft:1",
    )
    house.clock.forward(minutes=8)
    ticket = open_ticket(house, ayse, "yazici-yazdirmiyor", "slm yazici cikti vermiyo")
    open_ticket(house, ayse, "toner-kartus", "toner bitti", State.RESOLVED)
    house.say(
        here,
        f"Kaydınız açıldı: {bold(ticket.number)}. Donanım ve Teknik Destek Birimi bakacak.",
        ticket=ticket.id,
    )
    house.clock.forward(minutes=20)
    house.say(
        here,
        f"{bold(ticket.number)}: Mehmet K. üstlendi. {when(house, '2 dk önce')}",
        "Kayda ekle",
        ticket=ticket.id,
    )
    house.clock.forward(minutes=2)


def open_ticket(house: House, person: Person, category: str, text: str, state: State = State.CLAIMED) -> Ticket:
    def work(uow: UnitOfWork) -> Ticket:
        ticket = Ticket(
            unit="donanim",
            category=category,
            text=text,
            reporter=person.id,
            conversation=f"web:p:{person.handle}",
            opened_at=house.now(),
            opened_by=person.id,
        )
        ticket.opened(by=person.id, at=house.now(), channel="web")
        ticket.state = state
        return uow.tickets.add(ticket, 2026)

    return house.store.write(work)


def units_morning(house: House, people: dict[str, Person]) -> None:
    """The room of the unit: cards, and a word between technicians."""
    room = "web:r:donanim"
    house.clock.forward(minutes=-30)
    house.say(room, "☀ Günaydın. Dünden kalan 2 kayıt var, en eskisi 3 gündür firma bekliyor.")
    house.clock.forward(minutes=12)
    house.say(room, card(house, "🔵 Sırada"), "Üstlen", "Diğer", slot="card:1")
    house.write_as(people["zeynep"], room, "Ben 2. kattayım, toneri de götürebilirim")
    house.write_as(people["zeynep"], room, "yedek toner depoda 4 tane")
    house.write_as(people["mehmet"], room, "Olur, ben alıyorum")
    house.say(
        room, card(house, "🟢 Üstlenildi: Mehmet K."), "Tamamladım", "Beklet", "Bilgi iste", "Diğer", slot="card:1"
    )
    house.say(
        room,
        f"🛡 {bold('2026-000124')} · ACİL\nGüvenlik kaydı: içeriğini şef ve müdür görür.",
        "Üstlen",
    )
    house.clock.forward(minutes=18)
