"""Days, hours and lengths of time as people say them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from handlers.domain.calendar import ALWAYS, SpecialDay, SpecialKind
from handlers.domain.months import Month, MonthFigures
from handlers.domain.recurring import Every, Rhythm
from handlers.domain.targets import Target

WEEKDAYS = ("Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar")
MONTHS = (
    "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık",
)  # fmt: skip
SHORT_MONTHS = tuple(month[:3] for month in MONTHS)


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


def feast_days(feast: Sequence[SpecialDay]) -> str:
    """`8 Mart 2027 Pazartesi öğleden sonra – 11 Mart 2027 Perşembe`; with the holidays that fall on days of it."""
    first, last = min(feast, key=lambda one: one.day), max(feast, key=lambda one: one.day)
    begins = day_name(first.day) + (" öğleden sonra" if first.kind is SpecialKind.HALF else "")
    within = [f"{plain_span(one.day, one.day)} {one.title.split(' ile ')[0]}" for one in feast if " ile " in one.title]
    named = begins if first is last else f"{begins} – {day_name(last.day)}"
    return named + (f" (içinde {', '.join(within)})" if within else "")


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


def month_name(month: Month) -> str:
    """`Kasım 2026`."""
    return f"{MONTHS[month.number - 1]} {month.year}"


def share_name(figures: MonthFigures) -> str:
    """`%86 (n = 114, içinde 98)`; of few no share."""
    if not figures.with_target:
        return "hedefi olan kayıt yok"
    if figures.share is None:
        return f"az kayıt (n = {figures.with_target})"
    return f"%{figures.share} (n = {figures.with_target}, içinde {figures.in_target})"


def lengths_name(figures: MonthFigures, full_day: timedelta) -> str:
    """`ortanca 3 sa 20 dk, 10 kayıttan 9'u en çok 1 iş günü 2 sa`; of few neither."""
    if figures.median is None or figures.ninth is None:
        return f"az kayıt (n = {figures.solved})" if figures.solved else "tamamlanan kayıt yok"
    median, ninth = (worked_length(length, full_day) for length in (figures.median, figures.ninth))
    return f"ortanca {median}, 10 kayıttan 9'u en çok {ninth} (n = {figures.solved})"


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


def holds_from(first_day: date, last_day: date | None) -> str:
    """Of hours: “1 Aralık Salı gününden beri”, or between two days."""
    if last_day is not None:
        return f"{day_name(first_day)} – {day_name(last_day)}"
    return "Baştan beri" if first_day <= ALWAYS else f"{day_name(first_day)} gününden beri"
