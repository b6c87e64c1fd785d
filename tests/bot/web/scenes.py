"""Conversations to look at: what the desk and people say on an ordinary morning."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from io import BytesIO

from handlers.domain.people import Person
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.events import Event, MessageReceived
from handlers.messages import BOLD, CODE, END, QUOTE, SEP, TIME
from handlers.ports import UnitOfWork
from tests.bot.web.scripted_site import ScriptedSite, echo


@cache
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


def when(site: ScriptedSite, text: str) -> str:
    return f"{TIME}{site.now().isoformat()}{SEP}{text}{END}"


def card(site: ScriptedSite, state: str) -> str:
    return (
        f"🖨 {bold('2026-000123')} · Yazıcı yazdırmıyor · {bold('Yüksek')}\n"
        "Ayşe Yılmaz, Mali Hizmetler, 3. kat 312 · dahili 1453\n"
        f"{quote('slm yazici cikti vermiyo, 3. kat tahakkuk servisi')}   📷 1\n"
        "Denedi: 3 adım, işe yaramadı\n"
        f"{state} · {when(site, '12 dk önce')} açıldı"
    )


def clerks_morning(site: ScriptedSite, people: dict[str, Person]) -> None:
    """Ayşe reports, tries the steps, and gets a ticket."""
    ayse, here = people["ayse"], "web:p:ayse"
    site.clock.forward(hours=-20)
    site.write_as(ayse, here, "Merhaba, EBYS'ye giremiyorum")
    site.say(here, f"{bold('EBYS parolası')} kilitlenmiş olabilir. 15 dakika sonra yeniden deneyin.")
    site.write_as(ayse, here, "oldu, teşekkürler")
    site.clock.forward(hours=19, minutes=20)
    site.write_as(ayse, here, "slm yazici cikti vermiyo, 3. kat tahakkuk servisi")
    file = site.files.keep(BytesIO(picture()), "yazici-ekrani.png", uploader=ayse.id, conversation=here, at=site.now())
    site.store.write(lambda uow: uow.attachments.add(file))
    site.write_as(ayse, here, "ekranında bu yazıyor", files=(file.id,))
    site.say(
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
    site.clock.forward(minutes=8)
    ticket = open_ticket(site, ayse, "yazici-yazdirmiyor", "slm yazici cikti vermiyo")
    open_ticket(site, ayse, "toner-kartus", "toner bitti", State.RESOLVED)
    site.say(
        here,
        f"Kaydınız açıldı: {bold(ticket.number)}. Donanım ve Teknik Destek Birimi bakacak.",
        ticket=ticket.id,
    )
    site.clock.forward(minutes=20)
    site.say(
        here,
        f"{bold(ticket.number)}: Mehmet K. üstlendi. {when(site, '2 dk önce')}",
        "Kayda ekle",
        ticket=ticket.id,
    )
    site.clock.forward(minutes=2)


def open_ticket(site: ScriptedSite, person: Person, category: str, text: str, state: State = State.CLAIMED) -> Ticket:
    def work(uow: UnitOfWork) -> Ticket:
        ticket = Ticket(
            unit="donanim",
            category=category,
            text=text,
            reporter=person.id,
            conversation=f"web:p:{person.handle}",
            opened_at=site.now(),
            opened_by=person.id,
        )
        ticket.opened(by=person.id, at=site.now(), channel="web")
        ticket.state = state
        return uow.tickets.add(ticket, 2026)

    return site.store.write(work)


def units_morning(site: ScriptedSite, people: dict[str, Person]) -> None:
    """The room of the unit: cards, and a word between technicians."""
    room = "web:r:donanim"
    site.clock.forward(minutes=-30)
    site.say(room, "☀ Günaydın. Dünden kalan 2 kayıt var, en eskisi 3 gündür firma bekliyor.")
    site.clock.forward(minutes=12)
    site.say(room, card(site, "🔵 Sırada"), "Üstlen", "Diğer", slot="card:1")
    site.write_as(people["zeynep"], room, "Ben 2. kattayım, toneri de götürebilirim")
    site.write_as(people["zeynep"], room, "yedek toner depoda 4 tane")
    site.write_as(people["mehmet"], room, "Olur, ben alıyorum")
    site.say(room, card(site, "🟢 Üstlenildi: Mehmet K."), "Tamamladım", "Beklet", "Bilgi iste", "Diğer", slot="card:1")
    site.say(
        room,
        f"🛡 {bold('2026-000124')} · ACİL\nGüvenlik kaydı: içeriğini şef ve müdür görür.",
        "Üstlen",
    )
    site.clock.forward(minutes=18)


def joins(uow: UnitOfWork, event: Event, person: Person) -> None:
    """As the desk does it: with the code the guest turns out to be Mehmet."""
    if not isinstance(event, MessageReceived) or not event.text.startswith("/katil"):
        echo(uow, event, person)
        return
    mehmet = uow.people.by_handle("mehmet")
    assert mehmet is not None
    place = uow.conversations.get(event.conversation)
    assert place is not None
    uow.people.link(event.sender, mehmet.id, place.address)
    place.person = mehmet.id
    uow.conversations.save(place)
    uow.sessions.move(person.id, mehmet.id)
