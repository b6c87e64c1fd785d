"""The birim faaliyet raporu of a year under the headings of the regulation, on paper and as a document (bylaw 14/2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo

from bot.documents import blocks
from bot.documents.blocks import Block, Heading, Table, Text
from bot.documents.register_export import SIGNED_BY
from bot.web.rendering import number
from handlers.context import Desk
from handlers.domain.people import Role
from handlers.domain.recurring import Every
from handlers.domain.states import State
from handlers.domain.targets import REQUEST
from handlers.reports.backup_book import RESULTS
from handlers.reports.years import (
    MOST_DEPARTMENTS,
    MOST_OUTAGES,
    MOST_SUBJECTS,
    YearReport,
)
from handlers.spoken_time import lengths_name, month_name, rhythm_name, share_name, worked_length
from handlers.terms import CAUSES, PRIORITIES, WAITED_FOR

OFFICE = "Bilgi İşlem Müdürlüğü"
REGISTER, BACKUPS, SHUTDOWNS, TRAINING = "11/5", "10/51", "11/17", "7/6"
"""Items of the bylaw that are more than the tickets of a subject."""
_PLACES = {"cihaz": "Cihaz", "oda": "Oda"}


def pdf(desk: Desk, report: YearReport, zone: tzinfo) -> bytes:
    """A second: never within a transaction."""
    return blocks.pdf(composed(desk, report, zone), desk.logo())


def docx(desk: Desk, report: YearReport, zone: tzinfo) -> bytes:
    return blocks.docx(composed(desk, report, zone), report.made_at, desk.logo())


def composed(desk: Desk, report: YearReport, zone: tzinfo) -> blocks.Report:
    printed = f"{report.made_at.astimezone(zone):%d.%m.%Y %H.%M}"
    notes = [f"01.01.{report.year} – 31.12.{report.year}"]
    if report.running:
        notes = [f"Taslak: yıl sürüyor, sayılar {printed} itibarıyladır."]
    elif report.recommendation is None or not report.recommendation.text.strip():
        notes.append("Taslak: V. bölüm henüz yazılmadı.")
    return blocks.Report(
        institution=desk.institution,
        office=OFFICE,
        title=f"{report.year} yılı birim faaliyet raporu",
        notes=notes,
        blocks=[
            *_general(desk, report),
            *_aims(report),
            *_activities(desk, report, zone),
            *_capacity(desk, report),
            *_recommended(report),
        ],
        signed_by=SIGNED_BY,
        sealed=list(_seals(desk, report, zone)),
        printed="" if report.running else f"Sayıların alındığı an: {printed}",
    )


# --- I -------------------------------------------------------------------------------------------------
def _general(desk: Desk, report: YearReport) -> Iterator[Block]:
    yield Heading(1, "I. Genel bilgiler")
    yield Heading(2, "A. Teşkilat ve personel")
    rows = [
        [
            desk.unit_title(one.unit),
            number(one.staff.get(Role.LEAD, 0)),
            number(one.staff.get(Role.TECHNICIAN, 0)),
            number(sum(one.staff.values())),
        ]
        for one in report.units
    ]
    all_staff = sum(sum(one.staff.values()) for one in report.units)
    yield Text(
        f"{OFFICE} {len(report.units)} birimden oluşur (Madde 5); müdürle birlikte"
        f" {number(all_staff + report.directors)} kişi çalışmaktadır."
    )
    yield Table(("Birim", "Şef", "Teknisyen", "Toplam"), rows, (4, 1, 1, 1), figures=3)
    yield Heading(2, "B. Hizmet verilenler")
    offices = f"; müdürlük: {number(report.offices)}" if report.offices else ""
    yield Text(f"Kayıtlı personel: {number(report.served)}{offices}.")
    yield Heading(2, "C. Kullanılan sistemler")
    yield Text(", ".join(report.systems) + "." if report.systems else "Listede sistem yoktur.")
    yield Heading(2, "D. Envanter")
    yield Text("Bilgisayar ve çevre birimi sayıları taşınır kayıtlarından eklenir (Madde 11/23).")


# --- II ------------------------------------------------------------------------------------------------
def _aims(report: YearReport) -> Iterator[Block]:
    yield Heading(1, "II. Amaç ve hedefler")
    yield Text(
        "Müdürlüğün amacı ve görevleri yönetmeliğin 1. ve 7. maddelerindedir. Kayıtlar için geçerli hedefler,"
        " çalışma süresi olarak:"
    )
    rows = [
        [
            "Talep" if kind == REQUEST else "Arıza",
            PRIORITIES[priority],
            *(
                "hedef yok" if length is None else worked_length(length, report.full_day)
                for length in (target.claim, target.solve)
            ),
        ]
        for kind, priority, target in report.targets
    ]
    yield Table(("Tür", "Öncelik", "Üstlenme", "Çözüm"), rows, (2, 2, 2, 2))
    yield Text("Konu ya da birim için ayrı belirlenmiş hedefler bu tabloda yoktur.", faint=True)


# --- III -----------------------------------------------------------------------------------------------
def _activities(desk: Desk, report: YearReport, zone: tzinfo) -> Iterator[Block]:
    yield Heading(1, "III. Faaliyetlere ilişkin bilgi ve değerlendirmeler")
    yield Heading(2, "A. Sayılar")
    if not report.opened and not report.solved:
        yield Text(f"{report.year} yılında açılmış kayıt yoktur.")
    else:
        yield Text(
            f"Yıl içinde {number(report.opened)} kayıt açıldı, {number(report.solved)} kayıt tamamlandı"
            + (
                f"; {number(report.restricted)} güvenlik kaydı yalnızca sayılır, içeriği yazılmaz."
                if report.restricted
                else "."
            )
        )
        yield from _by_unit(desk, report)
        yield from _by_subject(desk, report)
        yield from _by_department(report)
    yield from _by_month(desk, report)
    yield Heading(2, "C. Kesintiler")
    yield from _outages(report, zone)
    yield Heading(2, "D. Eğitim ve kullanım desteği")
    trained = sum(count for category, count in report.subjects.items() if TRAINING in _basis(desk, category))
    yield Text(
        f"{number(trained)} eğitim ve kullanım desteği kaydı (Madde {TRAINING})." if trained else "Kayıt yoktur."
    )
    yield Heading(2, "E. Düzenli işler")
    yield from _works(desk, report)
    yield Heading(2, "F. Yönetmelik maddelerine göre")
    yield from _by_item(desk, report)


def _by_unit(desk: Desk, report: YearReport) -> Iterator[Block]:
    rows = [[desk.unit_title(one.unit), number(one.figures.opened), number(one.figures.solved)] for one in report.units]
    yield Table(("Birim", "Açılan", "Tamamlanan"), rows, (4, 1, 1), figures=2)


def _by_subject(desk: Desk, report: YearReport) -> Iterator[Block]:
    ordered = sorted(report.subjects.items(), key=lambda one: (-one[1], desk.title(one[0])))
    yield from _most("Konu", [(desk.title(category), count) for category, count in ordered], MOST_SUBJECTS)


def _by_department(report: YearReport) -> Iterator[Block]:
    named = [(name or "(müdürlüğü yazılmamış)", count) for name, count in report.departments]
    yield from _most("Müdürlük", named, MOST_DEPARTMENTS)


def _most(head: str, counted: Sequence[tuple[str, int]], most: int) -> Iterator[Block]:
    if not counted:
        return
    rows = [[name, number(count)] for name, count in counted[:most]]
    if rest := counted[most:]:
        rows.append([f"Diğer ({len(rest)})", number(sum(count for _, count in rest))])
    yield Table((head, "Açılan"), rows, (5, 1), figures=1)


def _by_month(desk: Desk, report: YearReport) -> Iterator[Block]:
    yield Heading(2, "B. Hedef tutma ve aylar")
    for one in report.units:
        if one.figures.solved:
            said = f"{share_name(one.figures)}; {lengths_name(one.figures, one.full_day)}"
            yield Text(f"{desk.unit_title(one.unit)}: çözüm hedefi içinde {said}.")
    rows = [
        [month_name(one.month), _locked(one.locks, len(report.units)), number(one.opened), number(one.solved)]
        for one in report.months
    ]
    yield Table(("Ay", "Kilit", "Açılan", "Tamamlanan"), rows, (2, 2, 1, 1), figures=2)
    yield Text("Süreler mesai saatleridir, beklemeler sayılmaz. 10 kayıttan azında oran ve süre yazılmaz.", faint=True)


def _locked(locks: Sequence[object], units: int) -> str:
    if not locks:
        return "kilitlenmedi"
    return "kilitli" if len(locks) == units else f"{units} birimden {len(locks)} kilitli"


def _outages(report: YearReport, zone: tzinfo) -> Iterator[Block]:
    if not report.outages:
        yield Text("Biten kesinti yoktur.")
    else:
        longest = sorted(report.outages, key=lambda one: -one.worked)[:MOST_OUTAGES]
        rows = [
            [
                f"{one.since.astimezone(zone):%d.%m.%Y}",
                one.system,
                worked_length(one.worked, report.full_day),
                number(one.people),
                CAUSES[one.cause],
                one.number,
            ]
            for one in sorted(longest, key=lambda one: one.since)
        ]
        yield Text(f"{number(len(report.outages))} kesinti bitti.")
        yield Table(("Gün", "Sistem", "Mesai içinde", "Yaşayan", "Neden", "Kayıt"), rows, (4, 6, 4, 3, 4, 4))
        if len(report.outages) > MOST_OUTAGES:
            yield Text(f"En uzun {MOST_OUTAGES} kesinti yazılmıştır.", faint=True)
    if report.unnamed_outages:
        yield Text(f"İçeriği yazılmayan {number(report.unnamed_outages)} güvenlik kesintisi.", faint=True)


def _works(desk: Desk, report: YearReport) -> Iterator[Block]:
    if not report.works:
        yield Text("Tanımlı düzenli iş yoktur.")
        return
    rows = [
        [one.title, rhythm_name(one.rhythm), desk.unit_title(one.unit), number(one.opened), number(one.done)]
        for one in report.works
    ]
    yield Table(("İş", "Ne zaman", "Birim", "Açılan", "Biten"), rows, (5, 4, 4, 2, 2), figures=2)
    yield Text("Yıl bitmeden kaldırılan düzenli işler bu tabloda yoktur.", faint=True)


def _basis(desk: Desk, category: str | None) -> Sequence[str]:
    found = desk.category(category)
    return () if found is None else found.basis


def _by_item(desk: Desk, report: YearReport) -> Iterator[Block]:
    rows = [[item, "; ".join(said)] for item, said in _items(desk, report).items()]
    yield Table(("Madde", "Yapılan"), rows, (1, 8))
    yield Text(
        "Bir kayıt, konusunun dayandığı her maddede sayılır; toplamlar bu yüzden örtüşür. Yıl içinde kaydı olmayan"
        " maddeler yazılmaz.",
        faint=True,
    )


def _items(desk: Desk, report: YearReport) -> Mapping[str, Sequence[str]]:
    """What was done under each item of the bylaw, by article and item."""
    said: dict[str, list[str]] = defaultdict(list)
    numbers = f" ({report.year}-000001 – {report.year}-{report.last_number:06d})"
    said[REGISTER].append(f"Arıza defteri: {number(report.opened)} kayıt" + (numbers if report.last_number else ""))
    checked = [line for book in report.checks for line in book.lines]
    if checked:
        counted = [(text, sum(line.result == key for line in checked)) for key, text in RESULTS.items()]
        told = ", ".join(f"{number(count)} {text.casefold()}" for text, count in counted if count)
        said[BACKUPS].append(f"Yedek defteri: {number(len(checked))} denetim ({told})")
    lists = sum(one.opened for one in report.works if one.rhythm.every is Every.DAYS_OFF)
    if lists:
        said[SHUTDOWNS].append(f"Tatil kapatma listesi: {number(lists)}")
    for category, count in sorted(report.subjects.items(), key=lambda one: (-one[1], desk.title(one[0]))):
        for item in _basis(desk, category):
            said[item].append(f"{desk.title(category)}: {number(count)} kayıt")
    if report.restricted:
        secret = {item for one in desk.catalogue.categories.values() if one.restricted for item in one.basis}
        for item in secret:
            said[item].append(f"Güvenlik kayıtları: {number(report.restricted)}")
    return {item: said[item] for item in sorted(said, key=_place)}


def _place(item: str) -> tuple[int, ...]:
    return tuple(int(part) for part in item.split("/") if part.isdecimal())


# --- IV, V ---------------------------------------------------------------------------------------------
def _capacity(desk: Desk, report: YearReport) -> Iterator[Block]:
    yield Heading(1, "IV. Kurumsal kabiliyet ve kapasitenin değerlendirilmesi")
    yield Heading(2, "A. Bekleme nedenleri")
    waits = [one for one in report.waits if one.state is not State.OPEN]
    if waits:
        rows = [
            [WAITED_FOR[one.state].capitalize(), worked_length(one.spent, report.full_day), number(one.tickets)]
            for one in waits
        ]
        yield Table(("Beklenen", "Toplam süre", "Kaç kez"), rows, (4, 3, 2), figures=1)
        yield Text("Süreler mesai saatleridir, kayıtların beklemeleri toplanmıştır.", faint=True)
    else:
        yield Text("Bekletilen kayıt yoktur.")
    yield Heading(2, "B. Tekrar edenler")
    if report.repeating:
        rows = [[_PLACES[one.where], one.what, desk.title(one.category), number(one.count)] for one in report.repeating]
        yield Table(("Nerede", "Ne", "Konu", "Kaç kez"), rows, (2, 3, 5, 2), figures=1)
        yield Text("Yıl içinde en az üç kez aynı cihaz, ya da aynı oda ve konu. Kişiler yazılmaz.", faint=True)
    else:
        yield Text("Yıl içinde en az üç kez tekrarlayan cihaz ya da oda yoktur.")


def _recommended(report: YearReport) -> Iterator[Block]:
    yield Heading(1, "V. Öneri ve tedbirler")
    written = "" if report.recommendation is None else report.recommendation.text.strip()
    if written:
        yield Text(written)
    else:
        yield Text("(Müdür tarafından Raporlar sayfasında yazılır.)", faint=True)


def _seals(desk: Desk, report: YearReport, zone: tzinfo) -> Iterator[str]:
    locks = [pair for one in report.months for pair in one.locks]
    open_months = [month_name(one.month) for one in report.months if not one.locks]
    if not locks:
        yield "Kilitli ay yoktur: sayılar kayıtların bugünkü hâlidir."
        return
    for lock, who in locks:
        at = f"{lock.locked_at.astimezone(zone):%d.%m.%Y %H.%M}"
        locked = f"{at} tarihinde {who} kilitledi"
        yield f"{month_name(lock.month)}, {desk.unit_title(lock.unit)}: {locked} · {lock.seal[:16]}"
    if open_months:
        yield f"Kilitlenmemiş: {', '.join(open_months)}."
