"""The settings of the house by subject: what holds, where it comes from, and a form for what can be said here."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from bot.web.panel import asking
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.house_forms import rows_shown
from bot.web.panel.navigation import OPERATION
from bot.web.rendering import exact_time
from handlers.domain.house_settings import SettingRule, SettingView
from handlers.domain.page_changes import Outcome
from handlers.inflections import grouped
from handlers.queries import house_settings
from handlers.queries.house_settings import SettingsPage
from handlers.queries.page_outcomes import settled
from handlers.settings.house import ShownAgain


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A page of settings that belong together."""

    title: str
    sections: Sequence[str] = ()
    """Of `masa.toml`, whole."""
    keys: Sequence[str] = ()
    tells: str = ""
    """What a reader should know of them."""

    def has(self, rule: SettingRule) -> bool:
        return not rule.of_machine and (rule.key in self.keys or (bool(rule.section) and rule.section in self.sections))


SUBJECTS: Mapping[str, Subject] = {
    "kurum": Subject(
        title="Kurum",
        keys=("institution", "timezone"),
        sections=("notice",),
        tells="Ad, sayfaların başında, iletilerde ve basılan her belgede durur. Adres ve başvuru yolu aydınlatma "
        "metnine girer: değişince metin herkese bir kez yeniden gösterilir.",
    ),
    "birimler": Subject(title="Birimler", keys=("tell_days", "units_without_effort")),
    "saatler": Subject(
        title="Günlük saatler",
        sections=("schedule",),
        tells="Haftalık rapor istenmiyorsa saatini boş bırakın.",
    ),
    "depo": Subject(
        title="Depo",
        sections=("depot",),
        tells="Yönetmelik 11/26 cihazın depodan Müdürün emriyle çıkmasını ister. Emrin nasıl verileceği kurumun "
        "kararıdır; toplu emir sohbette yazılır: /cihaz emir dizüstü, monitör 1-31 Aralık EBYS 2026/1412",
    ),
    "yerler": Subject(
        title="Öncelikli yerler",
        keys=("priority_places",),
        tells="Vatandaşın ya da meclisin beklediği yerler: buradaki arıza, yazılan saatlerde, bütün kurumu tutar. "
        "Kendi listenizi yazarsanız yalnız o geçerli olur. Bir satırı kaldırmak için adını ve sözcüklerini silin.",
    ),
    "saklama": Subject(
        title="Saklama",
        sections=("terms",),
        keys=("backup_days",),
        tells="Bu süreler aydınlatma metnine girer: değişince metin herkese bir kez yeniden gösterilir.",
    ),
    "dosyalar": Subject(title="Dosyalar", sections=("files",), tells="Megabayt, bir günde; 0 sınırsız demektir."),
    "denetimler": Subject(
        title="Sistem denetimleri",
        keys=("probes",),
        sections=("ssl",),
        tells="Sistemlerin yanıt verip vermediğine dakikada bir bakılır; üç kez yanıt gelmezse kesinti önerilir. "
        "Sertifikaların bitişi günde bir kez okunur, Süreli kayıtlar'da durur.",
    ),
    "web": Subject(title="Web sohbeti", sections=("web",)),
    "telegram": Subject(title="Telegram", sections=("telegram",)),
    "slack": Subject(title="Slack", sections=("slack",)),
    "push": Subject(
        title="Tarayıcı bildirimi",
        sections=("push",),
        tells="Adres yazılınca açılır: mailto:bilgiislem@belediye.example. Yalnızca kaydın numarası ve durumu gider; "
        "tarayıcılar bunun için https ister.",
    ),
}
"""By its place in the address."""
_DONE = "Yazıldı."
_DONE_LATER = "Yazıldı; masa yeniden başlayınca geçerli olur."
_AS_IT_WAS = "Bu zaten öyleydi; bir şey değişmedi."
_STALE = "Olmadı: bu arada başkası değiştirdi. Aşağıda şimdiki hâli duruyor."
_UNKNOWN = "Ne olduğu bilinmiyor: aşağıda şimdiki hâli duruyor, gerekirse yeniden yazın."
_TYPE_AGAIN = " Gizli bir alan yazdıysanız saklanmadı: yeniden yazın."
_ON_THE_WAY = "Alındı, işleniyor…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What stands above the page, and beside its fields."""

    told: str = ""
    refused: str | Markup = ""
    waits: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, Any] = field(default_factory=dict)
    """Not yet stored: the form has it again. No secret is among it."""
    asks: ShownAgain | None = None
    """Nothing is stored before somebody has read what it does to the privacy notice, and says yes."""
    of_button: str = ""
    """Where it was asked by a button beside a setting, which and of what: `back terms.chat_months`."""
    anyway: bool = False
    """It can be asked for once more, over what others wrote."""
    status: int = 200


def cards(page: SettingsPage) -> dict[str, Any]:
    """What the overview says of each subject."""
    of = {name: [one for one in page.settings if it.has(one.rule)] for name, it in SUBJECTS.items()}
    return {
        "subjects": SUBJECTS,
        "lines": {name: _line(settings) for name, settings in of.items()},
        "waits": {name: sum(one.waits for one in settings) for name, settings in of.items()},
        "broken": {name: sum(bool(one.unusable) for one in settings) for name, settings in of.items()},
    }


def _line(settings: Sequence[SettingView]) -> str:
    """The first two, in words."""
    return " · ".join(f"{one.rule.name}: {one.value}" for one in settings[:2])[:160]


def name_in(visit: Visit) -> str:
    return visit.request.url.path.rsplit("/", 1)[-1]


def address(visit: Visit, name: str) -> str:
    return f"{visit.browser.base}/panel/ayarlar/{name}"


@panel_page(OPERATION)
async def subject(visit: Visit) -> Response:
    if (house := visit.desk.house) is not None:  # it may have been said in another process a moment ago
        await visit.web.gateway.read(house.take_over)
    return await show(visit, name_in(visit), await _came_of_it(visit, SUBJECTS[name_in(visit)]))


async def show(visit: Visit, name: str, said: Told) -> Response:
    page = await visit.read(house_settings.look)
    it = SUBJECTS[name]
    settings = sorted((one for one in page.settings if it.has(one.rule)), key=lambda one: not one.rule.is_secret)
    return visit.html(
        "panel_house.html",
        status=said.status,
        it=it,
        settings=settings,
        page=page,
        said=said,
        may_change=page.may_change,
        here_is=address(visit, name),
        new_key=lambda: str(uuid.uuid4()),
        given=lambda view: said.typed.get(view.rule.key, view.given),
        rows=rows_shown,
        people=grouped(said.asks.people) if said.asks is not None else "",
        range_of=range_of,
        units=visit.desk.catalogue.units.values(),
        own_places=[place.title for place in visit.desk.priority_places],
        by=lambda view: _who(page, view),
        at=lambda view: exact_time(view.stored.set_at, visit.desk.zone) if view.stored else "",
    )


def range_of(rule: SettingRule) -> str:
    """`1 ile 120 arası`; empty: any number, or none at all."""
    if rule.least is None or rule.most is None:
        return ""
    return f"{grouped(rule.least)} ile {grouped(rule.most)} arası"


def _who(page: SettingsPage, view: SettingView) -> str:
    if view.stored is None or view.stored.set_by is None:
        return "ilk kurulum"
    return page.names[view.stored.set_by]


async def _came_of_it(visit: Visit, it: Subject) -> Told:
    key = visit.request.query_params.get("oldu", "")
    if not asking.UUID.fullmatch(key):
        return Told()
    came, over = await visit.read(lambda acting: settled(acting.uow, asking.event_key(key)))
    match came:
        case Outcome.DONE:
            return Told(told=_DONE_LATER if visit.request.query_params.get("sonra") else _DONE)
        case Outcome.NONE:
            return Told(told=_AS_IT_WAS)
        case None:
            house = visit.desk.house
            secret = any(rule.is_secret and it.has(rule) for rule in (house.rules() if house is not None else ()))
            lost = _UNKNOWN + _TYPE_AGAIN if secret else _UNKNOWN
            return Told(refused=lost) if over else Told(waits=_ON_THE_WAY)
        case _:
            return Told(refused=_STALE)
