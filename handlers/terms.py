"""The Turkish words for the desk's terms: one word for one thing, wherever a user reads it."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from handlers.domain.absences import AbsenceKind
from handlers.domain.approvals import ApprovalKind, Approver
from handlers.domain.calendar import SpecialKind
from handlers.domain.outages import Cause
from handlers.domain.people import Person, Role
from handlers.domain.recurring import Every, Rhythm
from handlers.domain.states import Change, Priority, SolvedBy, State
from handlers.domain.systems import SystemState
from handlers.domain.targets import Target
from handlers.domain.track_records import DoneBy
from knowledge import Impact, Urgency
from knowledge.language.suffixes import ablative, dative, locative, of_them, question

STATES: dict[str, str] = {
    State.OPEN: "Sırada",
    State.CLAIMED: "Üstlenildi",
    State.WAITING_REPORTER: "Personelden bilgi bekleniyor",
    State.WAITING_VENDOR: "Firma bekleniyor",
    State.WAITING_PARTS: "Malzeme bekleniyor",
    State.WAITING_APPROVAL: "Onay bekleniyor",
    State.WAITING_ACCESS: "Personele ulaşılamadı",
    State.RESOLVED: "Tamamlandı, yanıt bekleniyor",
    State.CLOSED: "Kapandı",
    State.CANCELLED: "İptal edildi",
    State.MERGED: "Birleştirildi",
}
STATE_MARKS: dict[str, str] = {
    State.OPEN: "🔵",
    State.CLAIMED: "🟢",
    State.WAITING_REPORTER: "🟡",
    State.WAITING_VENDOR: "🟡",
    State.WAITING_PARTS: "🟡",
    State.WAITING_APPROVAL: "🟡",
    State.WAITING_ACCESS: "🟡",
    State.RESOLVED: "✅",
    State.CLOSED: "⚪",
    State.CANCELLED: "⚪",
    State.MERGED: "⚪",
}
"""A colour beside the word, never instead of it."""
PRIORITIES: dict[str, str] = {
    Priority.LOW: "Düşük",
    Priority.NORMAL: "Normal",
    Priority.HIGH: "Yüksek",
    Priority.URGENT: "ACİL",
}
IMPACTS: dict[str, str] = {Impact.PERSON: "kişi", Impact.OFFICE: "birim", Impact.HOUSE: "kurum"}
URGENCIES: dict[str, str] = {
    Urgency.CAN_WAIT: "bekler",
    Urgency.HAMPERED: "aksıyor",
    Urgency.STOPPED: "durdu",
}
ROLES: dict[str, str] = {
    Role.REQUESTER: "personel",
    Role.TECHNICIAN: "teknisyen",
    Role.LEAD: "şef",
    Role.DIRECTOR: "müdür",
    Role.ADMIN: "sistem yöneticisi",
    Role.AUDITOR: "denetçi",
}
FACTS: dict[str, str] = {
    "oda": "Oda",
    "cihaz": "Cihaz",
    "demirbas": "Demirbaş no",
    "hata": "Hata iletisi",
    "kisi": "Kişi",
    "program": "Program",
    "tarih": "Tarih",
    "dahili": "Dahili",
    "mudurluk": "Müdürlük",
    "sicil": "Sicil no",
    "suredir": "Ne zamandan beri",
    "etkilenen": "Etkilenen",
    "son": "En geç",
    "oncelik": "Öncelik nedeni",
}
FACT_QUESTIONS: dict[str, str] = {
    "etkilenen": "Kimler etkileniyor?",
    "oda": "Hangi kat, hangi odadasınız?",
    "cihaz": "Hangi cihaz? Markası ya da üzerindeki ad yeter.",
    "demirbas": "Cihazın üzerindeki demirbaş numarası kaç?",
    "hata": "Ekranda ne yazıyor? Gördüğünüz gibi yazın ya da fotoğrafını gönderin.",
    "kisi": "Kimin için? Sizin içinse “benim” yazın; değilse ad soyad ve müdürlük yeter.",
    "program": "Hangi program ya da ekran?",
    "tarih": "Hangi güne ya da saate kadar gerekiyor?",
}
FAULT_QUESTIONS: dict[str, str] = {
    "kisi": "Kimde oluyor? Ad soyad yeter; yalnızca sizdeyse “bende” yazın.",
    "tarih": "Ne zaman başladı?",
}
"""Where a fault asks the same in other words."""
WAITED_FOR: dict[str, str] = {
    State.OPEN: "sırada",
    State.WAITING_REPORTER: "bilgi",
    State.WAITING_VENDOR: "firma",
    State.WAITING_PARTS: "malzeme",
    State.WAITING_APPROVAL: "onay",
    State.WAITING_ACCESS: "personele ulaşılamayan",
}
"""What a ticket waits for, in a list: "malzeme 3"."""
UNREACHED: dict[str, str] = {
    "untold": "personel haber istememişti",
    "blocked": "personel sohbeti engellemiş",
    "left": "personel görevden ayrılmış",
}
"""Why a reporter does not hear of it (`handlers.tickets.notifications.Reach`)."""
WEEKDAYS = ("Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar")
MONTHS = (
    "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık",
)  # fmt: skip
SHORT_MONTHS = tuple(month[:3] for month in MONTHS)
CHANGES: dict[str, str] = {
    Change.OPENED: "Açıldı",
    Change.CLAIMED: "Üstlenildi",
    Change.RELEASED: "Sıraya geri kondu",
    Change.ASSIGNED: "Görevlendirildi",
    Change.TRANSFERRED: "Diğer birime gönderildi",
    Change.RECATEGORISED: "Konusu düzeltildi",
    Change.PRIORITISED: "Önceliği değişti",
    Change.WAITING: "Bekletildi",
    Change.RESUMED: "Devam edildi",
    Change.RESOLVED: "Tamamlandı",
    Change.CONFIRMED: "Personel onayladı",
    Change.CLOSED: "Kapandı",
    Change.SOLVED: "Personel çözüldü dedi",
    Change.REOPENED: "Yeniden açıldı",
    Change.CANCELLED: "İptal edildi",
    Change.MERGED: "Birleştirildi",
    Change.PUT_UNDER: "Üst işe bağlandı",
    Change.TAKEN_OUT: "Üst işten çıkarıldı",
    Change.PART_ADDED: "Alt iş eklendi",
    Change.PART_REMOVED: "Alt iş çıkarıldı",
    Change.SEPARATED: "Geri ayrıldı",
    Change.LINKED: "İlişkilendirildi",
    Change.UNLINKED: "İlişkisi kaldırıldı",
    Change.REPLIED: "Yazışıldı",
    Change.NOTED: "İç not eklendi",
    Change.ASKED: "Bilgi istendi",
    Change.RATED: "Değerlendirildi",
    Change.ATTACHED: "Dosya eklendi",
    Change.COMPLETED: "Bilgi tamamlandı",
    Change.JOINED: "Başka biri de yaşıyor",
    Change.POSTPONED: "Bakılacağı gün yazıldı",
    Change.SEEN: "Görüldü",
    Change.CONTINUED: "Sürdüğü söylendi",
    Change.EXPLAINED: "Gecikme nedeni yazıldı",
    Change.PROMISED: "Gün sözü verildi",
    Change.HELP_ASKED: "Yardım istendi",
    Change.RETARGETED: "Hedefi değişti",
    Change.SET_OFF: "Yola çıkıldı",
    Change.FOUND_CLOSED: "Kapalıydı, personele ulaşılamadı",
    Change.VISIT_OFFERED: "Randevu saati önerildi",
    Change.VISIT_AGREED: "Randevu kararlaştırıldı",
    Change.VISIT_REFUSED: "Önerilen saatler uymadı",
    Change.VISIT_WITHDRAWN: "Ziyaret geri alındı",
    Change.APPROVAL_ASKED: "Onay istendi",
    Change.APPROVED: "Onaylandı",
    Change.REFUSED: "Onay verilmedi",
    Change.DOCUMENTED: "Onay yazısının sayısı yazıldı",
    Change.LISTED: "Kontrol listesi eklendi",
    Change.TICKED: "Kontrol listesinde satır işaretlendi",
    Change.UNTICKED: "Kontrol listesinde işaret kaldırıldı",
    Change.EXCUSED: "Açık kalan satırların nedeni yazıldı",
    Change.SPENT: "Harcanan süre yazıldı",
}


SYSTEM_STATES: dict[str, str] = {
    SystemState.WORKS: "Çalışıyor",
    SystemState.SLOW: "Yavaş",
    SystemState.PARTIAL: "Kısmen çalışmıyor",
    SystemState.DOWN: "Çalışmıyor",
    SystemState.PLANNED: "Planlı çalışma",
}
SYSTEM_MARKS: dict[str, str] = {
    SystemState.WORKS: "✓",
    SystemState.SLOW: "~",
    SystemState.PARTIAL: "!",
    SystemState.DOWN: "✕",
    SystemState.PLANNED: "⚒",
}
"""A sign beside the word, never instead of it."""
CAUSES: dict[str, str] = {
    Cause.POWER: "Elektrik",
    Cause.LINE: "Hat",
    Cause.HARDWARE: "Donanım",
    Cause.SOFTWARE: "Yazılım",
    Cause.VENDOR: "Firma",
    Cause.MISTAKE: "İnsan hatası",
    Cause.UNKNOWN: "Bilinmiyor",
}
"""Of an outage."""
SOLVED_BY: dict[str, str] = {
    SolvedBy.STEPS: "Adımlarla çözüldü",
    SolvedBy.ITSELF: "Kendiliğinden düzeldi",
    SolvedBy.UNTOLD: "Personel çözüldü dedi",
}
LATE_REASONS: dict[str, str] = {
    "busy": "Yoğunluk",
    "parts": "Malzeme geç geldi",
    "vendor": "Firma geç geldi",
    "reporter": "Personele ulaşılamadı",
    "subject": "Konu yanlıştı",
    "other": "Başka",
}
"""Why a ticket took longer than its target, by the code that its history keeps."""
DONE_BY: dict[str, str] = {
    DoneBy.SAME_DAY: "açıldığı gün",
    DoneBy.NEXT_NOON: "ertesi iş günü öğleye kadar",
    DoneBy.NEXT_EVENING: "ertesi iş günü akşama kadar",
    DoneBy.TWO_DAYS: "iki iş günü içinde",
    DoneBy.THREE_DAYS: "üç iş günü içinde",
    DoneBy.WEEK: "beş iş günü içinde",
}
APPROVALS: dict[str, str] = {
    ApprovalKind.STOCK: "depodan çıkış",
    ApprovalKind.SOFTWARE: "yeni yazılım / ekran",
    ApprovalKind.ACCESS: "yetki açma",
    ApprovalKind.SITE: "site erişimi, VPN",
    ApprovalKind.CAMERA: "kamera kaydı izleme",
    ApprovalKind.SCRAP: "hurda",
    ApprovalKind.MAINTENANCE: "planlı çalışma",
}
APPROVERS: dict[str, str] = {
    Approver.LEAD: "şef",
    Approver.DIRECTOR: "müdür",
    Approver.MANAGER: "birim müdürü",
    Approver.COLLEAGUE: "ikinci teknisyen",
}
KINDS: dict[str, str] = {"ariza": "arıza", "talep": "talep"}
SPECIAL_DAYS: dict[str, str] = {
    SpecialKind.HOLIDAY: "resmî tatil",
    SpecialKind.HALF: "yarım gün",
    SpecialKind.ADMIN_LEAVE: "idari izin",
    SpecialKind.WORKED: "çalışılan gün",
}
SPECIAL_TITLES: dict[str, str] = {
    SpecialKind.HOLIDAY: "Resmî tatil",
    SpecialKind.HALF: "Yarım gün",
    SpecialKind.ADMIN_LEAVE: "İdari izin",
    SpecialKind.WORKED: "Çalışılan gün",
}


ABSENCES: dict[str, str] = {
    AbsenceKind.ANNUAL: "yıllık izin",
    AbsenceKind.DUTY: "görevli",
    AbsenceKind.TRAINING: "eğitimde",
    AbsenceKind.ADMINISTRATIVE: "idari izin",
    AbsenceKind.OTHER: "izinli",
}


def to_whom(name: str) -> str:
    """`Zeynep Arslan'a`, `7 Aralık'a`."""
    return dative(name)


def from_whom(name: str) -> str:
    """`Kemal Aydın'dan`."""
    return ablative(name)


def at_whom(name: str) -> str:
    """`Zeynep Arslan'da`, `7 Aralık'ta`."""
    return locative(name)


def so_many(number: int) -> str:
    """Of a number of things: `16'sı`."""
    return of_them(number)


def first_name(person: Person) -> str:
    """As colleagues say it: `Zeynep`."""
    return person.name.partition(" ")[0] or person.handle


def asked(name: str) -> str:
    """`3–7 Aralık mı`."""
    return question(name)


def near_day(day: date, today: date) -> str:
    """`7 Aralık Pazartesi`; with its year only where that is another one."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day.day} {MONTHS[day.month - 1]}{year} {WEEKDAYS[day.weekday()]}"


def near_days(first: date, last: date, today: date) -> str:
    """`7 Aralık Pazartesi`, `3–7 Aralık`, `30 Kasım – 4 Aralık`."""
    if first == last:
        return near_day(first, today)
    year = f" {last.year}" if last.year != today.year else ""
    until = f"{last.day} {MONTHS[last.month - 1]}{year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{until}"
    return f"{first.day} {MONTHS[first.month - 1]} – {until}"


def plain_span(first: date, last: date) -> str:
    """`7 Aralık`, `5–6 Aralık`, `30 Kasım – 4 Aralık`: without a weekday, so that an ending can follow."""
    if first == last:
        return f"{first.day} {MONTHS[first.month - 1]}"
    return near_days(first, last, last)


def plain_days(days: Sequence[date]) -> str:
    """`7 Aralık`; of several `7, 8, 9 Aralık`, of many the first and the last."""
    if len(days) < 4 and len({day.month for day in days}) == 1:
        return f"{', '.join(str(day.day) for day in days)} {MONTHS[days[0].month - 1]}"
    return plain_span(days[0], days[-1])


def day_name(day: date) -> str:
    """`6 Şubat 2026 Cuma`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year} {WEEKDAYS[day.weekday()]}"


def coming_day(day: date, today: date) -> str:
    """`bugün`, `yarın`, within six days `Salı günü`, else `9 Aralık Çarşamba`."""
    away = (day - today).days
    if away in (0, 1):
        return ("bugün", "yarın")[away]
    return f"{WEEKDAYS[day.weekday()]} günü" if 1 < away < 7 else plain_day(day)


def coming_time(at: datetime, today: date) -> str:
    """`bugün 14.00`, `yarın 09.30`, `Salı günü 10.00`: `at` in local time."""
    return f"{coming_day(at.date(), today)} {at:%H.%M}"


def until_day(day: date, today: date) -> str:
    """`bugün akşama kadar`, `yarın akşama kadar`, else `9 Aralık Çarşamba gününe kadar`."""
    away = (day - today).days
    return f"{('bugün', 'yarın')[away]} akşama kadar" if away in (0, 1) else f"{plain_day(day)} gününe kadar"


def plain_day(day: date) -> str:
    """`9 Aralık Çarşamba`."""
    return f"{day.day} {MONTHS[day.month - 1]} {WEEKDAYS[day.weekday()]}"


def short_day(day: date) -> str:
    """`9 Ara`."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]}"


def days_name(days: Sequence[date]) -> str:
    """Of one the whole name; of several from the first to the last, and how many they are where days between them are
    left out."""
    first, last = min(days), max(days)
    if first == last:
        return day_name(first)
    between = (last - first).days + 1
    return f"{day_name(first)} – {day_name(last)}" + (f" ({len(days)} gün)" if between != len(days) else "")


def hours_name(windows: Sequence[tuple[time, time]]) -> str:
    """`08.00–12.00, 13.00–17.00`."""
    return ", ".join(f"{start:%H.%M}–{end:%H.%M}" for start, end in windows)


def week_name(week: Sequence[Sequence[tuple[time, time]]]) -> str:
    """Days of the same hours together: `Pazartesi–Perşembe 08.00–12.00, 13.00–17.00 · Cuma 08.00–12.00`."""
    parts: list[tuple[int, int]] = []
    for day, windows in enumerate(week):
        if parts and week[parts[-1][0]] == windows and parts[-1][1] == day - 1:
            parts[-1] = (parts[-1][0], day)
        elif windows:
            parts.append((day, day))
    named = [f"{WEEKDAYS[a]}–{WEEKDAYS[b]}" if a != b else WEEKDAYS[a] for a, b in parts]
    return " · ".join(f"{name} {hours_name(week[a])}" for name, (a, _) in zip(named, parts, strict=True))


def part_of_day(starts: time | None, ends: time | None) -> str:
    if starts is not None and ends is not None:
        return f"saat {starts:%H.%M}–{ends:%H.%M}"
    if starts is not None:
        return f"saat {starts:%H.%M} sonrası"
    return f"saat {ends:%H.%M} öncesi" if ends is not None else ""


def worked_length(length: timedelta, full_day: timedelta) -> str:
    """`2 sa 10 dk`; of more than a day's work `2 iş günü 3 sa`. Begun minutes do not count."""
    days, rest = divmod(length, full_day) if length > full_day else (0, length)
    hours, minutes = divmod(rest // timedelta(minutes=1), 60)
    parts = [f"{days} iş günü"] if days else []
    parts += [f"{hours} sa"] if hours else []
    parts += [f"{minutes} dk"] if (minutes and not days) or not parts else []
    return " ".join(parts)


def spent_time(length: timedelta | int) -> str:
    """`1 sa 30 dk`, however long; a number is of minutes."""
    hours, minutes = divmod(length if isinstance(length, int) else length // timedelta(minutes=1), 60)
    return " ".join([f"{hours} sa"] * bool(hours) + [f"{minutes} dk"] * bool(minutes or not hours))


def rhythm_name(rhythm: Rhythm) -> str:
    """`her iş günü`, `3 ayda bir, ayın 15. günü`, `her yıl 15 Kasım`."""
    match rhythm.every:
        case Every.WORKING_DAY:
            return "her iş günü"
        case Every.WEEKDAY:
            return f"her {WEEKDAYS[rhythm.day]}"
        case Every.FIRST_WORKING_DAY:
            return "her ayın ilk iş günü"
        case Every.LAST_WORKING_DAY:
            return "her ayın son iş günü"
        case Every.MONTHS:
            often = "her ay" if rhythm.months == 1 else f"{rhythm.months} ayda bir"
            return f"{often}, ayın {rhythm.day}. günü"
        case Every.YEAR:
            return f"her yıl {rhythm.day} {MONTHS[rhythm.months - 1]}"
        case Every.DAYS_OFF:
            return "tatilden önceki son iş günü kapatma, sonraki ilk iş günü açma"
        case Every.BEFORE_HOLIDAY:
            return "her bayram ve resmî tatilden önceki son iş günü"


def target_name(target: Target, full_day: timedelta) -> str:
    """`üstlenme 1 sa, çözüm 3 iş günü`."""
    named = (("üstlenme", target.claim), ("çözüm", target.solve))
    said = [f"{name} {'yok' if length is None else worked_length(length, full_day)}" for name, length in named]
    return ", ".join(said)


def late_length(length: timedelta, full_day: timedelta) -> str:
    """The same, begun minutes counted."""
    minutes = -(-length // timedelta(minutes=1))
    return worked_length(timedelta(minutes=minutes), full_day)


def emblem(category: str | None) -> str:
    """One picture for a subject, first on its card, so that it is recognised while walking."""
    for prefix, picture in _EMBLEMS.items():
        if category and category.startswith(prefix):
            return picture
    return "🧰"


_EMBLEMS = {
    "yazici": "🖨",
    "toner": "🖨",
    "tarayici": "🖨",
    "bilgisayar": "💻",
    "yeni-bilgisayar": "💻",
    "monitor": "🖥",
    "klavye": "⌨",
    "internet": "🌐",
    "kablosuz": "📶",
    "yeni-ag": "🌐",
    "uzak-birim": "🌐",
    "ag-": "🌐",
    "vpn": "🌐",
    "site-": "🌐",
    "web": "🌐",
    "e-belediye": "🌐",
    "telefon": "☎",
    "mobil": "📱",
    "guvenlik-kamerasi": "📷",
    "canli": "🎥",
    "projeksiyon": "📽",
    "ups": "🔋",
    "sunucu": "🗄",
    "disk": "💾",
    "yedek": "💾",
    "ortak": "📁",
    "ebys": "📄",
    "e-imza": "✍",
    "kep": "✉",
    "eposta": "✉",
    "parola": "🔑",
    "kullanici": "👤",
    "otomasyon": "🏛",
    "kent": "🗺",
    "entegrasyon": "🔗",
    "rapor": "📊",
    "virus": "🛡",
    "bilgi-guvenligi": "🛡",
    "egitim": "🎓",
    "tasima": "📦",
    "zimmet": "🏷",
    "hurda": "♻",
    "sarf": "📦",
    "donanim": "🛒",
    "teknik": "📋",
    "ofis": "📝",
    "isletim": "🪟",
    "yazilim": "🧩",
}
