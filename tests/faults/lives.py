"""People who live at random with the desk: they report, press, claim, answer, resolve, as fast as it goes."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.bot.channels.telegram.stage import GROUPS
from tests.faults.installation import reporters, user_of
from tests.faults.messenger import Messenger
from tests.faults.people import Browser, Ledger, Person, Shown, TelegramUser

REPORTS = (
    "slm yazici cikti vermiyo, kuyrukta bekliyor",
    "internet yok odada kırmızı çarpı var",
    "EBYS'ye giremiyorum, parola hatalı diyor",
    "telefonun ahizesinden ses gelmiyor",
    "bilgisayarım çok yavaş, açılması yarım saat sürüyor",
)
ANSWERS = ("evet yanıyor ama basmıyor", "oda 312", "yarın olur", "teşekkürler", "hâlâ aynı")
LIKED = {
    "Teknisyene ilet": 8.0,
    "Talep oluştur": 8.0,
    "Evet, çalışıyor": 4.0,
    "Hâlâ bozuk": 1.0,
    "Üstlen": 6.0,
    "Tamamladım": 3.0,
    "Devam et": 3.0,
    "Beklet": 2.0,
    "Diğer": 1.0,
    "İptal": 0.1,
    "Birleştir": 0.2,
    "Diğer birime gönder": 0.4,
    "Bilinen kesinti": 0.1,
    "İşe yaradı": 0.3,
    "Sorunum bu değil": 0.3,
    "Vazgeç": 0.3,
    "‹ Geri": 0.5,
}
"""How gladly a button is pressed; every other one: 1."""
LOOKED_AT = 12
"""Messages back from the newest that somebody still looks at."""
UNTAKEN = 10
"""With so many updates that the desk has not asked for, nobody in Telegram writes more: people wait for answers."""
CLERKS_ONLINE = 6
"""Of the reporters, with a browser; the others are in Telegram."""


@dataclass(slots=True)
class Lives:
    random: random.Random
    api: Messenger
    addresses: list[str]
    ledger: Ledger = field(default_factory=Ledger)
    markers: list[str] = field(default_factory=list)
    pause: float = 0.2
    """Seconds that somebody thinks, at most."""
    answered: bool = True
    """False: so much waits to be handled or sent that whoever waits for an answer writes nothing more."""
    patient: bool = True
    """False: who sits at a browser writes on all the same."""
    browsers: list[Browser] = field(default_factory=list)
    _living: list[asyncio.Task[None]] = field(default_factory=list)
    _over: bool = False

    def begin(self) -> None:
        clerks = reporters()
        online, away = clerks[:CLERKS_ONLINE], clerks[CLERKS_ONLINE:]
        self._living = [
            asyncio.create_task(self._live(person, reports=reports))
            for person, reports in [
                *[(self._browser(handle), True) for handle in online],
                *[(self._phone(handle), True) for handle in away],
                *[(self._browser(handle, unit), False) for handle, unit in _AT_THE_DESK],
                *[(self._phone(handle, unit), False) for handle, unit in _ON_FOOT],
            ]
        ]

    async def end(self) -> None:
        """Everybody finishes what they are at. Raises what broke in a life."""
        self._over = True
        await asyncio.gather(*self._living)
        for browser in self.browsers:
            await browser.close()

    def check(self) -> None:
        """Raises what broke in a life."""
        for task in self._living:
            if task.done():
                task.result()

    def _browser(self, handle: str, room: str | None = None) -> Person:
        browser = Browser(handle, list(self.addresses), self.ledger, room)
        self.browsers.append(browser)
        return browser

    def _phone(self, handle: str, unit: str | None = None) -> Person:
        chat = GROUPS[unit] if unit else 0
        return TelegramUser(handle, self.api, user_of(handle), self.ledger, chat)

    async def _live(self, person: Person, *, reports: bool) -> None:
        while not self._over:
            await asyncio.sleep(self.random.uniform(0.0, self.pause))
            phones = isinstance(person, TelegramUser)
            waits = (phones and len(self.api.updates) >= UNTAKEN) or ((phones or reports) and not self.answered)
            if waits and (phones or self.patient):
                continue
            found = [(button, shown) for shown in (await person.sees())[-LOOKED_AT:] for button in shown.buttons]
            what = self.random.random()
            if found and what < (0.6 if reports else 0.95):
                button, shown = self._choice(found)
                await person.presses(button, shown)
            elif reports and what < 0.8:
                await person.says(self._report())
            elif reports:
                await person.says(self.random.choice(ANSWERS))

    def _report(self) -> str:
        marker = f"kod{len(self.markers)}x"
        self.markers.append(marker)
        return f"{self.random.choice(REPORTS)} {marker}"

    def _choice(self, found: Sequence[tuple[str, Shown]]) -> tuple[str, Shown]:
        weights = [LIKED.get(button, 1.0) for button, _ in found]
        return self.random.choices(found, weights)[0]


_AT_THE_DESK = (("mehmet", "donanim"), ("fatma", "donanim"), ("ali", "yazilim"))
_ON_FOOT = (("zeynep", "donanim"), ("ali", "yazilim"))
