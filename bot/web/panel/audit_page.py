"""`/panel/denetim`: who read or changed what, by person and day, with the state of the histories' chain on top."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.web.errors import HttpRefusal
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import AUDIT
from bot.web.panel.ticket_export import TYPES
from bot.web.rendering import NO_STORE, exact_time
from handlers.domain.people import Person, PersonId
from handlers.ports.records import AuditLine
from handlers.queries import audit
from handlers.queries.audit import CHAINS
from handlers.reports.ticket_export import Export

MOST_LETTERS = 80
HEADS = ("Ne zaman", "Kim", "Ne yaptı", "Neyle ilgili", "Nereden")
_COLUMNS = ("at", "who", "what", "about", "channel")
_LONGEST_KEY = 10
WORDS = {
    "absence_added": "izin yazdı",
    "absence_withdrawn": "izni geri aldı",
    "approval_automatic": "onayı kendiliğinden istenir yaptı",
    "approval_by_hand": "onayı elle istenir yaptı",
    "article_drafted": "çözüm adımı taslağı yazdı",
    "article_dropped": "çözüm adımı taslağını bıraktı",
    "article_edited": "çözüm adımını değiştirdi",
    "article_published": "çözüm adımını yayımladı",
    "article_restored": "çözüm adımını özgün metne döndürdü",
    "article_withdrawn": "çözüm adımını kaldırdı",
    "audit_exported": "denetim kaydını indirdi",
    "backup": "yedek aldı",
    "backup_book_read": "yedek defterini okudu",
    "bound": "odayı birime bağladı",
    "canned_reply_added": "hazır yanıt ekledi",
    "canned_reply_changed": "hazır yanıtı değiştirdi",
    "unit_view_saved": "birim için görünüm sakladı",
    "unit_view_renamed": "birimin görünümünün adını değiştirdi",
    "unit_view_removed": "birimin görünümünü sildi",
    "canned_reply_withdrawn": "hazır yanıtı kaldırdı",
    "channel_tested": "kanalı denedi",
    "checklist_taken_back": "kontrol listesini geri aldı",
    "checklist_written": "kontrol listesi yazdı",
    "cli": "komut satırında çalıştırdı",
    "code_refused": "yanlış katılım kodu denedi",
    "department_added": "müdürlük ekledi",
    "department_closed": "müdürlüğü kapattı",
    "department_removed": "müdürlüğü listeden çıkardı",
    "department_renamed": "müdürlüğün adını değiştirdi",
    "department_reopened": "müdürlüğü yeniden açtı",
    "department_short_names": "müdürlüğün kısa adlarını yazdı",
    "departments_merged": "müdürlükleri birleştirdi",
    "departments_parted": "birleştirmeyi geri aldı",
    "data_exported": "kişinin verilerini indirdi",
    "deputy_ended": "vekâleti bitirdi",
    "deputy_named": "vekil yazdı",
    "duty_added": "nöbet yazdı",
    "duty_swapped": "nöbeti değiştirdi",
    "duty_withdrawn": "nöbeti kaldırdı",
    "erased": "yazdıklarını sildi",
    "erased_for": "kişinin yazdıklarını onun adına sildi",
    "figures_exported": "Gösterge sayılarını indirdi",
    "first_admin": "masayı kurdu",
    "invited": "davet kodu verdi",
    "invitation_revoked": "daveti geri aldı",
    "joined": "katıldı",
    "last_admin_stays": "tek yönetici olduğu için yetkisi açık kaldı",
    "left": "görevden ayrıldı diye yazdı",
    "listed": "personel listesiyle değiştirdi",
    "message_edited": "metni değiştirdi",
    "message_restored": "metni özgün hâline döndürdü",
    "logo_changed": "logoyu değiştirdi",
    "read_device": "cihazı açtı",
    "devices_merged": "iki cihazı birleştirdi",
    "devices_parted": "birleştirilen cihazı ayırdı",
    "place_added": "yer ekledi",
    "place_corrected": "yeri düzeltti",
    "places_merged": "yerleri birleştirdi",
    "places_parted": "yerlerin birleştirmesini geri aldı",
    "officer_ended": "görevi bitirdi",
    "officer_named": "görev verdi",
    "officer_withdrawn": "görevi geri aldı",
    "month_locked": "ayın raporunu kilitledi",
    "month_unlocked": "ayın kilidini kaldırdı",
    "panel_viewed": "panel sayfasını açtı",
    "people_import_taken_back": "personel listesini geri aldı",
    "people_joined": "iki kişiyi birleştirdi",
    "people_parted": "birleştirmeyi geri aldı",
    "particulars_changed": "bilgilerini düzeltti",
    "person_added": "kişi ekledi",
    "people_imported": "personel listesini aldı",
    "devices_imported": "cihaz listesini aldı",
    "devices_import_taken_back": "cihaz listesini geri aldı",
    "devices_exported": "cihaz listesini dışa aktardı",
    "handovers_exported": "teslim listesini dışa aktardı",
    "custody_printed": "zimmet belgesi bastı",
    "official_record": "teslimi resmî kayda yazdı",
    "stock_exported": "depo listesini dışa aktardı",
    "terms_exported": "süreli kayıtlar listesini dışa aktardı",
    "read": "kaydı okudu",
    "recognised": "misafiri tanıdı",
    "recurring_changed": "düzenli işi değiştirdi",
    "recurring_withdrawn": "düzenli işi kaldırdı",
    "recurring_written": "düzenli iş yazdı",
    "renamed": "adı düzeltti",
    "report_taken": "aylık raporu aldı",
    "restored": "yedekten döndü",
    "returned": "yeniden göreve başladı",
    "role_ended": "görev bitti",
    "role_given": "yetkisini değiştirdi",
    "searched": "aradı",
    "sessions_ended": "oturumlarını kapattı",
    "setting_changed": "ayarı değiştirdi",
    "special_day_added": "özel gün ekledi",
    "special_day_brought_back": "özel günü geri getirdi",
    "special_day_confirmed": "özel günü onayladı",
    "special_day_withdrawn": "özel günü kaldırdı",
    "summary": "özeti okudu",
    "system_changed": "sistemi değiştirdi",
    "system_dropped": "sistemi listeden çıkardı",
    "target_applied": "hedefi açık kayıtlara uyguladı",
    "target_removed": "hedefi kaldırdı",
    "target_set": "hedef koydu",
    "target_taken_off": "hedefi açık kayıtlardan kaldırdı",
    "tickets_exported": "kayıt listesini indirdi",
    "unlinked": "hesap bağını kaldırdı",
    "work_pattern_added": "mesai düzeni ekledi",
    "work_pattern_removed": "mesai düzenini kaldırdı",
    "work_planned": "planlı çalışma yazdı",
    "work_withdrawn": "planlı çalışmayı kaldırdı",
}
"""What was done, by its name in the audit; another is shown by that name."""


def _about(request: Request) -> str:
    return f"denetim {request.url.query}".strip()


@panel_page(AUDIT, about=_about)
async def trail(visit: Visit) -> Response:
    handle, typed = visit.typed("kim")[:MOST_LETTERS], visit.typed("gun")
    day, before = _day(typed), _number(visit.typed("once"))
    found = await visit.read(lambda acting: audit.look(acting, handle=handle, day=day, before=before))
    chosen = {"kim": handle, "gun": day.isoformat() if day else ""}
    kept = {name: value for name, value in chosen.items() if value}
    lines = [_told(visit, line, found.people) for line in found.lines]
    ignored = []
    if found.nobody:
        ignored.append(f"“{handle}” diye kimse yok.")
    if typed and day is None:
        ignored.append(f"“{typed[:20]}” bir gün değil, yok sayıldı. Örnek: 2026-11-30")
    return visit.html(
        "panel_audit.html",
        lines=lines,
        broken=found.broken,
        chains=CHAINS,
        chosen=chosen,
        ignored=ignored,
        further=f"?{urlencode({**kept, 'once': found.further})}" if found.further else "",
        first=f"?{urlencode(kept)}" if kept else "",
        is_first=before is None,
        formats=list(visit.web.settings.ticket_exports),
    )


@panel_page(AUDIT, logged=False)
async def download(visit: Visit) -> Response:
    """What is filtered, as a file. It is logged by itself."""
    handle, typed, kind = visit.typed("kim")[:MOST_LETTERS], visit.typed("gun"), visit.typed("bicim") or "csv"
    write, day = visit.web.settings.ticket_exports.get(kind), _day(typed)
    if write is None or (typed and day is None):
        raise HttpRefusal(400, "bad_form")
    found = await visit.read(lambda acting: audit.rows(acting, handle=handle, day=day))
    if found is None:
        raise HttpRefusal(400, "too_many_lines")
    told = [_told(visit, line, found[1]) for line in found[0]]
    made = Export("Denetim", HEADS, [[one[name] for name in _COLUMNS] for one in told])
    about = " ".join(filter(None, (kind, handle, typed)))
    await visit.web.gateway.write(lambda uow: audit.log_export(visit.acting(uow), about, len(told)))
    content = await run_in_threadpool(write, made)
    name = f'attachment; filename="denetim-{visit.now.astimezone(visit.desk.zone):%Y-%m-%d}.{kind}"'
    return Response(content, media_type=TYPES[kind], headers={"Content-Disposition": name, **NO_STORE})


def _told(visit: Visit, line: AuditLine, people: Mapping[PersonId, Person]) -> dict[str, str]:
    person = None if line.who is None else people[line.who]
    return {
        "at": exact_time(line.at, visit.desk.zone),
        "who": "Yardım Masası" if person is None else person.name or person.handle,
        "what": WORDS.get(line.what, line.what),
        "about": line.about,
        "channel": line.channel,
    }


def _day(typed: str) -> date | None:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if 2000 <= found.year < 2200 else None


def _number(typed: str) -> int | None:
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= _LONGEST_KEY else None
    return number if number is not None and number < 2**31 else None
