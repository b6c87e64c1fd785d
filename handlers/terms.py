"""The Turkish words for the desk's terms: one word for one thing, wherever a user reads it."""

from handlers.domain.absences import AbsenceKind
from handlers.domain.approvals import ApprovalKind, Approver
from handlers.domain.calendar import SpecialKind
from handlers.domain.officers import Office
from handlers.domain.outages import Cause, NoteQuestion
from handlers.domain.people import Person, Role
from handlers.domain.scrap import DiskFate, ScrapReason
from handlers.domain.states import Change, Priority, SolvedBy, State
from handlers.domain.systems import SystemState
from handlers.domain.ticket import EntryKind
from handlers.domain.track_records import DoneBy
from knowledge import Impact, Urgency

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
ENTRY_KINDS: dict[str, str] = {
    EntryKind.REPORT: "Bildirilen",
    EntryKind.REPLY: "Yazışma",
    EntryKind.QUESTION: "Sorulan",
    EntryKind.FACT: "Bilgi",
    EntryKind.NOTE: "İç not",
    EntryKind.NEWS: "Duyuru",
    EntryKind.RESOLUTION: "Yapılan",
    EntryKind.REASON: "Neden",
}
"""Where of a ticket something stands."""
PRIORITIES: dict[str, str] = {
    Priority.LOW: "Düşük",
    Priority.NORMAL: "Normal",
    Priority.HIGH: "Yüksek",
    Priority.URGENT: "ACİL",
}
IMPACTS: dict[str, str] = {Impact.PERSON: "kişi", Impact.OFFICE: "birim", Impact.HOUSE: "kurum"}
AFFECTED: dict[str, str] = {
    Impact.PERSON: "Kişi",
    Impact.OFFICE: "Oda ya da birim",
    Impact.HOUSE: "Kurum ya da vatandaş",
}
"""Whom it holds up, as a table of priorities names them."""
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
OFFICES: dict[str, str] = {
    Office.AMBAR: "Ambar sorumlusu",
    Office.TASINIR_KAYIT: "Taşınır kayıt yetkilisi",
    Office.TASINIR_KONTROL: "Taşınır kontrol yetkilisi",
    Office.EVRAK: "Evrak sorumlusu",
    Office.ARSIV: "Arşiv sorumlusu",
    Office.YEDEK: "Yedek sorumlusu",
    Office.SISTEM_ODASI: "Sistem odası sorumlusu",
    Office.KVKK: "KVKK sorumlusu",
    Office.HARCAMA_YETKILISI: "Harcama yetkilisi",
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
    "calisma": "Planlı çalışma sırasında",
    "kanit": "Bitince istenir",
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
    State.WAITING_ACCESS: "personele ulaşılamaması",
}
"""What keeps a ticket waiting: "malzeme 3", "En çok bekleten: malzeme"."""
UNREACHED: dict[str, str] = {
    "untold": "personel haber istememişti",
    "blocked": "personel sohbeti engellemiş",
    "left": "personel görevden ayrılmış",
}
"""Why a reporter does not hear of it (`handlers.tickets.notifications.Reach`)."""
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
    Change.REMARKED: "Kontrol listesinde satıra not ya da fotoğraf eklendi",
    Change.CHECKED: "Denetim yanıtlandı",
    Change.PROVED: "İstenen kanıt için yanıt verildi",
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
NOTE_QUESTIONS: dict[NoteQuestion, str] = {
    NoteQuestion.WHAT: "Ne oldu?",
    NoteQuestion.NOTICED: "Ne zaman, nasıl fark ettik?",
    NoteQuestion.WHY: "Neden oldu?",
    NoteQuestion.DONE: "Ne yaptık?",
    NoteQuestion.NEXT: "Bir daha olmaması için ne gerekiyor?",
}
NOTE_MOMENTS: dict[str, str] = {
    "reported": "ilk bildirim",
    "declared": "kesinti ilan edildi",
    "claimed": "üstlenildi",
    "announced": "bütün personele duyuruldu",
    "ended": "kesinti bitti",
}
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
    SpecialKind.EVENT: "önemli gün",
}
SPECIAL_TITLES: dict[str, str] = {
    SpecialKind.HOLIDAY: "Resmî tatil",
    SpecialKind.HALF: "Yarım gün",
    SpecialKind.ADMIN_LEAVE: "İdari izin",
    SpecialKind.WORKED: "Çalışılan gün",
    SpecialKind.EVENT: "Önemli gün",
}


ABSENCES: dict[str, str] = {
    AbsenceKind.ANNUAL: "yıllık izin",
    AbsenceKind.DUTY: "görevli",
    AbsenceKind.TRAINING: "eğitimde",
    AbsenceKind.ADMINISTRATIVE: "idari izin",
    AbsenceKind.OTHER: "izinli",
}


SCRAP_REASONS: dict[str, str] = {
    ScrapReason.LIFE_OVER: "ömrü doldu",
    ScrapReason.NOT_WORTH_IT: "onarımı ekonomik değil",
    ScrapReason.NO_PARTS: "parçası yok",
    ScrapReason.BROKEN: "kırık",
}
DISK_FATES: dict[str, str] = {
    DiskFate.REMOVED: "söküldü, kasada",
    DiskFate.WIPED: "silindi",
    DiskFate.DESTROYED: "imha edildi",
    DiskFate.NONE: "diski yok",
}


def acting_title(title: str) -> str:
    """Of who acts in somebody's place: `Ambar sorumlusu V.`"""
    return f"{title} V."


def first_name(person: Person) -> str:
    """As colleagues say it: `Zeynep`."""
    return person.name.partition(" ")[0] or person.handle


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
