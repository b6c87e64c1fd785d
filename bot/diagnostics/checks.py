"""What `masa doctor` looks at. A check never changes anything, and says what to do where something is wrong."""

from __future__ import annotations

import os
import shutil
import socket
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.channels.registry import CHANNELS, ChannelRegistry
from bot.config import Settings, unknown_names
from bot.coordination.file_lock import FileLock
from bot.diagnostics import agents as inventory_agents
from bot.diagnostics import labels as label_addresses
from bot.diagnostics.finding import Finding, error, ok, warning
from bot.diagnostics.transfers import transfers
from bot.filestore import private_files, signing_key
from bot.filestore.knowledge import InstalledKnowledge
from bot.filestore.push_key import deaf_browsers
from bot.filestore.secret_files import PUSH_KEY
from bot.monitoring import health
from handlers.channel_port import ChannelContext
from handlers.domain.job_run import JobName
from handlers.domain.people import Role
from handlers.ports import Clock
from handlers.terms import ROLES
from handlers.tickets.empty_units import without_workers
from knowledge import Catalogue
from knowledge.errors import KnowledgeError, ModelError
from storage import Store
from storage.maintenance.verify import LIGHT, verify

MAX_BACKUP_AGE = timedelta(days=7)
"""A backup that is older is worth a word."""
MAX_WRONG_CODES = 20
"""Within an hour; so many are not mistyped."""
SPACE_WARNING = 2_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckContext:
    """What the checks look at. `store` None: there is no database that could be opened."""

    settings: Settings
    store: Store | None
    catalogue: Catalogue | None
    clock: Clock
    channels: ChannelRegistry = CHANNELS

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @property
    def units(self) -> Sequence[str]:
        return tuple(self.catalogue.units) if self.catalogue else ()

    def local(self, at: datetime) -> str:
        return f"{at.astimezone(self.settings.timezone):%d.%m.%Y %H:%M}"


Check = Callable[[CheckContext], Iterator[Finding]]


# --- settings and machine -----------------------------------------------------------------------
def settings(checked: CheckContext) -> Iterator[Finding]:
    for name in unknown_names(os.environ, checked.settings):
        yield warning("Ayarlar", f"{name} diye bir ayar yok", "Yazımını README'deki ayar tablosuyla karşılaştırın.")
    yield ok("Ayarlar", "okundu")
    if checked.settings.demo:
        yield warning(
            "Deneme kipi", "açık: sayfayı açan herkes herkesin yerine geçebilir", "Gerçek kullanımda MASA_DEMO=0 yapın."
        )
    elif not (checked.settings.notice.address and checked.settings.notice.requests):
        yield warning(
            "Aydınlatma metni",
            "veri sorumlusunun adresi ya da başvuru yolu yazılmamış (KVKK m.10)",
            "Panelde Ayarlar › Kurum sayfasında “Veri sorumlusunun adresi” ve “Başvuru yolu” alanlarını doldurun "
            "(ya da MASA_NOTICE__ADDRESS ve MASA_NOTICE__REQUESTS yazın).",
        )
    web = checked.settings.base_url
    if web.startswith("http://") and not any(host in web for host in ("127.0.0.1", "localhost", "[::1]")):
        yield warning(
            "Web adresi", f"{web} şifrelenmiyor", "Önüne TLS koyun ve MASA_WEB__BASE_URL'i https:// ile yazın."
        )


def clock(checked: CheckContext) -> Iterator[Finding]:
    zone = checked.settings.timezone
    file = checked.settings.database_file
    if file is not None and file.exists():
        ahead = datetime.fromtimestamp(file.stat().st_mtime, UTC) - checked.now
        if ahead > timedelta(minutes=1):
            minutes = round(ahead.total_seconds() / 60)
            yield error(
                "Saat",
                f"veritabanına {minutes} dk ileride bir saatte yazılmış: bilgisayarın saati geri kalmış",
                "Saati eşitleyin (timedatectl set-ntp true).",
            )
            return
    yield ok("Saat", f"{checked.local(checked.now)} ({zone.key})")


def disk(checked: CheckContext) -> Iterator[Finding]:
    folders = {"Ekler klasörü": checked.settings.data_dir}
    if checked.settings.database_file is not None:
        folders["Veritabanı klasörü"] = checked.settings.database_file.parent
    for about, folder in folders.items():
        yield _folder(about, folder)


def _folder(about: str, folder: Path) -> Finding:
    there = next((place for place in (folder, *folder.resolve().parents) if place.is_dir()), None)
    if folder.exists() and not folder.is_dir():
        return error(about, f"{folder} bir klasör değil", "MASA_DATA_DIR bir klasörü göstersin.")
    if there is None or not os.access(there, os.W_OK | os.X_OK):
        return error(about, f"{folder} klasörüne yazılamıyor", "Klasörün sahibini masa'yı çalıştıran kullanıcı yapın.")
    free = shutil.disk_usage(there).free
    room = f"{free / 1e9:.1f} GB boş".replace(".", ",")
    if free < health.LITTLE_SPACE:
        return error(about, f"{folder}: {room}", "Yer açın; disk dolarsa yeni ileti kabul edilmez.")
    if free < SPACE_WARNING:
        return warning(about, f"{folder}: {room}", "Yakında yer açın.")
    if folder.is_dir() and private_files.is_open(folder) and about == "Ekler klasörü":
        return warning(about, f"{folder} makinedeki başkalarına açık", f"chmod 700 {folder}; chmod 600 {folder}/*")
    return ok(about, f"{folder}, {room}")


def port(checked: CheckContext) -> Iterator[Finding]:
    host, number = checked.settings.web.host, checked.settings.web.port
    if (runner := _runner(checked)) is not None:
        yield ok("Web", f"masa çalışıyor (süreç {runner}), adres {checked.settings.base_url}")
        return
    try:
        place = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)[0]
        with socket.socket(*place[:3]) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place[4])
    except OSError as found:
        yield error(
            "Web",
            f"{host}:{number} kullanılamıyor ({found.strerror})",
            "O kapıyı kullanan programı durdurun ya da MASA_WEB__PORT'u değiştirin.",
        )
    else:
        yield ok("Web", f"{host}:{number} boş")


def _runner(checked: CheckContext) -> int | None:
    """Process id of the `masa run` on this SQLite file."""
    file = checked.settings.database_file
    if file is None or not file.with_name(f"{file.name}.worker").exists():
        return None
    return FileLock.over(file).holder()


# --- knowledge ----------------------------------------------------------------------------------
def knowledge(checked: CheckContext) -> Iterator[Finding]:
    own = InstalledKnowledge(checked.settings)
    try:
        found, unusable = own.read()
    except KnowledgeError as trouble:
        yield error("Çözüm adımları", str(trouble), "Dosyayı düzeltip `masa kb check` ile yeniden denetleyin.")
        return
    for unused in unusable:
        if isinstance(unused, ModelError):
            yield error(
                "Kurumun modeli",
                f"{unused} – teslim edilen model kullanılıyor",
                "`masa kb learn` yeniden öğrenir, `masa kb learn --back` bir öncekine döner.",
            )
        else:
            yield error("Kurumun maddeleri", f"{unused} – hiçbiri kullanılmıyor", "Dosyayı düzeltin ya da kaldırın.")
    if own.model.exists() and not any(isinstance(unused, ModelError) for unused in unusable):
        yield ok("Kurumun modeli", f"{own.model} kullanılıyor")
    subjects = len(found.catalogue.categories)
    yield ok("Çözüm adımları", f"{subjects} konu, {len(found.articles)} çözüm, {len(found.catalogue.units)} birim")
    without = sorted(set(found.catalogue.categories) - {article.category for article in found.articles.values()})
    if without:
        yield warning("Çözüm adımları", f"{len(without)} konunun çözümü yok: {', '.join(without[:5])}")


# --- database -----------------------------------------------------------------------------------
def database(checked: CheckContext) -> Iterator[Finding]:
    file = checked.settings.database_file
    if checked.store is None:
        return
    damage = list(verify(checked.store, now=checked.now, invariants=LIGHT))
    if damage:
        yield error(
            "Veritabanı", f"bozuk: {damage[0]}", "Masayı durdurun, dosyayı saklayın, son yedekten dönün (masa restore)."
        )
    else:
        durable = "; tablolar güncel, her yazma diske iniyor (WAL, FULL)" if file else ""
        yield ok("Veritabanı", f"sağlam{durable}; her kaydın geçmişini `masa verify` denetler")
    if file is not None and stat.S_IMODE(file.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        yield warning("Veritabanı", f"{file} başkalarınca okunabilir", f"chmod 600 {file}")


def backups(checked: CheckContext) -> Iterator[Finding]:
    if checked.store is None or checked.settings.database_file is None:
        return
    last = checked.store.read(lambda uow: uow.job_runs.latest(JobName.BACKUP, ""))
    if last is None:
        yield warning("Yedek", "hiç alınmamış", "`masa backup DOSYA` komutunu her gece çalıştırın.")
        return
    newest = f"sonuncusu {checked.local(last.until)}"
    if checked.now - last.until > MAX_BACKUP_AGE:
        yield warning("Yedek", newest, "`masa backup DOSYA` komutunu her gece çalıştırın.")
    else:
        yield ok("Yedek", newest)
    key = signing_key.place(checked.settings.data_dir)
    if not key.exists():
        yield warning("Yedek imzası", "anahtar yok: yedekler imzasız", "`masa backup` yeni bir anahtar oluşturur.")
    elif private_files.is_open(key):
        yield warning("Yedek imzası", f"{key} başkalarınca okunabilir", f"chmod 600 {key}")


def push_key(checked: CheckContext) -> Iterator[Finding]:
    """Browsers ring for what is signed with the key that they were given, and for nothing else."""
    key = checked.settings.data_dir / PUSH_KEY
    there = key.exists()
    if there and private_files.is_open(key):
        yield warning("Bildirim anahtarı", f"{key} başkalarınca okunabilir", f"chmod 600 {key}")
    if checked.store is None:
        return
    try:
        deaf = deaf_browsers(checked.store, key)
    except ValueError:
        yield error(
            "Bildirim anahtarı",
            f"{key} okunamıyor",
            "Kopyasını yerine koyun; yoksa silin, yenisi oluşur.",
        )
        return
    if deaf and there:
        yield warning(
            "Bildirim anahtarı",
            f"{key}, bildirim isteyen {deaf} tarayıcının tanıdığı anahtar değil: çalmazlar",
            "Eski kopyasını yerine koyup masayı yeniden başlatın; yoksa isteyen Bildirimlerim sayfasını açar.",
        )
    elif deaf:
        yield warning(
            "Bildirim anahtarı",
            f"{key} yok: bildirim isteyen {deaf} tarayıcı çalmaz",
            "Kopyası ya da bir yedekteki varsa yerine koyun; yoksa isteyen Bildirimlerim sayfasını bir kez açar.",
        )


# --- people and rooms ---------------------------------------------------------------------------
def people(checked: CheckContext) -> Iterator[Finding]:
    if checked.store is None:
        return
    found = checked.store.read(lambda uow: {role: uow.people.in_role(role) for role in Role})
    if not found[Role.ADMIN]:
        yield error(
            "Kişiler", "sistem yöneticisi yok", "`masa invite --role admin` kodunu sohbette /katil ile kullanın."
        )
    for role, what_for in ((Role.DIRECTOR, "günlük özet ona gider"), (Role.LEAD, "görevlendirmeyi o yapar")):
        if not found[role]:
            yield warning("Kişiler", f"{ROLES[role]} yok ({what_for})", _invitation(role))
    for unit in checked.store.read(lambda uow: without_workers(uow, checked.units)):
        says = f"{unit} biriminde teknisyen de şef de yok: kayıtları kimse üstlenemez"
        yield warning("Kişiler", says, _invitation(Role.TECHNICIAN, unit))
    yield ok(
        "Kişiler", ", ".join(f"{len(members)} {ROLES[role]}" for role, members in found.items() if members) or "yok"
    )


def _invitation(role: Role, unit: str = "") -> str:
    needed = f" --unit {unit or 'BİRİM'}" if role.needs_unit else ""
    return f"`masa invite --role {role.value}{needed}` ile kod verin."


def rooms(checked: CheckContext) -> Iterator[Finding]:
    if checked.store is None:
        return
    bound = checked.store.read(lambda uow: {unit: uow.conversations.rooms(unit) for unit in checked.units})
    for unit, places in bound.items():
        if not places:
            yield error(
                "Gruplar", f"{unit} biriminin grubu yok: kayıtlar kimseye görünmez", "Grubun içinde /bagla yazın."
            )
        blocked = [room for room in places if room.blocked]
        for room in blocked:
            yield error(
                "Gruplar", f"{room.title or room.address} ({room.channel}) masayı çıkarmış", "Gruba yeniden ekleyin."
            )
        for row in checked.channels.switched_on(checked.settings.channels):
            if row.has_rooms and not any(room.channel == row.name for room in places):
                yield warning(
                    "Gruplar", f"{unit} biriminin {row.title} grubu yok", f"Grubun içinde /bagla {unit} yazın."
                )
        if len(places) > len(blocked):
            yield ok("Gruplar", f"{unit}: {', '.join(sorted(room.channel for room in places if not room.blocked))}")


# --- channels -----------------------------------------------------------------------------------
def labels(checked: CheckContext) -> Iterator[Finding]:
    if checked.store is not None:
        addresses = checked.store.read(lambda uow: uow.devices.label_addresses())
        yield from label_addresses.printed(addresses, checked.settings.label_url)


def agents(checked: CheckContext) -> Iterator[Finding]:
    settings = checked.settings
    if settings.agents.are_expected and checked.store is not None:
        counts = checked.store.read(lambda uow: uow.sightings.counts())
        texts = checked.store.read(lambda uow: uow.house_texts.standing())
        yield from inventory_agents.told(next((one.body for one in texts if one.name == "notice"), ""))
        yield from inventory_agents.heard(counts, settings.base_url, checked.clock.now())


def platforms(checked: CheckContext) -> Iterator[Finding]:
    """What each platform that is switched on says of its token, its way in, and the bound groups."""
    bound: dict[str, dict[str, str]] = {row.name: {} for row in checked.channels.platforms}
    if checked.store is not None:
        for room in checked.store.read(lambda uow: uow.conversations.rooms()):
            if room.channel in bound and room.unit:
                bound[room.channel][room.address] = room.unit
    context = ChannelContext(zone=checked.settings.timezone, web_url=checked.settings.web.base_url)
    for row in checked.channels.platforms:
        yield from row.findings(checked.settings.channels, context, bound[row.name])
    yield from transfers(checked.channels, checked.settings.channels)


# --- work ---------------------------------------------------------------------------------------
def work(checked: CheckContext) -> Iterator[Finding]:
    if checked.store is None:
        return
    now = checked.store.read(lambda uow: health.read(uow, checked.units, checked.now))
    yield from _inbox(now, checked)
    yield from _outbox(now)
    if now.codes_refused > MAX_WRONG_CODES:
        yield warning(
            "Kodlar",
            f"son bir saatte {now.codes_refused} yanlış kod denendi: biri deniyor olabilir",
            "Kimden geldiğini günlükten ve denetim izinden bakın; gerekirse o adresi kapatın.",
        )
    for unit, at in now.digests.items():
        if at is None:
            yield warning("Günlük özet", f"{unit} için hiç gönderilmemiş", "İlk iş günü sonunda kendiliğinden gider.")
        elif checked.now - at > timedelta(days=10):
            yield error(
                "Günlük özet", f"{unit} için en son {checked.local(at)}", "Masa o saatlerde çalışıyor mu, bakın."
            )
        else:
            yield ok("Günlük özet", f"{unit}: en son {checked.local(at)}")


def _inbox(now: health.HealthSnapshot, checked: CheckContext) -> Iterator[Finding]:
    if now.inbox.given_up:
        yield error(
            "Gelen kutusu",
            f"{now.inbox.given_up} ileti işlenemedi",
            "`masa inbox` ile bakın: yeniden deneyin ya da düşürün.",
        )
    if now.age(now.inbox.oldest) > health.INBOX_MAY_WAIT.total_seconds():
        running = "Masa çalışıyor ama işlemiyor: günlüğüne bakın, yeniden başlatın."
        idle = "Masa çalışmıyor: `masa run`."
        works = checked.settings.database_file is None or _runner(checked) is not None
        yield error(
            "Gelen kutusu",
            f"{now.inbox.waiting} ileti bekliyor, en eskisi {_ago(now, now.inbox.oldest)}",
            running if works else idle,
        )
    elif not now.inbox.given_up:
        yield ok("Gelen kutusu", f"bekleyen {now.inbox.waiting}")


def _outbox(now: health.HealthSnapshot) -> Iterator[Finding]:
    if now.outbox_held:
        yield error(
            "Gönderim",
            f"yedekten dönüldüğü için bekletiliyor ({now.outbox.waiting} ileti)",
            "Eski bildirimleri gözden geçirip `masa outbox release` deyin.",
        )
    if now.outbox.given_up:
        yield error(
            "Gönderim", f"{now.outbox.given_up} ileti ulaştırılamadı", "`masa outbox` ile bakın, yeniden gönderin."
        )
    if now.age(now.outbox.oldest) > health.OUTBOX_MAY_WAIT.total_seconds() and not now.outbox_held:
        yield warning(
            "Gönderim",
            f"{now.outbox.waiting} ileti bekliyor, en eskisi {_ago(now, now.outbox.oldest)}",
            "Kanalın anahtarı ayarlı mı, ağ çalışıyor mu, bakın.",
        )
    elif not now.outbox_held and not now.outbox.given_up:
        yield ok("Gönderim", f"bekleyen {now.outbox.waiting}")


def _ago(now: health.HealthSnapshot, since: datetime | None) -> str:
    minutes = int(now.age(since) / 60)
    if minutes < 120:
        return f"{minutes} dakikadır"
    return f"{minutes // 60} saattir" if minutes < 48 * 60 else f"{minutes // 1440} gündür"
