"""What the panel calls things, beside the words that the whole desk has (`handlers.terms`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.web.panel.ticket_action_words import ACTIONS
from bot.web.rendering import exact_time
from handlers.context import Acting
from handlers.domain.page_changes import Outcome, PageAction
from handlers.domain.people import PersonId
from handlers.domain.states import Priority, State
from handlers.domain.ticket import Ticket
from handlers.domain.ticket_filter import Ignored, Order
from handlers.domain.ticket_filter import Standing as OfState
from handlers.reports.ticket_export import Reason
from handlers.spoken_time import late_length, short_day, worked_length
from handlers.terms import STATES, WAITED_FOR
from handlers.tickets import quick_answers
from handlers.tickets.bulk_changes import Obstacle
from handlers.tickets.timing import Standing

STANDINGS: Mapping[str, str] = {
    OfState.ACTIVE: "açık",
    OfState.QUEUED: "sırada",
    OfState.CLAIMED: "üstlenilen",
    OfState.WAITING: "bekleyen",
    OfState.REPORTER: "bilgi bekleyen",
    OfState.VENDOR: "firma bekleyen",
    OfState.PARTS: "malzeme bekleyen",
    OfState.APPROVAL: "onay bekleyen",
    OfState.ACCESS: "bildirene ulaşılamayan",
    OfState.RESOLVED: "tamamlanan",
    OfState.ENDED: "kapanan",
    OfState.ALL: "hepsi",
}
PRIORITIES: Mapping[str, str] = {
    Priority.URGENT: "acil",
    Priority.HIGH: "yüksek",
    Priority.NORMAL: "normal",
    Priority.LOW: "düşük",
}
ORDERS: Mapping[str, str] = {
    Order.URGENCY: "öncelik",
    Order.DUE: "kalan süre",
    Order.NEWEST: "yeniden eskiye",
    Order.OLDEST: "eskiden yeniye",
    Order.CHANGED: "son değişen",
}
REASONS: Mapping[str, str] = {
    Reason.AUDIT: "denetim için",
    Reason.REPORT: "rapor için",
    Reason.CASE: "bir kaydı incelemek için",
}
"""Why personal columns are taken along."""
FILTERS: Mapping[str, str] = {
    "q": "aranan",
    "birim": "birim",
    "durum": "durum",
    "oncelik": "öncelik",
    "konu": "konu",
    "ustlenen": "üstlenen",
    "mudurluk": "müdürlük",
    "geciken": "geciken",
    "bugun": "bugün bitecek",
    "acilan": "bugün açılan",
    "dunden": "dünden beri bekleyen",
    "sirala": "sıralama",
}


OBSTACLES: Mapping[Obstacle, str] = {
    Obstacle.ENDED: "tamamlanmış ya da kapanmış",
    Obstacle.NOT_ALLOWED: "yetkiniz yok",
    Obstacle.TAKEN: "başkası üstlenmiş",
    Obstacle.NOT_HELD: "üstleneni yok",
    Obstacle.STATE: "durumu uygun değil",
    Obstacle.SO_ALREADY: "zaten öyle",
    Obstacle.CHECKLIST: "kontrol listesinin zorunlu satırları açık",
    Obstacle.EVIDENCE: "istenen fotoğraf, dosya ya da sayı yok",
    Obstacle.PARTS: "alt işleri sürüyor",
    Obstacle.CONFIDENTIAL: "gizli güvenlik kaydı birleştirilmez",
    Obstacle.NO_MERGE: "ana kayıtla birleştirilemez",
    Obstacle.ASKED: "önce sorulması gereken var (kaydın sayfasından yapın)",
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.DONE: "yapıldı",
    Outcome.NONE: "zaten öyleydi",
    Outcome.STALE: "siz bakarken değişti, dokunulmadı",
    Outcome.REFUSED: "yapılamadı",
}


def of_wish(acting: Acting, action: PageAction, to: str) -> str:
    """`Öncelik: yüksek`, `Görevlendir: Mehmet Kaya`."""
    match action:
        case PageAction.PRIORITISE:
            said = PRIORITIES.get(to, to)
        case PageAction.RECATEGORISE:
            said = acting.desk.title(to)
        case PageAction.TRANSFER:
            said = acting.desk.unit_title(to)
        case PageAction.WAIT:
            said = WAITED_FOR.get(to, to)
        case PageAction.ASSIGN if to.isascii() and to.isdecimal() and len(to) < 16:
            known = {one.id: one.name for one in acting.uow.people.everybody()}
            said = known.get(PersonId(int(to)), "")
        case PageAction.MERGE:
            said = to
        case PageAction.CANCEL:
            said = quick_answers.cancel_text(to)
        case PageAction.RESOLVE:
            return "Tamamla"
        case _:
            said = ""
    return f"{ACTIONS[action]}: {said}" if said else ACTIONS[action]


def said_of(ignored: Ignored) -> str:
    """What was not understood, and that it changes nothing."""
    if ignored.value is None:
        return f"“{ignored.name}” diye bir süzgeç yok, yok sayıldı."
    return f"“{ignored.value}” diye bir {FILTERS[ignored.name]} yok, yok sayıldı."


@dataclass(frozen=True, slots=True)
class ClockWord:
    """Where a ticket stands in time: a sign, words, and only then a colour."""

    sign: str
    text: str
    tone: str
    """`late`, `near`, `running`, `standing`, `over`: how it is drawn."""
    exact: str = ""
    """The moment itself, on hover or tap."""


def clock_word(ticket: Ticket, standing: Standing | None, zone: ZoneInfo) -> ClockWord:
    if not ticket.state.active:
        return _over(ticket, zone)
    waits = WAITED_FOR[ticket.state] if ticket.state.waiting else ""
    if standing is None:
        return ClockWord("‖", waits, "standing") if waits else ClockWord("", "süresi yok", "running")
    exact = "" if standing.due is None else f"Hedef {exact_time(standing.due, zone)}"
    if standing.left is not None and standing.pace in ("near", "late") and not standing.left.left:
        return ClockWord("‼", "Üstlenme süresi doldu" if standing.of_claim else "Süresi doldu", "late", exact)
    if standing.left is not None and standing.pace == "late":
        word = "Üstlenme gecikti" if standing.of_claim else "Gecikti"
        length = late_length(standing.left.left, standing.full_day)
        return ClockWord("‼", " · ".join(filter(None, (f"{word} {length}", waits))), "late", exact)
    if standing.broken and standing.promised is not None:
        return ClockWord("‼", f"Söz geçti: {short_day(standing.promised)}", "late", exact)
    if waits:
        day = "" if standing.look_again is None else short_day(standing.look_again)
        if day and standing.again_passed:
            return ClockWord("⚠", f"{STATES[ticket.state]} · bakma günü geçti: {day}", "near", f"Bakılacaktı: {day}")
        again = f"bakılacak: {day}" if day else ""
        return ClockWord("‖", " · ".join(filter(None, (STATES[ticket.state], again))), "standing")
    if standing.left is None:
        day = "" if standing.promised is None else short_day(standing.promised)
        return ClockWord("", f"söz: {day}", "running", exact)
    to_what = "Üstlenmeye" if standing.of_claim else "Çözüme"
    left = f"{to_what} {worked_length(standing.left.left, standing.full_day)}"
    return ClockWord("⚠", left, "near", exact) if standing.pace == "near" else ClockWord("", left, "running", exact)


def _over(ticket: Ticket, zone: ZoneInfo) -> ClockWord:
    at: datetime | None = ticket.resolved_at if ticket.state is State.RESOLVED else ticket.ended_at
    word = "Tamamlandı" if ticket.state is State.RESOLVED else STATES[ticket.state]
    if at is None:
        return ClockWord("", word, "over")
    return ClockWord("", f"{word} · {short_day(at.astimezone(zone).date())}", "over", exact_time(at, zone))


LIST_TITLES = (
    ("sicil_no", "Sicil no"),
    ("ad", "Ad soyad"),
    ("soyad", "Soyad"),
    ("mudurluk", "Müdürlük"),
    ("oda", "Oda"),
    ("telefon", "Telefon"),
    ("eposta", "E-posta"),
)
"""As what a column of a staff list may be read."""
STAFF_FIELDS: Mapping[str, str] = {
    "staff_no": "Sicil no",
    "name": "Ad",
    "department": "Müdürlük",
    "room": "Oda",
    "phone": "Telefon",
    "email": "E-posta",
    "verified": "Doğrulandı",
    "role": "Yetki",
    "unit": "Birim",
    "left_at": "Ayrıldı",
    "former_role": "Önceki yetki",
    "former_unit": "Önceki birim",
    "left_by_list": "Listede yoktu",
    "role_until": "Yetkinin sonu",
    "then_role": "Sonraki yetki",
    "then_unit": "Sonraki birim",
}
"""What a staff list may change of a person."""
