"""Which devices the page shows, as its address says; and the words of a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from bot.web.panel.guard import Visit
from handlers import place_names
from handlers.context import Acting
from handlers.device_terms import LIVES, device_kind, kinds
from handlers.domain.devices import CustodyKind, DeviceId, Life
from handlers.domain.places import PlaceId
from handlers.domain.sightings import LONG_UNSEEN
from handlers.people.officers import today_of
from handlers.ports import DevicesWanted
from handlers.queries.devices import DeviceRow

_LONGEST = 100
WARRANTIES = {"bitti": "bitmiş", "30": "30 günde bitecek", "90": "90 günde bitecek"}
OWNERS = {"belirsiz": "sahibi belirsiz", "ben": "benim zimmetim"}
LACKS = {"sicil": "sicil no yok", "yer": "yeri yazılmamış"}
NETWORK = {"yok": "iki yıldır görülmedi"}
SHOWN_LIVES = (Life.IN_USE, Life.IN_DEPOT, Life.AT_SERVICE, Life.AWAY, Life.LOST, Life.WRITTEN_OFF)


@dataclass(frozen=True, slots=True)
class DeviceFilter:
    """By the names of the address."""

    given: Mapping[str, str]

    @classmethod
    def of(cls, visit: Visit) -> DeviceFilter:
        names = ("q", "mudurluk", "tur", "yer", "durum", "garanti", "sahip", "eksik", "ag")
        return cls({name: typed for name in names if (typed := visit.typed(name)[:_LONGEST])})

    def get(self, name: str) -> str:
        return self.given.get(name, "")

    @property
    def query(self) -> str:
        return urlencode(self.given)

    def wanted(self, acting: Acting) -> DevicesWanted:
        today = today_of(acting)
        kind, life, place = self.get("tur"), self.get("durum"), self.get("yer")
        wanted = DevicesWanted(
            words=self.get("q"),
            kinds=frozenset({kind}) if kind in dict(KINDS) else frozenset(),
            lives=frozenset({Life(life)}) if life in SHOWN_LIVES else frozenset(),
            warranty_before=_warranty(self.get("garanti"), today),
            unresolved_holder=self.get("sahip") == "belirsiz",
            holder=acting.person.id if self.get("sahip") == "ben" else None,
            unseen_since=acting.now - LONG_UNSEEN if self.get("ag") in NETWORK else None,
            without_asset_no=self.get("eksik") == "sicil",
            without_place=self.get("eksik") == "yer",
        )
        if place:
            found = place_names.candidates(acting.uow, place_names.read(place))
            wanted = replace(wanted, places=frozenset(one.id for one in found) or frozenset({_NOWHERE}))
        return wanted


_NOWHERE = PlaceId(0)
KINDS: Sequence[tuple[str, str]] = tuple(kinds())


def _warranty(typed: str, today: date) -> date | None:
    if typed == "bitti":
        return today
    return today + timedelta(days=int(typed)) if typed in WARRANTIES else None


HEADS = ("No", "Cihaz", "Tür", "Sicil no", "Seri no", "Müdürlük", "Yer", "Zimmet", "Durum", "Garanti", "Bu yıl kayıt")
WIDTHS = (10, 22, 14, 24, 16, 22, 16, 18, 11, 10, 7)


def cells(row: DeviceRow) -> tuple[str, ...]:
    """In the order of HEADS."""
    said = row.device.description
    return (
        str(row.device.number),
        said.name,
        device_kind(said.kind),
        said.asset_no,
        said.serial,
        row.department,
        row.place,
        holder(row),
        LIVES[row.device.life],
        f"{said.warranty_until:%d.%m.%Y}" if said.warranty_until else "",
        str(row.tickets or ""),
    )


def holder(row: DeviceRow) -> str:
    """Whose it is, or where it lies instead; empty for who may not know whether it is anybody's."""
    custody = row.device.custody
    if row.holder is not None:
        return row.holder.name or row.holder.handle
    if custody.holder_text:
        return f"{custody.holder_text} (listede yok)"
    if not row.whole and custody.kind is CustodyKind.SHARED:
        return ""
    return {
        CustodyKind.DEPOT: "depo",
        CustodyKind.SERVICE: "serviste",
        CustodyKind.AWAY: "dışarıda",
        CustodyKind.PERSON: "zimmetli",
    }.get(custody.kind, "ortak kullanım")


def after_of(visit: Visit) -> DeviceId | None:
    typed = visit.typed("sonra")
    return DeviceId(int(typed)) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else None
