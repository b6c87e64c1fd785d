"""Words of devices, as people read them."""

from __future__ import annotations

from handlers.domain.devices import Condition, CustodyKind, Life
from handlers.domain.sightings import ItemType, Link
from knowledge.device_kinds import device_kinds, kind_title
from knowledge.language.device_numbers import official_number, own_name, own_number

DEVICE_NUMBERS: dict[str, str] = {
    "asset_no": "sicil no",
    "other_no": "numara",
    "serial": "seri no",
    "mac": "MAC adresi",
}
CUSTODIES: dict[str, str] = {
    CustodyKind.PERSON: "zimmet",
    CustodyKind.SHARED: "ortak kullanım",
    CustodyKind.DEPOT: "depo",
    CustodyKind.SERVICE: "serviste",
    CustodyKind.AWAY: "dışarıda",
}
CONDITIONS: dict[str, str] = {
    Condition.WORKS: "çalışır",
    Condition.BROKEN: "arızalı",
    Condition.UNUSABLE: "kullanılamaz",
}
LIVES: dict[str, str] = {
    Life.IN_USE: "kullanımda",
    Life.IN_DEPOT: "depoda",
    Life.AT_SERVICE: "serviste",
    Life.AWAY: "dışarıda",
    Life.LOST: "kayıp",
    Life.WRITTEN_OFF: "düşüldü",
    Life.WITHDRAWN: "geri alındı",
}
SIGHTING_TYPES: dict[ItemType, str] = {
    ItemType.COMPUTER: "Bilgisayar",
    ItemType.PRINTER: "Yazıcı",
    ItemType.NETWORK: "Ağ cihazı",
    ItemType.PHONE: "Telefon",
    ItemType.OTHER: "Diğer",
}
SIGHTING_LINKS: dict[Link, str] = {
    Link.SERIAL: "seri no aynı",
    Link.MAC: "MAC adresi aynı",
    Link.PERSON: "elle bağlandı",
}
"""Why it was put to its device."""
DEVICE_CHANGES: dict[str, str] = {
    "recorded": "kaydedildi",
    "corrected": "düzeltildi",
    "moved": "taşındı",
    "handed_over": "zimmete verildi",
    "returned": "depoya alındı",
    "ordered_out": "depodan çıkış emri verildi",
    "order_refused": "depodan çıkış emri verilmedi",
    "official": "resmî kayda yazıldı",
    "to_vendor": "servise verildi",
    "disputed": "“bende değil” dedi",
    "labelled": "etiketlendi",
    "label_revoked": "etiketi iptal edildi",
    "merged": "başka cihazla birleştirildi",
    "joined": "başka kayıt buna katıldı",
    "parted": "yeniden ayrı cihaz oldu",
    "left": "katılan kayıt ayrıldı",
    "counted": "sayımda görüldü",
    "count_taken_back": "sayımı geri alındı",
    "lost": "kayıp yazıldı",
    "found": "bulundu",
    "proposed_scrap": "hurdaya önerildi",
    "scrap_taken_back": "hurda önerisi geri alındı",
    "written_off": "kayıttan düşüldü",
    "withdrawn": "geri alındı",
    "restored": "yeniden kaydedildi",
    "seen_on_network": "ağda görüldü",
    "parts_changed": "parçaları değişmiş (ağdan)",
}


def device_typed(typed: str) -> str:
    """`D-99999`, however it was typed; else the words themselves."""
    number = own_number(typed)
    return f"“{typed}”" if number is None else own_name(number)


def asset_tail(number: str) -> str:
    """`…/18/00252`: what tells two official numbers apart."""
    official = official_number(number)
    return number if official is None else f"…/{official.year}/{official.place}"


def device_kind(kind: str) -> str:
    """`Yazıcı`."""
    return kind_title(kind)


def kinds() -> list[tuple[str, str]]:
    """Each kind with what it is called, in the order in which they are shown."""
    return [(one.id, one.title) for one in device_kinds().values()]
