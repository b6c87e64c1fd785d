"""The figures of a unit's month (.pdf), to sign: with the hash of what was locked."""

from __future__ import annotations

from datetime import tzinfo

from bot.documents.letterhead import Letterhead
from bot.documents.register_pdf import drawable
from bot.documents.typesetting import set_pages
from handlers.context import Desk
from handlers.domain.months import MonthFigures
from handlers.reports.months import MonthReport
from handlers.spoken_time import lengths_name, month_name, share_name, worked_length
from handlers.terms import LATE_REASONS, WAITED_FOR


def pdf(desk: Desk, report: MonthReport, zone: tzinfo) -> bytes:
    """A quarter of a second: never within a transaction."""
    lock, signed, now = report.lock, _figures(report, report.shown), _figures(report, report.figures)
    document: dict[str, object] = {
        "unit": drawable(desk.unit_title(report.unit)),
        "title": f"Aylık rapor: {month_name(report.month)}",
        "running": report.running,
        "figures": [
            [name, drawable(value), "" if now[name] == value else drawable(now[name])] for name, value in signed.items()
        ],
        "waits": [
            [WAITED_FOR[one.state], worked_length(one.spent, report.full_day), f"{one.tickets} kayıt"]
            for one in report.waits
        ],
        "late": [[LATE_REASONS.get(code or "", "nedeni söylenmedi"), str(count)] for code, count in report.late],
        "outages": [
            [head.number, drawable(system), "notu yazıldı" if written else "notu yazılmadı"]
            for head, system, written in report.outages
        ],
        "lock": None,
    }
    if lock is not None:
        who = "" if report.locked_by is None else report.locked_by.name or report.locked_by.handle
        at = f"{lock.locked_at.astimezone(zone):%d.%m.%Y %H.%M}"
        document["lock"] = {"said": drawable(f"{at} tarihinde kilitlendi: {who}"), "seal": lock.seal}
    return set_pages("month_report", Letterhead.of(desk), document)


def _figures(report: MonthReport, figures: MonthFigures) -> dict[str, str]:
    return {
        "Açılan": f"{figures.opened} kayıt",
        "Tamamlanan": f"{figures.solved} kayıt",
        "Çözüm hedefi içinde": share_name(figures),
        "Geçen süre": lengths_name(figures, report.full_day),
    }
