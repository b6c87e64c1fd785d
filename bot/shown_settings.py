"""The settings as somebody reads them: each with its name in Turkish, its value and where it comes from.

Secrets never leave: of one is said whether it is there.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, SecretStr

from bot.config import FILE, Settings
from bot.setting_sources import source, variable
from bot.web.settings import ShownSetting

_PASSWORD = re.compile(r"(://[^:/@]*:)[^@]*@")
SECTIONS: Mapping[str, str] = {
    "": "Genel",
    "web": "Web sohbeti",
    "files": "Dosyalar",
    "schedule": "Günlük saatler",
    "depot": "Depo",
    "notice": "Aydınlatma metni",
    "terms": "Saklama süreleri",
    "agents": "Envanter ajanı",
    "knowledge": "Çözüm adımları ve konular",
    "ssl": "Sertifikalar",
    "telegram": "Telegram",
    "slack": "Slack",
    "push": "Tarayıcı bildirimi",
    "terminal": "Terminal",
}
NAMES: Mapping[str, str] = {
    "database_url": "Veritabanı",
    "data_dir": "Eklerin klasörü",
    "institution": "Kurumun adı",
    "timezone": "Saat dilimi",
    "backup_days": "Yedeklerin saklandığı gün",
    "demo": "Deneme kişileri",
    "watchdog_seconds": "Bir ileti en çok kaç saniye işlenir",
    "tell_days": "Personele ne zaman bakılacağı söylensin",
    "units_without_effort": "Harcanan sürenin sorulmadığı birimler",
    "priority_places": "Öncelikli yerler",
    "probes": "Sistem denetimleri",
    "web.host": "Dinlediği adres",
    "web.port": "Kapı (port)",
    "web.base_url": "Kişilerin yazdığı adres",
    "web.label_url": "Cihaz etiketlerindeki adres",
    "web.connections": "Aynı anda en çok bağlantı",
    "web.connections_an_address": "Bir adresten en çok bağlantı",
    "web.streams_a_session": "Bir tarayıcıda en çok açık sayfa",
    "web.internal_networks": "Kurum içi ağlar (durum sayfası girişsiz açılır)",
    "files.person_mb": "Bir kişinin günlük payı (MB)",
    "files.conversation_mb": "Bir sohbetin günlük payı (MB)",
    "files.guest_mb": "Tanınmayan birinin günlük payı (MB)",
    "files.guests_mb": "Tanınmayanların toplam günlük payı (MB)",
    "files.reserve_mb": "Diskte boş kalacak yer (MB)",
    "schedule.digest_at": "Günlük özetin saati",
    "schedule.morning_at": "Sabah listesinin saati",
    "schedule.weekly_at": "Haftalık raporun saati",
    "depot.order": "Depodan çıkış emri (11/26)",
    "notice.address": "Veri sorumlusunun adresi",
    "notice.requests": "Başvuru yolu",
    "terms.chat_months": "Kayda dönüşmeyen sohbet (ay)",
    "terms.ticket_months": "Kayıt metinleri (ay)",
    "terms.register_years": "Kayıt defteri (yıl)",
    "agents.user": "Ajanların kullanıcı adı",
    "agents.password": "Ajanların anahtarı",
    "ssl.hosts": "Bitişi okunan sertifikalar (ad:kapı)",
    "knowledge.articles": "Çözüm adımlarının klasörü",
    "knowledge.catalogue": "Konu listesi dosyası",
    "telegram.token": "Bot anahtarı",
    "telegram.base_url": "Bot API adresi",
    "telegram.mode": "Alma biçimi",
    "telegram.webhook_secret": "Webhook anahtarı",
    "slack.bot_token": "Bot anahtarı",
    "slack.signing_secret": "İmza anahtarı",
    "slack.app_token": "Uygulama anahtarı (Socket Mode)",
    "slack.base_url": "Slack API adresi",
    "push.contact": "Bildirim hizmetlerinin yazacağı adres",
    "push.services": "Bildirim hizmetleri",
    "content": "Dışarı çıkan içerik",
    "transfer.basis": "Yurt dışına aktarımın dayanağı",
    "transfer.signed_on": "Standart sözleşmenin tarihi",
    "transfer.notified_on": "Kuruma bildirildiği gün",
    "transfer.document": "Aktarımın belgesi",
    "transfer.decided_by": "Aktarıma karar veren",
}
"""What each channel has stands here without the channel's name."""
FIELD_NAMES: Mapping[str, str] = {
    "title": "Adı",
    "words": "Adındaki sözcükler",
    "opens": "Açılış",
    "closes": "Kapanış",
    "on_weekends": "Hafta sonu da açık",
    "system": "Sistem",
    "kind": "Nasıl sorulur",
    "target": "Hedef",
    "status": "Beklenen durum kodu",
    "word": "Sayfada aranan sözcük",
    "days": "Sertifikanın bitmesine kalan gün",
}
"""Of a thing in a list."""
CHOICES: Mapping[str, str] = {
    "polling": "masa sorar (polling)",
    "webhook": "Telegram masaya gönderir (webhook)",
    "full": "iletinin tamamı",
    "minimal": "yalnız numara ve durum",
    "standart_sozlesme": "standart sözleşme",
    "taahhutname": "taahhütname",
    "yeterlilik": "yeterlilik kararı",
    "sohbet": "sohbette verilen emir yeter; günün emirleri akşam imzalanır",
    "once_imza": "önce imza: imzalı sayfa ya da EBYS numarası girilmeden cihaz çıkmaz",
    "toplu": "toplu emir: türler ve süre için verilen emir yeter, ötekiler için sohbet",
    "tcp": "bağlantı (tcp)",
    "http": "web sayfası (http)",
    "dns": "ad çözme (dns)",
    "tls": "sertifika (tls)",
}
"""What can be chosen, in words."""
_CHOSEN = frozenset({"content", "mode", "kind", "basis", "order"})
"""Settings of which one of those is chosen."""
_VALUES: Mapping[object, str] = {True: "evet", False: "hayır", None: "–", "": "–", (): "yok"}
_UNSET: Mapping[str, str] = {
    "schedule.weekly_at": "kapalı",
    "knowledge.articles": "masanın kendisininki",
    "knowledge.catalogue": "masanın kendisininki",
    "priority_places": "masanın kendisininki",
}
"""What it means where nothing is set."""


BROWSER = "tarayıcı"


def shown(settings: Settings, file: Path = FILE, said: Container[str] = ()) -> Sequence[ShownSetting]:
    """All of them, section by section. `said`: the keys of those that were said in the browser."""
    text = file.read_text(encoding="utf-8-sig") if file.is_file() else ""
    found = [
        ShownSetting(
            section=SECTIONS[path[0] if len(path) > 1 else ""],
            name=name_of(path),
            value=in_words(path, value),
            variable=variable(path),
            source=source(path, file, text) or (BROWSER if ".".join(path) in said else None),
        )
        for path, value in _all(settings)
    ]
    order = list(SECTIONS.values())
    return sorted(found, key=lambda one: order.index(one.section))


def in_words(path: tuple[str, ...], value: Any) -> str:
    """Of a secret only whether it is there."""
    if path[-1] in _CHOSEN and value in CHOICES:
        return CHOICES[value]
    return _value(value) if value is not None else _UNSET.get(".".join(path), _VALUES[None])


def name_of(path: tuple[str, ...]) -> str:
    return NAMES.get(".".join(path)) or NAMES[".".join(path[1:])]


def _all(settings: BaseModel, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if isinstance(value, BaseModel):
            yield from _all(value, (*above, name))
        else:
            yield (*above, name), value


def _value(value: Any) -> str:
    match value:
        case SecretStr():
            return "girilmiş, gösterilmez" if value.get_secret_value() else "girilmemiş"
        case bool() | None | "" | ():
            return _VALUES[value]
        case tuple():
            return ", ".join(_value(one) for one in value)
        case BaseModel():
            return str(getattr(value, "title", None) or getattr(value, "target", value))
        case ZoneInfo():
            return value.key
        case _ if hasattr(value, "strftime"):
            return f"{value:%H.%M}"
        case _:
            return _PASSWORD.sub(r"\1***@", str(value))
