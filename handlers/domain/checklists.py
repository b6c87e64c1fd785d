"""Kontrol listesi: what is to be done on a ticket, line by line. A list that hangs on a ticket stays as it was then;
every tick is a line of the ticket's history, and how far it is comes from there alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.domain.errors import Invalid
from handlers.domain.people import PersonId, UnitId
from handlers.domain.states import Change, TicketEvent
from handlers.domain.ticket import TicketId

MOST_ITEMS = 24
MAX_ITEM_LETTERS = 80
MAX_TITLE_LETTERS = 60
REQUIRED = "!"
"""Before a line that must be ticked."""


@dataclass(frozen=True, slots=True)
class Item:
    text: str
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """As a unit keeps it. Another version takes the place of the one before; without items the list is off."""

    unit: UnitId
    name: str
    title: str
    items: tuple[Item, ...]
    category: str | None = None
    """The subject on whose tickets it hangs by itself."""
    version: int = 1
    written_at: datetime | None = None
    """None: it is one that the desk ships with."""
    withdrawn_at: datetime | None = None
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketChecklist:
    """As it hangs on a ticket."""

    ticket: TicketId
    name: str
    version: int
    title: str
    items: tuple[Item, ...]
    id: int = 0


@dataclass(frozen=True, slots=True)
class Tick:
    who: PersonId | None
    at: datetime


def key(checklist: int, item: int) -> str:
    """Of a line, in the history."""
    return f"{checklist}-{item}"


def ticks(history: Sequence[TicketEvent], checklist: TicketChecklist) -> Mapping[int, Tick]:
    """The ticked lines, by their place from 0."""
    lines = {key(checklist.id, place): place for place in range(len(checklist.items))}
    ticked: dict[int, Tick] = {}
    for event in history:
        if event.what is Change.TICKED and event.after in lines:
            ticked[lines[event.after]] = Tick(event.who, event.at)
        elif event.what is Change.UNTICKED and event.before in lines:
            ticked.pop(lines[event.before], None)
    return ticked


def remarks(history: Sequence[TicketEvent], checklist: TicketChecklist) -> Mapping[int, Sequence[int]]:
    """By the line's place the entries with what was written or shown to it, oldest first."""
    lines = {key(checklist.id, place): place for place in range(len(checklist.items))}
    found: dict[int, list[int]] = {}
    for event in history:
        if event.what is not Change.REMARKED or not (event.reason or "").isdecimal():
            continue
        entry = int(event.reason or "")
        if event.after in lines:
            found.setdefault(lines[event.after], []).append(entry)
        elif event.before in lines and entry in (known := found.get(lines[event.before], [])):
            known.remove(entry)
    return found


def excused(history: Sequence[TicketEvent]) -> bool:
    """Whether it was said why required lines stay open, since the last list was hung on it."""
    last = next((e for e in reversed(history) if e.what in (Change.LISTED, Change.EXCUSED)), None)
    return last is not None and last.what is Change.EXCUSED


def read_items(lines: Sequence[str]) -> tuple[Item, ...]:
    """Raises Invalid(`checklist_items`)."""
    said = [line.strip() for line in lines if line.strip(f" {REQUIRED}")]
    items = tuple(Item(line.lstrip(REQUIRED).strip(), line.startswith(REQUIRED)) for line in said)
    if not 0 < len(items) <= MOST_ITEMS or any(len(item.text) > MAX_ITEM_LETTERS for item in items):
        raise Invalid("checklist_items", most=MOST_ITEMS, letters=MAX_ITEM_LETTERS)
    return items


def _shipped(unit: UnitId, name: str, title: str, category: str | None, *lines: str) -> Checklist:
    return Checklist(unit=unit, name=name, title=title, items=read_items(lines), category=category)


SHIPPED: tuple[Checklist, ...] = (
    _shipped(
        "yazilim", "yeni-personel", "Yeni personel hesabı", None,
        "!Göreve başlama yazısı görüldü", "!Oturum hesabı açıldı", "E-posta adresi açıldı", "EBYS kullanıcısı açıldı",
        "Otomasyon yetkileri verildi", "!Parola elden teslim edildi", "Bilgi güvenliği kuralları anlatıldı",
    ),
    _shipped(
        "yazilim", "ayrilan-personel", "Ayrılan personel", None,
        "!Ayrılış yazısı görüldü", "!Oturum hesabı kapatıldı", "!EBYS kullanıcısı kapatıldı",
        "!Otomasyon yetkileri kaldırıldı", "VPN ve uzak erişim kapatıldı", "E-posta yönlendirmesi yapıldı",
        "Ortak klasördeki dosyaları devredildi", "Zimmet donanıma bildirildi",
    ),
    _shipped(
        "donanim", "yeni-bilgisayar", "Yeni bilgisayar kurulumu", "yeni-bilgisayar",
        "!Eski bilgisayarın verisi aktarıldı", "İşletim sistemi ve güncellemeler kuruldu", "!Etki alanına alındı",
        "!Antivirüs kuruldu", "Yazıcı ve ortak klasör tanımlandı", "Otomasyon ve EBYS denendi",
        "Demirbaş etiketi takıldı", "!Zimmet imzalandı",
    ),
    _shipped(
        "donanim", "oda-tasima", "Oda taşıma", "tasima-nakil",
        "Yeni odada ağ prizi ve elektrik var", "!Kapatılmadan önce açık işler kaydedildi", "Kablolar etiketlendi",
        "!Yeni yerinde bilgisayar açıldı, ağ çalışıyor", "Yazıcı çalışıyor", "Telefon çalışıyor",
        "Zimmet yeri güncellendi",
    ),
    _shipped(
        "yazilim", "virus-mudahale", "Virüs müdahalesi", "virus-zararli",
        "!Bilgisayar ağdan ayrıldı", "!Kapatılmadı, belirtiler not edildi", "Aynı ağdaki cihazlar tarandı",
        "!Temizlendi ya da yeniden kuruldu", "!Parolalar değiştirildi", "Yedekten dönen dosyalar tarandı",
        "Kişisel veri etkilendiyse şefe bildirildi",
    ),
    _shipped(
        "donanim", "disk-firmaya", "Disk firmaya gönderme (KVKK)", None,
        "!Diskte kişisel veri olup olmadığı soruldu", "!Müdürlük onayı alındı", "!Firmayla gizlilik taahhüdü var",
        "!Tutanak ve seri numarası yazıldı", "Kapalı ve imzalı pakette teslim edildi",
        "!Geri geldi ya da imha tutanağı alındı",
    ),
    _shipped(
        "donanim", "canli-yayin", "Canlı yayın hazırlığı", "canli-yayin",
        "!İnternet hattı ve yedeği denendi", "!Kamera ve mikrofon denendi", "Yayın hesabı ve başlık hazır",
        "!Deneme yayını izlendi", "Kayıt için yer var", "Meclis başkanlığına haber verildi",
    ),
    _shipped(
        "donanim", "tatil-kapatma", "Tatil öncesi kapatma", None,
        "Salon projeksiyonları kapatıldı", "Tabela ve bilgi ekranları kapatıldı", "Yazıcı ve fotokopiler kapatıldı",
        "Klima ayarı yapıldı (sistem odası açık kalır)", "UPS yük ve akü durumu görüldü",
        "!Sunucu, santral, kamera ve güvenlik duvarı açık bırakıldı", "!Sistem odası ısısı görüldü, kapısı kilitlendi",
    ),
    _shipped(
        "donanim", "tatil-acma", "Tatil sonrası açma", None,
        "!Sunucular ve internet çalışıyor", "!EBYS ve otomasyona giriliyor", "Santral ve dahili telefonlar çalışıyor",
        "Vezne ve e-belediye ödemesi denendi", "Salon, tabela ve ekranlar açıldı", "Yazıcılar açıldı",
        "Sistem odası ısısı ve UPS görüldü",
    ),
)  # fmt: skip
"""What the desk ships with; a unit's own of the same name takes its place."""
