"""The eight charts of Gösterge as they are drawn and read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.web.panel.plots import Bar, Grid, Part, Plot, Square, Strip, compared, level
from bot.web.rendering import Cell, number
from handlers.domain.charts import REPEATED_DAYS, REPEATED_OFTEN, AgeBand, Charts, Lengths, Repeated, ThisWeek, Week
from handlers.spoken_time import WEEKDAYS, month_name, short_day, worked_length
from handlers.terms import WAITED_FOR

HOUR = timedelta(hours=1)
MOST_STRIPS = 15
"""Subjects that are drawn; the table has all."""
MOST_NUMBERED = 13
"""Columns with a number each; above that only the table has them."""
_SHORT_DAYS = ("Pzt", "Sal", "Çar", "Per", "Cum", "Cmt", "Paz")
_KINDS = {"cihaz": "Cihaz", "oda": "Oda", "kisi": "Kişi"}

Link = Callable[..., str]
"""The address of the list of tickets with these filters."""


def plots_of(found: Charts, title: Callable[[str | None], str], link: Link) -> Sequence[Plot]:
    """`title`: of a subject. In the order of the page."""
    return [
        _open_ones(found),
        _weeks(found),
        _ages(found, link),
        _lengths(found, title),
        _waits(found),
        _crossing(found, title),
        _hours(found),
        _repeated(found, title),
    ]


def _open_ones(found: Charts) -> Plot:
    last, first = found.open_ones[-1], found.open_ones[0]
    bars = [
        Bar(
            label="şu an" if one is last and found.running else short_day(one.at),
            parts=[
                Part(one.queued, f"{short_day(one.at)}: sırada {one.queued}"),
                Part(one.held, f"{short_day(one.at)}: üzerinde çalışılan {one.held}"),
                Part(one.waiting, f"{short_day(one.at)}: bekleyen {one.waiting}"),
            ],
            total=number(one.all),
            mark=one.before,
        )
        for one in found.open_ones
    ]
    return Plot(
        name="acik-is-yuku",
        title="Açık iş yükü",
        question="Yük büyüyor mu?",
        macro="columns",
        head=("Hafta sonu", "Sırada", "Üzerinde", "Bekleyen", "Toplam", "Geçen yıl"),
        rows=[(one.at.isoformat(), one.queued, one.held, one.waiting, one.all, one.before) for one in found.open_ones],
        legend=(("a", "sırada"), ("b", "üzerinde çalışılan"), ("c", "bekleyen"), ("line", "geçen yıl, toplam")),
        bars=bars,
        top=max(1, *(max(one.all, one.before) for one in found.open_ones)),
        said=f"{'Şu an' if found.running else 'Dönemin sonunda'} {number(last.all)} açık kayıt;"
        f" dönemin başında {number(first.all)}. " + compared(last.all, last.before, "açık kayıt"),
        empty=""
        if any(one.all or one.before for one in found.open_ones)
        else f"{'Şu an' if found.running else 'Bu dönemde'} açık kayıt yok.",
    )


def _weeks(found: Charts) -> Plot:
    opened, solved = sum(one.opened for one in found.weeks), sum(one.solved for one in found.weeks)
    before = sum(one.opened_before for one in found.weeks)
    numbered = len(found.weeks) <= MOST_NUMBERED
    step = -(-len(found.weeks) // MOST_NUMBERED)

    def bar(place: int, one: Week) -> Bar:
        named = f"{short_day(one.first)} haftası"
        return Bar(
            label=short_day(one.first) if place % step == 0 else "",
            parts=[
                Part(one.opened, f"{named}: gelen {one.opened}"),
                Part(one.solved, f"{named}: tamamlanan {one.solved}"),
            ],
            total="",
            mark=one.opened_before,
            shaded=one.short,
            words=f"{named}: {number(one.worked)} iş günü" if one.short else "",
        )

    notes = [] if numbered else ["Sayılar alttaki tabloda."]
    if any(one.short for one in found.weeks):
        notes.append("Gölgeli haftalarda tatil var.")
    if found.running:
        notes.append("Son hafta sürüyor.")
    return Plot(
        name="gelen-tamamlanan",
        title="Gelen ve tamamlanan",
        question="Yetişiyor muyuz?",
        macro="pairs",
        head=("Hafta", "Gelen", "Tamamlanan", "İş günü", "Geçen yıl gelen", "Geçen yıl tamamlanan"),
        rows=[
            (one.first.isoformat(), one.opened, one.solved, one.worked, one.opened_before, one.solved_before)
            for one in found.weeks
        ],
        legend=(("a", "gelen"), ("b", "tamamlanan"), ("line", "geçen yıl gelen")),
        bars=[bar(place, one) for place, one in enumerate(found.weeks)],
        top=max(1, *(max(one.opened, one.solved, one.opened_before) for one in found.weeks)),
        said=f"Bu dönemde {number(opened)} geldi, {number(solved)} tamamlandı. {compared(opened, before, 'gelen')}",
        empty="" if opened or solved or before else "Bu dönemde gelen ya da tamamlanan kayıt yok.",
        notes=notes,
    )


def _ages(found: Charts, link: Link) -> Plot:
    def named(band: AgeBand) -> str:
        return f"{band.first} iş gününden eski" if band.last is None else f"{band.first}–{band.last} iş günü"

    def bar(band: AgeBand) -> Bar:
        said = [("sirada", "sırada", band.queued), ("ustlenildi", "üzerinde", band.held)]
        said.append(("bekleyen", "bekleyen", band.waiting))
        parts = [
            Part(count, f"{named(band)}, {word}: {count}", link(durum=state, sirala="eski"))
            for state, word, count in said
        ]
        return Bar(named(band), parts, number(band.all))

    every = sum(band.all for band in found.ages)
    old = sum(band.all for band in found.ages if band.first > 5)
    return Plot(
        name="acik-yas",
        title="Açık kayıtların yaşı",
        question="Ne yatıyor?",
        macro="bars",
        head=("Yaş", "Sırada", "Üzerinde", "Bekleyen", "Toplam"),
        rows=[(named(band), band.queued, band.held, band.waiting, band.all) for band in found.ages],
        legend=(("a", "sırada"), ("b", "üzerinde çalışılan"), ("c", "bekleyen")),
        bars=[bar(band) for band in found.ages],
        top=max(1, *(band.all for band in found.ages)),
        said=f"{number(every)} açık kaydın {number(old)} tanesi 5 iş gününden eski. "
        + compared(every, found.open_ones[-1].before, "açık kayıt")
        if found.running
        else f"{short_day(found.today)} sabahı {number(every)} açık kaydın {number(old)} tanesi 5 iş gününden eski.",
        empty="" if every else "Açık kayıt yok.",
        notes=["Çubuğa basınca o durumdaki kayıtların listesi açılır, en eskisi başta."],
    )


def _lengths(found: Charts, title: Callable[[str | None], str]) -> Plot:
    def told(length: timedelta | None) -> str:
        return "–" if length is None else worked_length(length, found.full_day)

    def strip(one: Lengths) -> Strip:
        if one.median is None or one.ninth is None:
            return Strip(title(one.category), f"az kayıt (n = {one.count})")
        words = f"ortanca {told(one.median)}, 10 kayıttan 9'u en çok {told(one.ninth)}, hedef {told(one.target)}"
        return Strip(
            label=title(one.category),
            words=f"{words} (n = {one.count})",
            median=one.median / HOUR,
            ninth=one.ninth / HOUR,
            target=None if one.target is None else one.target / HOUR,
            missed=one.share is not None and one.share <= 50,
        )

    def hours(length: timedelta | None) -> Cell:
        return None if length is None else round(length / HOUR, 1)

    strips = [strip(one) for one in found.lengths[:MOST_STRIPS]]
    top = max([1.0, *(max(one.ninth or 0, one.target or 0) for one in strips)])
    solved = sum(one.count for one in found.lengths)
    low = [one for one in found.lengths if one.share is not None and one.share <= 50]
    said = f"Tamamlanan {number(solved)} kayıt, {number(len(found.lengths))} konu. "
    said += (
        "Hedefi en çok kaçan: "
        + ", ".join(
            f"{title(one.category)} (%{one.share} hedefte)" for one in sorted(low, key=lambda it: it.share or 0)[:3]
        )
        if low
        else "Yarısından çoğu hedefini kaçıran konu yok."
    )
    notes = ["Mesai saati olarak, beklemeler dışında.", "10 kayıttan azında süre söylenmez: az kayıt."]
    if len(found.lengths) > MOST_STRIPS:
        notes.append(f"En çok tamamlanan {MOST_STRIPS} konu çizildi; tümü tabloda.")
    if found.being_counted:
        notes.append("Süreler şu an yeniden sayılıyor; birkaç dakika sonra değişebilir.")
    return Plot(
        name="cozum-suresi",
        title="Konu konu çözüm süresi",
        question="Hangi konu yetişmiyor, hangi hedef yanlış?",
        macro="strips",
        head=(
            "Konu",
            "n",
            "Ortanca (sa)",
            "10 kayıttan 9'u en çok (sa)",
            "Hedef (sa)",
            "Hedefte (%)",
            "Geçen yıl n",
            "Geçen yıl ortanca (sa)",
        ),
        rows=[
            (
                title(one.category),
                one.count,
                "az kayıt" if one.few else hours(one.median),
                hours(one.ninth),
                hours(one.target),
                one.share,
                one.count_before,
                hours(one.median_before),
            )
            for one in found.lengths
        ],
        legend=(("dot", "ortanca"), ("whisker", "10 kayıttan 9'u"), ("tick", "hedef")),
        strips=strips,
        top=top,
        scale=[(top * part, f"{number(round(top * part, 1))} sa") for part in (0, 0.5, 1)],
        said=said,
        empty="" if found.lengths else "Bu dönemde tamamlanan kayıt yok.",
        notes=notes,
    )


def _waits(found: Charts) -> Plot:
    months = found.period.months
    names = [WAITED_FOR[one.state] for one in found.waits]

    def hours(length: timedelta) -> float:
        return round(length / HOUR, 1)

    bars = []
    for place, month in enumerate(months):
        parts = [
            Part(one.months[place] / HOUR, f"{month_name(month)}, {name}: {number(hours(one.months[place]))} sa")
            for name, one in zip(names, found.waits, strict=True)
        ]
        bars.append(Bar(month_name(month), parts, f"{number(round(sum(part.value for part in parts)))} sa"))
    rows: list[Sequence[Cell]] = [
        (bar.label, *(round(part.value, 1) for part in bar.parts), round(sum(part.value for part in bar.parts), 1))
        for bar in bars
    ]
    rows.append(
        (
            "Geçen yıl, bütün dönem",
            *(hours(one.before) for one in found.waits),
            sum(hours(one.before) for one in found.waits),
        )
    )
    every, before = sum(one.all / HOUR for one in found.waits), sum(one.before / HOUR for one in found.waits)
    longest = f"En çok bekleten: {names[0]} ({number(round(found.waits[0].all / HOUR))} sa). " if found.waits else ""
    return Plot(
        name="bekleme",
        title="Neyi bekliyoruz",
        question="Stok, sözleşme ya da imza mı eksik?",
        macro="columns",
        head=("Ay", *(f"{name} (sa)" for name in names), "Toplam (sa)"),
        rows=rows,
        legend=[("abcde"[place], name) for place, name in enumerate(names)],
        bars=bars,
        top=max([1.0, *(sum(part.value for part in bar.parts) for bar in bars)]),
        said=longest + compared(round(every), round(before), "saat bekleme"),
        empty="" if found.waits else "Bu dönemde bekletilen kayıt yok.",
        notes=["Mesai saati olarak; ilk ve son ay dönemin içinde kalan kadardır."],
    )


def _crossing(found: Charts, title: Callable[[str | None], str]) -> Plot:
    table = found.crossing
    most = max([1, *(count for row in table.cells for count in row)])
    rows = [
        (
            title(subject),
            [
                Square(count, level(count, most), f"{title(subject)}, {department or 'müdürlüğü yazılmamış'}: {count}")
                for department, count in zip(table.departments, counts, strict=True)
            ],
        )
        for subject, counts in zip(table.subjects, table.cells, strict=True)
    ]
    departments = [one or "(yazılmamış)" for one in table.departments]
    ordered = sorted(
        (
            (count, before, title(subject), department)
            for subject, counts, befores in zip(table.subjects, table.cells, table.before, strict=True)
            for department, count, before in zip(departments, counts, befores, strict=True)
        ),
        key=lambda one: -one[0],
    )
    said = ""
    if ordered and ordered[0][0]:
        count, before, subject, department = ordered[0]
        said = f"En çok: {subject}, {department} ({count} kayıt; geçen yıl {before})."
    return Plot(
        name="konu-mudurluk",
        title="Konu ve müdürlük",
        question="Eğitim mi, yenileme mi gerekiyor?",
        macro="grid",
        head=("Konu", *departments, *(f"{name}, geçen yıl" for name in departments)),
        rows=[
            (title(subject), *counts, *before)
            for subject, counts, before in zip(table.subjects, table.cells, table.before, strict=True)
        ],
        grid=Grid(departments, rows, slanted=True),
        said=said,
        empty="" if table.subjects else "Bu dönemde gelen kayıt yok.",
        notes=[
            "Gizli güvenlik kayıtları bu tabloda yer almaz.",
            *([f"Tablo dışında {table.rest} kayıt var."] if table.rest else []),
        ],
    )


def _hours(found: Charts) -> Plot:
    grid = found.grid
    most = max([1, *(count for row in grid.counts for count in row)])
    rows = [
        (
            _SHORT_DAYS[day],
            [
                Square(count, level(count, most), f"{WEEKDAYS[day]} {hour:02}.00–{hour + 1:02}.00: {count}", worked)
                for hour, (count, worked) in enumerate(zip(counts, grid.worked[day], strict=True))
            ],
        )
        for day, counts in enumerate(grid.counts)
    ]
    share = f" (%{100 * grid.outside // grid.all})" if grid.all else ""
    return Plot(
        name="gun-saat",
        title="Gün ve saat",
        question="Öğle arası ve nöbet yetiyor mu?",
        macro="grid",
        head=("Gün", *(f"{hour:02}" for hour in range(24))),
        rows=[(WEEKDAYS[day], *counts) for day, counts in enumerate(grid.counts)],
        legend=(("framed", "mesai saati"),),
        grid=Grid([f"{hour:02}" for hour in range(24)], rows, slanted=False),
        said=f"Gelen {number(grid.all)} kaydın {number(grid.outside)} tanesi mesai dışında{share}. "
        + compared(grid.all, grid.before, "gelen"),
        empty="" if grid.all else "Bu dönemde gelen kayıt yok.",
    )


def _repeated(found: Charts, title: Callable[[str | None], str]) -> Plot:
    def named(one: Repeated) -> str:
        return f"{_KINDS[one.kind]} {one.what} · {title(one.category)}"

    bars = [
        Bar(
            named(one),
            [Part(one.count, f"{named(one)}: {one.count} kayıt, sonuncusu {one.newest}")],
            str(one.count),
        )
        for one in found.repeated
    ]
    return Plot(
        name="tekrar",
        title="Tekrar edenler",
        question="Ne değişmeli, kime öğretilmeli?",
        macro="bars",
        head=("Nerede", "Ne", "Konu", "Kaç kez", "Son kayıt"),
        rows=[(_KINDS[one.kind], one.what, title(one.category), one.count, one.newest) for one in found.repeated],
        bars=bars,
        top=max([1, *(one.count for one in found.repeated)]),
        said=f"Geçen yıl aynı tarihte bunlardan {number(found.repeated_before)} tane vardı."
        if found.repeated_before
        else "Geçen yıl aynı tarihte yoktu.",
        empty=""
        if found.repeated
        else f"Son {REPEATED_DAYS} günde {REPEATED_OFTEN} kez ya da daha çok tekrarlayan yok.",
        notes=[
            f"Son {REPEATED_DAYS} günde en az {REPEATED_OFTEN} kez aynı cihaz, ya da aynı oda veya kişiden aynı konu.",
            "Dönem seçimi bu çizime uygulanmaz.",
        ],
    )


def sentence(week: ThisWeek, title: Callable[[str | None], str], when: str = "Bu hafta") -> str:
    """ "Bu hafta 86 geldi, 91 tamamlandı; en çok bekleten: malzeme (112 sa, Toner)." """
    said = f"{when} {number(week.opened)} geldi, {number(week.solved)} tamamlandı"
    if week.waited_for is None:
        return f"{said}; bekletilen kayıt yok."
    about = f", {title(week.subject)}" if week.subject is not None else ""
    hours = week.waited.total_seconds() / 3600
    length = f"{number(round(hours))} sa" if hours >= 1 else "1 saatten az"
    return f"{said}; en çok bekleten: {WAITED_FOR[week.waited_for]} ({length}{about})."
