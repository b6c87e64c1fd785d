"""What the page of a ticket says in words: what somebody did to it, how it stands, what came of what was asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from bot.web.panel.ticket_action_words import DONE, UNHEARD
from bot.web.rendering import shown_name
from handlers.context import Desk
from handlers.domain.links import MERGES, NAMES_A_TICKET
from handlers.domain.page_changes import Outcome, PageAction
from handlers.domain.people import Person, PersonId
from handlers.domain.states import UNDONE, Change, TicketEvent
from handlers.inflections import to_whom
from handlers.spoken_time import late_length, plain_day, spent_time, worked_length
from handlers.terms import (
    APPROVALS,
    CHANGES,
    LATE_REASONS,
    PRIORITIES,
    SOLVED_BY,
    UNREACHED,
    WAITED_FOR,
)
from handlers.tickets.notifications import Reach
from handlers.tickets.timing import Standing

_DID: Mapping[Change, str] = {
    Change.CLAIMED: "kaydı üstlendi",
    Change.RELEASED: "kaydı sıraya geri koydu",
    Change.RESUMED: "işi sürdürdü",
    Change.RESOLVED: "kaydı tamamladı",
    Change.CONFIRMED: "çalıştığını bildirdi",
    Change.CLOSED: "kaydı kapattı",
    Change.SOLVED: "sorunun çözüldüğünü bildirdi",
    Change.REOPENED: "kaydı yeniden açtı",
    Change.CANCELLED: "kaydı iptal etti",
    Change.SEPARATED: "kaydı geri ayırdı",
    Change.FOUND_CLOSED: "bildireni yerinde bulamadı",
}
_REASONS: Mapping[tuple[Change, str], str] = {
    (Change.CLOSED, "silence"): "bildirenden yanıt gelmedi",
    (Change.RESOLVED, "outage"): "kesintiyle birlikte",
    (Change.CANCELLED, "reporter"): "bildiren vazgeçti",
    (Change.CANCELLED, "duplicate"): "iki kez açılmış",
    (Change.CANCELLED, "not_ours"): "bizim işimiz değil",
    (Change.RELEASED, "on_leave"): "izin",
    (Change.ASSIGNED, "on_leave"): "izin",
    (Change.ASSIGNED, "recurring"): "düzenli iş",
    (Change.RESUMED, "visit"): "randevu",
    (Change.REPLIED, "edited"): "düzeltildi",
    (Change.REPLIED, "deleted"): "silindi",
    (Change.REPLIED, "separated"): "birleştirilmişken yazılanlar",
    (Change.NOTED, "waiting_for"): "ne beklendiği",
    (Change.LINKED, "split"): "ayrıldı",
    (Change.LINKED, "outage_note"): "kesinti notundan",
    (Change.PROVED, "missing"): "neden olmadığı yazıldı",
}
A_TICKET = "başka bir kayıt"
"""That is not theirs to read."""
STAYS_AWAY = "Geri alınamadı: diğer birim bu arada kaydı ele aldı ya da gönderdiğinizden beri 10 dakika geçti."
TAKEN_BACK = "Geri alındı"
DESK_ITSELF = "Yardım Masası"
PRESSED_BEFORE = "Bu zaten öyleydi; bir şey değişmedi."
MEANWHILE_REFUSED = "Olmadı: kayıt bu arada değişti. Aşağıda şimdiki hâli duruyor."
UNKNOWN = "Bu işlemin sonucu bulunamadı; yapılmamış olabilir. Aşağıda kaydın şimdiki hâli duruyor."
ON_THE_WAY = "Alındı, işleniyor…"


def outcome(action: PageAction, came_of_it: Outcome, reach: Reach = Reach.TOLD, *, back: bool = False) -> str:
    """`back`: it took back what was done before."""
    if came_of_it is not Outcome.DONE:
        return PRESSED_BEFORE
    if back:
        return f"{TAKEN_BACK}."
    if reach is not Reach.TOLD and action in UNHEARD:
        return UNHEARD[action].format(why=UNREACHED[reach])
    return DONE[action]


def meanwhile(
    events: Sequence[TicketEvent], people: Mapping[PersonId, Person], desk: Desk, readable: Collection[str] = ()
) -> str:
    """`Siz bakarken Fatma Şahin önceliği Yüksek yaptı.` `readable`: as for `line`."""
    told = "; ".join(dict.fromkeys(f"{_who(one, people)} {did(one, people, desk, readable)}" for one in events))
    return f"Siz bakarken {told}."


def did(event: TicketEvent, people: Mapping[PersonId, Person], desk: Desk, readable: Collection[str] = ()) -> str:
    """With the name of who did it before it."""
    match event.what:
        case Change.PRIORITISED:
            return f"önceliği {PRIORITIES.get(event.after or '', event.after or '')} yaptı"
        case Change.RECATEGORISED:
            return f"konuyu “{desk.title(event.after)}” yaptı"
        case Change.TRANSFERRED:
            return f"kaydı {desk.unit_title(event.after or '')} birimine gönderdi"
        case Change.ASSIGNED:
            return f"kaydı {to_whom(_person(event.after, people))} verdi"
        case Change.WAITING:
            return f"kaydı beklemeye aldı ({WAITED_FOR.get(event.after or '', 'bekliyor')})"
        case Change.MERGED:
            return f"kaydı {_told(event.reason or '', readable)} ile birleştirdi"
        case _:
            return _DID.get(event.what, CHANGES[event.what].lower())


def line(
    event: TicketEvent, people: Mapping[PersonId, Person], desk: Desk, readable: Collection[str] = frozenset()
) -> str:
    """A line of the history, without who did it: `Önceliği değişti: Normal → Yüksek`. `readable`: numbers of other
    tickets that may be told."""
    said = CHANGES[event.what]
    values = (event.before, event.after)
    if event.what in NAMES_A_TICKET:
        before, after = (_told(one or "", readable) for one in values)
    else:
        before, after = (_value(event, one, people, desk) for one in values)
    about = f"{before} → {after}" if before and after else after or before
    about = " · ".join(filter(None, (about, _why(event, readable))))
    if event.reason == UNDONE:
        said = f"{TAKEN_BACK}: {said[0].lower()}{said[1:]}"
    return f"{said}: {about}" if about else said


def _told(number: str, readable: Collection[str]) -> str:
    return number if number in readable or not number else A_TICKET


def _why(event: TicketEvent, readable: Collection[str]) -> str:
    """The code that the line holds, in words; what was written stands in the talk."""
    match event.what:
        case Change.EXPLAINED:
            return LATE_REASONS.get(event.reason or "", "")
        case Change.SOLVED:
            return SOLVED_BY.get(event.reason or "", "")
        case what if what in MERGES:
            return _told(event.reason or "", readable)
        case _:
            return _REASONS.get((event.what, event.reason or ""), "")


def _value(event: TicketEvent, value: str | None, people: Mapping[PersonId, Person], desk: Desk) -> str:
    match event.what:
        case Change.PRIORITISED:
            return PRIORITIES.get(value or "", "")
        case Change.RECATEGORISED:
            return desk.title(value)
        case Change.TRANSFERRED:
            return desk.unit_title(value or "")
        case Change.ASSIGNED:
            return _person(value, people)
        case Change.DOCUMENTED | Change.APPROVAL_ASKED | Change.APPROVED | Change.REFUSED if value in APPROVALS:
            return APPROVALS[value]
        case Change.DOCUMENTED:
            return value or ""
        case Change.PROMISED | Change.POSTPONED if value:
            return plain_day(date.fromisoformat(value))
        case Change.SPENT if value:
            return spent_time(int(value))
        case Change.WAITING | Change.FOUND_CLOSED:
            return WAITED_FOR.get(value or "", "")
        case _:
            return ""


def who(event: TicketEvent, people: Mapping[PersonId, Person]) -> str:
    """With whom they stood in for."""
    others = [to_whom(shown_name(people[one].name or people[one].handle)) for one in event.acting_for if one in people]
    behalf = f" ({', '.join(others)} vekâleten)" if others else ""
    return _who(event, people) + behalf


def _who(event: TicketEvent, people: Mapping[PersonId, Person]) -> str:
    person = None if event.who is None else people.get(event.who)
    return DESK_ITSELF if person is None else shown_name(person.name or person.handle)


def _person(key: str | None, people: Mapping[PersonId, Person]) -> str:
    found = people.get(PersonId(int(key))) if key is not None and key.isdecimal() else None
    return "" if found is None else shown_name(found.name or found.handle)


def standing(it: Standing | None) -> str:
    """`⏳ Çözüme 2 sa 10 dk kaldı`, as on the card."""
    if it is None or it.left is None:
        return "" if it is None or it.promised is None else f"📌 Söz: {plain_day(it.promised)}"
    left, day = it.left.left, it.full_day
    match it.pace:
        case "near" | "late" if not left:
            said = f"⛔ {'Üstlenme süresi' if it.of_claim else 'Süresi'} doldu"
        case "late":
            said = f"⛔ {'Üstlenme gecikti' if it.of_claim else 'Gecikti'} · {late_length(left, day)}"
        case "standing":
            said = f"⏸ Duruyor · {worked_length(left, day)} kaldı"
        case pace:
            mark = "⚠ Az kaldı ·" if pace == "near" else "⏳"
            said = f"{mark} {'Üstlenmeye' if it.of_claim else 'Çözüme'} {worked_length(left, day)} kaldı"
    again = f" · {plain_day(it.look_again)} yeniden bakılacak" if it.look_again else ""
    return said + again


def worked(length: timedelta, full_day: timedelta) -> str:
    return worked_length(length, full_day)
